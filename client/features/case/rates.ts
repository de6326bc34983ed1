import { compare, shift } from '../../../server/contract/decimal.js';
import { localised } from '../../../server/contract/locale-number.js';
import { readNumber } from '../../lib/read-number';

/** Discount rates as people write them: `8` is 0.08 a year. */

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** `0.08` → `8`. */
export const percentOf = (rate: string): string => trimmed(shift(rate, -2));

/** `0.08` → `8 %`. */
export const rateWords = (rate: string): string => `${localised(percentOf(rate))}\u202f%`;

/** Percent as typed → the rate as text; null where it is none, or none that can be computed with. */
export function readRate(typed: string): string | null {
  const percent = readNumber(typed.replace(/%\s*$/, ''));
  if (percent === null || (percent.split('.')[1]?.length ?? 0) > 2) return null;
  if (compare(percent, '-99') < 0 || compare(percent, '1000') > 0) return null;
  return trimmed(shift(percent, 2));
}
