import { subtract } from '../../contract/decimal.js';
import type { ReviewCell, ReviewSection } from '../../contract/review.js';
import { addPeriods } from '../period.js';
import { differenceCell, tidy } from './restated-cells.js';

/** How a cell of a frozen review is held against the same one of another column. */

export type Told = Pick<ReviewSection, 'id' | 'tables' | 'drawings'>;

/** What a frozen review is held against. */
export interface Beside {
  readonly sections: readonly Told[];
  /** Quarters from the frozen review to that one: 0 of today. So what names the quarter here is found where its own is named there. */
  readonly later: number;
  /** The key by which the frozen review knows a figure of that one. */
  readonly keyHere: (key: string) => string;
}

/** Words that name quarters, as they stand so many quarters later: `2026 Q3` in `2026 Q3, as frozen then`. */
export const shifted = (text: string, quarters: number): string =>
  quarters === 0
    ? text
    : text.replace(/(?<!\d)(\d{4}) (Q[1-4])\b/g, (_, year: string, quarter: string) =>
        addPeriods(`${year}-${quarter}`, quarters).replace('-', ' '),
      );

/** The difference that a column tells: today − frozen, frozen − previous. Null where either is no number, or they are of different units. */
export const changeOf = (
  frozen: ReviewCell,
  other: ReviewCell,
  { later }: Pick<Beside, 'later'>,
): ReviewCell | null => {
  const { value, unit } = frozen;
  if (value === null || other.value === null || unit === null || other.unit !== unit) return null;
  const [to, from] = later === 0 ? [other.value, value] : [value, other.value];
  const difference = differenceCell(subtract(to, from), { value, unit });
  return tidy(difference.value!) === '0' ? null : difference;
};

/** Whether two cells say different things: numbers by their value, all else by their words. */
export const isOther = (frozen: ReviewCell, other: ReviewCell): boolean =>
  frozen.value === null || other.value === null
    ? frozen.value !== other.value || frozen.text !== other.text
    : tidy(frozen.value) !== tidy(other.value) || frozen.unit !== other.unit;
