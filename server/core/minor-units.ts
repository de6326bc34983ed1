/**
 * Rounding of many exact amounts to minor units, fast. The answer is that of `formatFraction`, to the last unit: a floating-point quotient is
 * used only where its error provably cannot move it over a rounding boundary, and integers decide everywhere else.
 */
import type { Fraction } from './exact-amounts.js';

/** Up to here an integer is exact as a JavaScript number with room for the error bound below. */
const LARGEST = 2 ** 42;
/** Two conversions and one division, each off by at most 2⁻⁵³ of its result. */
const RELATIVE_ERROR = 2 ** -51;

/**
 * Rounds amounts to units of 10^−decimals, half away from zero; zero is never negative. Null where an amount is too large for this way.
 * Make one for each column: amounts of a column mostly share their denominator, which is then converted once.
 */
export const roundingTo = (decimals: number): ((amount: Fraction) => number | null) => {
  const factor = 10 ** decimals;
  let denominator = 1n;
  let divisor = 1;
  return ({ n, d }) => {
    if (n === 0n) return 0;
    if (d !== denominator) {
      denominator = d;
      divisor = Number(d);
    }
    if (divisor === Infinity) return null;
    const quotient = (Number(n) / divisor) * factor;
    const size = Math.abs(quotient);
    if (!(size < LARGEST)) return null;
    const rounded = Math.floor(size + 0.5);
    // How far the quotient is from the nearer of the two halves around it. `factor` is exact and costs one more rounding.
    const margin = 0.5 - Math.abs(size - rounded);
    if (margin <= size * RELATIVE_ERROR * 2) return exactly(n, d, factor);
    return quotient < 0 && rounded !== 0 ? -rounded : rounded;
  };
};

const exactly = (n: bigint, d: bigint, factor: number): number => {
  const size = (n < 0n ? -n : n) * BigInt(factor);
  const rounded = Number((size + d / 2n) / d);
  return n < 0n && rounded !== 0 ? -rounded : rounded;
};
