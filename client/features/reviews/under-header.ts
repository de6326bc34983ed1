import { scaled, scaleOf, signed } from '../../../server/contract/format.js';
import type { ReviewCell } from '../../../server/contract/review.js';

/** Reviews are printed in English, whoever reads. */
const LOCALE = 'en';

/** A text under a header that names the unit, without it: the header has said so. */
export const withoutUnit = (text: string, unit: string | null): string =>
  unit !== null && unit !== '' && text.endsWith(unit) ? text.slice(0, -unit.length).trimEnd() : text;

/**
 * A cell of another column at the scale of the header that it stands under, so that it is compared at a glance: `0.600` and not `600 k EUR` under
 * `m EUR`. It keeps its own where it would no longer be told from what was frozen, or from nothing.
 * @param unit of the header: `m EUR`; null where each cell names its own
 * @param frozen what stands there as frozen, where this is another
 */
export const underHeader = (cell: ReviewCell | null, unit: string | null, frozen: string | null): ReviewCell | null => {
  if (cell === null || cell.value === null || cell.unit === null || unit === null) return cell;
  // As a document prints it under a header, it has no unit and stays as it is printed.
  if (!cell.text.endsWith(cell.unit)) return cell;
  const scale = scaleOf(unit, cell.unit);
  if (scale === null) return cell;
  const text = (cell.text.startsWith('+') ? signed : scaled)(cell.value, scale, LOCALE);
  return text === frozen || /[<>]/.test(text) ? cell : { ...cell, text };
};
