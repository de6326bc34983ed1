/**
 * The internal rate of return: the annual r at which a row of monthly amounts is worth nothing today.
 *
 * With x = (1 + r)^(−1/12) the NPV is a polynomial in x, and each positive root of it is one rate r = x^(−12) − 1 > −1. All roots are counted with
 * proof (real-roots.ts): a solver that starts somewhere and stops at the first root would hide that there are others.
 */
import { cumulated, type Flow } from './discount.js';
import type { Fraction } from './exact-amounts.js';
import { positiveRoots, signChanges } from './real-roots.js';

/**
 * `no_sign_change`: all amounts have one sign. `no_root`: the sign changes, and yet the NPV is 0 at no rate. `multiple`: at several, all of
 * them in `roots`.
 */
export type NoRate = 'no_sign_change' | 'no_root' | 'multiple';

export interface InternalRate {
  /** Null where there is none, or no single one. */
  readonly rate: Fraction | null;
  readonly reason: NoRate | null;
  /** Every rate with NPV 0, ascending. */
  readonly roots: readonly Fraction[];
}

/** The internal rate of return of amounts by month. Where several flows fall into a month they are one amount. */
export function internalRateOf(flows: readonly Flow[]): InternalRate {
  const coefficients = monthly(flows);
  if (signChanges(coefficients) === 0) return { rate: null, reason: 'no_sign_change', roots: [] };
  const { reduced, every } = thinned(coefficients);
  const exponent = BigInt(12 / every);
  const roots = positiveRoots(reduced)
    .map(({ n, d }): Fraction => ({ n: d ** exponent - n ** exponent, d: n ** exponent }))
    .reverse();
  if (roots.length === 0) return { rate: null, reason: 'no_root', roots };
  return roots.length === 1 ? { rate: roots[0]!, reason: null, roots } : { rate: null, reason: 'multiple', roots };
}

/** Amounts of all months from the first to the last; where the first lies changes no root. */
function monthly(flows: readonly Flow[]): bigint[] {
  const sums = cumulated(flows).map(({ units }) => units);
  return sums.map((sum, at) => sum - (at === 0 ? 0n : sums[at - 1]!));
}

/** Yearly or quarterly amounts make a shorter polynomial in x^12 or x^3. */
function thinned(coefficients: readonly bigint[]): { reduced: bigint[]; every: number } {
  const first = coefficients.findIndex((c) => c !== 0n);
  const used = coefficients.slice(first);
  const every = [12, 6, 4, 3, 2].find((step) => used.every((c, at) => c === 0n || at % step === 0)) ?? 1;
  return { reduced: used.filter((_, at) => at % every === 0), every };
}
