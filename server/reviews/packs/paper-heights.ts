import type { ReviewCell, ReviewDrawing, ReviewTable } from '../../contract/review.js';
import { FONT_SIZE, inPieces, wrapped } from '../../contract/text-size.js';
import { CELL, columnWidths, SHEET, TABLE_FONT } from '../../contract/paper-sheet.js';
import { type PicturePlace, pictureOf } from './page-layout.js';

/**
 * How high things stand on a page of the PDF library, measured before it lays them out: of what it is to keep together and no page holds, it prints
 * the first page only. Pixels, rather too many than too few.
 */

const PAGE = SHEET.height - SHEET.margin.top - SHEET.margin.bottom;
/** What is kept together is at most so high: a line that breaks otherwise than measured costs nothing. */
const TOGETHER_MOST = PAGE * 0.9;
/** A row that is kept whole; the header and two rows stay together, so that three of them are still less than a page. */
const ROW_MOST = PAGE * 0.3;
/** Between a table and its title. */
export const TABLE_ABOVE = 6;
/** Ascent and descent of Roboto. */
const LINE = 1.172;

/** @param size of the letters @param spacing of the lines, as given to the library */
export interface Look {
  readonly size: number;
  readonly spacing: number;
}
const CELLS: Look = { size: TABLE_FONT, spacing: 1.1 };

export const lineHeight = ({ size, spacing }: Look): number => size * LINE * spacing;

const scaledTo = (width: number, { size }: Look): number => (width / size) * FONT_SIZE;

/** Of a text in so much room; it ends a line where the text does. */
export const textHeight = (text: string, width: number, look: Look): number =>
  text.split('\n').reduce((lines, part) => lines + wrapped(part, scaledTo(width, look)).lines.length, 0) *
  lineHeight(look);

export const isTogether = (...heights: readonly number[]): boolean =>
  heights.reduce((sum, height) => sum + height, 0) <= TOGETHER_MOST;

/** Of a drawing with its message and what it is about. */
export const figureHeight = (drawing: ReviewDrawing, place: PicturePlace): number => {
  const { width, height } = pictureOf(drawing, place);
  return (
    textHeight(drawing.message, width, { size: 14.5, spacing: 1.1 }) +
    textHeight(drawing.about, width, { size: 11.5, spacing: 1.2 }) +
    height +
    10
  );
};

/** A table as the library can print it: rows of which each is less than a page. */
export interface Measured {
  readonly widths: readonly number[];
  readonly rows: readonly { readonly cells: readonly ReviewCell[]; readonly at: number }[];
  /** Of all of it, without its title. */
  readonly height: number;
  /** Of the header and the two rows that stay with it. */
  readonly start: number;
}

/** @returns of each row its parts, each with the number of the row that it is of */
export const measured = (table: ReviewTable): Measured => {
  const widths = columnWidths(table);
  const room = widths.map((width) => Math.max(1, width - 2 * CELL.x));
  const most = Math.floor((ROW_MOST - 2 * CELL.y) / lineHeight(CELLS));
  const heightOf = (texts: readonly string[]): number =>
    Math.max(...texts.map((text, at) => textHeight(text, room[at]!, CELLS))) + 2 * CELL.y;
  const rows = table.rows.flatMap((cells, at) => {
    const pieces = cells.map(({ text }, column) => inPieces(text, scaledTo(room[column]!, CELLS), most));
    return Array.from({ length: Math.max(...pieces.map(({ length }) => length)) }, (_, part) => ({
      at,
      cells: cells.map((cell, column) => ({ ...cell, text: pieces[column]![part] ?? '' })),
    }));
  });
  const heads = table.columns.map(({ title, unit }) => (unit === null ? title : `${title} ${unit}`));
  const heights = [heightOf(heads), ...rows.map(({ cells }) => heightOf(cells.map(({ text }) => text)))];
  const sum = (some: readonly number[]): number => some.reduce((total, each) => total + each, TABLE_ABOVE);
  return { widths, rows, height: sum(heights), start: sum(heights.slice(0, 3)) };
};
