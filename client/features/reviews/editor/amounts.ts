import { SCALE_WORDS } from '../../../../server/contract/format.js';

/** Amounts as sentences have them: as figures print them, and as somebody types them. */

export interface Amount {
  /** As written, with its unit. */
  readonly text: string;
  readonly digits: number;
  /** 1 000 000 of `12.2 m EUR`; null where no thousands are named. */
  readonly factor: number | null;
  /** Nothing where none is named. */
  readonly unit: string;
}

const SCALE = `(?:(?<scale>${Object.keys(SCALE_WORDS).join('|')})(?![\\p{L}\\d]))`;
const CURRENCY = String.raw`(?:(?<currency>\p{Lu}{3}|[€$£¥])\s?)`;
const BEGINNING = new RegExp(
  String.raw`^${CURRENCY}?[<>]?[−+-]?(?<digits>\d(?:[\d.,'’\u00a0\u202f]*\d)?)(?:\s?${SCALE})?(?:\s(?=\S))?`,
  'u',
);
const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** A unit, and no beginning of a longer word. */
const asUnit = (unit: string): string => `${escaped(unit)}(?![\\p{L}\\d])`;

/** A comma is a decimal sign where no group of three digits follows it. */
const numberOf = (digits: string): number =>
  Number(
    /^\d+,\d+$/.test(digits) && !/,\d{3}$/.test(digits) ? digits.replace(',', '.') : digits.replace(/[^\d.]/g, ''),
  );

/**
 * The amount that a text begins with, without its sign; null where it begins with none.
 * @param unitIn the unit that what follows the digits begins with
 */
const amountAt = (text: string, unitIn: (rest: string) => string): Amount | null => {
  const found = BEGINNING.exec(text);
  const { digits, scale, currency = '' } = found?.groups ?? {};
  if (found === null || digits === undefined) return null;
  const unit = unitIn(text.slice(found[0].length));
  return {
    text: `${found[0]}${unit}`.trimEnd(),
    digits: numberOf(digits),
    factor: scale === undefined ? null : 10 ** SCALE_WORDS[scale]!,
    unit: unit || currency,
  };
};

/** An amount as a figure prints it: whatever stands behind its digits is its unit. */
export const printedAmount = (text: string): Amount | null => amountAt(text, (rest) => rest);

/** The amount that a sentence goes on with, of one of the units that are known. */
export const typedAmount = (text: string, units: readonly string[]): Amount | null =>
  amountAt(text, (rest) => {
    const begun = units.filter((unit) => unit !== '' && new RegExp(`^${asUnit(unit)}`, 'u').test(rest));
    return begun.reduce((longest, unit) => (unit.length > longest.length ? unit : longest), '');
  });

/** How far a printed amount is from a typed one, as a share: nothing of the same; null where they are of two units. */
export const distanceOf = (typed: Amount, other: Amount): number | null => {
  if (typed.unit !== '' && typed.unit !== other.unit) return null;
  // Digits alone are compared as they are printed.
  const isBare = typed.unit === '' && typed.factor === null;
  const [one, two] = [typed, other].map(({ digits, factor }) => digits * (isBare ? 1 : (factor ?? 1))) as [
    number,
    number,
  ];
  return one === two ? 0 : Math.abs(one - two) / Math.max(one, two);
};

/** How long the unit is that a text begins with, in whatever thousands: 0 where it is another, or the beginning of a longer word. */
export const unitAt = (text: string, unit: string): number =>
  new RegExp(String.raw`^\s?(?:${SCALE}\s)?${asUnit(unit)}`, 'u').exec(text)?.[0].length ?? 0;
