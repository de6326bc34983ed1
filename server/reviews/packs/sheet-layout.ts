import type { Row } from 'write-excel-file/node';
import { linesOfWords } from '../../contract/text-size.js';
import type { Cell, PackSheet } from './sheet.js';

/** How wide columns and how high rows of a workbook are: a spreadsheet opens a file as it was written, and asks for nothing. */

/** Height of a line in points, and the highest row that a spreadsheet takes. */
const LINE = 13;
const HIGHEST = 409;
/** Left free beside a text; in the header of a list stands the arrow of its filter, too. */
const GAP = 1.5;
const ARROW = 3;
const NARROWEST = 8;
/** The longest line that a text takes that goes on over the columns to its right. */
const LONGEST_LINE = 110;

/** Texts of a table of a section stand beside nine others, those of a list are read one below the other. */
const BOUNDS = {
  section: { plain: 32, widest: 44, lines: 3 },
  list: { plain: 40, widest: 60, lines: 2 },
} as const;

type FullCell = Extract<Exclude<Cell, null | undefined>, { value?: unknown }>;
const full = (cell: Cell): FullCell | null =>
  typeof cell === 'object' && cell !== null && 'value' in cell ? (cell as FullCell) : null;
const textIn = (cell: Cell): string | null => {
  const value = full(cell)?.type === String ? full(cell)?.value : null;
  return typeof value === 'string' ? value : null;
};
const indentOf = (cell: Cell): number => (full(cell)?.indent ?? 0) * 1.5;
const isBold = (cell: Cell): boolean => full(cell)?.fontWeight === 'bold';
/** Bold words take more. */
const WIDER = 1.12;

const longestWord = (text: string): number =>
  text.includes(' ') ? Math.max(...text.split(/\s/).map(({ length }) => length)) : text.length;

/** Signs of a number as its format shows it, and of the gap behind it. */
const signsOf = (cell: FullCell): number => {
  const { value, format = '' } = cell as { value?: unknown; format?: string };
  if (value instanceof Date) return format.length;
  const text = cell.type === 'Formula' ? String(value).split('|')[1]! : String(value);
  if (format.startsWith('General')) return text.length + 2;
  const whole = text.split('.')[0]!.length;
  // Two signs of gap, the decimal point, and a sign between thousands.
  const decimals = /0\.(0+)/.exec(format)?.[1]?.length ?? -1;
  return whole + Math.floor((whole - 1) / 3) + decimals + (format.includes('%') ? 5 : 3);
};

/** The lines that words take in a column; a cell shows each of several spaces. */
const linesOf = (text: string, width: number): number =>
  text.split('\n').reduce((lines, part) => lines + linesOfWords(part.split(' '), width), 0);

/** Whether a row is the header of a list or stands below it. */
const isOfList = (header: number | null, place: number): boolean => header !== null && place + 1 >= header;

/** Where the last cell of a row stands, if it is a text with free columns to its right: it may go on over them. A title or a note stands alone. */
const openEnd = (row: Row, columns: number): number | null => {
  const last = row.findLastIndex((cell) => cell !== null);
  const isOpen = last >= 0 && (last < columns - 1 || row.length === 1);
  return isOpen && textIn(row[last]!) !== null && full(row[last]!)?.align !== 'right' ? last : null;
};

const widthsOf = (rows: readonly Row[], header: number | null, columns: number): number[] => {
  const { plain, widest, lines } = BOUNDS[header === null ? 'section' : 'list'];
  const widths = Array.from({ length: columns }, () => NARROWEST);
  rows.forEach((row, place) => {
    const open = isOfList(header, place) ? null : openEnd(row, columns);
    const isHeader = row.every((cell) => cell === null || isBold(cell));
    row.forEach((cell, at) => {
      const known = full(cell);
      if (at === open || known === null) return;
      const text = textIn(cell);
      const least = widths[at]!;
      if (text === null) widths[at] = Math.max(least, signsOf(known));
      else if (isHeader)
        widths[at] = Math.max(
          least,
          Math.max(longestWord(text), Math.min(plain, text.length / 2)) * WIDER +
            (place + 1 === header ? ARROW : GAP) +
            indentOf(cell),
        );
      else if (text.length + GAP > least)
        widths[at] = Math.max(
          least,
          (text.length <= plain
            ? text.length
            : Math.max(longestWord(text), Math.min(widest, Math.max(plain, text.length / lines)))) + GAP,
        );
    });
  });
  return widths.map((width) => Math.min(255, Math.ceil(width)));
};

/** Columns right of all tables, over which titles, notes and what is said behind a name go on. */
const FREE = Array.from({ length: 12 }, () => 9);

/** Over how many columns from its own on a text goes that takes so much room, to stand on one line or on lines that can be read. */
const spanOf = (room: number, from: number, widths: readonly number[]): { span: number; width: number } => {
  let [span, width] = [1, widths[from]!];
  while (width < room && width < LONGEST_LINE && from + span < widths.length) {
    width += widths[from + span]!;
    span += 1;
  }
  return { span, width };
};

/** Signs of plain words on the room of ten digits, by which widths are counted. */
const NARROWER = 1.05;
const sizeOf = (cell: Cell): number => (full(cell)?.fontSize ?? USUAL_SIZE) / USUAL_SIZE;
const USUAL_SIZE = 10;

/** A row whose words stand on as many lines as they take, and that is as high as these: not every reader works that out. */
const laidOut = (row: Row, widths: readonly number[], mayGoOn: boolean): Row => {
  const open = mayGoOn ? openEnd(row, widths.length) : null;
  const over = row.length <= 2 ? [...widths, ...FREE] : widths;
  let highest = 1;
  let cells = row;
  const put = (at: number, more: object): void => {
    if (cells === row) cells = [...row];
    cells[at] = { ...full(cells[at]!)!, ...more } as Cell;
  };
  row.forEach((cell, at) => {
    const text = textIn(cell);
    if (text === null) return;
    const size = sizeOf(cell);
    const wider = (isBold(cell) ? WIDER : 1 / NARROWER) * size;
    const { span, width } = at === open ? spanOf(text.length * wider + GAP, at, over) : { span: 1, width: widths[at]! };
    const room = (width - GAP / 2 - indentOf(cell)) / wider;
    const lines = text.length <= room && !text.includes('\n') ? 1 : linesOf(text, room);
    highest = Math.max(highest, lines * size);
    // A text that goes on where nothing stands is cut by nothing: on one line it needs no cell that is merged.
    if (lines === 1) return;
    put(at, { wrap: true, ...(span > 1 && { columnSpan: span }) });
    if (span > 1) while (cells.length < at + span) cells.push(null);
  });
  if (highest === 1) return row;
  const first = cells.findIndex((cell) => cell !== null);
  put(first, { height: Math.min(HIGHEST, Math.ceil(highest * LINE)) });
  return cells;
};

/** A sheet with the widths and heights that its words and numbers take. */
export const fittedSheet = (sheet: PackSheet): PackSheet => {
  const rows = sheet.data as Row[];
  const header = sheet.stickyRowsCount ?? null;
  const columns = rows.reduce((most, { length }) => Math.max(most, length), 1);
  const widths = widthsOf(rows, header, columns);
  return {
    ...sheet,
    columns: widths.map((width) => ({ width })),
    data: rows.map((row, place) => laidOut(row, widths, !isOfList(header, place))),
  };
};
