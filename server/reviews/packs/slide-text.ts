import type { ReviewDocument } from '../../contract/review.js';
import { printed } from '../../core/review/narrative.js';
import { FONT_SIZE, inPieces, widthOf, wrapped } from '../../contract/text-size.js';
import { wellFormed } from '../../core/review/well-formed.js';

/** Texts of slides: what they may hold, and how much room they take. Lengths are inches, sizes of letters points. */

const POINTS_PER_INCH = 72;
export const LINE_HEIGHT = 1.2;

/** A text of the document on one line. */
export const oneLine = (text: string): string =>
  wellFormed(text)
    .replace(/[\s\u2028\u2029]+/g, (run) => (/^[\u00a0\u202f]$/.test(run) ? run : ' '))
    .trim();

/** A text with its chips printed. */
export const told = (text: string, { figures }: ReviewDocument): string => oneLine(printed(text, figures));

/** Marks of whoever wrote it may follow. */
const ENDS = /[.?!…。؟]["'”’»)\]]*[*†‡]*$/u;

/** With a full stop where it has none: a title of a slide is a sentence. */
export const asSentence = (text: string): string => (ENDS.test(text) ? text : `${text}.`);

const CONTINUED = ' (continued).';
/** The title of a further slide of the same; what is continued twice says so once. */
export const continued = (title: string): string =>
  title.endsWith(CONTINUED) ? title : `${title.replace(/\.([*†‡]*)$/, '$1')}${CONTINUED}`;

const pixelsFor = (inches: number, points: number): number => ((inches * POINTS_PER_INCH) / points) * FONT_SIZE;

export const inchesOf = (text: string, points: number): number =>
  ((widthOf(text) / FONT_SIZE) * points) / POINTS_PER_INCH;

/** Lines that a text takes in so much width. */
export const linesOf = (text: string, width: number, points: number): readonly string[] =>
  wrapped(text, pixelsFor(width, points)).lines;

export const heightOf = (lines: number, points: number): number => (lines * points * LINE_HEIGHT) / POINTS_PER_INCH;

/** How many lines of letters of that size so much height holds. */
export const linesIn = (height: number, points: number): number =>
  Math.max(1, Math.floor(height / heightOf(1, points) + 1e-9));

/** A text in pieces that each take at most so many lines, the same signs in the same order. */
export const piecesOf = (text: string, width: number, points: number, lines: number): readonly string[] =>
  inPieces(text, pixelsFor(width, points), lines);

/** What is written into a box, and how large. */
export interface Fitted {
  readonly text: string;
  readonly points: number;
  /** Whether it is the beginning of a text that is too long; the whole then has to stand elsewhere. */
  readonly isCut: boolean;
}

/**
 * A text in a box: in the largest of the sizes in which it fits, else its beginning in the smallest.
 * @param end of a text that is cut
 */
export function fitted(text: string, width: number, height: number, sizes: readonly number[], end = '…'): Fitted {
  const fits = (words: string, points: number): boolean =>
    linesOf(words, width, points).length <= linesIn(height, points);
  const points = sizes.find((size) => fits(text, size));
  if (points !== undefined) return { text, points, isCut: false };
  const least = sizes.at(-1)!;
  const signs = [...piecesOf(text, width, least, linesIn(height, least))[0]!];
  while (signs.length > 0 && !fits(`${signs.join('')}${end}`, least)) signs.pop();
  const whole = signs.join('').replace(/ \S*$/, '');
  return { text: `${whole}${end}`, points: least, isCut: true };
}
