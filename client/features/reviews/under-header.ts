import { compare } from '../../../server/contract/decimal.js';
import { decimalsOf, scaled, scaleOf, signed, withPlus } from '../../../server/contract/format.js';
import { amountApart } from '../../../server/contract/told-apart.js';
import type { ReviewCell } from '../../../server/contract/review.js';

/** Reviews are printed in English, whoever reads. */
const LOCALE = 'en';

/** A text under a header that names the unit, without it: the header has said so. */
export const withoutUnit = (text: string, unit: string | null): string =>
  unit !== null && unit !== '' && text.endsWith(unit) ? text.slice(0, -unit.length).trimEnd() : text;

/**
 * A cell of another column at the scale of the header that it stands under, so that it is compared at a glance: `0.600` and not `600 k EUR` under
 * `m EUR`; with more decimals where it would not be told from what was frozen.
 * @param unit of the header: `m EUR`; null where each cell names its own
 * @param frozen what stands there as frozen, where this is another
 */
export const underHeader = (
  cell: ReviewCell | null,
  unit: string | null,
  frozen: Pick<ReviewCell, 'text' | 'value'> | null,
): ReviewCell | null => {
  if (cell === null || cell.value === null || cell.unit === null || unit === null) return cell;
  const scale = scaleOf(unit, cell.unit);
  if (scale === null) return cell;
  const { value } = cell;
  const isSigned = /^<?\+/.test(cell.text);
  // As a document prints it under a header, it has no unit and stays as it is printed.
  const text = cell.text.endsWith(cell.unit) ? (isSigned ? signed : scaled)(value, scale, LOCALE) : cell.text;
  const was = frozen?.value ?? null;
  if (was === null || text !== frozen?.text || compare(value, was) === 0) return { ...cell, text };
  const decimals = decimalsOf(text, LOCALE);
  const apart = amountApart(value, was, { exponent: scale.exponent, decimals }, LOCALE);
  return { ...cell, text: isSigned ? withPlus(apart) : apart };
};
