import { isCurrencyCode } from './header-words.js';
import { canonical, readings, type Readings } from '../reading/numbers.js';

/** Currency signs and codes before or behind a number say what the mapping says already. */
const CURRENCY = /\p{Sc}/gu;
const CODE = /^[A-Z]{3}(?=\s*[-+(]?\s*\d)|(?<=\d\s*)[A-Z]{3}$/;
const withoutCode = (text: string): string => text.replace(CODE, (code) => (isCurrencyCode(code) ? '' : code)).trim();

const NOTHING: Readings = { dot: null, comma: null };

/**
 * What a number of a foreign file can mean: as our own numbers, and also `£1,234`, `1 234 EUR`, `(120)` and `120-` for minus, and Swiss
 * apostrophes. A per cent sign is left out: 12 % is 12.
 * @param text a trimmed cell
 */
export const numberReadings = (text: string): Readings => {
  if (text.length > 80 || !/\d/.test(text)) return NOTHING;
  let bare = withoutCode(text.replace(CURRENCY, '').trim());
  if (bare.endsWith('%')) bare = bare.slice(0, -1).trimEnd();
  const bracketed = /^\((.*)\)$/.exec(bare);
  if (bracketed) bare = `-${bracketed[1]!.trim()}`;
  else if (/^[^-+].*-$/.test(bare)) bare = `-${bare.slice(0, -1).trim()}`;
  bare = bare.replace(/^([-+\u2212])\s+/, '$1').replace(/(\d)['’](?=\d{3})/g, '$1 ');
  return readings(bare);
};

/** How far each multiplier moves the decimal point. */
const SHIFTS: Readonly<Record<string, number>> = {
  '0.01': -2,
  '1': 0,
  '100': 2,
  '1000': 3,
  '1000000': 6,
  '1000000000': 9,
};

/** A number in plain form with its decimal point moved to the right, or to the left where `shift` is negative. */
const shifted = (number: string, shift: number): string => {
  if (shift === 0) return canonical(number);
  const negative = number.startsWith('-');
  const [whole = '', decimals = ''] = number.replace(/^[-+]/, '').split('.');
  const digits = whole + decimals;
  const point = whole.length + shift;
  const padded = point <= 0 ? `${'0'.repeat(1 - point)}${digits}` : digits.padEnd(point, '0');
  const place = point <= 0 ? 1 : point;
  return canonical(`${negative ? '-' : ''}${padded.slice(0, place)}.${padded.slice(place)}`);
};

/**
 * A decimal times a power of ten, exactly: 1.1 × 1000000 is 1100000.
 * @param number in plain form: `-1234.5`
 */
export const multiplied = (number: string, multiplier: string): string => {
  const shift = SHIFTS[multiplier];
  if (shift === undefined) throw new Error(`No multiplier: ${multiplier}`);
  return shifted(number, shift);
};

/** A number as JavaScript prints it, in plain form: `1.5e-7` is `0.00000015`. */
export const withoutExponent = (printed: string): string => {
  const [number = '', exponent = '0'] = printed.split('e');
  return shifted(number, Number(exponent));
};
