/**
 * Present value of amounts by month, in integers: NPV = Σ net_m ÷ (1 + r)^(k/12), k = months since a first month. A twelfth root is irrational, so it
 * is taken once to 60 decimals; all else is exact. A sum of hundreds of months is then right far beyond the minor unit, whatever cancels in it.
 */
import type { Fraction } from './exact-amounts.js';

/** Denominator of discount factors. */
export const FACTOR_DENOMINATOR = 10n ** 60n;

/** An amount of one month, over a denominator that all amounts of a row share. */
export interface Flow {
  /** Months since the first; negative before it. */
  readonly k: number;
  readonly units: bigint;
}

/** Whether money can be discounted at an annual rate: 1 + r > 0. */
export function isRate(rate: Fraction): boolean {
  return rate.n + rate.d > 0n;
}

/**
 * What one unit in month k is worth in month 0, by k, as numerators over FACTOR_DENOMINATOR.
 * Refuses (RangeError) a rate of −1 or less.
 */
export function discountFactors(rate: Fraction, first: number, last: number): ReadonlyMap<number, bigint> {
  if (!isRate(rate)) throw new RangeError('An annual rate must be greater than −1');
  const one = FACTOR_DENOMINATOR;
  // (1 + r)^(−1/12) = (d ÷ (n + d))^(1/12), times 10^60.
  const monthly = integerRoot((rate.d * one ** 12n) / (rate.n + rate.d), 12);
  const factors = new Map<number, bigint>([[0, one]]);
  for (let k = 1, factor = one; k <= last; k += 1) factors.set(k, (factor = (factor * monthly) / one));
  for (let k = -1, factor = one; k >= first; k -= 1) factors.set(k, (factor = (factor * one) / monthly));
  return factors;
}

/** Net present value of flows over a denominator. 0 of none. Refuses (RangeError) a rate of −1 or less. */
export function presentValue(flows: readonly Flow[], denominator: bigint, rate: Fraction): Fraction {
  const months = flows.map(({ k }) => k);
  const factors = discountFactors(rate, Math.min(0, ...months), Math.max(0, ...months));
  const n = flows.reduce((sum, { k, units }) => sum + units * factors.get(k)!, 0n);
  return { n, d: denominator * FACTOR_DENOMINATOR };
}

/**
 * Payback: the first month from which on the cumulative amount stays at 0 or above, to the last month; null where it ends below 0 (and of no flow).
 * Every month between the first and the last flow counts, also those in which nothing flows.
 */
export function paybackOf(flows: readonly Flow[]): number | null {
  const sums = cumulated(flows);
  let payback: number | null = null;
  for (const { k, units } of sums) {
    if (units < 0n) payback = null;
    else payback ??= k;
  }
  return payback;
}

/** The running sum of each month from the first to the last flow. */
export function cumulated(flows: readonly Flow[]): Flow[] {
  if (flows.length === 0) return [];
  const byMonth = new Map<number, bigint>();
  for (const { k, units } of flows) byMonth.set(k, (byMonth.get(k) ?? 0n) + units);
  const months = [...byMonth.keys()];
  const [first, last] = [Math.min(...months), Math.max(...months)];
  const sums: Flow[] = [];
  let sum = 0n;
  for (let k = first; k <= last; k += 1) {
    sum += byMonth.get(k) ?? 0n;
    sums.push({ k, units: sum });
  }
  return sums;
}

/** The largest integer whose power is not above `value`, by Newton's method from above. */
function integerRoot(value: bigint, degree: number): bigint {
  if (value < 2n) return value;
  const [n, less] = [BigInt(degree), BigInt(degree - 1)];
  let root = 1n << BigInt(Math.ceil((value.toString(16).length * 4) / degree));
  for (;;) {
    const next = (less * root + value / root ** less) / n;
    if (next >= root) return root;
    root = next;
  }
}
