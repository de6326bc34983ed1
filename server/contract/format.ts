import { decimalsBeside } from './told-apart.js';
import { absolute, compare, isNegative, isZero, largest, round, shift } from './decimal.js';
import { localised, MINUS, numberSigns } from './locale-number.js';

/** Numbers as screens print them: three significant digits, one scale a column, units once. Full precision is in the trace. */

const SPACE = ' ';

export interface Scale {
  exponent: 0 | 3 | 6 | 9;
  /** What stands before the currency: `m` in `m EUR`; nothing for units. */
  suffix: '' | 'k' | 'm' | 'bn';
}

const SCALES: readonly Scale[] = [
  { exponent: 0, suffix: '' },
  { exponent: 3, suffix: 'k' },
  { exponent: 6, suffix: 'm' },
  { exponent: 9, suffix: 'bn' },
];
const IN_WORDS = { 0: '', 3: 'thousand', 6: 'million', 9: 'billion' } as const;
/** What says how many thousands an amount is in, as it is printed and as people write it, each with its exponent. */
export const SCALE_WORDS: Readonly<Record<string, Scale['exponent']>> = Object.fromEntries(
  SCALES.slice(1).flatMap(({ exponent, suffix }) => [
    [suffix, exponent],
    [IN_WORDS[exponent], exponent],
  ]),
);

/** The one scale of a column or page: the smallest in which its largest amount prints with at most three digits before the point. */
export function scaleFor(amounts: readonly string[]): Scale {
  const most = largest(amounts);
  return SCALES.find(({ exponent }) => compare(round(shift(most, exponent), 0), '1000') < 0) ?? SCALES[3]!;
}

/** `m EUR`; `EUR` where the scale is one. For column headers. */
export const unitOf = (scale: Scale, currency: string): string =>
  scale.suffix === '' ? currency : `${scale.suffix}${SPACE}${currency}`;

/** The scale that a header tells, of a currency: of `m EUR` millions; null of what is no amount of it. */
export const scaleOf = (unit: string, currency: string): Scale | null =>
  SCALES.find((scale) => unitOf(scale, currency) === unit) ?? null;

/** Three significant digits, at most three decimals; what is not zero never prints as zero. */
function significant(value: string): string {
  if (isZero(value)) return '0';
  for (const decimals of [3, 2, 1, 0]) {
    const rounded = round(value, decimals);
    const wholeDigits = absolute(rounded).split('.')[0]!.replace(/^0+/, '').length;
    if (wholeDigits + decimals <= 3 || decimals === 0) return isZero(rounded) ? tiny(value) : rounded;
  }
  return value;
}

/** Marks a value that rounds to nothing; `localised` leaves the sign in front as it is. */
const tiny = (value: string): string => (isNegative(value) ? '>-0.001' : '<0.001');

/** An amount at a scale, without unit: `"12.4"`. */
export function scaled(amount: string, scale: Scale, locale?: string): string {
  const text = significant(shift(amount, scale.exponent));
  return /^[<>]/.test(text) ? text[0] + localised(text.slice(1), locale) : localised(text, locale);
}

/** A variance at a scale: always signed. */
export function signed(amount: string, scale: Scale, locale?: string): string {
  const text = scaled(amount, scale, locale);
  return isZero(amount) || isNegative(amount) ? text : withPlus(text);
}

/** What is more than nothing, with its sign where every difference has it: `+12.4`, and `<+0.001` as below nothing `>−0.001`. */
export const withPlus = (text: string): string => (text.startsWith('<') ? `<+${text.slice(1)}` : `+${text}`);

/** An amount with its unit, for sentences: `"12.4 m EUR"`. Nothing is nothing at any scale: `"0 EUR"`. */
export const money = (amount: string, currency: string, scale: Scale = scaleFor([amount]), locale?: string): string =>
  `${scaled(amount, scale, locale)}${SPACE}${isZero(amount) ? currency : unitOf(scale, currency)}`;

/** Every digit that the server gave: `"471,818,000,000.00 GBP"`. */
export const inFull = (amount: string, unit = '', locale?: string): string =>
  unit === '' ? localised(amount, locale) : `${localised(amount, locale)}${SPACE}${unit}`;

const hundredfold = (ratio: number | string, decimals: number): string =>
  round(shift(typeof ratio === 'number' ? plain(ratio) : ratio, -2), decimals);

/**
 * A fraction as percent with one decimal; decimal text stays exact. What is not zero never prints as zero, and what is not the whole never as the
 * whole: near it there are two decimals or more, as availabilities could not be told from each other with one.
 */
export function percent(ratio: number | string, locale?: string): string {
  if (Number(ratio) > 0.99 && Number(ratio) < 1) return toldApart(ratio, null, locale)[0];
  const text = hundredfold(ratio, 1);
  const isNothing = isZero(text) && Number(ratio) !== 0;
  const sign = Number(ratio) < 0 ? `>${MINUS}` : '<';
  return isNothing ? `${sign}${localised('0.1', locale)}${SPACE}%` : `${localised(text, locale)}${SPACE}%`;
}

/** A fraction as percent with so many decimals. */
export const percentTo = (ratio: number | string, decimals: number, locale?: string): string =>
  `${localised(hundredfold(ratio, decimals), locale)}${SPACE}%`;

/** A plain number with so many decimals. */
export const plainTo = (value: number, decimals: number, locale?: string): string =>
  localised(round(plain(value), decimals), locale);

/** Decimals with which a figure is printed beside the limit that it is held against, both as printed: 60 of a share of 0.6. */
export const decimalsApart = (value: number, limit: number, usual: number): number =>
  decimalsBeside(value, limit, usual, (each, decimals) => round(plain(each), decimals));

/** No share near the whole is printed with more. */
const MOST_DECIMALS = 6;

/**
 * A share near the whole, as availabilities are, beside its target or alone: two decimals, or as many as tell one from the other, and from 100 %
 * what lies below it.
 */
export function toldApart(
  value: number | string | null,
  target: number | string | null = null,
  locale?: string,
): readonly [value: string, target: string] {
  const shares = [value ?? 0, target ?? value ?? 0] as const;
  const [first, second] = shares.map((share) => Number(hundredfold(share, 10))) as [number, number];
  const belowWhole = [first, second].filter((each) => each < 100);
  const decimals = Math.max(decimalsApart(first, second, 2), ...belowWhole.map((each) => decimalsApart(each, 100, 2)));
  const text = (share: number | string): string => percentTo(share, Math.min(decimals, MOST_DECIMALS), locale);
  return [text(shares[0]), text(shares[1])];
}

/** A fraction as percent with every digit that the server gave. */
export const percentInFull = (ratio: string, locale?: string): string =>
  `${localised(trimmed(shift(ratio, -2)), locale)}${SPACE}%`;

/** A change of a share, in percentage points: never `%`. Decimal text stays exact; what is not zero never prints as zero. */
export function percentagePoints(change: number | string, locale?: string): string {
  const [text, isDown] = [hundredfold(change, 1), Number(change) < 0];
  if (isZero(text) && Number(change) !== 0)
    return `${isDown ? `>${MINUS}` : '<+'}${localised('0.1', locale)}${SPACE}pp`;
  return `${isZero(text) || isDown ? '' : '+'}${localised(text, locale)}${SPACE}pp`;
}

/** A sentence of the server with its numbers as the reader writes them; as it comes they have a point and no groups. */
export const numbersLocalised = (sentence: string, locale?: string): string =>
  sentence.replace(/(?<![\w.])-?\d+(?:\.\d+)?/g, (number) => localised(number, locale));

/** A plain number with three significant digits: days, levels, means. */
export function brief(value: number | string, locale?: string): string {
  const text = significant(typeof value === 'number' ? plain(value) : value);
  return /^[<>]/.test(text) ? text[0] + localised(text.slice(1), locale) : localised(text, locale);
}

/** Every digit of a plain number, without idle zeros. */
export const plainInFull = (value: number | string, locale?: string): string =>
  localised(trimmed(typeof value === 'number' ? plain(value) : value), locale);

/** A net share as points, `"31.8"`: 1 is 100 points. */
export const points = (ratio: number | string, locale?: string): string =>
  localised(round(shift(typeof ratio === 'number' ? plain(ratio) : ratio, -2), 1), locale);
export const pointsInFull = (ratio: string, locale?: string): string => localised(trimmed(shift(ratio, -2)), locale);

export const count = (value: number, locale?: string): string => localised(String(Math.round(value)), locale);

/** `1 benefit`, `2 benefits`. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** A float as plain text, without exponent. */
const plain = (value: number): string => (Math.abs(value) < 1e-12 ? '0' : value.toFixed(12));
const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const MONTH_NAME = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });
const INSTANT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const INSTANT_YEAR = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** `2026-09-30` → `30 Sep 2026`; `2026-07` → `Jul 2026`; anything else as it is. */
export function day(date: string): string {
  if (/^\d{4}-\d\d-\d\d/.test(date))
    return DAY.format(new Date(`${date.slice(0, 10)}T00:00:00Z`)).replace('Sept', 'Sep');
  if (/^\d{4}-\d\d$/.test(date)) return MONTH.format(new Date(`${date}-01T00:00:00Z`)).replace('Sept', 'Sep');
  return date;
}

/** 1 → `January`. */
export const monthName = (month: number): string => MONTH_NAME.format(Date.UTC(2000, month - 1, 1));

/** An instant in the reader's own time zone; the year only where it is not this one. */
export function instant(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const format = at.getFullYear() === now.getFullYear() ? INSTANT : INSTANT_YEAR;
  return format.format(at).replace('Sept', 'Sep');
}

/** The day before the local midnight of an instant: the last one that lies before it. */
export const dayBefore = (midnight: string): string =>
  new Date(Date.parse(`${midnight.slice(0, 10)}T00:00:00Z`) - 1).toISOString().slice(0, 10);

/** `2026-10-01T00:30:00.000+02:00` → `1 Oct 2026, 00:30`: as clocks there show it, wherever it is read. */
export const localInstant = (iso: string): string => `${day(iso)}, ${iso.slice(11, 16)}`;

/** Digits after the decimal sign, as printed. */
export function decimalsOf(text: string, locale?: string): number {
  const at = text.lastIndexOf(numberSigns(locale).decimal);
  return at < 0 ? 0 : text.length - at - 1;
}

/** What is missing at the right for the text to stand on the common decimal of a column with so many decimals. */
export function padding(text: string, decimals: number, locale?: string): string {
  const own = decimalsOf(text, locale);
  return `${own === 0 && decimals > 0 ? numberSigns(locale).decimal : ''}${'0'.repeat(Math.max(0, decimals - own))}`;
}
