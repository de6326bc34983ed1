import { inTwoColumns, type PageMeasure, stacked, type TableHeights } from './page-measure.js';
import type { ReviewDrawing, ReviewTable } from './review.js';
import { linesOfWords } from './text-size.js';

/**
 * How high things stand on a wall, before it is laid out: in units of which every wall is 1280 wide and 720 high, whatever its pixels, as its type
 * grows with it (`presented-review.css`). A page is therefore the same on each. Rather too much than too little.
 */

/** So many are one rem. */
export const UNIT = 16;
/** Between the edges. */
const WIDTH = 1232;
/** For a page: without its edges and the line at its foot. */
const HEIGHT = 660;
/** Between what stands on a page. */
const GAP = 12;
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
const CAPTION: Type = { size: 12, line: 17 };
/** Of a cell, beside and above its words. */
const PADDING = { x: 16, y: 7 };

/** Of a text in so much room. */
const textHeight = (text: string, width: number, { size, line }: Type): number => {
  const signs = Math.max(1, Math.floor(width / (size * LETTER)));
  return text.split('\n').reduce((lines, part) => lines + linesOfWords(part.split(/\s+/), signs), 0) * line;
};

const sentenceHeights = (sentences: readonly string[], width: number): number[] =>
  sentences.map((text) => textHeight(text, width, SENTENCE));

/** Of marks that fill what height they are given. */
const LEAST_DRAWN = 190;
const BAR = 28;
const BAR_NOTE = 22;

const drawingWidth = (room: 'beside' | number): number =>
  room === 'beside' ? WIDTH - BESIDE - GUTTER : (WIDTH - (room - 1) * GUTTER) / room;

const marksHeight = (drawing: ReviewDrawing): number => {
  if (drawing.kind === 'ranking')
    return drawing.bars.reduce((sum, { note }) => sum + BAR + (note === '' ? 0 : BAR_NOTE), 0);
  return drawing.kind === 'coverage' ? drawing.bars.length * BAR : LEAST_DRAWN;
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

const tableHeights = (table: ReviewTable): TableHeights => {
  const widths = columnWidths(table);
  const rowHeight = (texts: readonly string[]): number =>
    Math.max(CELL.line, ...texts.map((text, at) => textHeight(text, widths[at]!, CELL))) + PADDING.y;
  const titles = table.columns.map(({ title, unit }) => (unit === null ? title : `${title} ${unit}`));
  const noteHeight = (note: string): number => textHeight(note, WIDTH, CAPTION) + 4;
  return {
    // Under a header without rows it is said that there are none.
    head: CELL.line + 8 + rowHeight(titles) + (table.rows.length === 0 ? CAPTION.line + 4 : 0),
    rows: table.rows.map((row) => rowHeight(row.map(({ text }) => text))),
    note: table.note === null ? 0 : noteHeight(table.note),
    which: noteHeight(`Rows 100 to 200 of 300. ${table.note ?? ''}`),
  };
};

export const WALL: PageMeasure = {
  height: HEIGHT,
  gap: GAP,
  mostDrawn: 400,
  head: (title, about, which) =>
    textHeight(title, WIDTH - 80, which === 'further' ? GOES_ON : TITLE) +
    (which === 'cover' ? CAPTION.line + textHeight(about, WIDTH, MESSAGE) + 8 : 0) +
    (which === 'first' ? textHeight(about, WIDTH, CAPTION) + 4 : 0) +
    GAP,
  prose: (sentences) => inTwoColumns(sentenceHeights(sentences, (WIDTH - GUTTER) / 2)),
  beside: (sentences) => stacked(sentenceHeights(sentences, BESIDE)),
  note: (text) => textHeight(text, WIDTH, CAPTION),
  recommended: (items) => 30 + items.reduce((sum, text) => sum + textHeight(text, 600, SENTENCE), 0),
  facts: (facts) => facts.reduce((sum, [, text]) => sum + textHeight(text, WIDTH - 240, CELL) + 4, 8),
  around(drawing, room) {
    const width = drawingWidth(room);
    return textHeight(drawing.message, width, MESSAGE) + textHeight(drawing.about, width, CAPTION) + CAPTION.line + 12;
  },
  marks: marksHeight,
  isElastic: ({ kind }) => kind === 'profile' || kind === 'xmr',
  table: tableHeights,
};
