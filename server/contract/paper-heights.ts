import { firstColumn, inTwoColumns, type PageMeasure, stacked, type TableHeights } from './page-measure.js';
import { BESIDE, CELL, columnWidths, CONTENT, GUTTER, MEASURE, SHEET, TABLE_FONT } from './paper-sheet.js';
import type { ReviewDrawing, ReviewTable } from './review.js';
import { FONT_SIZE, inPieces, wrapped } from './text-size.js';

/** How high things stand on a sheet of paper, in pixels, whichever of the two ways prints it. */

interface Type {
  readonly size: number;
  readonly line: number;
}
/** The type of the style sheet; lines of the library are a little lower. */
export const TYPE = {
  cover: { size: 32, line: 40 },
  message: { size: 17, line: 25 },
  title: { size: 21, line: 27 },
  further: { size: 14.5, line: 20 },
  heading: { size: 14.5, line: 19 },
  text: { size: 13.5, line: 19.6 },
  small: { size: 11.5, line: 17 },
  cell: { size: TABLE_FONT, line: 16.2 },
} as const satisfies Record<string, Type>;

/** What lines are that break otherwise than measured, and what is rounded. */
const SPARE = 14;
const HEIGHT = SHEET.height - SHEET.margin.top - SHEET.margin.bottom - SPARE;
export const PAPER_GAP = 16;
export const COVER_ABOVE = 40;
/** Below the line under a title; a page that goes on has none. */
const RULE = 10;

/** Paper has its font with it: its letters are as wide as they are measured, and not as those of any font may be. */
const ROBOTO = 1.04;
/** Bold letters are a little wider. */
const BOLD = 0.97;
const linesOf = (text: string, width: number, { size }: Type): number =>
  text.split('\n').reduce((sum, part) => sum + wrapped(part, (width / size) * FONT_SIZE * ROBOTO).lines.length, 0);
const textHeight = (text: string, width: number, type: Type): number => linesOf(text, width, type) * type.line;

/** Sentences in two columns, and of how many each is: few stand in one, which is wider. */
const COLUMN = (CONTENT - GUTTER) / 2;
const FEW = 80;
const heightsIn = (sentences: readonly string[], width: number): number[] =>
  sentences.map((text) => textHeight(text, width, TYPE.text));
const inOne = (sentences: readonly string[]): number => stacked(heightsIn(sentences, MEASURE));
export const proseColumns = (sentences: readonly string[]): (readonly string[])[] => {
  const first = inOne(sentences) <= FEW ? sentences.length : firstColumn(heightsIn(sentences, COLUMN));
  return [sentences.slice(0, first), sentences.slice(first)].filter(({ length }) => length > 0);
};

/** How wide a drawing is: with sentences at its left, by itself, or with another. */
export const pictureWidth = (room: 'beside' | number): number =>
  Math.floor(room === 'beside' ? CONTENT - BESIDE - GUTTER : room === 1 ? ALONE : COLUMN);
/** A drawing with a page's width to itself need not fill it. */
const ALONE = 760;
const LEAST_LINE = 190;
const LEAST_COLUMNS = 250;

/** As high as rows of a drawing are with all their lines: names take a third, notes a fifth of its width. */
const rowsHeight = (rows: readonly { readonly label: string; readonly note?: string }[], width: number): number =>
  rows.reduce((sum, { label, note = '' }) => {
    const lines = Math.max(
      Math.min(5, wrapped(label, width * 0.34).lines.length),
      Math.min(3, wrapped(note, width * 0.2).lines.length),
    );
    return sum + Math.max(24, lines * 15 + 8);
  }, 30);

const marksOf = (drawing: ReviewDrawing, room: 'beside' | number): number => {
  if (drawing.kind === 'xmr') return LEAST_LINE;
  if (drawing.kind === 'profile') return LEAST_COLUMNS;
  return Math.min(Math.max(rowsHeight(drawing.bars, pictureWidth(room)), 130), 460);
};

/** A row that is higher is parted, into parts that are not. */
const [MOST_LINES, PART_LINES] = [32, 16];
const roomsIn = (table: ReviewTable): number[] => columnWidths(table).map((width) => Math.max(1, width - 2 * CELL.x));
const linesIn = (texts: readonly string[], rooms: readonly number[]): number =>
  Math.max(1, ...texts.map((text, at) => linesOf(text, rooms[at]!, TYPE.cell)));

/** A table in which a row that no page holds stands in several. @returns with, of each of its rows, which it is of the table, from 0 */
export const partedTable = (
  table: ReviewTable,
): { readonly whole: ReviewTable; readonly places: readonly number[] } => {
  const rooms = roomsIn(table);
  const parts = table.rows.flatMap((row, place) => {
    const lines = linesIn(
      row.map(({ text }) => text),
      rooms,
    );
    if (lines <= MOST_LINES) return [{ row, place }];
    const pieces = row.map(({ text }, at) => inPieces(text, (rooms[at]! / TABLE_FONT) * FONT_SIZE, PART_LINES));
    return Array.from({ length: Math.max(...pieces.map(({ length }) => length)) }, (_, part) => ({
      row: row.map((cell, at) => ({ ...cell, text: pieces[at]![part] ?? '' })),
      place,
    }));
  });
  return { whole: { ...table, rows: parts.map(({ row }) => row) }, places: parts.map(({ place }) => place) };
};

const tableHeights = (table: ReviewTable): TableHeights => {
  const rooms = roomsIn(table);
  const heightOf = (texts: readonly string[], part = 1): number => {
    const lines = linesIn(
      texts,
      rooms.map((room) => room * part),
    );
    return lines * TYPE.cell.line + 2 * CELL.y + 1.2;
  };
  // A unit is not broken.
  const titles = table.columns.map(({ title, unit }) =>
    unit === null ? title : `${title} ${unit.replaceAll(' ', '\u{a0}')}`,
  );
  const noteHeight = (note: string): number => textHeight(note, CONTENT, TYPE.small) + 6;
  return {
    // Under a header without rows it is said that there are none.
    head:
      textHeight(table.title, CONTENT * BOLD, TYPE.heading) +
      7 +
      heightOf(titles, BOLD) +
      (table.rows.length === 0 ? heightOf(['']) : 0),
    rows: table.rows.map((row) => heightOf(row.map(({ text }) => text))),
    note: table.note === null ? 0 : noteHeight(table.note),
    which: noteHeight(`Rows 100 to 200 of 300. ${table.note ?? ''}`),
  };
};

export const PAPER: PageMeasure = {
  height: HEIGHT,
  gap: PAPER_GAP,
  mostDrawn: 430,
  head(title, about, which) {
    if (which === 'further') return textHeight(title, (CONTENT - 60) * BOLD, TYPE.further) + PAPER_GAP;
    const [large, below] = which === 'cover' ? [TYPE.cover, TYPE.message] : [TYPE.title, TYPE.small];
    return (
      (which === 'cover' ? COVER_ABOVE + 6 : 2) +
      TYPE.small.line +
      textHeight(title, CONTENT * BOLD, large) +
      textHeight(about, CONTENT, below) +
      (RULE + PAPER_GAP)
    );
  },
  prose: (sentences) => (inOne(sentences) <= FEW ? inOne(sentences) : inTwoColumns(heightsIn(sentences, COLUMN))),
  beside: (sentences) => stacked(heightsIn(sentences, BESIDE)),
  note: (text) => textHeight(text, CONTENT, TYPE.small),
  recommended: (items) =>
    TYPE.heading.line + 8 + stacked(items.map((text) => textHeight(text, MEASURE - 30, TYPE.text))),
  facts: (facts) => facts.reduce((sum, [, text]) => sum + textHeight(text, CONTENT - 300, TYPE.text) + 5, 0),
  around(drawing, room) {
    const width = pictureWidth(room);
    return textHeight(drawing.message, width * BOLD, TYPE.heading) + textHeight(drawing.about, width, TYPE.small) + 10;
  },
  marks: marksOf,
  isElastic: () => true,
  table: tableHeights,
};
