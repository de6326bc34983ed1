/**
 * What-if on the chain: what becomes of the cost to come and of the expected value when investments or initiatives are stopped, delayed, or
 * funded otherwise. Exact; nothing of what has happened changes.
 *
 * Strands. Every cost and every credit runs between an investment and an initiative on one strand: of cost(i) the strand i→n carries
 * allocation(i→n), and what is left over is the strand i→(no initiative); of the credit V(n) of an initiative it carries contribution(i→n), and
 * what is left over (other causes than investments) is the strand (no investment)→n. A change of an investment bears on all strands that begin
 * at it, a change of an initiative on all that end at it. Strands do not overlap, so no amount is counted twice however changes meet.
 * What no strand with a change carries stays as it is; so does the part of a benefit that nobody's contribution is credited for.
 *
 * An amount of month t (cost: planned; value: expected) on a strand, with all changes of its two ends:
 *
 *   delay by k months from m    it comes in t + k where t ≥ m; of several delays the longest counts, for they run side by side
 *   stop from m                 nothing where it would come in m or later
 *   funding at p % from m       times p % where it comes in m or later: as much less effect as less money (linear, an assumption). Of one
 *                               record's fundings the latest that has begun counts; those of both ends multiply
 *   horizon                     a value that would come after the horizon is lost within it; a cost is still to be paid, so it counts
 *
 * Then, over all strands s with a change, w(s, v) being the product of contributions from s down to v:
 *
 *   effect on benefit b = Σ_s w(s, b) · (Σ_t value as it comes − Σ_t value),   on outcome o = the same along the paths that lead through o,
 *   so that the effects on outcomes add up to those on benefits, and those of changes that share no strand add up.
 */
import { unitsAtScale, parseDecimal } from './money.js';
import { addMonths } from './period.js';
import type { Chain } from './shares.js';
import { weightsUpTo, type Place, type Weights } from './weights.js';

/** A change of one investment or initiative, by its index in the chain. */
export type Change = { readonly node: number; readonly from: string } & (
  | { readonly kind: 'stop' }
  | { readonly kind: 'delay'; readonly months: number }
  /** Percent of what is planned, as text with up to two decimals. */
  | { readonly kind: 'funding'; readonly percent: string }
);

/** An amount of a month to come, in units over 10^AMOUNT_SCALE. */
export interface Cell {
  readonly month: string;
  readonly units: bigint;
}

/** Amounts times rates have at most 4 + 10 decimals. */
export const AMOUNT_SCALE = 14;
/** Over this stands how much of an amount is left: percent in hundredths, of two records. */
const WHOLE = 10_000n;
const FACTOR = WHOLE * WHOLE;

export const amountUnits = (text: string): bigint => unitsAtScale(parseDecimal(text), AMOUNT_SCALE);

/** What becomes of an amount: `lands` is null where nothing comes; `factor` over FACTOR. */
interface Fate {
  readonly lands: string | null;
  readonly factor: bigint;
  readonly why: 'as_planned' | 'moved' | 'scaled' | 'stopped' | 'beyond';
}

/** One cell on the strands of one part, before and after, in units over the denominator of its kind. */
export interface Flow<C extends Cell> {
  readonly cell: C;
  /** Null: no strand with a change carries it. */
  readonly part: Part | null;
  readonly lands: string | null;
  readonly why: Fate['why'];
  /** Over the denominator of flows. */
  readonly before: bigint;
  readonly after: bigint;
}

/** Strands of one investment (null: of none) that the same changes bear on. */
export interface Part {
  readonly investment: number | null;
  readonly changes: readonly Change[];
  /** What of the investment's cost they carry, over the denominator of allocations. */
  readonly cost: bigint;
  /** Parts of outcomes and benefits that are credited to them. */
  readonly outcomes: Weights;
  readonly benefits: Weights;
}

const INVESTMENTS = 0;
const INITIATIVES = 1;
const OUTCOMES = 3;
const BENEFITS = 4;

/** Benefits, or outcomes, whose value is credited to the parts, at least to one. In the order of the chain. */
export function reachedNodes(chain: Chain, parts: readonly Part[], layer: 'outcome' | 'benefit'): number[] {
  const nodes = chain.nodesByLayer[layer === 'outcome' ? OUTCOMES : BENEFITS] ?? [];
  const of = layer === 'outcome' ? 'outcomes' : 'benefits';
  return nodes.filter((node) => parts.some((part) => (part[of].numerators[node] ?? 0n) !== 0n));
}

/** Investments whose cost or credit runs on strands of the parts. In the order of the chain. */
export function investmentsOf(parts: readonly Part[]): number[] {
  return [...new Set(parts.flatMap(({ investment }) => investment ?? []))].sort((a, b) => a - b);
}

/** The amounts of parts, month by month, before and after. Amounts are read by node: cost to come by investment, expected value by benefit. */
export class WhatIf<C extends Cell> {
  /** Denominators of `before` and `after`, and of shares of cost and of value. */
  readonly valueDenominator: bigint;
  readonly costDenominator: bigint;
  readonly costShares: bigint;
  readonly valueShares: bigint;
  private readonly fates = new Map<Part, Map<string, Fate>>();
  /** By link from an outcome to a benefit. */
  private readonly shareOf = new Map<string, bigint>();

  /** @param horizon last month in which value counts; null: no month */
  constructor(
    private readonly chain: Chain,
    readonly parts: readonly Part[],
    private readonly amounts: {
      readonly cost: ReadonlyMap<number, readonly C[]>;
      readonly values: ReadonlyMap<number, readonly C[]>;
    },
    private readonly horizon: string | null,
  ) {
    const unit = 10n ** BigInt(AMOUNT_SCALE) * FACTOR;
    this.costShares = chain.allocation.denominators[INVESTMENTS] ?? 1n;
    this.valueShares = chain.contribution.denominators.reduce((product, each) => product * each, 1n);
    this.costDenominator = unit * this.costShares;
    this.valueDenominator = unit * this.valueShares;
    for (const link of chain.linksByBoundary[OUTCOMES] ?? [])
      this.shareOf.set(`${chain.from[link]} ${chain.to[link]}`, chain.contribution.ofLink[link] ?? 0n);
  }

  /** Value of a benefit on changed strands, month by month; along the paths through one outcome only, where one is named. */
  valueFlows(benefit: number, outcome?: number): Flow<C>[] {
    const cells = this.amounts.values.get(benefit) ?? [];
    return this.parts.flatMap((part) => {
      const weight = this.weight(part, benefit, outcome);
      return weight === 0n ? [] : cells.map((cell) => this.flow(part, cell, cell.units * weight, true));
    });
  }

  /** What of the same value no strand with a change carries: it stays. */
  restFlows(benefit: number, outcome?: number): Flow<C>[] {
    const through = outcome === undefined ? null : (this.shareOf.get(`${outcome} ${benefit}`) ?? 0n);
    const last = this.chain.contribution.denominators[OUTCOMES] ?? 1n;
    const whole = through === null ? this.valueShares : (this.valueShares / last) * through;
    const rest = this.parts.reduce((left, part) => left - this.weight(part, benefit, outcome), whole);
    if (rest === 0n) return [];
    return (this.amounts.values.get(benefit) ?? []).map((cell) => {
      const amount = cell.units * rest * FACTOR;
      return { cell, part: null, lands: cell.month, why: 'as_planned', before: amount, after: amount };
    });
  }

  /** Cost to come of an investment on changed strands, month by month. */
  costFlows(investment: number): Flow<C>[] {
    const cells = this.amounts.cost.get(investment) ?? [];
    return this.parts
      .filter((part) => part.investment === investment && part.cost !== 0n)
      .flatMap((part) => cells.map((cell) => this.flow(part, cell, cell.units * part.cost, false)));
  }

  /** What of an investment's cost runs on changed strands, over the denominator of allocations. */
  costShare(investment: number): bigint {
    return this.parts.reduce((sum, part) => sum + (part.investment === investment ? part.cost : 0n), 0n);
  }

  /** What of a benefit's value is credited to what is changed, over the product of all denominators of contributions. */
  creditedShare(benefit: number): bigint {
    return this.parts.reduce((sum, { benefits }) => sum + (benefits.numerators[benefit] ?? 0n), 0n);
  }

  private weight(part: Part, benefit: number, outcome: number | undefined): bigint {
    if (outcome === undefined) return part.benefits.numerators[benefit] ?? 0n;
    return (part.outcomes.numerators[outcome] ?? 0n) * (this.shareOf.get(`${outcome} ${benefit}`) ?? 0n);
  }

  private flow(part: Part, cell: C, units: bigint, isValue: boolean): Flow<C> {
    let fates = this.fates.get(part);
    if (!fates) this.fates.set(part, (fates = new Map<string, Fate>()));
    let fate = fates.get(cell.month);
    if (!fate) fates.set(cell.month, (fate = fateOf(part.changes, cell.month)));
    const isLater = fate.lands !== null && fate.lands !== cell.month;
    const isBeyond = isValue && isLater && (this.horizon === null || fate.lands! > this.horizon);
    const lands = isBeyond ? null : fate.lands;
    const after = lands === null ? 0n : units * fate.factor;
    return { cell, part, lands, why: isBeyond ? 'beyond' : fate.why, before: units * FACTOR, after };
  }
}

/** What becomes of an amount of a month under the changes of both ends of its strand. */
export function fateOf(changes: readonly Change[], month: string): Fate {
  const delay = changes.reduce(
    (most, change) => (change.kind === 'delay' && change.from <= month ? Math.max(most, change.months) : most),
    0,
  );
  const lands = delay === 0 ? month : addMonths(month, delay);
  if (changes.some(({ kind, from }) => kind === 'stop' && from <= lands))
    return { lands: null, factor: 0n, why: 'stopped' };
  const nodes = [...new Set(changes.map(({ node }) => node))];
  const factor = nodes.reduce((product, node) => {
    const begun = changes.flatMap((each) =>
      each.kind === 'funding' && each.node === node && each.from <= lands ? [each] : [],
    );
    const latest = begun.reduce<(typeof begun)[number] | null>(
      (last, each) => (last === null || each.from >= last.from ? each : last),
      null,
    );
    return latest === null ? product : (product * unitsAtScale(parseDecimal(latest.percent), 2)) / WHOLE;
  }, FACTOR);
  return { lands, factor, why: delay > 0 ? 'moved' : factor === FACTOR ? 'as_planned' : 'scaled' };
}

/**
 * Strands with a change, those of one investment with the same changes together.
 * Refuses (RangeError) a change of a node that is neither an investment nor an initiative.
 */
export function partsOf(chain: Chain, changes: readonly Change[]): Part[] {
  for (const { node } of changes)
    if (chain.layerOf[node] !== INVESTMENTS && chain.layerOf[node] !== INITIATIVES)
      throw new RangeError(`Node ${node} is neither an investment nor an initiative`);
  const of = (node: number): Change[] => changes.filter((change) => change.node === node);
  const parts = new Map<string, { part: Omit<Part, 'outcomes' | 'benefits'>; place: Map<number, bigint> }>();
  const add = (
    investment: number | null,
    bearing: readonly Change[],
    cost: bigint,
    credit: [number, bigint] | null,
  ) => {
    if (bearing.length === 0) return;
    const key = `${investment} ${bearing.map((change) => changes.indexOf(change)).join(',')}`;
    const known = parts.get(key) ?? { part: { investment, changes: bearing, cost: 0n }, place: new Map() };
    parts.set(key, { part: { ...known.part, cost: known.part.cost + cost }, place: known.place });
    if (credit) known.place.set(credit[0], (known.place.get(credit[0]) ?? 0n) + credit[1]);
  };
  for (const link of chain.linksByBoundary[INVESTMENTS] ?? []) {
    const [from, to] = [chain.from[link]!, chain.to[link]!];
    add(from, [...of(from), ...of(to)], chain.allocation.ofLink[link] ?? 0n, [
      to,
      chain.contribution.ofLink[link] ?? 0n,
    ]);
  }
  for (const node of new Set(changes.map((change) => change.node)))
    if (chain.layerOf[node] === INVESTMENTS) add(node, of(node), chain.allocation.leftOver[node] ?? 0n, null);
    else add(null, of(node), 0n, [node, chain.contribution.leftOver[node] ?? 0n]);
  const denominator = chain.contribution.denominators[INVESTMENTS] ?? 1n;
  return [...parts.values()].map(({ part, place }) => {
    const at: Place = { layer: INITIATIVES, parts: place, denominator };
    return {
      ...part,
      outcomes: weightsUpTo(chain, 'contribution', at, OUTCOMES),
      benefits: weightsUpTo(chain, 'contribution', at, BENEFITS),
    };
  });
}
