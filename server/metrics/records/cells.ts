import type { Fraction } from '../../core/exact-amounts.js';
import { formatFraction } from '../../core/money.js';

/** More than any sum over the records can lose. */
const DECIMALS = 18;

/** An exact amount as decimal text without idle zeros; a third has 18 decimals. */
export const exactText = ({ n, d }: Fraction): string =>
  formatFraction(n, d, DECIMALS)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

/** The largest first, however a, b, … are signed; of equal ones the first given. */
export const largestFirst = <T>(rows: readonly T[], sizeOf: (row: T) => Fraction | null): T[] => {
  const sizes = new Map(rows.map((row) => [row, sizeOf(row)]));
  return [...rows].sort((a, b) => {
    const [x, y] = [sizes.get(a) ?? null, sizes.get(b) ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    const difference = magnitude(y.n) * x.d - magnitude(x.n) * y.d;
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  });
};

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);
