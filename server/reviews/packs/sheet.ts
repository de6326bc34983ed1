import type { Row, Sheet } from 'write-excel-file/node';
import { day } from '../../contract/format.js';
import { NOTHING_LISTED } from '../../contract/review-pages.js';
import type { ReviewCell, ReviewTable } from '../../contract/review.js';
import { bold, type Cell, number, said, wrapped } from '../../imports/exports/benefit-cells.js';
import { dateCell } from '../../imports/exports/workbook.js';

/** How a pack's workbook is written: numbers as numbers in the unit of the header, words never as formulas. */

export { bold, type Cell, said, wrapped };
/** The title of a sheet. */
export const titled = (text: string): Cell => ({ ...(bold(text) as object), fontFamily: 'Arial', fontSize: 13 });
/** Where numbers stand, a gap before the next column. */
const RIGHT = { align: 'right', indent: 1 } as const;
const HEAD = { alignVertical: 'bottom', backgroundColor: '#E8EDF3', bottomBorderStyle: 'thin' } as const;
/** A header; longer than its column it goes on below, and above numbers it stands to the right as they do. */
export const header = (text: string, isOfNumbers = false): Cell => ({
  ...(bold(text) as object),
  ...HEAD,
  wrap: true,
  ...(isOfNumbers && RIGHT),
});
/** A name that leads to where it stands. */
export const linkCell = (text: string): Cell => ({
  ...(said(text) as object),
  textColor: '#12436D',
  textDecoration: { underline: true },
});
/** A sheet; `about` is what the index says of it, and `stickyRowsCount` the row of the header of a list. */
export type PackSheet = Sheet<Buffer> & { readonly about?: string };

const UNITS: Readonly<Record<string, string>> = {
  share: '%',
  net_share: 'net share, 1 is 100 points',
  count: 'number',
};
/** `EUR`, `days`, `%`. */
export const unitName = (unit: string): string => UNITS[unit] ?? unit;

/** A gap as wide as two brackets: numbers end before the words to their right begin. */
const GAP = '_)_)';
/** Stored amounts have as many decimals or fewer; what has more was worked out. */
const STORED_DECIMALS = 4;

/** How a number is shown; its cell holds it whole. Amounts of money with the decimals that they are stored with, shares in %, what is too small for two decimals as it is. */
const formatOf = (value: string, unit: string | null): string => {
  const decimals = value.split('.')[1]?.length ?? 0;
  const size = Math.abs(Number(value));
  if (unit === null) return `General${GAP}`;
  if (unit === 'share')
    return `${size > 0 && size < 0.0001 ? `0.${'0'.repeat(Math.max(2, decimals - 2))}` : '0.00'}%${GAP}`;
  if (decimals === 0) return `#,##0${GAP}`;
  if (/^[A-Z]{3}$/.test(unit)) return `#,##0.${'0'.repeat(decimals > STORED_DECIMALS ? 2 : decimals)}${GAP}`;
  return decimals <= 2 || size < 0.01 ? `General${GAP}` : `#,##0.00${GAP}`;
};

/** An exact number, whatever it is shown as; of more than 15 digits it is text, so that none is lost. */
export const exact = (value: string | null, unit: string | null): Cell => {
  const cell = number(value);
  if (value === null || cell === null) return cell;
  return isText(cell) ? { ...(cell as object), ...RIGHT } : { ...(cell as object), format: formatOf(value, unit) };
};

/** A number where the text is one, else its words. */
export const numberOrWords = (text: string | null): Cell =>
  text !== null && /^-?\d+(\.\d+)?$/.test(text) ? exact(text, null) : wordsOrDay(text);

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
  format: formatOf(value, unit),
});

/** A text that is a day and nothing else, `31 Aug 2026` or `2026-08-31`, as ISO has it; null of any other. */
const dayIn = (text: string): string | null => {
  const isDay = /^(\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]{2} \d{4})$/.test(text);
  const at = isDay ? Date.parse(text.includes('-') ? text : `${text} UTC`) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const iso = new Date(at).toISOString().slice(0, 10);
  return [iso, day(iso)].includes(text) ? iso : null;
};

/** Words, of which a day is a date that can be sorted and counted with. */
export const wordsOrDay = (text: string | null): Cell => {
  const iso = text === null ? null : dayIn(text);
  return iso === null ? said(text) : { ...(dateCell(iso) as object), align: 'left' };
};

/** What the product printed of a figure, sign and all. */
export const printedCell = (text: string): Cell => ({ value: text, type: String });
/** A column that tells how numbers are printed holds them so. */
const AS_PRINTED = 'As printed';

/** One column of a table: its header with the unit, and for each row a cell; where units differ a second column names them. */
const columnOf = (
  { columns, rows }: ReviewTable,
  at: number,
): { headers: Cell[]; cells: (cell: ReviewCell) => Cell[] } => {
  const { title, unit: scaled } = columns[at]!;
  const cells = rows.map((row) => row[at]!);
  const units = [...new Set(cells.flatMap(({ value, unit }) => (value === null ? [] : [unit])))];
  if (title === AS_PRINTED) return { headers: [header(title)], cells: ({ text }) => [printedCell(text)] };
  // Levels are told as words are, and counted as numbers.
  const isCounted = at > 0 && cells.every(({ text, value }) => value === null && /^(–|\d|[1-9]\d{1,14})$/.test(text));
  const isOfNumbers = units.length > 0 || isCounted;
  const one = ({ text, value, unit }: ReviewCell): Cell => {
    if (value !== null) return exact(value, unit);
    if (isCounted && text !== NONE) return exact(text, null);
    return isOfNumbers && text.length <= SHORT ? { ...(said(text) as object), ...RIGHT } : wordsOrDay(text);
  };
  if (units.length > 1)
    return {
      headers: [header(`${title} (unit beside it)`, true), header(`Unit of ${title}`)],
      cells: (cell) => [one(cell), cell.value === null || cell.unit === null ? null : said(unitName(cell.unit))],
    };
  const unit = units.length === 0 ? scaled : units[0]!;
  const isNamed = unit === null || (unit === 'share' && title.includes('%'));
  return {
    headers: [header(isNamed ? title : `${title} (${unitName(unit)})`, isOfNumbers)],
    cells: (cell) => [one(cell)],
  };
};
/** Stands in the place of a number, as do words no longer than these: `kept back`. */
const NONE = '–';
const SHORT = 12;

/** A table as rows of a sheet: title, headers with units, rows, and what is to be said of it. */
export const rowsOfTable = (table: ReviewTable): Row[] => {
  const columns = table.columns.map((_, at) => columnOf(table, at));
  const isLong = table.rows.some((row) => row.some(({ value }) => isKeptAsText(value)));
  return [
    [bold(table.title)],
    columns.flatMap(({ headers }) => headers),
    ...table.rows.map((row): Row => columns.flatMap(({ cells }, at) => cells(row[at]!))),
    ...(table.rows.length === 0 ? [[said(NOTHING_LISTED)]] : []),
    ...(table.note === null ? [] : [[said(table.note)]]),
    ...(table.rows.length < table.total && table.note === null
      ? [[said(`${table.rows.length} of ${table.total} rows.`)]]
      : []),
    ...(isLong ? [[said(KEPT_AS_TEXT)]] : []),
    [],
  ];
};

/** A column of a list; what it holds are texts if nothing else is said. */
export interface ListColumn {
  readonly header: string;
  readonly isOfNumbers?: boolean;
}

/** A sheet of one list, its header below what is said of it: it stays while the rows below it move, and filters them. */
export const listSheet = (
  {
    sheet,
    about,
    said: above = [],
  }: { readonly sheet: string; readonly about: string; readonly said?: readonly Cell[] },
  columns: readonly ListColumn[],
  rows: Row[],
): PackSheet => ({
  sheet,
  about,
  stickyRowsCount: above.length + 1,
  data: [
    ...above.map((cell): Row => [cell]),
    columns.map(({ header: text, isOfNumbers }) => header(text, isOfNumbers)),
    ...rows,
  ],
});

/** `atRiskFrom` → `At risk from`, `planned_end` → `Planned end`. */
export const fieldName = (key: string): string => {
  const words = key.replaceAll('_', ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;
};

/** As much of a text as has room, in whole words. */
const cutTo = (text: string, room: number): string => {
  if (text.length <= room) return text;
  const words = text.slice(0, room + 1).lastIndexOf(' ');
  return text.slice(0, words > 0 ? words : room).trimEnd();
};

/**
 * Names of sheets that a workbook takes, each once: at most 31 characters, none of `[]/\\:*?'`.
 * @returns gives a name that begins as wanted and ends with `ending`
 */
export const sheetNames = (): ((wanted: string, ending?: string) => string) => {
  const taken = new Set<string>();
  const fit = (text: string) => text.replace(/[[\]/\\:*?']/g, ' ').trim();
  return (wanted, ending = '') => {
    const plain = fit(wanted) || 'Sheet';
    for (let count = 1; ; count += 1) {
      const end = [fit(ending), count === 1 ? '' : String(count)]
        .flatMap((part) => (part === '' ? [] : [` ${part}`]))
        .join('');
      const name = cutTo(plain, 31 - end.length) + end;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
};
