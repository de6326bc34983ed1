import { createHash } from 'node:crypto';
import { inFull, money, scaled, scaleFor, signed } from '../../server/contract/format.js';
import type { Impact } from '../../server/contract/overview.js';
import type { ReviewCell, ReviewFigure, ReviewSentence, ReviewTable } from '../../server/contract/review.js';
import type { FrozenRecords } from '../../server/contract/review-after.js';
import { canonicalJson } from '../../server/audit/write.js';

/** Blocks of which a review for tests is put together, printed as the product prints: locale `en`. */

export type FrozenRecord = FrozenRecords['items'][number];

export const sha256 = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** An amount in the reporting currency of the sample. */
export const figure = (
  title: string,
  value: string | null,
  more: Partial<Pick<ReviewFigure, 'unit' | 'text' | 'full' | 'nullReason' | 'quality' | 'inputs'>> = {},
  records: readonly FrozenRecord[] = [],
): ReviewFigure => ({
  title,
  value,
  nullReason: null,
  unit: 'EUR',
  text: value === null ? 'Not recorded' : money(value, 'EUR', undefined, 'en'),
  full: value === null ? 'Not recorded' : inFull(value, 'EUR', 'en'),
  formula: { text: `${title}, as recorded.`, expression: 'sum(x)', version: '1.0.0' },
  inputs: [],
  quality: [],
  records: { count: records.length, title: 'Records', sha256: sha256(records) },
  ...more,
});

export const words = (text: string): ReviewCell => ({ text, value: null, unit: null, figure: null, impact: null });

/** A number as it is printed, with what it is exactly. */
export const number = (text: string, value: string | null, more: Partial<ReviewCell> = {}): ReviewCell => ({
  ...words(text),
  value,
  unit: 'EUR',
  ...more,
});

/** Amounts as one column or drawing prints them: at the scale of the largest, without unit. */
export const amounts = (values: readonly string[]): ReviewCell[] => {
  const scale = scaleFor(values);
  return values.map((value) => number(scaled(value, scale, 'en'), value));
};

/** Differences at the scale of `values`; what is more is good. */
export const variances = (differences: readonly string[], values: readonly string[]): ReviewCell[] => {
  const scale = scaleFor(values);
  const impactOf = (value: string): Impact =>
    Number(value) === 0 ? 'neutral' : Number(value) > 0 ? 'favourable' : 'unfavourable';
  return differences.map((value) => number(signed(value, scale, 'en'), value, { impact: impactOf(value) }));
};

/** @param columns `Name` of words, `Name|m EUR` of numbers in that unit, `Name|` of numbers that each name their own */
export const table = (
  id: string,
  title: string,
  columns: readonly string[],
  rows: ReviewCell[][],
  more: Partial<Pick<ReviewTable, 'total' | 'note'>> = {},
): ReviewTable => ({
  id,
  title,
  columns: columns.map((column) => {
    const [name = '', unit] = column.split('|');
    return { title: name, kind: unit === undefined ? 'text' : 'number', unit: unit || null };
  }),
  rows,
  total: rows.length,
  note: null,
  ...more,
});

export const sentence = (id: string, text: string, by: ReviewSentence['by'] = 'rule'): ReviewSentence => ({
  id,
  text,
  by,
  uncited: [],
  confirmed: [],
  stale: [],
});
