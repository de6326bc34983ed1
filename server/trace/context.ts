import type { EntityManager } from 'typeorm';
import type { Actions } from '../benefits/actions.service.js';
import { type BenefitCell, benefitCells } from '../benefits/cells.queries.js';
import type { ClaimRow, ConfirmationsService } from '../benefits/confirmations.service.js';
import type { BenefitStanding } from '../benefits/standing.service.js';
import type { CapabilityStates } from '../capabilities/mismatch.service.js';
import type { Case, CaseService } from '../case/case.service.js';
import type { RegisterLine } from '../benefits/register.service.js';
import type { WholeLife } from '../benefits/whole-lives.js';
import type { Forecast } from '../case/forecast.service.js';
import type { ChainFacts } from '../chain/chain.facts.js';
import type { Gap } from '../chain/gaps.js';
import type { Viewed } from '../chain/picture.service.js';
import type { DecisionService } from '../decisions/decision.service.js';
import { GAP_KINDS, type Layer } from '../contract/chain.js';
import type { BenefitFilter } from '../contract/register.js';
import { type Naming, NAMINGS } from '../contract/namings.js';
import type { Figure, TraceQuery } from '../contract/trace.js';
import { fractionOf, sumOf } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import { addMonths, previousPeriod } from '../core/period.js';
import { invalidField, notFound } from '../http/problem.js';
import { type Reading, readingOf } from '../http/reading.js';
import { readableChanges } from '../contract/scenario-words.js';
import type { OneIndicator } from '../indicators/indicators.service.js';
import type { OwnFigures } from '../signs/own-figures.service.js';
import type { Effect } from '../scenarios/effect.service.js';
import { type FigureDefinition, type Input, largestInputs, type SumKind, type Unit, type Worked } from './figure.js';
import { parametersOf } from './parameters.js';
import type { TraceServices } from './services.js';
import { type EntryTotal, entryTotal, type InvestmentCounts, investmentCounts } from './records.queries.js';

/** What a path names beside period and scope. */
type More = { type?: Layer; ref?: string; kind?: string } & { [name in Naming]?: string };

/** What a figure is worked out from: one state of the data, one question. Each set of facts is read once, when it is first asked for. */
export class TraceContext {
  /** Amounts of money, in the reporting currency. */
  readonly money: Unit;
  /** First day that counts ('-infinity': from the first), and the day after the last ('infinity': to the last). */
  readonly from: string;
  readonly to: string;

  constructor(
    readonly manager: EntityManager,
    readonly reading: Reading,
    readonly query: TraceQuery,
    readonly isStakeholder: boolean,
    readonly services: TraceServices,
    private readonly read = new Map<string, Promise<unknown>>(),
  ) {
    this.money = { name: reading.currency, decimals: reading.decimals, trimmed: false };
    const { span, until } = query;
    // Of one benefit's values a month stands in the place of the period.
    const month = query.type === 'benefit' ? query.month : undefined;
    const [start, end] = month === undefined ? [reading.start, reading.end] : [`${month}-01`, dayAfter(month)];
    this.from = span === 'period' ? start : span === 'later' ? reading.end : '-infinity';
    const last = until === undefined ? 'infinity' : readingOf(reading, until).end;
    this.to = span === 'period' || span === 'to_date' || month !== undefined ? end : last;
  }

  /** Another question of the same scope; what was read for one is not read again for the other. */
  within(more: Partial<Omit<TraceQuery, 'portfolio' | 'orgUnit'>>): TraceContext {
    const reading = more.period === undefined ? this.reading : readingOf(this.reading, more.period);
    const query = { ...this.query, ...more };
    return new TraceContext(this.manager, reading, query, this.isStakeholder, this.services, this.read);
  }

  /** A figure of this question; once worked out, it is not worked out again. */
  worked(figure: FigureDefinition): Promise<Worked> {
    const { span, until, nature, type, ref, kind } = this.query;
    const names = NAMINGS.map((name) => this.query[name] ?? null);
    const question = JSON.stringify([this.reading.period, span, until, nature, type, ref, kind, names]);
    return this.once(`figure ${figure.id} ${question}`, () => figure.work(this));
  }

  /** The chain with its figures in the span. */
  chain(): Promise<ChainFacts> {
    const reading = { ...this.reading, start: this.from, end: this.to };
    return this.once(`chain ${this.from} ${this.to}`, () => this.services.chain.facts(this.manager, reading, 'period'));
  }

  /** Benefits of the scope with their values in the span. */
  standings(): Promise<BenefitStanding[]> {
    const reading = { ...this.reading, end: this.to };
    return this.once(`standings ${this.from} ${this.to}`, () =>
      this.services.standings.of(this.manager, reading, this.from),
    );
  }

  /** Benefits of the scope with their status, which is always to date. */
  standingsToDate(): Promise<BenefitStanding[]> {
    return this.query.span === 'to_date'
      ? this.standings()
      : this.within({ span: 'to_date', until: undefined }).standings();
  }

  /** Months of one benefit, whatever the span. */
  cellsOf(id: string): Promise<BenefitCell[]> {
    return this.once(`cells ${id}`, () => benefitCells(this.manager, this.reading.currency, id));
  }

  /** Benefits that fall short in this period and the one before, and what is done about it. */
  actions(): Promise<Actions> {
    const before = this.within({ period: previousPeriod(this.reading.period), until: undefined });
    return this.once(`actions ${this.reading.end}`, async () => {
      const [now, then] = [await this.standingsToDate(), await before.standingsToDate()];
      return this.services.actions.of(this.manager, this.reading, now, then);
    });
  }

  get signs(): OwnFigures {
    return this.services.signs;
  }

  /** An own indicator with its months in the period, or one of them. Throws as `IndicatorsService.one` does. */
  indicator(ref: string, month: string | undefined): Promise<OneIndicator> {
    const read = () => this.services.indicators.one(this.manager, this.reading, ref, month);
    return this.once(`indicator ${this.reading.end} ${ref} ${month}`, read);
  }

  get decisions(): DecisionService {
    return this.services.decisions;
  }

  get cases(): CaseService {
    return this.services.cases;
  }

  /** The case of an investment, at the rate that is asked for. */
  caseOf(ref: string): Promise<Case> {
    const { rate } = this.query;
    const work = (): Promise<Case> => this.cases.of(this.manager, this.reading, ref, rate);
    return this.once(`case ${this.reading.end} ${rate} ${ref}`, work);
  }

  /** What the changes that are asked about would do. */
  effect(): Promise<Effect> {
    const text = this.query.changes ?? '';
    const work = (): Promise<Effect> => this.services.effects.of(this.manager, this.reading, readableChanges(text));
    return this.once(`effect ${this.reading.end} ${text}`, work);
  }

  /** Benefits of the scope with their forecasts of the months after the period. */
  forecasts(): Promise<Forecast[]> {
    return this.once(`forecasts ${this.reading.end}`, () => this.services.forecasts.of(this.manager, this.reading));
  }

  get confirmations(): ConfirmationsService {
    return this.services.confirmations;
  }

  /** Realised values by what finance said of them, whatever the period. */
  claims(of: Parameters<ConfirmationsService['claims']>[2]): Promise<ClaimRow[]> {
    return this.once(`claims ${of.state} ${of.why}`, () => this.confirmations.claims(this.manager, this.reading, of));
  }

  /** Lines of the register that pass a filter. Throws as `BenefitRegister.lines` does. */
  register(filter: BenefitFilter): Promise<RegisterLine[]> {
    const read = () => this.services.register.filtered(this.manager, this.reading, filter);
    return this.once(`register ${this.reading.end} ${JSON.stringify(filter)}`, read);
  }

  /** Whole lives of the scope's benefits, as claimed and as calibrated. */
  lives(): Promise<WholeLife[]> {
    return this.once(`lives ${this.reading.end}`, () => this.services.register.lives(this.manager, this.reading));
  }

  /** Capabilities of the scope, with their levels and what reaches them in the span. */
  capabilities(): Promise<CapabilityStates> {
    return this.once(`capabilities ${this.reading.end} ${this.from} ${this.to}`, async () =>
      this.services.mismatch.states(this.manager, this.reading, await this.chain()),
    );
  }

  gaps(): Promise<Gap[]> {
    return this.once(`gaps ${this.reading.end}`, () => this.services.gaps.all(this.manager, this.reading));
  }

  /** The part of the chain that a figure of a view is of. */
  view(): Promise<Viewed> {
    const { type, ref, kind, span } = this.query;
    const gap = GAP_KINDS.find((each) => each === kind);
    const query = { type, ref, gap, span: span === 'period' ? ('period' as const) : ('to_date' as const) };
    return this.once(`view ${this.reading.period} ${JSON.stringify(query)}`, () =>
      this.services.pictures.view(this.manager, this.reading, query),
    );
  }

  /** How many investments of the scope have a cost in the span. */
  investments(): Promise<InvestmentCounts> {
    return this.once(`investments ${this.from} ${this.to}`, () =>
      investmentCounts(this.manager, this.reading, this.from),
    );
  }

  /** How many planned costs of the span have no actual beside them. */
  async unreportedCosts(): Promise<number> {
    const { reading, from, to, manager } = this;
    const read = () => entryTotal(manager, 'costs', 'unreported', { reading, from, to, nature: null, weights: null });
    return (await this.once(`unreported ${from} ${to}`, read)).count;
  }

  /** Outlook of the span's months that are not over and have no realised value, of all money benefits. */
  pending(): Promise<EntryTotal> {
    const { reading, from, to, manager } = this;
    if (to !== 'infinity' && to <= reading.underWay) return Promise.resolve({ count: 0, amount: '0' });
    const nature = this.query.nature ?? null;
    return this.once(`pending ${from} ${to} ${nature}`, () =>
      entryTotal(manager, 'values', 'pending', { reading, from, to, nature, weights: null }),
    );
  }

  /** Why what is expected cannot be held against a plan: months that are over are planned, and none of them is measured. Null where it can be. */
  async unmeasuredPast(): Promise<string | null> {
    const past = this.within({ span: 'to_date', until: undefined });
    if (!(await past.hasNone('realised')) || (await past.hasNone('planned'))) return null;
    return (await past.pending()).count > 0 ? null : 'nothing_measured';
  }

  /** Money benefits of the scope, of the nature asked for, with their values in the span. */
  async moneyBenefits(): Promise<BenefitStanding['row'][]> {
    const { nature } = this.query;
    return (await this.standings())
      .map(({ row }) => row)
      .filter((row) => row.money && (nature === undefined || row.nature === nature));
  }

  /** Σ of a kind of value over the scope's money benefits in the span. */
  async sum(kind: SumKind): Promise<Fraction> {
    return sumOf((await this.moneyBenefits()).map((row) => (row[kind] === null ? null : fractionOf(row[kind]))));
  }

  /** Whether no money benefit of the scope has such a value in the span, so that their sum is not known to be 0. */
  async hasNone(
    kind: 'planned' | 'baseline' | 'realised' | 'confirmed' | 'evidenced' | 'forecast' | 'outlook',
  ): Promise<boolean> {
    return (await this.moneyBenefits()).every((row) => row[`${kind}Months`] === 0);
  }

  /** Path of a figure's trace in the same period, span and scope. */
  path(figure: Figure, more: More = {}): string {
    return `/trace/${figure}?${this.parameters(figure, more)}`;
  }

  /** Path of the records behind the figure that is asked for. */
  recordsPath(figure: Figure): string {
    const { type, ref, kind } = this.query;
    const names = NAMINGS.flatMap((name) => (this.query[name] === undefined ? [] : [[name, this.query[name]]]));
    const more = { ...(type && { type }), ...(ref && { ref }), ...(kind && { kind }), ...Object.fromEntries(names) };
    return `/trace/${figure}/records?${this.parameters(figure, more)}`;
  }

  /**
   * Which record a figure of one record is asked of.
   * @throws Problem 422
   */
  node(): { type: Layer; ref: string } {
    const { type, ref } = this.query;
    if (!type || !ref)
      throw invalidField(
        type ? 'ref' : 'type',
        'field.required',
        'Name the record by type and ref, for example type=benefit&ref=BEN-1.',
      );
    // What is not a benefit is out of a stakeholder's sight.
    if (this.isStakeholder && type !== 'benefit') throw notFound();
    return { type, ref };
  }

  /** The largest inputs one by one, and the rest together, so that they add up to the figure. */
  largest(inputs: readonly (Input & { value: Fraction })[]): Input[] {
    return largestInputs(inputs);
  }

  private parameters(figure: Figure, more: More): string {
    const { span, until, nature, portfolio, orgUnit, type, month } = this.query;
    const knows = parametersOf(figure);
    return new URLSearchParams({
      period: this.reading.period,
      span: knows.spans.includes(span) ? span : 'to_date',
      ...(until !== undefined && knows.until && { until }),
      ...(nature !== undefined && knows.nature && { nature }),
      ...(month !== undefined && type === 'benefit' && knows.names.includes('month') && { month }),
      ...(portfolio !== undefined && { portfolio }),
      ...(orgUnit !== undefined && { orgUnit }),
      ...more,
    }).toString();
  }

  once<T>(name: string, read: () => Promise<T>): Promise<T> {
    let running = this.read.get(name) as Promise<T> | undefined;
    if (!running) this.read.set(name, (running = read()));
    return running;
  }
}

const dayAfter = (month: string): string => `${addMonths(month, 1)}-01`;
