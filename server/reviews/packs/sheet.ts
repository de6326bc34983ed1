import type { Row, Sheet } from 'write-excel-file/node';
import { day } from '../../contract/format.js';
import type { ReviewCell, ReviewTable } from '../../contract/review.js';
import { bold, type Cell, number, said, wrapped } from '../../imports/exports/benefit-cells.js';
import { dateCell } from '../../imports/exports/workbook.js';

/** How a pack's workbook is written: numbers as numbers in the unit of the header, words never as formulas. */

export { bold, type Cell, said, wrapped };
/** A header; longer than its column it goes on below. */
export const header = (text: string): Cell => ({ ...(bold(text) as object), wrap: true });
/** A name that leads to where it stands. */
export const linkCell = (text: string): Cell => ({
  ...(said(text) as object),
  textColor: '#12436D',
  textDecoration: { underline: true },
});
export type PackSheet = Sheet<Buffer>;

const UNITS: Readonly<Record<string, string>> = {
  share: 'share, 1 is 100 %',
  net_share: 'net share, 1 is 100 points',
  count: 'number',
};
/** `EUR`, `days`, `share, 1 is 100 %`. */
export const unitName = (unit: string): string => UNITS[unit] ?? unit;

/** Amounts of money with the decimals that they are stored with; what else there is as it is. */
const formatOf = (value: string, unit: string | null): string | undefined => {
  if (unit === null || !/^[A-Z]{3}$/.test(unit)) return undefined;
  const decimals = value.split('.')[1]?.length ?? 0;
  return decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
};

/** An exact number, whatever it is printed as; of more than 15 digits it is text, so that none is lost. */
export const exact = (value: string | null, unit: string | null): Cell => {
  const cell = number(value);
  const format = value === null ? undefined : formatOf(value, unit);
  return isText(cell) || cell === null || format === undefined ? cell : { ...(cell as object), format };
};

/** A number where the text is one, else its words. */
export const numberOrWords = (text: string | null): Cell =>
  text !== null && /^-?\d+(\.\d+)?$/.test(text) ? exact(text, null) : said(text);

const isText = (cell: Cell): boolean =>
  typeof cell === 'object' && cell !== null && 'type' in cell && cell.type === String;
/** Whether a number would lose digits in a spreadsheet, and stands as text. */
export const isKeptAsText = (value: string | null): boolean => isText(number(value));
export const KEPT_AS_TEXT = 'Numbers with more than 15 digits stand as text, so that no digit is lost.';

/**
 * A cell that a spreadsheet works out, with the value that it had when the pack was made: readers that do not calculate show that.
 * @param formula without `=`, made here and never of what people entered
 */
export const worked = (formula: string, value: string, unit: string | null): Cell => ({
  value: `${formula}|${value}`,
  type: 'Formula',
  format: formatOf(value, unit) ?? 'General',
});

/** A text that is a day and nothing else, `31 Aug 2026` or `2026-08-31`, as ISO has it; null of any other. */
const dayIn = (text: string): string | null => {
  const isDay = /^(\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]{2} \d{4})$/.test(text);
  const at = isDay ? Date.parse(text.includes('-') ? text : `${text} UTC`) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const iso = new Date(at).toISOString().slice(0, 10);
  return [iso, day(iso)].includes(text) ? iso : null;
};

/** Characters of most columns of a section. */
export const COLUMN = 22;

/** Words, of which a day is a date that can be sorted and counted with. */
const wordsOrDay = (text: string): Cell => {
  const iso = dayIn(text);
  if (iso !== null) return dateCell(iso);
  return text.length > COLUMN ? wrapped(text) : said(text);
};

/** What the product printed of a figure, sign and all. */
export const printedCell = (text: string): Cell => ({ value: text, type: String });
/** A column that tells how numbers are printed holds them so. */
const AS_PRINTED = 'As printed';

/** One column of a table: its header with the unit, and for each row a cell; where units differ a second column names them. */
const columnOf = (
  { columns, rows }: ReviewTable,
  at: number,
): { headers: string[]; cells: (cell: ReviewCell) => Cell[] } => {
  const { title, unit: scaled } = columns[at]!;
  const cells = rows.map((row) => row[at]!);
  const units = [...new Set(cells.flatMap(({ value, unit }) => (value === null ? [] : [unit])))];
  if (title === AS_PRINTED) return { headers: [title], cells: ({ text }) => [printedCell(text)] };
  // Levels are told as words are, and counted as numbers.
  const isCounted = at > 0 && cells.every(({ text, value }) => value === null && /^(–|\d|[1-9]\d{1,14})$/.test(text));
  const one = ({ text, value, unit }: ReviewCell): Cell =>
    value !== null ? exact(value, unit) : isCounted && text !== '–' ? exact(text, null) : wordsOrDay(text);
  if (units.length > 1)
    return {
      headers: [`${title} (unit beside it)`, `Unit of ${title}`],
      cells: (cell) => [one(cell), cell.value === null || cell.unit === null ? null : said(unitName(cell.unit))],
    };
  const unit = units.length === 0 ? scaled : units[0]!;
  return { headers: [unit === null ? title : `${title} (${unitName(unit)})`], cells: (cell) => [one(cell)] };
};

/** A table as rows of a sheet: title, headers with units, rows, and what is to be said of it. */
export const rowsOfTable = (table: ReviewTable): Row[] => {
  const columns = table.columns.map((_, at) => columnOf(table, at));
  const isLong = table.rows.some((row) => row.some(({ value }) => isKeptAsText(value)));
  return [
    [bold(table.title)],
    columns.flatMap(({ headers }) => headers.map(header)),
    ...table.rows.map((row): Row => columns.flatMap(({ cells }, at) => cells(row[at]!))),
    ...(table.note === null ? [] : [[said(table.note)]]),
    ...(table.rows.length < table.total && table.note === null
      ? [[said(`${table.rows.length} of ${table.total} rows.`)]]
      : []),
    ...(isLong ? [[said(KEPT_AS_TEXT)]] : []),
    [],
  ];
};

/** A sheet of one list, its first row the headers. */
export const listSheet = (
  sheet: string,
  columns: readonly { readonly header: string; readonly width: number }[],
  rows: Row[],
): PackSheet => ({
  sheet,
  stickyRowsCount: 1,
  columns: columns.map(({ width }) => ({ width })),
  data: [columns.map((column) => header(column.header)), ...rows],
});

/** Names of sheets that a workbook takes, each once: at most 31 characters, none of `[]/\:*?'`. */
export const sheetNames = (): ((wanted: string) => string) => {
  const taken = new Set<string>();
  return (wanted) => {
    const plain = wanted.replace(/[[\]/\\:*?']/g, ' ').trim() || 'Sheet';
    for (let count = 1; ; count += 1) {
      const end = count === 1 ? '' : ` ${count}`;
      const name = plain.slice(0, 31 - end.length) + end;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
};
