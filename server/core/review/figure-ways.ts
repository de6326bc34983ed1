import type { Fold } from '../../contract/metric.js';
import type { FrozenRecord } from '../../contract/review-after.js';
import { fractionOf, sumOf } from '../benefit-status.js';
import {
  addFractions,
  divided,
  equalFractions,
  type Fraction,
  minus,
  negated,
  sizeOf,
  times,
  whole,
  ZERO,
} from '../exact-amounts.js';
import { formatFraction } from '../money.js';
import { folded } from './fold.js';
import { isCurrency } from './printing.js';

/** The ways in which records give a figure: as their sum, as a quotient of two sums, as the part of those listed that counts, or folded as a metric says. */

/** A figure at one time: its value as exact decimal text (null where it has none), and the records behind it. */
export interface Stand {
  readonly value: string | null;
  readonly records: readonly FrozenRecord[];
}

/** What a share or a rate may be divided by. */
export interface Divisor {
  readonly title: string;
  readonly frozen: Stand;
  readonly today: Stand;
}

/** The records of the figure (of a quotient its numerator), or those of what it is divided by. */
export type Part = 'records' | 'divisor';

/** How a figure is rounded, and what it may be made of. */
export interface Making {
  /** Decimals to which the figure's value is rounded. */
  readonly decimals: number;
  /** To what amounts of records are rounded, of which a share is the quotient unrounded: `0.01`; `0` where they are exact. */
  readonly minorUnit: string;
  /** How the records of a metric give its value; null of a figure whose records add up. */
  readonly fold: Fold | null;
  readonly divisors: readonly Divisor[];
}

/** What a group of records brings: sums of its amounts, cells of a metric. */
export interface Row {
  readonly records: Fraction;
  /** What these are divided by: those of the divisor, or themselves as the way says. */
  readonly base: Fraction;
  readonly cells: readonly NonNullable<FrozenRecord['cells']>[];
}
/** A record of a part; one that is taken counts less than nothing. */
export type Entry = Readonly<{ part: Part; record: FrozenRecord; isTaken?: true }>;
/** A way in which records give a figure. */
export interface Way {
  readonly divisor: Divisor | null;
  /** Of a part of the records that are listed with it: whether it is of their number, or of what was entered of all of them. */
  readonly of?: 'number' | 'entered';
  readonly value: (rows: readonly Row[]) => Fraction | null;
}

const amountOf = ({ amount }: FrozenRecord): Fraction => (amount === null ? ZERO : fractionOf(amount));
const totalOf = (records: readonly FrozenRecord[]): Fraction => sumOf(records.map(amountOf));

/** What some records bring together. */
export const rowOf = (entries: readonly Entry[], of?: Way['of']): Row => {
  const sum = (part: Part, amount: (record: FrozenRecord) => Fraction): Fraction =>
    sumOf(
      entries.flatMap((each) =>
        each.part !== part ? [] : each.isTaken ? negated(amount(each.record)) : amount(each.record),
      ),
    );
  const cells = entries.flatMap(({ record }) => (record.cells ? [record.cells] : []));
  const base =
    of === undefined
      ? sum('divisor', amountOf)
      : sum('records', (record) => (of === 'number' ? whole(1) : fractionOf(record.entered!)));
  return { records: sum('records', amountOf), base, cells };
};
const sumsOf = (rows: readonly Row[], part: 'records' | 'base'): Fraction => sumOf(rows.map((row) => row[part]));

export const isSameNumber = (a: string, b: string): boolean => equalFractions(fractionOf(a), fractionOf(b));

/** A divisor whose records do not add up to it counts as one record. */
const byRecords = ({ title, frozen, today }: Divisor): Divisor => {
  const addsUp = ({ value, records }: Stand): boolean =>
    value === null ? records.length === 0 : equalFractions(totalOf(records), fractionOf(value));
  if (addsUp(frozen) && addsUp(today)) return { title, frozen, today };
  const asOne = ({ value }: Stand): Stand => ({
    value,
    records:
      value === null
        ? []
        : [
            {
              type: 'figure',
              code: '',
              name: title,
              at: null,
              note: null,
              entered: null,
              enteredUnit: null,
              amount: value,
              cells: null,
            },
          ],
  });
  return { title, frozen: asOne(frozen), today: asOne(today) };
};

/** Whether all that is listed was entered as an amount in one currency: then also what does not count has one. */
const isEnteredInOne = (records: readonly FrozenRecord[]): boolean =>
  records.every(
    ({ entered, enteredUnit }) => entered !== null && isCurrency(enteredUnit ?? '') && isDecimal(entered),
  ) && new Set(records.map(({ enteredUnit }) => enteredUnit)).size === 1;
const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** What records of a figure may give it, the likeliest first. */
const waysOf = ({ fold, divisors }: Making, records: readonly FrozenRecord[]): Way[] => {
  if (fold) {
    const value = (rows: readonly Row[]): Fraction | null =>
      folded(
        fold,
        rows.flatMap(({ cells }) => cells),
      );
    return [{ divisor: null, value }];
  }
  const quotients = divisors.map(byRecords).flatMap((divisor): Way[] => {
    const over = (rows: readonly Row[]): Fraction | null => divided(sumsOf(rows, 'records'), sumsOf(rows, 'base'));
    const overSize = (rows: readonly Row[]): Fraction | null => {
      return divided(sumsOf(rows, 'records'), sizeOf(sumsOf(rows, 'base')));
    };
    const complement = (rows: readonly Row[]): Fraction | null => {
      const share = over(rows);
      return share && minus(whole(1), share);
    };
    return [over, overSize, complement].map((value) => ({ divisor, value }));
  });
  const part = (rows: readonly Row[]): Fraction | null => divided(sumsOf(rows, 'records'), sumsOf(rows, 'base'));
  return [
    { divisor: null, value: (rows) => sumsOf(rows, 'records') },
    ...quotients,
    { divisor: null, of: 'number', value: part },
    ...(isEnteredInOne(records) ? [{ divisor: null, of: 'entered', value: part } as const] : []),
  ];
};

/** The records of a figure on one side, with those of what it is divided by. */
export const entriesOf = (way: Way | undefined, stand: Stand, side: 'frozen' | 'today'): Entry[] => [
  ...stand.records.map((record): Entry => ({ part: 'records', record })),
  ...(way?.divisor?.[side].records ?? []).map((record): Entry => ({ part: 'divisor', record })),
];

/**
 * The way in which records give a figure at both times: that which comes nearest, exactly or as near as amounts that are rounded can. Undefined where
 * they do not.
 */
export const wayOf = (frozen: Stand, today: Stand, making: Making): Way | undefined => {
  const near = waysOf(making, [...frozen.records, ...today.records]).flatMap((way) => {
    const [before, after] = [missOf(way, frozen, 'frozen', making), missOf(way, today, 'today', making)];
    return before === null || after === null ? [] : [{ way, miss: addFractions(before, after) }];
  });
  // Of two that are as near the first is the likelier; beside a tiny divisor others may seem near, too.
  const [best] = near.sort((a, b) => signOf(minus(a.miss, b.miss)));
  return best?.way;
};

/** By how much a way misses the value of a figure; 0 where it has none, null where it is by more than rounding explains. */
const missOf = (way: Way, stand: Stand, side: 'frozen' | 'today', { decimals, minorUnit }: Making): Fraction | null => {
  if (stand.value === null) return ZERO;
  const row = rowOf(entriesOf(way, stand, side), way.of);
  const value = way.value([row]);
  if (value === null) return null;
  if (isSameNumber(formatFraction(value.n, value.d, decimals), stand.value)) return ZERO;
  const told = fractionOf(stand.value);
  // Of N ÷ D with both rounded by at most half a unit u: |N' ÷ D' − N ÷ D| ≤ u · (1 + |N ÷ D|) ÷ |D'|.
  // What is entered of each record that is listed is rounded by itself.
  const ends = times(whole(way.of === undefined ? 1 : stand.records.length), sumOf([whole(1), sizeOf(told)]));
  const bound = divided(times(fractionOf(minorUnit), ends), sizeOf(row.base));
  const miss = sizeOf(minus(value, told));
  return bound !== null && minus(miss, bound).n <= 0n ? miss : null;
};

const signOf = ({ n }: Fraction): number => (n < 0n ? -1 : n > 0n ? 1 : 0);
