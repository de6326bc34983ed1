import type { ReviewCell, ReviewTable } from '../../contract/review.js';
import { balanced } from '../../contract/balanced-columns.js';
import { heightOf, inchesOf, linesIn, linesOf, oneLine, piecesOf } from './slide-text.js';

/** Tables on slides: widths of their columns, heights of their rows, and how many of them a slide holds. Lengths are inches. */

export type Row = readonly ReviewCell[];

/** A table as it is laid out in a width. */
export interface TableLayout {
  readonly points: number;
  readonly columns: readonly { readonly title: string; readonly isNumber: boolean; readonly width: number }[];
  readonly headerHeight: number;
  readonly rows: readonly { readonly cells: Row; readonly height: number }[];
}

export const SIZES = [12, 11, 10, 9];
/** Left and right of a text together, above and below together. */
const INSIDE = 0.16;
const ABOVE = 0.09;
export const CELL_MARGIN = [ABOVE / 2, INSIDE / 2, ABOVE / 2, INSIDE / 2] as const;
/** With room to spare: a text that just fits is not broken by the last digit of its width. */
const BESIDE = INSIDE + 0.02;
/** Bold letters, and readers whose letters are wider than ours. */
export const BOLD = 1.08;
const NUMBER_MOST = 2.4;
const WORD_MOST = 2.6;

export const headerOf = ({ title, unit }: ReviewTable['columns'][number]): string =>
  oneLine(unit === null ? title : `${title}, ${unit}`);

const widestWord = (texts: readonly string[], points: number): number =>
  Math.max(0, ...texts.flatMap((text) => text.split(' ').map((word) => inchesOf(word, points))));

/** The least that a column needs, and what it would like. */
function wishOf(texts: readonly string[], header: string, isNumber: boolean, points: number) {
  const whole = Math.max(0, ...texts.map((text) => inchesOf(text, points)));
  const head = widestWord([header], points) * BOLD;
  const least = isNumber ? Math.min(whole, NUMBER_MOST) : Math.min(widestWord(texts, points), WORD_MOST);
  return {
    least: Math.max(least, Math.min(head, WORD_MOST)) + BESIDE,
    // In two lines every header is read at once.
    liked:
      Math.max(isNumber ? Math.min(whole, NUMBER_MOST) : whole, head, inchesOf(header, points) * BOLD * 0.6) + BESIDE,
  };
}

/** Each column what it needs; what is left goes to those that like more, in proportion. */
function widthsOf(wishes: readonly { least: number; liked: number }[], width: number): number[] {
  const least = wishes.reduce((sum, wish) => sum + wish.least, 0);
  const more = wishes.reduce((sum, wish) => sum + wish.liked - wish.least, 0);
  const free = width - least;
  if (free < 0) return wishes.map((wish) => (wish.least * width) / least);
  const share = more === 0 ? 0 : Math.min(1, free / more);
  return wishes.map((wish) => wish.least + (wish.liked - wish.least) * share);
}

/**
 * Lays a table out.
 *
 * @param width at most
 * @param tallest that a row may be: one that needs more is told in several
 * @param sizes of its letters, of which the first is taken in which every word fits
 */
export function laidOut(
  table: ReviewTable,
  width: number,
  tallest: number,
  sizes: readonly number[] = SIZES,
): TableLayout {
  const headers = table.columns.map(headerOf);
  const wishesIn = (points: number) =>
    table.columns.map(({ kind }, at) =>
      wishOf(
        table.rows.map((row) => oneLine(row[at]!.text)),
        headers[at]!,
        kind === 'number',
        points,
      ),
    );
  const points =
    sizes.find((size) => wishesIn(size).reduce((sum, { least }) => sum + least, 0) <= width) ?? sizes.at(-1)!;
  const wishes = wishesIn(points);
  const widths = balanced(
    widthsOf(wishes, width),
    wishes.map(({ least }) => least),
    table.rows.map((row) => row.map(({ text }) => inchesOf(oneLine(text), points))),
    BESIDE,
  );
  const roomOf = (at: number): number => widths[at]! - INSIDE;
  const heightFor = (texts: readonly string[], factor = 1): number =>
    heightOf(Math.max(1, ...texts.map((text, at) => linesOf(text, roomOf(at) / factor, points).length)), points) +
    ABOVE;
  const most = linesIn(tallest - ABOVE, points);
  return {
    points,
    columns: table.columns.map(({ kind }, at) => ({
      title: headers[at]!,
      isNumber: kind === 'number',
      width: widths[at]!,
    })),
    headerHeight: heightFor(headers, BOLD),
    rows: table.rows.flatMap((row) => {
      const pieces = row.map(({ text }, at) => piecesOf(oneLine(text), roomOf(at), points, most));
      return Array.from({ length: Math.max(...pieces.map(({ length }) => length)) }, (_, part) => {
        const cells = row.map((cell, at) => ({ ...cell, text: pieces[at]![part] ?? '' }));
        return { cells, height: heightFor(cells.map(({ text }) => text)) };
      });
    }),
  };
}

/** How many rows, from one on, fit below a header in a height. */
export function rowsThatFit({ headerHeight, rows }: TableLayout, from: number, height: number): number {
  let [used, count] = [headerHeight, 0];
  for (const row of rows.slice(from)) {
    used += row.height;
    if (used > height) break;
    count += 1;
  }
  return count;
}

export const heightOfRows = ({ headerHeight, rows }: TableLayout, from: number, count: number): number =>
  rows.slice(from, from + count).reduce((sum, { height }) => sum + height, headerHeight);
