/**
 * Text of a review with live numbers: `[[key]]` is a chip, the figure of that key. Any other number that somebody typed is uncited until it is cited
 * or confirmed.
 */

/** A part of a text in its order: words, or a chip. */
export type Part = { readonly text: string } | { readonly chip: string };

const CHIP = /\[\[([^[\]]+)\]\]/g;

/** The parts of a text; brackets that are no chip are words. */
export const partsOf = (text: string): Part[] => {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(CHIP)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index) });
    parts.push({ chip: match[1]! });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
};

/** A text as it is printed: each chip is the text of its figure. A key that names no figure stays as it was written. */
export const printed = (text: string, figures: Readonly<Record<string, { readonly text: string }>>): string =>
  text.replace(CHIP, (written, key: string) => (Object.hasOwn(figures, key) ? figures[key]!.text : written));

/** Keys of the figures that a text cites, each once. */
export const chipsOf = (text: string): string[] => [...new Set([...text.matchAll(CHIP)].map((match) => match[1]!))];

const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const YEAR = String.raw`(?:19|20)\d{2}`;
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
/**
 * What names a time or a record and measures nothing: quarters, days, months, codes in capitals (`BEN-014`, `H1`). A bare year may be an amount, and
 * is none of them.
 */
const NAMES = new RegExp(
  [
    String.raw`${YEAR}[ -]?Q[1-4]`,
    String.raw`Q[1-4](?: ${YEAR})?`,
    String.raw`${YEAR}-(?:0[1-9]|1[0-2])(?:-${DAY})?`,
    String.raw`(?:${DAY} )?${MONTH} ${YEAR}`,
    String.raw`${DAY} ${MONTH}`,
    String.raw`\p{Lu}[\p{Lu}\d]*(?:[-_.]\p{L}?[\p{L}\d]+)+`,
    String.raw`\p{Lu}+\d[\p{L}\d]*`,
  ]
    .map((pattern) => `(?<![\\p{L}\\d.,-])(?:${pattern})(?![\\p{L}\\d])`)
    .join('|'),
  'gu',
);
const CURRENCY = `(?:${Intl.supportedValuesOf('currency').join('|')})`;
const MAGNITUDE = '(?:[km]|[bmt]n|mio)';
const AMOUNT = new RegExp(String.raw`\d${MAGNITUDE}$|^${CURRENCY}-?\d`, 'iu');
/** Whether what is written like a code is money: `USD500`, `EUR-12`, `SAVED12m`. */
const isAmount = (name: string): boolean => AMOUNT.test(name);
/** A run of digits with the separators of any locale inside it, its sign, a percent sign, and a currency and magnitude written onto it. */
const NUMBER = new RegExp(
  String.raw`(?:(?<![\p{L}\d])${CURRENCY}|[€$£¥])?[−-]?[\p{Nd}¼-¾](?:[\p{Nd}.,'’\u00a0\u202f]*\p{Nd})?(?:${MAGNITUDE}(?!\p{L}))?(?:[ \u00a0\u202f]?%)?`,
  'giu',
);

/** A number in a text that no chip stands for, with its place (of UTF-16 units). */
export interface NumberAt {
  readonly at: number;
  readonly text: string;
}

/** Numbers of a text that are no chip and name no quarter, day, month or record. */
export const uncitedOf = (text: string): NumberAt[] => {
  const blank = (found: string): string => ' '.repeat(found.length);
  const typed = text.replace(CHIP, blank).replace(NAMES, (name) => (isAmount(name) ? name : blank(name)));
  return [...typed.matchAll(NUMBER)].map((match) => ({ at: match.index, text: match[0] }));
};

const isSame = (one: NumberAt, other: NumberAt): boolean => one.at === other.at && one.text === other.text;

/** Of what somebody confirmed, the numbers that the text has at that place: the same number elsewhere in it is another. */
export const confirmedIn = (text: string, confirmed: readonly NumberAt[]): NumberAt[] =>
  uncitedOf(text).filter((found) => confirmed.some((each) => isSame(each, found)));

/** Numbers of a text that are still to be cited or confirmed. */
export const openNumbersOf = (text: string, confirmed: readonly NumberAt[]): NumberAt[] =>
  uncitedOf(text).filter((found) => !confirmed.some((each) => isSame(each, found)));

/** Where confirmed numbers stand after an edit in one place; those that the edit touched are confirmed no more. */
export const movedNumbers = (before: string, after: string, confirmed: readonly NumberAt[]): NumberAt[] => {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const moved = confirmed.flatMap(({ at, text }): NumberAt[] => {
    if (at + text.length <= head) return [{ at, text }];
    return at >= before.length - tail ? [{ at: at + after.length - before.length, text }] : [];
  });
  return confirmedIn(after, moved);
};
