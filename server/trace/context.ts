import type { EntityManager } from 'typeorm';
import type { BenefitStanding, StandingService } from '../benefits/standing.service.js';
import type { ChainFacts } from '../chain/chain.facts.js';
import type { ChainService } from '../chain/chain.service.js';
import type { Gap } from '../chain/gaps.js';
import type { GapsService } from '../chain/gaps.service.js';
import type { Layer } from '../contract/chain.js';
import type { Figure, TraceQuery } from '../contract/trace.js';
import { fractionOf, sumOf } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import { invalidField, notFound } from '../http/problem.js';
import type { Reading } from '../http/reading.js';
import type { Input, Unit } from './figure.js';

/** More inputs than these are not read; the others stand together in one line. */
const LISTED_INPUTS = 20;

/** What a figure is worked out from: one state of the data, one question. Each set of facts is read once, when it is first asked for. */
export class TraceContext {
  private readonly read = new Map<string, Promise<unknown>>();
  /** Amounts of money, in the reporting currency. */
  readonly money: Unit;
  /** First day that counts ('-infinity' to date), and the day after the last. */
  readonly from: string;

  constructor(
    readonly manager: EntityManager,
    readonly reading: Reading,
    readonly query: TraceQuery,
    readonly isStakeholder: boolean,
    private readonly services: { chain: ChainService; standings: StandingService; gaps: GapsService },
  ) {
    this.money = { name: reading.currency, decimals: reading.decimals, trimmed: false };
    this.from = query.span === 'period' ? reading.start : '-infinity';
  }

  chain(): Promise<ChainFacts> {
    return this.once('chain', () =>
      this.services.chain.facts(this.manager, this.reading, this.query.span === 'period' ? 'period' : 'to_date'),
    );
  }

  /** Benefits of the scope with their values in the span. */
  standings(): Promise<BenefitStanding[]> {
    return this.once('standings', () => this.services.standings.of(this.manager, this.reading, this.from));
  }

  /** Benefits of the scope with their status, which is always to date. */
  standingsToDate(): Promise<BenefitStanding[]> {
    if (this.query.span === 'to_date') return this.standings();
    return this.once('to date', () => this.services.standings.of(this.manager, this.reading));
  }

  gaps(): Promise<Gap[]> {
    return this.once('gaps', () => this.services.gaps.all(this.manager, this.reading));
  }

  /** Σ of a kind of value over the scope's money benefits in the span. */
  async sum(
    kind: 'planned' | 'realised' | 'confirmed' | 'evidenced' | 'coveredPlanned' | 'coveredRealised',
  ): Promise<Fraction> {
    const rows = (await this.standings()).map(({ row }) => row).filter((row) => row.money);
    return sumOf(rows.map((row) => (row[kind] === null ? null : fractionOf(row[kind]))));
  }

  /** Path of a figure's trace in the same period, span and scope. */
  path(figure: Figure, more: { type?: Layer; ref?: string; kind?: string } = {}): string {
    return `/trace/${figure}?${this.parameters(more)}`;
  }

  /** Path of the records behind the figure that is asked for. */
  recordsPath(figure: Figure): string {
    const { type, ref, kind } = this.query;
    return `/trace/${figure}/records?${this.parameters({ ...(type && { type }), ...(ref && { ref }), ...(kind && { kind }) })}`;
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
    const sorted = [...inputs].sort((a, b) => {
      const left = magnitude(a.value.n) * b.value.d;
      const right = magnitude(b.value.n) * a.value.d;
      return left === right ? 0 : left > right ? -1 : 1;
    });
    const rest = sorted.slice(LISTED_INPUTS);
    const shown: Input[] = sorted.slice(0, LISTED_INPUTS);
    if (rest.length > 0)
      shown.push({
        label: `${rest.length} others`,
        value: sumOf(rest.map((input) => input.value)),
        unit: rest[0]!.unit,
        trace: null,
      });
    return shown;
  }

  private parameters(more: { type?: Layer; ref?: string; kind?: string }): string {
    const { portfolio, orgUnit } = this.query;
    return new URLSearchParams({
      period: this.reading.period,
      span: this.query.span,
      ...(portfolio !== undefined && { portfolio }),
      ...(orgUnit !== undefined && { orgUnit }),
      ...more,
    }).toString();
  }

  private once<T>(name: string, read: () => Promise<T>): Promise<T> {
    let running = this.read.get(name) as Promise<T> | undefined;
    if (!running) this.read.set(name, (running = read()));
    return running;
  }
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
