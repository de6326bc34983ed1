/**
 * Signs of misalignment (`model.md` §6): a test holds a figure against its threshold, a sign counts its tests. Pure.
 * Exact where the figure is exact: a share that equals its threshold to the last digit lies neither below nor above it.
 */
import type { Better, Signal } from '../contract/metric.js';
import type { SignNull, SignState, TestRule, TestState } from '../contract/sign.js';
import type { Fraction } from './exact-amounts.js';
import { fractionOf } from './benefit-status.js';
import { ratio } from './money.js';
import { signalOf } from './signal.js';

/** A figure in one period; null with a reason. */
export interface Point {
  readonly value: Fraction | number | null;
  readonly nullReason: SignNull | null;
  /** Of tests that compare with another figure instead of a setting. */
  readonly limit?: Fraction;
}

export interface Judged {
  readonly state: TestState;
  /** Why it is unknown; null otherwise. */
  readonly nullReason: SignNull | null;
  /** What the figure was held against; null where the signal alone decides. */
  readonly threshold: Fraction | null;
  readonly signal: Signal | null;
}

/** How a test is judged. `better` only where the signal decides. */
export interface Rule {
  readonly rule: TestRule;
  readonly better: Better;
  /** Decimal text; null where the signal decides or the point has its own limit. */
  readonly threshold: string | null;
}

/** Periods over which a signal is read. */
const POINTS = 12;

/**
 * Whether a test holds in the period at `at`.
 *
 * `below`, `above` and `at_least` compare with the threshold, which itself is neither below nor above. `above_twice` holds where the figure lies above
 * it in this period and in the one before; `any` where the figure is more than 0 (what it counts depends on the threshold); `worsening` where the
 * series up to the period gives a signal in the wrong direction. What is null cannot be told.
 *
 * @param series in order of time, without gaps between periods
 * @param at index of the period
 */
export const judge = ({ rule, better, threshold }: Rule, series: readonly Point[], at: number): Judged => {
  const now = series[at]!;
  if (rule === 'worsening') return worsening(series, at, better);
  const limit = now.limit ?? (threshold === null ? null : fractionOf(threshold));
  const told = (state: TestState, nullReason: SignNull | null = null): Judged => ({
    state,
    nullReason,
    threshold: limit,
    signal: null,
  });
  if (now.value === null) return now.nullReason === null ? told('clear') : told('unknown', now.nullReason);
  if (limit === null) throw new Error('A figure is held against nothing.');
  const side = compare(now.value, rule === 'any' ? { n: 0n, d: 1n } : limit);
  if (rule === 'below') return told(side < 0 ? 'holds' : 'clear');
  if (rule === 'at_least') return told(side >= 0 ? 'holds' : 'clear');
  if (side <= 0) return told('clear');
  if (rule !== 'above_twice') return told('holds');
  const before = series[at - 1];
  if (before === undefined || before.value === null) return told('unknown', before?.nullReason ?? 'no_records');
  return told(compare(before.value, limit) > 0 ? 'holds' : 'clear');
};

const worsening = (series: readonly Point[], at: number, better: Better): Judged => {
  const values = series.slice(Math.max(0, at - POINTS + 1), at + 1).map(({ value }) => numberOf(value));
  const signal = signalOf(values, better);
  const now = series[at]!;
  const judged = (state: TestState, nullReason: SignNull | null = null): Judged => ({
    state,
    nullReason,
    threshold: null,
    signal,
  });
  // Without a figure of its own a period has not changed: an old signal is not its.
  if (now.value === null) return judged('unknown', now.nullReason ?? 'no_records');
  if (signal.state === 'insufficient') return judged('unknown', 'too_few_points');
  return judged(signal.direction === 'worsening' ? 'holds' : 'clear');
};

const numberOf = (value: Point['value']): number | null =>
  value === null || typeof value === 'number' ? value : ratio(value.n, value.d);

/** −1, 0 or 1. Exact between fractions; a percentile or a mean of times is a number and compared as one. */
const compare = (value: Fraction | number, limit: Fraction): number => {
  if (typeof value === 'number') return Math.sign(value - ratio(limit.n, limit.d)!);
  const [left, right] = [value.n * limit.d, limit.n * value.d];
  return left === right ? 0 : left < right ? -1 : 1;
};

/** `present` from two tests that hold, `watch` for one; `unknown` where none holds and fewer than two can be computed; else `clear`. */
export const stateOf = (tests: readonly TestState[]): SignState => {
  const holding = tests.filter((state) => state === 'holds').length;
  if (holding >= 2) return 'present';
  if (holding === 1) return 'watch';
  return tests.filter((state) => state === 'clear').length < 2 ? 'unknown' : 'clear';
};
