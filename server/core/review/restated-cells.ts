import { compare, isNegative, isZero } from '../../contract/decimal.js';
import { money, percentagePoints, scaleFor, unitOf, withPlus } from '../../contract/format.js';
import type { ReviewCell, ReviewFigure } from '../../contract/review.js';
import { isCurrency, NOTHING, printedApart, printedInFull, printedValue } from './printing.js';

/** Cells of a figure in its three columns: all at the scale of the frozen one, so that they are compared at a glance. */

type Beside = Pick<ReviewFigure, 'value' | 'unit'>;

const LOCALE = 'en';

/** Decimal text without idle zeros. */
export const tidy = (value: string): string => {
  const text = value.includes('.') ? value.replace(/\.?0+$/, '') : value;
  return text === '-0' || text === '' ? '0' : text;
};

/** A value beside the frozen one, at its scale and, where that is a difference, with its sign. */
export const cellOf = (
  value: string | null,
  { value: frozen, unit }: Beside,
  { figure = null, isSigned = false }: { figure?: string | null; isSigned?: boolean } = {},
): ReviewCell => {
  const printed = ((): string => {
    if (value === null) return NOTHING;
    if (!isCurrency(unit)) return printedValue(value, unit, { isSigned });
    const text = money(value, unit, scaleFor([frozen ?? value]), LOCALE);
    return isSigned && !isZero(value) && !isNegative(value) ? withPlus(text) : text;
  })();
  return { text: printed, value, unit, figure, impact: null };
};

/** A cell beside the frozen one: with so many decimals that it is told from another that its scale prints alike. */
export const apartFrom = (cell: ReviewCell, frozen: Pick<ReviewFigure, 'value' | 'text'>): ReviewCell => {
  const { text, value, unit } = cell;
  if (text !== frozen.text || value === null || unit === null || frozen.value === null) return cell;
  if (compare(value, frozen.value) === 0) return cell;
  return { ...cell, text: printedApart(value, frozen.value, unit, text.startsWith('+') || text.startsWith('<+')) };
};

/** A value of today beside the frozen one, at its scale. */
export const todayCell = (
  value: string | null,
  frozen: Pick<ReviewFigure, 'value' | 'text'>,
  form: { unit: string; figure: string; isSigned: boolean },
): ReviewCell => apartFrom(cellOf(value, { value: frozen.value, unit: form.unit }, form), frozen);

/** What was and what is, beside each other: with every digit where they are others that the scale prints alike. */
export const besideCells = (was: string | null, is: string | null, unit: string): (ReviewCell | null)[] => {
  const frozen = { value: was ?? is, unit };
  const cells = [was, is].map((value) => (value === null ? null : cellOf(value, frozen)));
  const looksAlike = was !== null && is !== null && cells[0]!.text === cells[1]!.text && compare(was, is) !== 0;
  return looksAlike ? cells.map((cell) => cell && { ...cell, text: printedInFull(cell.value, unit, false) }) : cells;
};

/**
 * A difference of the figure, with its sign: of a share in percentage points, of money at the scale of the figure; with every digit where it would
 * print as nothing.
 */
export const differenceCell = (difference: string, { value: frozen, unit }: Beside): ReviewCell => {
  const value = isCurrency(unit) ? difference : tidy(difference);
  const text = ((): string => {
    if (unit === 'share') return percentagePoints(value, LOCALE);
    if (!isCurrency(unit)) return printedValue(value, unit, { isSigned: true });
    const scale = scaleFor([frozen ?? value]);
    return isZero(value)
      ? `0 ${unit}`
      : printedValue(value, unit, { scale, isSigned: true }) + ` ${unitOf(scale, unit)}`;
  })();
  const isLost = !isZero(value) && !/[1-9<>]/.test(text);
  return { text: isLost ? printedInFull(value, unit, true) : text, value, unit, figure: null, impact: null };
};
