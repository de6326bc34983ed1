import { numberSigns } from '../../server/contract/locale-number.js';

const GAPS = /[\s\u00a0\u202f\u2009'’]/g;

/**
 * Reads a number as people type it in their locale, exactly: `1.234,5` in German is `"1234.5"`. Takes the locale's grouping sign only where
 * groups stand, spaces, either minus, and brackets for a negative.
 * @returns plain decimal text; null where it cannot be read
 */
export function readNumber(typed: string, locale?: string): string | null {
  const { decimal, group } = numberSigns(locale);
  const bracketed = /^\((.*)\)$/.exec(typed.trim());
  const bare = (bracketed?.[1] ?? typed).replace(GAPS, '').replace('−', '-');
  const sign = bare.startsWith('-') ? '-' : '';
  const [whole = '', fraction, ...rest] = bare.replace(/^[-+]/, '').split(decimal);
  if (rest.length > 0 || (bracketed && sign !== '')) return null;
  const digits = ungrouped(whole, group);
  if (digits === null || (fraction !== undefined && !/^\d+$/.test(fraction))) return null;
  const plain = digits.replace(/^0+(?=\d)/, '') || (fraction === undefined ? '' : '0');
  if (plain === '') return null;
  return `${bracketed ? '-' : sign}${plain}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Digits without their grouping signs; null where those stand in odd places. */
function ungrouped(whole: string, group: string): string | null {
  const parts = whole.split(group);
  if (parts.some((part) => !/^\d*$/.test(part))) return null;
  if (parts.length === 1) return whole;
  const [first = '', ...groups] = parts;
  return first.length >= 1 && first.length <= 3 && groups.every((part) => part.length === 3) ? parts.join('') : null;
}

/** Plain decimal text as one would type it: the locale's decimal sign, no groups. */
export const typedNumber = (plain: string, locale?: string): string => plain.replace('.', numberSigns(locale).decimal);
