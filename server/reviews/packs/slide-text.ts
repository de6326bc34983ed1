import type { ReviewDocument } from '../../contract/review.js';
import { printed } from '../../core/review/narrative.js';
import { widthOf, wrapped } from '../../core/review/drawings/text-size.js';
import { FONT_SIZE } from '../../core/review/drawings/svg.js';
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

/** The largest of some sizes in which a text takes at most so many lines, else the smallest. */
export const sizeFor = (text: string, width: number, most: number, sizes: readonly number[]): number =>
  sizes.find((points) => linesOf(text, width, points).length <= most) ?? sizes.at(-1)!;
