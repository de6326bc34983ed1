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
/** What names a time or a record and measures nothing: quarters, days, months, codes. A bare year may be an amount, and is none of them. */
const NAMES = new RegExp(
  [
    String.raw`\d{4}[ -]?Q[1-4]`,
    String.raw`Q[1-4](?: \d{4})?`,
    String.raw`\d{4}-\d{2}(?:-\d{2})?`,
    String.raw`(?:\d{1,2} )?${MONTH} \d{4}`,
    String.raw`\d{1,2} ${MONTH}`,
    String.raw`\p{L}[\p{L}\d]*(?:[-_.]\p{L}?[\p{L}\d]+)+`,
    String.raw`\p{L}+\d[\p{L}\d]*`,
  ]
    .map((pattern) => `(?<![\\p{L}\\d.,-])(?:${pattern})(?![\\p{L}\\d])`)
    .join('|'),
  'gu',
);
/** A run of digits with the separators of any locale inside it, its sign and a percent sign. */
const NUMBER = /[−-]?\d(?:[\d.,'’\u00a0\u202f]*\d)?(?:[ \u00a0\u202f]?%)?/gu;

/** A number in a text that no chip stands for, with its place (of UTF-16 units). */
export interface Uncited {
  readonly at: number;
  readonly text: string;
}

/** Numbers of a text that are no chip and name no quarter, day, month or record. */
export const uncitedOf = (text: string): Uncited[] => {
  const blank = (found: string): string => ' '.repeat(found.length);
  const typed = text.replace(CHIP, blank).replace(NAMES, blank);
  return [...typed.matchAll(NUMBER)].map((match) => ({ at: match.index, text: match[0] }));
};
