import type { ColumnFormat, FieldSource, MappingTarget, SourceColumn } from '../../contract/mapping.js';
import type { ImportColumn } from '../column-cells.js';
import { quoted, type CellContext } from '../reading/cells.js';
import { whyNotANumber } from '../reading/not-a-number.js';
import { cellText, plainNumber, type Cell, type CellProblem, type Row, type TypedCell } from '../reading/table.js';
import { isDateColumn, isNumberColumn, scaleIn } from './check-mapping.js';
import { findColumn } from './fit.js';
import { dateReadings, instantReadings, monthReadings } from './foreign-dates.js';
import { multiplied, numberReadings, withoutExponent } from './foreign-numbers.js';

/** A cell of ours that was made of one of theirs; with a problem it is blank. */
export interface Converted {
  cell: Cell;
  /** As it stands in the file. */
  problem?: CellProblem & { value: string };
}

export type Convert = (row: Row) => Converted;

const BLANK: Converted = { cell: '' };

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/** Whether a text is one of those that stand for no value; `NA`, and `Exempt*` for any that begins so. */
export const blankTest = (blanks: readonly string[]): ((text: string) => boolean) => {
  const whole = new Set(blanks.filter((one) => !one.endsWith('*')).map(plain));
  const starts = blanks.filter((one) => one.endsWith('*') && one !== '*').map((one) => plain(one.slice(0, -1)));
  return (text) => {
    const bare = plain(text);
    return bare === '' || whole.has(bare) || starts.some((start) => bare.startsWith(start));
  };
};

const asText = (cell: Cell): string =>
  typeof cell !== 'string' && cell.kind === 'number'
    ? cellText(cell).padStart(cell.digits, '0')
    : cellText(cell).trim();

const refused = (value: string, code: string, message: string): Converted => ({
  cell: '',
  problem: { value, code, message },
});

/** What is typed is read as it is, by the rules of our own workbooks; what is shown as 25 % is 25, as it is in a CSV file. */
const typedNumberOf = (cell: TypedCell, column: ImportColumn, multiplier: string): Converted => {
  if (cell.kind !== 'number' || !Number.isFinite(cell.value)) return { cell };
  const isPercent = column.stored.kind.kind === 'percent';
  if (multiplier === '1' && (isPercent || !cell.percent)) return { cell };
  const value = cell.percent ? Number((cell.value * 100).toPrecision(15)) : cell.value;
  if (multiplier === '1') return { cell: { ...cell, value, percent: false } };
  return { cell: multiplied(withoutExponent(plainNumber(value)), multiplier) };
};

const numberOf = (cell: Cell, column: ImportColumn, format: ColumnFormat, multiplier: string): Converted => {
  if (typeof cell !== 'string') return typedNumberOf(cell, column, multiplier);
  const text = cell.trim();
  if (text === '-' || text.toLowerCase() === 'n/a') return BLANK;
  const { dot, comma } = numberReadings(text);
  if (dot === null && comma === null) return refused(text, whyNotANumber(text).code, whyNotANumber(text).message);
  const chosen = format.decimal === 'dot' ? dot : format.decimal === 'comma' ? comma : dot === comma ? dot : null;
  if (chosen === null) {
    if (format.decimal === undefined && (dot === null || comma === null))
      return { cell: multiplied((dot ?? comma)!, multiplier) };
    if (format.decimal === undefined)
      return refused(text, 'number.ambiguous', `${quoted(text)} can be ${dot} or ${comma}. Choose the decimal sign.`);
    const sign = format.decimal === 'comma' ? 'comma' : 'point';
    return refused(
      text,
      'number.style',
      `${quoted(text)} is no number with a decimal ${sign}. Write it like the others.`,
    );
  }
  const number = multiplied(chosen, multiplier);
  return { cell: text.endsWith('%') && column.stored.kind.kind === 'percent' ? `${number}%` : number };
};

const READINGS = { date: dateReadings, month: monthReadings, instant: instantReadings } as const;
const EXAMPLES = { date: '2026-07-31', month: '2026-07', instant: '2026-07-31 14:30' } as const;

const dateOf = (cell: Cell, kind: keyof typeof READINGS, format: ColumnFormat): Converted => {
  if (typeof cell !== 'string' && cell.kind !== 'number') return { cell };
  const text = cellText(cell).trim();
  // Moments with an offset are ours already.
  if (kind === 'instant' && /^\d{4}-\d\d-\d\d[T ].*(Z|[+-]\d\d:?\d\d)$/i.test(text)) return { cell: text };
  const { dmy, mdy } = READINGS[kind](text);
  const chosen = format.dateOrder === 'dmy' ? dmy : format.dateOrder === 'mdy' ? mdy : dmy === mdy ? dmy : (dmy ?? mdy);
  if (format.dateOrder === undefined && dmy !== null && mdy !== null && dmy !== mdy)
    return refused(
      text,
      'date.ambiguous',
      `${quoted(text)} can be ${dmy} or ${mdy}. Choose whether the day stands first.`,
    );
  if (chosen !== null) return { cell: chosen };
  const order =
    format.dateOrder === 'dmy' ? ' with the day first' : format.dateOrder === 'mdy' ? ' with the month first' : '';
  const what = kind === 'month' ? 'month' : 'date';
  return refused(text, `${what}.format`, `${quoted(text)} is no ${what}${order}. Write it like ${EXAMPLES[kind]}.`);
};

const valueMap = (values: FieldSource['values']): ((text: string) => string | undefined) => {
  const words = new Map(values.map(({ from, to }) => [plain(from), to]));
  const any = words.get('*');
  return (text) => words.get(plain(text)) ?? any;
};

interface Cells {
  column: number;
  format: ColumnFormat;
  multiplier: string;
  blanks: readonly string[];
  values: FieldSource['values'];
  constant: string | null;
  prefix: string;
}

/** How one cell of theirs becomes one of ours. */
const cellConverter = (column: ImportColumn, cells: Cells, context: CellContext): Convert => {
  const isBlank = blankTest(cells.blanks);
  const mapped = valueMap(cells.values);
  const unreadableIsBlank = cells.blanks.includes('*');
  const kind = column.stored.kind.kind;
  const otherwise: Converted = cells.constant === null ? BLANK : { cell: cells.constant };
  const read = (cell: Cell): Converted => {
    if (isNumberColumn(column)) return numberOf(cell, column, cells.format, cells.multiplier);
    if (isDateColumn(column)) return dateOf(cell, kind as keyof typeof READINGS, cells.format);
    if (cells.prefix === '' || (typeof cell !== 'string' && cell.kind === 'error')) return { cell };
    return { cell: cells.prefix + asText(cell) };
  };
  return (row) => {
    const cell = row.cells[cells.column] ?? '';
    const text = asText(cell);
    if (isBlank(text)) return typeof cell === 'string' || text !== '' ? otherwise : { cell };
    const word = mapped(text);
    if (word !== undefined) return word === '' ? otherwise : { cell: cells.prefix + word };
    const converted = read(cell);
    if (!unreadableIsBlank) return converted;
    if (converted.problem || 'problem' in column.read(converted.cell, context)) return otherwise;
    return converted;
  };
};

const formatOf = (stated: ColumnFormat, source: SourceColumn | undefined): ColumnFormat => ({
  ...source?.format,
  ...stated,
});

/** How one of our fields is filled. Null where nothing fills it. */
export const fieldConverter = (
  field: FieldSource,
  column: ImportColumn,
  columns: readonly SourceColumn[],
  context: CellContext,
): Convert | null => {
  const place = field.column === null ? null : findColumn(field.column, columns);
  if (place === null) {
    const { constant } = field;
    return constant === null ? null : () => ({ cell: constant });
  }
  const format = formatOf(field.format, columns[place]);
  const multiplier = field.multiplier ?? scaleIn(column, columns[place]);
  return cellConverter(column, { ...field, column: place, format, multiplier }, context);
};

/**
 * How a month column of a wide table is read.
 * @param stated its own scale, where it has another than all months
 */
export const monthConverter = (
  wide: NonNullable<MappingTarget['wide']>,
  place: number,
  stated: FieldSource['multiplier'],
  column: ImportColumn,
  columns: readonly SourceColumn[],
  context: CellContext,
): Convert => {
  const format = formatOf(wide.format, columns[place]);
  const { blanks } = wide;
  const multiplier = stated ?? wide.multiplier ?? scaleIn(column, columns[place]);
  return cellConverter(
    column,
    { column: place, format, multiplier, blanks, values: [], constant: null, prefix: '' },
    context,
  );
};

/** Whether a row of the file is one that a target means. */
export const rowFilter = (target: MappingTarget, columns: readonly SourceColumn[]): ((row: Row) => boolean) => {
  const tests = target.onlyWhere.map(({ column, values, blanks }) => {
    const place = findColumn(column, columns)!;
    const isBlank = blankTest(blanks);
    const wanted = values === null ? null : new Set(values.map(plain));
    return (row: Row): boolean => {
      const text = asText(row.cells[place] ?? '');
      return wanted === null ? !isBlank(text) : wanted.has(isBlank(text) ? '' : plain(text));
    };
  });
  return (row) => tests.every((test) => test(row));
};
