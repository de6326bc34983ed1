import { balanced } from './balanced-columns.js';
import type { ReviewTable } from './review.js';
import { widest, widthOf } from './text-size.js';

/** Places and sizes on A4 landscape, in pixels of which 96 are an inch, so that the two ways to a PDF look alike. */

const MM = 96 / 25.4;
export const SHEET = {
  width: 297 * MM,
  height: 210 * MM,
  margin: { top: 12 * MM, right: 14 * MM, bottom: 16 * MM, left: 14 * MM },
} as const;
export const CONTENT = SHEET.width - SHEET.margin.left - SHEET.margin.right;
/** Between what stands side by side. */
export const GUTTER = 28;
/** Of sentences beside a drawing. */
export const BESIDE = 300;
/** A line of text is read with ease up to here. */
export const MEASURE = 680;
export const TABLE_FONT = 12;
export const CELL = { x: 7, y: 4 } as const;

const LEAST_COLUMN = 48;
const MOST_NUMBER = 240;
/** Of a word that is not broken, where there is room. */
const MOST_WORD = 200;
const longestWord = (text: string): number => widest(text.split(/\s+/));
/** In a few lines, as far as its words allow. */
const inLines = (text: string): number => Math.max(longestWord(text), Math.min(widthOf(text), 110));

/**
 * Widths of the columns of a table: numbers never break; words have what is left, so that the table is low.
 *
 * @returns pixels with the room around the texts; no more than the sheet is wide
 */
export const columnWidths = ({ columns, rows }: ReviewTable): number[] => {
  const wanted = columns.map(({ title, kind, unit }, at) => {
    const cells = rows.map((row) => row[at]!);
    const heads = kind === 'number' ? [inLines(title), widthOf(unit ?? '')] : [widthOf(title)];
    const texts = cells.map(({ text, value }) => (kind === 'number' && value === null ? inLines : widthOf)(text));
    return Math.max(LEAST_COLUMN, ...heads, ...texts) * 1.04 + 2 * CELL.x;
  });
  const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);
  const leastFor = (mostWord: number): number[] =>
    columns.map(({ kind, title }, at) => {
      if (kind === 'number') return Math.min(wanted[at]!, MOST_NUMBER);
      const word = Math.max(0, ...[title, ...rows.map((row) => row[at]!.text)].map(longestWord));
      return Math.max(LEAST_COLUMN, Math.min(word, mostWord) * 1.04) + 2 * CELL.x;
    });
  const whole = leastFor(MOST_WORD);
  const least = sum(whole) <= CONTENT ? whole : leastFor(LEAST_COLUMN);
  // The widest are cut to one width at which all fit.
  let most = Math.max(...wanted);
  const cut = (): number[] => wanted.map((width, at) => Math.max(least[at]!, Math.min(width, most)));
  while (sum(cut()) > CONTENT && most > LEAST_COLUMN) most -= 4;
  const widths = cut();
  const over = sum(widths) / CONTENT;
  if (over > 1) return widths.map((width) => width / over);
  const texts = rows.map((row) => row.map(({ text, value }) => (value === null ? widthOf(text) : 0)));
  return balanced(widths, least, texts, 2 * CELL.x);
};
