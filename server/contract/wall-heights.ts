import type { ReviewDrawing, ReviewTable } from './review.js';

/**
 * How high things stand on a wall, before it is laid out: in units of which every wall is 1280 wide and 720 high, whatever its pixels, as its type
 * grows with it (`presented-review.css`). A page is therefore the same on each. Rather too much than too little.
 */

/** So many are one rem. */
export const UNIT = 16;
/** Between the edges. */
export const WIDTH = 1232;
/** For a page: without its edges and the line at its foot. */
export const HEIGHT = 660;
/** Between what stands on a page. */
export const GAP = 12;
const GUTTER = 28;
/** Of sentences beside a drawing. */
const BESIDE = 400;
/** Of a letter, on average, in parts of its size. */
const LETTER = 0.54;

interface Type {
  readonly size: number;
  readonly line: number;
}
const TITLE: Type = { size: 20, line: 25 };
const GOES_ON: Type = { size: 16, line: 20 };
const MESSAGE: Type = { size: 15, line: 20 };
const SENTENCE: Type = { size: 15, line: 21 };
const CELL: Type = { size: 13, line: 16.25 };
export const CAPTION: Type = { size: 12, line: 17 };
/** Of a cell, beside and above its words. */
const PADDING = { x: 16, y: 7 };

const broken = (text: string, signs: number): number => {
  let [lines, used] = [1, 0];
  for (const { length } of text.split(/\s+/)) {
    const isNext = used > 0 && used + 1 + length > signs;
    if (isNext) lines += 1;
    used = isNext || used === 0 ? length : used + 1 + length;
    // A word that is longer than a line is broken.
    for (; used > signs; used -= signs) lines += 1;
  }
  return lines;
};

/** Of a text in so much room. */
export const textHeight = (text: string, width: number, { size, line }: Type): number => {
  const signs = Math.max(1, Math.floor(width / (size * LETTER)));
  return text.split('\n').reduce((lines, part) => lines + broken(part, signs), 0) * line;
};

/** Of a title with what it is about below; a page that goes on says it in smaller type. */
export const headHeight = (title: string, about: string, isFirst: boolean): number =>
  textHeight(title, WIDTH - 80, isFirst ? TITLE : GOES_ON) +
  (isFirst ? textHeight(about, WIDTH, CAPTION) + 4 : 0) +
  GAP;

const stacked = (heights: readonly number[]): number =>
  heights.reduce((sum, height) => sum + height, 0) + Math.max(0, heights.length - 1) * 8;

/** Of sentences over the whole width, in two columns. */
export const proseHeight = (sentences: readonly string[]): number => {
  const heights = sentences.map((text) => textHeight(text, (WIDTH - GUTTER) / 2, SENTENCE));
  const ways = heights.map((_, at) => Math.max(stacked(heights.slice(0, at + 1)), stacked(heights.slice(at + 1))));
  return Math.min(...ways);
};

/** Of sentences in a column beside a drawing. */
export const besideHeight = (sentences: readonly string[]): number =>
  stacked(sentences.map((text) => textHeight(text, BESIDE, SENTENCE)));

/** Of marks that fill what height they are given. */
export const LEAST_DRAWN = 190;
export const MOST_DRAWN = 400;
const BAR = 28;
const BAR_NOTE = 22;

/** Whether its marks fill what height they are given. */
export const isElastic = ({ kind }: ReviewDrawing): boolean => kind === 'profile' || kind === 'xmr';

/** Of drawings in a row. @param room `beside` of sentences, or below them: how many stand side by side */
export const drawingHeight = (drawing: ReviewDrawing, room: 'beside' | number): number => {
  const width = room === 'beside' ? WIDTH - BESIDE - GUTTER : (WIDTH - (room - 1) * GUTTER) / room;
  const head =
    textHeight(drawing.message, width, MESSAGE) + textHeight(drawing.about, width, CAPTION) + CAPTION.line + 12;
  if (drawing.kind === 'ranking')
    return head + drawing.bars.reduce((sum, { note }) => sum + BAR + (note === '' ? 0 : BAR_NOTE), 0);
  return head + (drawing.kind === 'coverage' ? drawing.bars.length * BAR : LEAST_DRAWN);
};

const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length));
const longestWord = (texts: readonly string[]): number => longest(texts.flatMap((text) => text.split(/\s+/)));

/** Widths of columns as a browser makes them: each at least its longest word, and of what is left by how much stands in it. */
const columnWidths = ({ columns, rows }: ReviewTable): number[] => {
  const wanted = columns.map(({ title, kind, unit }, at) => {
    const texts = rows.map((row) => row[at]?.text ?? '');
    const head = unit === null ? title : `${title} ${unit}`;
    const least = Math.max(
      longestWord([head]),
      kind === 'number' ? longest(texts) : Math.min(longestWord(texts), 24),
      4,
    );
    return { least: least * CELL.size * LETTER, most: Math.max(least, longest([head, ...texts])) * CELL.size * LETTER };
  });
  const room = WIDTH - columns.length * PADDING.x;
  const [least, most] = [
    wanted.reduce((sum, each) => sum + each.least, 0),
    wanted.reduce((sum, each) => sum + each.most, 0),
  ];
  if (most <= room) return wanted.map((each) => each.most);
  const share = Math.max(0, room - least) / (most - least);
  return wanted.map((each) => each.least + (each.most - each.least) * share);
};

/** Of a table: its title with the header, each of its rows, and what is said below it. */
export interface TableHeights {
  readonly head: number;
  readonly rows: readonly number[];
  readonly note: number;
  /** In the place of the note: what a part of it says. */
  readonly which: number;
}
export const tableHeights = (table: ReviewTable): TableHeights => {
  const widths = columnWidths(table);
  const rowHeight = (texts: readonly string[]): number =>
    Math.max(0, ...texts.map((text, at) => textHeight(text, widths[at]!, CELL))) + PADDING.y;
  const titles = table.columns.map(({ title, unit }) => (unit === null ? title : `${title} ${unit}`));
  const noteHeight = (note: string): number => textHeight(note, WIDTH, CAPTION) + 4;
  return {
    head: CELL.line + 8 + rowHeight(titles),
    rows: table.rows.map((row) => rowHeight(row.map(({ text }) => text))),
    note: table.note === null ? 0 : noteHeight(table.note),
    which: noteHeight(`Rows 100 to 200 of 300. ${table.note ?? ''}`),
  };
};
