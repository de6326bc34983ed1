import type { MetricUnit } from '../../contract/metric.js';
import type { Impact } from '../../contract/overview.js';
import type { ReviewCell, ReviewTable } from '../../contract/review.js';
import { chipsOf, uncitedOf } from '../../core/review/narrative.js';
import { NOTHING } from '../../core/review/printing.js';
import { tidy } from '../../trace/metrics.js';
import { number, words } from '../figures.js';
import type { Material, Written } from './section.js';

/** What sections are put together from: columns, cells, and words that may stand in a sentence. */

type Column = ReviewTable['columns'][number];
export const textColumn = (title: string): Column => ({ title, kind: 'text', unit: null });
/** Of numbers that each name their own unit. */
export const numberColumn = (title: string): Column => ({ title, kind: 'number', unit: null });

/** A table that lists all its rows. */
export const wholeTable = (
  table: Pick<ReviewTable, 'id' | 'title' | 'columns' | 'rows'> & Partial<Pick<ReviewTable, 'note'>>,
): ReviewTable => ({ note: null, ...table, total: table.rows.length });

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

/** What a record is called in a sentence: code and name, the one of them that can be said, or what it is. */
export const calledInText = ({ code, name }: { code: string; name: string }, otherwise: string): string =>
  [`${code} ${name}`, name, code].find(isSayable) ?? otherwise;

/** `A`, `A and B`, `A, B and C`. */
export const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** A name inside a sentence: `IT involved` stays as it is. */
export const lowered = (name: string): string =>
  /^\p{Lu}\p{Lu}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type Sentence = Written['sentences'][number];
/** Sentences without those that have nothing to say. */
export const said = (sentences: readonly { readonly id: string; readonly text: string | null }[]): Sentence[] =>
  sentences.flatMap(({ id, text }) => (text === null ? [] : [{ id, text }]));
