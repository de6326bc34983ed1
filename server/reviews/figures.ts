import type { Principal } from '../access/principal.js';
import type { Scale } from '../contract/format.js';
import type { ChainFacts } from '../chain/chain.facts.js';
import { isMetric } from '../contract/metric.js';
import { figureKey, isDifference } from '../contract/figure-key.js';
import type { Impact } from '../contract/overview.js';
import type { ReviewCell, ReviewFigure } from '../contract/review.js';
import type { FrozenRecord } from '../contract/review-after.js';
import { type AddedFigure, type Figure, FIGURES, traceQuery, type TraceQuery } from '../contract/trace.js';
import { NOTHING, printedInFull, printedValue } from '../core/review/printing.js';
import { readingBy, settle } from '../http/reading.js';
import type { Weights } from '../core/weights.js';
import type { MetricsService } from '../metrics/metrics.service.js';
import { CATALOGUE } from '../trace/catalogue.js';
import { TraceContext } from '../trace/context.js';
import { textOf } from '../trace/figure.js';
import type { TraceService } from '../trace/trace.service.js';

/** What figures of a review are worked out with: the ground of one reading, and who asks. */
export interface Ground {
  readonly context: TraceContext;
  readonly who: Principal;
  readonly traces: TraceService;
  readonly metrics: MetricsService;
}

/** A figure as a review keeps it, with its records. */
export interface Kept {
  readonly figure: ReviewFigure;
  /** Unit of what the records add up to. */
  readonly records: readonly FrozenRecord[];
}

/** Inputs of a figure that has no more of them than a quotient of differences are figures of the review, too. */
const FEW_INPUTS = 3;

/** What a key asks for. */
export const askedOf = (key: string): { figure: Figure; query: TraceQuery } => {
  const [name = '', query = ''] = key.split('?');
  const figure = FIGURES.find((each) => each === name);
  if (!figure) throw new RangeError(`No figure is called ${name}.`);
  return { figure, query: traceQuery.parse(Object.fromEntries(new URLSearchParams(query))) };
};

/** The context that a key asks in: another period, portfolio or unit only where it names one. Throws 404 for one that is not there. */
export const contextOf = async (
  { context, who }: Ground,
  figure: Figure,
  { portfolio, orgUnit, ...asked }: TraceQuery,
): Promise<TraceContext> => {
  const { manager, reading } = context;
  const query = { ...asked, period: asked.period ?? reading.period };
  const isOfAll = portfolio === undefined && orgUnit === undefined;
  if (isOfAll || (!isMetric(figure) && CATALOGUE.get(figure)!.isOfEnterprise)) return context.within(query);
  const scope = { period: query.period, portfolio, orgUnit };
  const scoped = await settle(manager, who, scope, `${reading.today}T12:00:00.000Z`);
  // One state of the data has one today, whatever the hour is.
  const { today, underWay } = reading;
  const settled = readingBy({ ...scoped, today, underWay }, reading.startMonth);
  return new TraceContext(manager, settled, { ...query, portfolio, orgUnit }, context.isStakeholder, context.services);
};

/** The ground of another quarter in the same state of the data, to date. */
export const groundAt = async ({ context, who, traces, metrics }: Ground, period: string): Promise<Ground> => {
  const { manager, reading } = context;
  const settled = await settle(manager, who, { period }, `${reading.today}T12:00:00.000Z`);
  const { today, underWay } = reading;
  const asked = { period, span: 'to_date' } as const;
  return { who, traces, metrics, context: traces.context(manager, { ...settled, today, underWay }, who, asked) };
};

/** Whether there is nothing that a figure could be of, though a sum of it would be 0. */
const isOfNothing = async (context: TraceContext, figure: Figure): Promise<boolean> =>
  !isMetric(figure) && (await context.worked(CATALOGUE.get(figure)!)).isNone === true;

/** A figure of a review as the data give it now; its records are not hashed yet. */
export const figureOf = async (ground: Ground, key: string): Promise<ReviewFigure> => {
  const { figure, query } = askedOf(key);
  const context = await contextOf(ground, figure, query);
  const said = await ground.traces.said(context, ground.who, figure);
  const isNone = await isOfNothing(context, figure);
  const value = isNone ? null : said.value;
  const { period } = ground.context.reading;
  return {
    title: said.title,
    value,
    nullReason: isNone ? 'no_records' : said.nullReason,
    unit: said.unit,
    text: printedValue(value, said.unit, { isSigned: isDifference(figure) }),
    full: printedInFull(value, said.unit, isDifference(figure)),
    formula: said.formula,
    inputs: said.inputs.map(({ label, value: input, unit, trace }) => ({
      label,
      text: printedInFull(input, unit),
      figure: trace === null ? null : figureKey(trace, period),
    })),
    quality: said.quality,
    records: { count: said.records.count, title: said.title, sha256: null },
  };
};

/** A figure's number as the data give it now, without what stands behind it: for lists of thousands, whose records nobody asks for. */
export const numberOf = async (ground: Ground, key: string): Promise<Pick<ReviewFigure, 'value' | 'unit' | 'text'>> => {
  const { figure, query } = askedOf(key);
  if (isMetric(figure)) return figureOf(ground, key);
  const context = await contextOf(ground, figure, query);
  const { value: worked, unit } = await context.worked(CATALOGUE.get(figure)!);
  const value = worked === null || (await isOfNothing(context, figure)) ? null : textOf(worked, unit);
  return { value, unit: unit.name, text: printedValue(value, unit.name, { isSigned: isDifference(figure) }) };
};

/** All records behind a figure as the data give them now, in their order, and what they add up to. */
export const recordsOf = async (
  ground: Ground,
  key: string,
): Promise<{ title: string; unit: string; items: FrozenRecord[] }> => {
  const { figure, query } = askedOf(key);
  const context = await contextOf(ground, figure, query);
  if (!isMetric(figure)) {
    const { title, unit, items } = await ground.traces.everyRecord(context, figure as AddedFigure);
    return { title, unit, items: items.map((item) => ({ ...item, cells: null })) };
  }
  const { metric, point } = await ground.traces.behind(context, ground.who, figure);
  const isHidden = point.nullReason === 'not_in_scope' || point.nullReason === 'too_few_responses';
  const { columns, items } = isHidden
    ? { columns: [], items: [] }
    : await ground.metrics.recordsOf(context.manager, context.reading, figure);
  return {
    title: metric.name,
    unit: metric.unit,
    items: items.map(({ type, code, name, cells }) => ({
      ...{ type, code, name, at: null, note: null, entered: null, enteredUnit: null, amount: null },
      cells: Object.fromEntries(columns.map(({ id }, index) => [id, cells[index] ?? null])),
    })),
  };
};

/**
 * Makes the same ground with another chain, one that carries no amounts: what does not hang on the chain is worked out as there, and what hangs on its
 * amounts alone once for all of them.
 */
export const groundsOf = (ground: Ground): ((facts: ChainFacts) => Ground) => {
  const { manager, reading, query, isStakeholder, services } = ground.context;
  const states = new Map<string, ReturnType<typeof services.mismatch.states>>();
  const mismatch = Object.assign(Object.create(services.mismatch) as typeof services.mismatch, {
    states: (...asked: Parameters<typeof services.mismatch.states>) => {
      const { end, scope } = asked[1];
      const key = JSON.stringify([end, scope]);
      const known = states.get(key) ?? services.mismatch.states(...asked);
      states.set(key, known);
      return known;
    },
  });
  return (facts) => {
    const others = { ...services, mismatch, chain: { facts: () => Promise.resolve(facts) } };
    return { ...ground, context: new TraceContext(manager, reading, query, isStakeholder, others) };
  };
};

/**
 * How much of each owner's entries counts in a figure: `whole` where all of it does whatever the chain is, `list` where its records are no entries.
 * Throws 404 for a record that is not there.
 */
export const weightsIn = async (
  ground: Ground,
  { figure, query }: ReturnType<typeof askedOf>,
): Promise<Weights | 'whole' | 'list'> => {
  if (isMetric(figure)) return 'list';
  const records = await CATALOGUE.get(figure)!.records(await contextOf(ground, figure, query));
  return records.of === 'list' ? 'list' : (records.weights ?? 'whole');
};

/** The figures of a document, each worked out once, with what its cells print. */
export class FigureBook {
  private readonly known = new Map<string, Promise<ReviewFigure>>();

  constructor(readonly ground: Ground) {}

  get period(): string {
    return this.ground.context.reading.period;
  }

  /** Takes the figure of a path (`/trace/spend?period=…`) or a key in; what a quotient or difference is made of comes with it. */
  async take(pathOrKey: string): Promise<{ key: string; figure: ReviewFigure }> {
    const key = pathOrKey.startsWith('/trace/') ? figureKey(pathOrKey, this.period) : pathOrKey;
    const isNew = !this.known.has(key);
    if (isNew) this.known.set(key, figureOf(this.ground, key));
    const figure = await this.known.get(key)!.catch((error: unknown) => {
      // Else a chip of a record that is gone would stand in the way of the whole document.
      this.known.delete(key);
      throw error;
    });
    if (isNew && figure.inputs.length <= FEW_INPUTS)
      for (const input of figure.inputs) if (input.figure !== null) await this.take(input.figure);
    return { key, figure };
  }

  /** A cell that is a figure: under the header of a column with a scale without its unit. */
  async cell(path: string, form: { scale?: Scale; impact?: Impact | null } = {}): Promise<ReviewCell> {
    const { key, figure } = await this.take(path);
    const text = printedValue(figure.value, figure.unit, { scale: form.scale, isSigned: isDifference(key) });
    return { text, value: figure.value, unit: figure.unit, figure: key, impact: form.impact ?? null };
  }

  /** A chip of a figure. */
  async chip(path: string): Promise<string> {
    return `[[${(await this.take(path)).key}]]`;
  }

  /** Keeps a figure of which nothing is left: a chip names it, and prints that there is nothing. */
  takeGone(key: string): void {
    this.known.set(key, Promise.resolve(gone(key)));
  }

  /** All figures taken in so far, by key. */
  async all(): Promise<Record<string, ReviewFigure>> {
    const figures: Record<string, ReviewFigure> = {};
    for (const key of [...this.known.keys()].sort()) figures[key] = await this.known.get(key)!;
    return figures;
  }
}

/** Why a figure has no value whose record is no longer there. */
export const GONE = 'not_found';
const gone = (key: string): ReviewFigure => ({
  title: `No longer there: ${key}`,
  ...{ value: null, nullReason: GONE, unit: 'count', text: NOTHING, full: NOTHING },
  formula: { text: 'The record that this figure was of is no longer there.', expression: '', version: '' },
  ...{ inputs: [], quality: [], records: { count: 0, title: '', sha256: null } },
});

/** A cell of words. */
export const words = (text: string): ReviewCell => ({ text, value: null, unit: null, figure: null, impact: null });
/** A cell that holds a number which is no traced figure: a rank, a count of a list. */
export const number = (value: string, unit: string, impact: Impact | null = null): ReviewCell => ({
  text: printedValue(value, unit),
  value,
  unit,
  figure: null,
  impact,
});
