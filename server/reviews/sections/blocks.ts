import { compare, subtract } from '../../contract/decimal.js';
import { scaleFor, unitOf } from '../../contract/format.js';
import { MINUS } from '../../contract/locale-number.js';
import type { MetricUnit } from '../../contract/metric.js';
import type { Impact } from '../../contract/overview.js';
import type { ReviewCell, ReviewTable } from '../../contract/review.js';
import { chipsOf, uncitedOf } from '../../core/review/narrative.js';
import { isBare, NOTHING, printedValue } from '../../core/review/printing.js';
import { tidy } from '../../trace/metrics.js';
import { number, words } from '../figures.js';
import type { Material, Written, WrittenTable } from './section.js';

export { capitalised, joined } from '../../core/review/read-table.js';

/** What sections are put together from: columns, cells, and words that may stand in a sentence. */

type Column = ReviewTable['columns'][number];
export const textColumn = (title: string): Column => ({ title, kind: 'text', unit: null });
/** Of numbers that each name their own unit. */
export const numberColumn = (title: string): Column => ({ title, kind: 'number', unit: null });

/** A table that lists all its rows. */
export const wholeTable = (
  table: Pick<WrittenTable, 'id' | 'title' | 'columns' | 'rows'> & Partial<Pick<ReviewTable, 'note'>>,
): WrittenTable => ({ note: null, ...table, total: table.rows.length });

/**
 * A table with all amounts of the currency at one scale, that of the largest: their headers tell it. What is in another unit names its own; a count
 * is for its row to name.
 */
export const atOneScale = (table: WrittenTable, currency: string): WrittenTable => {
  const isAmount = ({ value, unit }: ReviewCell): boolean => value !== null && unit === currency;
  const amounts = table.rows.flatMap((row) => row.filter(isAmount).map(({ value }) => value!));
  if (amounts.length === 0) return table;
  const scale = scaleFor(amounts);
  const places = new Set(table.columns.flatMap((_, at) => (table.rows.some((row) => isAmount(row[at]!)) ? [at] : [])));
  const atScale = (cell: ReviewCell, at: number): ReviewCell => {
    const { text, value, unit } = cell;
    if (value === null || unit === null || !places.has(at)) return cell;
    if (unit !== currency) return isBare(unit) && unit !== 'count' ? { ...cell, text: `${text} ${unit}` } : cell;
    return { ...cell, text: printedValue(value, unit, { scale, isSigned: text.startsWith('+') }) };
  };
  return {
    ...table,
    columns: table.columns.map((column, at) =>
      places.has(at) ? { ...column, unit: unitOf(scale, currency) } : column,
    ),
    rows: table.rows.map((row) => row.map(atScale)),
  };
};

const ROUNDED = 'Rounded: differences are worked out from the full amounts.';
/** The number that a text is and nothing else; null of any other. */
const numberIn = (text: string): string | null =>
  /^[+\u2212]?[\d,]+(\.\d+)?$/.test(text) ? text.replace(/[+,]/g, '').replace(MINUS, '-') : null;

/**
 * What is to be said under a table where a difference is not that of the numbers printed beside it.
 *
 * @param titles of its columns: the number, what is taken off it, and the difference
 */
export const roundingNote = (
  { columns, rows }: ReviewTable,
  titles: readonly [string, string, string],
): string | null => {
  const places = titles.map((title) => columns.findIndex((column) => column.title === title));
  const isOff = rows.some((row) => {
    const numbers = places.flatMap((at) => numberIn(row[at]?.text ?? '') ?? []);
    if (numbers.length < places.length) return false;
    const [from, less, difference] = numbers as [string, string, string];
    return compare(subtract(from, less), difference) !== 0;
  });
  return isOff ? ROUNDED : null;
};

/** Where a value is known, and hidden so that nobody can be told from a group. */
export const KEPT_BACK = 'kept back';

/** Decimal text of a number that an answer gives as such: at most ten decimals, none idle. */
const decimalText = (value: string | number): string => (typeof value === 'string' ? value : tidy(value.toFixed(10)));

/** A unit of metrics as figures name it: money by its currency. */
export const unitOfMetric = (unit: MetricUnit, currency: string): string => (unit === 'money' ? currency : unit);

/** A cell of a number that is no traced figure: a target, a limit, a count of a list. */
export const valueCell = (
  value: string | number | null,
  unit: string,
  { missing = NOTHING, impact = null }: { missing?: string; impact?: Impact | null } = {},
): ReviewCell => (value === null ? words(missing) : number(decimalText(value), unit, impact));

/** A cell that is a figure; what is known and hidden says so. */
export const figureCell = async (
  { book }: Pick<Material, 'book'>,
  path: string,
  impact: Impact | null = null,
): Promise<ReviewCell> => {
  const cell = await book.cell(path, { impact });
  if (cell.value !== null) return cell;
  const { nullReason } = (await book.take(path)).figure;
  return nullReason === 'too_few_responses' ? { ...cell, text: KEPT_BACK } : cell;
};

/** A chip of a figure, or null where it has no value: then nothing is to be said of it. */
export const knownChip = async ({ book }: Pick<Material, 'book'>, path: string): Promise<string | null> =>
  (await book.take(path)).figure.value === null ? null : book.chip(path);

/** A trace of the review's period: `/trace/maturity.gap?type=capability&ref=CAP-1`. */
export const tracePath = (figure: string, parameters: Readonly<Record<string, string>> = {}): string =>
  `/trace/${figure}?${new URLSearchParams(parameters)}`;

/** Whether words that somebody entered can stand in a sentence: their digits would be numbers that nobody cites, their brackets chips. */
export const isSayable = (text: string): boolean => uncitedOf(text).length === 0 && chipsOf(text).length === 0;

/**
 * What a record is called in a sentence: code and name, the one of them that can be said, or what it is. A name that ends as a sentence does
 * stands in quotes, or its mark and that of the sentence meet: `requests?.`
 */
export const calledInText = ({ code, name }: { code: string; name: string }, otherwise: string): string => {
  const shown = /[.?!:]$/.test(name.trim()) ? `“${name.trim()}”` : name;
  return [`${code} ${shown}`, shown, code].find(isSayable) ?? otherwise;
};

/** A name inside a sentence: `IT involved` stays as it is. */
export const lowered = (name: string): string =>
  /^\p{Lu}\p{Lu}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);

type Sentence = Written['sentences'][number];
/** Sentences without those that have nothing to say. */
export const said = (sentences: readonly { readonly id: string; readonly text: string | null }[]): Sentence[] =>
  sentences.flatMap(({ id, text }) => (text === null ? [] : [{ id, text }]));
