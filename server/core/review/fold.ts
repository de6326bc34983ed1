import type { Fold } from '../../contract/metric.js';
import { fractionOf, sumOf } from '../benefit-status.js';
import { divided, type Fraction, minus, whole } from '../exact-amounts.js';

/** A record behind a figure, by column: exact decimal text, null where a cell is blank. */
export type Cells = Readonly<Record<string, string | null>>;

const compare = (a: Fraction, b: Fraction): number => {
  const { n } = minus(a, b);
  return n === 0n ? 0 : n < 0n ? -1 : 1;
};

const medianOf = (amounts: readonly Fraction[]): Fraction | null => {
  if (amounts.length === 0) return null;
  const sorted = [...amounts].sort(compare);
  const half = (sorted.length - 1) / 2;
  return divided(sumOf([sorted[Math.floor(half)]!, sorted[Math.ceil(half)]!]), whole(2));
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
  switch (of) {
    case 'count':
      return whole(records.length);
    case 'sum':
      return sumOf(cells(a));
    case 'mean':
      return divided(sumOf(cells(a)), whole(cells(a).length));
    case 'median':
      return medianOf(cells(a));
    case 'ratio':
      return divided(sumOf(cells(a)), sumOf(cells(b)));
    case 'complement': {
      const share = divided(sumOf(cells(a)), sumOf(cells(b)));
      return share && minus(whole(1), share);
    }
  }
};
