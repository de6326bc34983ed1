import type { Fold, MetricRecords } from '../../../server/contract/metric.js';
import { inFull, plainInFull } from '../../../server/contract/format.js';
import { metricNumber, metricText, unitName } from '../../ui/metric-text';

export type RecordColumn = MetricRecords['columns'][number];

/** A cell as a person reads it: money to the minor unit, days and means with three significant digits; the file has every digit. */
export function cellText(cell: string | null, unit: RecordColumn['unit'], day: (date: string) => string): string {
  if (cell === null) return '';
  if (unit === 'text') return cell;
  if (unit === 'date') return day(cell);
  if (unit === 'flag') return Number(cell) === 0 ? 'no' : 'yes';
  if (unit === 'money') return inFull(cell);
  if (unit === 'minutes') return plainInFull(cell);
  return metricNumber(cell, unit);
}

/** What stands in the header of a column of records. */
export const columnUnit = (unit: RecordColumn['unit'], currency: string): string | undefined =>
  unit === 'text' || unit === 'date' || unit === 'flag'
    ? undefined
    : unit === 'minutes'
      ? 'minutes'
      : unit === 'count' || unit === 'number'
        ? undefined
        : unitName(unit, currency);

const WORDS: Record<Fold['of'], (a: string, b: string) => string> = {
  count: () => 'Number of records',
  sum: (a) => `Sum of ${a}`,
  mean: (a) => `Mean of ${a}`,
  median: (a) => `Median of ${a}`,
  ratio: (a, b) => `Sum of ${a} ÷ sum of ${b}`,
  complement: (a, b) => `1 − sum of ${a} ÷ sum of ${b}`,
};

/** How the records give the figure: `Median of days`. */
export function foldWords({ fold, columns }: Pick<MetricRecords, 'fold' | 'columns'>): string {
  const label = (id: string | null) => lower(columns.find((column) => column.id === id)?.label ?? '');
  return WORDS[fold.of](label(fold.a), label(fold.b));
}

/** The same with the figure: `Median of days: 61.2 days`. */
export const foldedFigure = (records: MetricRecords, currency: string): string =>
  `${foldWords(records)}: ${records.value === null ? 'x' : metricText(records.value, records.unit, currency)}`;

/** A label in the middle of a sentence; what is written in capitals stays. */
const lower = (text: string): string =>
  /^[A-Z][A-Z]/.test(text) ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
