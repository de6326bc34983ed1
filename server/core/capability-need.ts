import { addFractions, type Fraction, ZERO } from './exact-amounts.js';

/** Whether money goes where capabilities are needed and weak: gaps weighted by importance, held against shares of spend. */

/** What a strategic capability counts for, against 1 of any other. */
export const STRATEGIC_WEIGHT = 2n;

/** A capability as it stands. */
export interface CapabilityStanding {
  /** Null: not stated. */
  readonly strategic: boolean | null;
  /** Levels that are missing to the target, 0 where it is reached; null where target or level is not known. */
  readonly gap: Fraction | null;
  /** Spend that reaches it. */
  readonly cost: Fraction;
  /** Whether money can reach it: it stands for itself, and not only for the parts below it. */
  readonly isReachable: boolean;
}

export const MISMATCHES = ['under_funded', 'over_funded'] as const;
/** Strategic, below its target, with less than an equal part of spend; supporting, at its target, with more than that. */
export type Mismatch = (typeof MISMATCHES)[number];

export interface CapabilityNeed {
  /** Gap times weight; null where no gap is known. */
  readonly weightedGap: Fraction | null;
  /** Its part of all weighted gaps; null where it has none, or all are 0. */
  readonly needShare: Fraction | null;
  /** Its part of the spend; null where nothing is spent. */
  readonly spendShare: Fraction | null;
  readonly mismatch: Mismatch | null;
}

export interface Needs {
  readonly of: readonly CapabilityNeed[];
  /** Capabilities that money can reach: each one's equal part of spend is 1 of so many. */
  readonly reachable: number;
  readonly spend: Fraction;
  readonly weightedGaps: Fraction;
  readonly widest: Widest;
}

/** The strategic capabilities whose gap is at least the mean gap of all strategic ones: do they get their equal part? */
export interface Widest {
  /** Indexes of these capabilities; none where no strategic capability has a gap. */
  readonly indexes: readonly number[];
  /** Their part of the spend, and their equal part: so many of all that money can reach. Null where nothing is spent, or none can be reached. */
  readonly share: Fraction | null;
  readonly equalPart: Fraction | null;
  /** Whether they receive less than their equal part; null where it cannot be said. */
  readonly isShort: boolean | null;
}

const times = (a: Fraction, b: bigint): Fraction => ({ n: a.n * b, d: a.d });
const over = (a: Fraction, b: Fraction): Fraction | null => (b.n === 0n ? null : { n: a.n * b.d, d: a.d * b.n });
/** Below 0 where a < b. */
export const compared = (a: Fraction, b: Fraction): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
const sum = (all: readonly Fraction[]): Fraction => all.reduce(addFractions, ZERO);

/** Needs by capability, in the order of `standings`. */
export function needsOf(standings: readonly CapabilityStanding[]): Needs {
  const weighted = standings.map(({ strategic, gap }) => gap && times(gap, strategic === true ? STRATEGIC_WEIGHT : 1n));
  const weightedGaps = sum(weighted.filter((each) => each !== null));
  const spend = sum(standings.map(({ cost }) => cost));
  const reachable = standings.filter(({ isReachable }) => isReachable).length;
  const of = standings.map((standing, index) => {
    const gap = weighted[index]!;
    const spendShare = over(standing.cost, spend);
    return {
      weightedGap: gap,
      needShare: gap && over(gap, weightedGaps),
      spendShare,
      mismatch: mismatchOf(standing, spendShare, reachable),
    };
  });
  const gaps = widestGapsOf(standings);
  const reached = sum((gaps.indexes ?? []).map((index) => standings[index]!.cost));
  return { of, reachable, spend, weightedGaps, widest: heldAgainst(gaps, reached, spend) };
}

const mismatchOf = (
  { strategic, gap, isReachable }: CapabilityStanding,
  share: Fraction | null,
  reachable: number,
): Mismatch | null => {
  if (gap === null || share === null || !isReachable) return null;
  const side = compared(share, { n: 1n, d: BigInt(reachable) });
  if (strategic === true && gap.n > 0n && side < 0) return 'under_funded';
  return strategic === false && gap.n === 0n && side > 0 ? 'over_funded' : null;
};

/** What of a capability decides whether its gap is among the widest. */
export type GapStanding = Pick<CapabilityStanding, 'strategic' | 'gap' | 'isReachable'>;

/** The widest gaps before money is looked at. */
export interface WidestGaps {
  /** Null: no strategic capability that money can reach has a target and a level. */
  readonly indexes: readonly number[] | null;
  /** Capabilities that money can reach. */
  readonly reachable: number;
}

/** Strategic capabilities that lack as much as strategic ones do in the mean, or more. */
export const widestGapsOf = (standings: readonly GapStanding[]): WidestGaps => {
  const reachable = standings.filter(({ isReachable }) => isReachable).length;
  const known = standings.flatMap(({ strategic, gap, isReachable }, index) =>
    strategic === true && gap !== null && isReachable ? [{ index, gap }] : [],
  );
  if (known.length === 0) return { indexes: null, reachable };
  const total = sum(known.map(({ gap }) => gap));
  const mean = { n: total.n, d: total.d * BigInt(known.length) };
  return {
    indexes: known.flatMap(({ index, gap }) => (gap.n > 0n && compared(gap, mean) >= 0 ? [index] : [])),
    reachable,
  };
};

/** @param reached spend that reaches the widest gaps; `spend`: that reaches all capabilities */
export const heldAgainst = ({ indexes, reachable }: WidestGaps, reached: Fraction, spend: Fraction): Widest => {
  if (indexes === null) return { indexes: [], share: null, equalPart: null, isShort: null };
  const equalPart = { n: BigInt(indexes.length), d: BigInt(reachable) };
  const share = over(reached, spend);
  // Where every target is reached, nobody is short of money to reach it.
  const isShort = indexes.length === 0 ? false : share === null ? null : compared(share, equalPart) < 0;
  return { indexes, share, equalPart, isShort };
};
