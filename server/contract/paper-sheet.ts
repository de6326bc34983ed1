import { balanced } from './balanced-columns.js';
import { decimalsOf } from './format.js';
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
export const BESIDE = 340;
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

/** A number under the unit of its header; one that names its own stands at the edge. */
const isPlain = (text: string): boolean => !/[\p{L}%]/u.test(text.replace(/ [rp]$/, ''));

/** Advance of a digit and of a point in Roboto, of the font size. */
const [DIGIT, POINT] = [0.562, 0.264];

/** By what each number of a column stands away from the right edge for all to stand on their points, in parts of the font size; else 0. */
export const decimalShifts = ({ columns, rows }: ReviewTable, column: number): number[] => {
  const { kind, unit } = columns[column]!;
  const cells = rows.map((row) => row[column]!);
  if (kind !== 'number' || unit === null) return cells.map(() => 0);
  const decimals = cells.map(({ text, value }) => (value === null ? 0 : isPlain(text) ? decimalsOf(text, 'en') : 0));
  const most = Math.max(0, ...decimals);
  return decimals.map((own, at) =>
    cells[at]!.value === null || !isPlain(cells[at]!.text)
      ? 0
      : (most - own) * DIGIT + (own === 0 && most > 0 ? POINT : 0),
  );
};

/**
 * Widths of the columns of a table: numbers never break; words have what is left, so that the table is low.
 *
 * @returns pixels with the room around the texts; no more than the sheet is wide
 */
export const columnWidths = (table: ReviewTable): number[] => {
  const { columns, rows } = table;
  const wanted = columns.map(({ title, kind, unit }, at) => {
    const cells = rows.map((row) => row[at]!);
    const heads = kind === 'number' ? [inLines(title), widthOf(unit ?? '')] : [widthOf(title)];
    const shifts = decimalShifts(table, at);
    const texts = cells.map(
      ({ text, value }, row) =>
        (kind === 'number' && value === null ? inLines : widthOf)(text) + shifts[row]! * TABLE_FONT,
    );
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
