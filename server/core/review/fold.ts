import type { Fold } from '../../contract/metric.js';
import { fractionOf, sumOf } from '../benefit-status.js';
import { type Fraction, minus } from '../exact-amounts.js';

/** A record behind a figure, by column: exact decimal text, null where a cell is blank. */
export type Cells = Readonly<Record<string, string | null>>;

const ONE: Fraction = { n: 1n, d: 1n };

const over = (a: Fraction, b: Fraction): Fraction | null => {
  if (b.n === 0n) return null;
  const [n, d] = [a.n * b.d, a.d * b.n];
  return d < 0n ? { n: -n, d: -d } : { n, d };
};

const compare = (a: Fraction, b: Fraction): number => {
  const { n } = minus(a, b);
  return n === 0n ? 0 : n < 0n ? -1 : 1;
};

const medianOf = (amounts: readonly Fraction[]): Fraction | null => {
  if (amounts.length === 0) return null;
  const sorted = [...amounts].sort(compare);
  const half = (sorted.length - 1) / 2;
  return over(sumOf([sorted[Math.floor(half)]!, sorted[Math.ceil(half)]!]), { n: 2n, d: 1n });
};

/**
 * The value that records give when they are folded as their metric says, exactly: what the second of a pair of readings is to be held against.
 * A blank cell is no number: such a record counts in the other column only.
 *
 * @returns null where nothing can be divided by
 * @throws RangeError for a fold over a column that it does not name
 */
export const folded = ({ of, a, b }: Fold, records: readonly Cells[]): Fraction | null => {
  const cells = (column: string | null): Fraction[] => {
    if (column === null) throw new RangeError(`A ${of} is of a column.`);
    return records.flatMap(({ [column]: cell = null }) => (cell === null ? [] : [fractionOf(cell)]));
  };
  const count = (amounts: readonly unknown[]): Fraction => ({ n: BigInt(amounts.length), d: 1n });
  switch (of) {
    case 'count':
      return count(records);
    case 'sum':
      return sumOf(cells(a));
    case 'mean':
      return over(sumOf(cells(a)), count(cells(a)));
    case 'median':
      return medianOf(cells(a));
    case 'ratio':
      return over(sumOf(cells(a)), sumOf(cells(b)));
    case 'complement': {
      const share = over(sumOf(cells(a)), sumOf(cells(b)));
      return share && minus(ONE, share);
    }
  }
};
