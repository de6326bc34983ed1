import type { RecordType } from '../../contract/columns.js';
import type { FieldSource, SourceColumn } from '../../contract/mapping.js';
import { measureOfField } from '../../contract/month-fields.js';
import { RECORDS } from '../../contract/records.js';
import type { ImportColumn } from '../column-cells.js';

/** Records that the cells of a sheet name, by what stands there in lower case: by their code, or by their name. */
export type KnownCodes = ReadonlyMap<string, readonly { type: RecordType; code: string; by: 'code' | 'name' }[]>;

export interface ContentFit {
  /** 0 to 1: how much the cells look like the field. */
  fit: number;
  /** Whether they can be the field at all. */
  compatible: boolean;
  why: string;
}

const NO: ContentFit = { fit: 0, compatible: false, why: '' };
const MAYBE: ContentFit = { fit: 0, compatible: true, why: '' };

/** The cells that are looked at: all different ones of a short list, else the samples. */
export const cellsOf = (column: SourceColumn): string[] =>
  column.values === null ? column.samples : column.values.map(({ value }) => value);

const plural = (type: RecordType): string => RECORDS[type].table.replaceAll('_', ' ');

/** Share of the cells that name records of a type. */
const shareOf = (column: SourceColumn, type: RecordType, known: KnownCodes, by: 'code' | 'name'): number => {
  const cells = cellsOf(column);
  if (cells.length === 0) return 0;
  const named = cells.filter((cell) =>
    known.get(cell.toLowerCase())?.some((record) => record.type === type && record.by === by),
  );
  return named.length / cells.length;
};

const refFit = (to: readonly RecordType[], column: SourceColumn, known: KnownCodes): ContentFit => {
  for (const type of to)
    if (shareOf(column, type, known, 'code') >= 0.8)
      return { fit: 0.92, compatible: true, why: `codes of ${plural(type)}` };
  for (const type of to)
    if (shareOf(column, type, known, 'name') >= 0.6)
      return { fit: 0.8, compatible: true, why: `names of ${plural(type)}` };
  return column.kind === 'date' || column.kind === 'email' ? NO : MAYBE;
};

const wordsFit = (words: readonly string[], column: SourceColumn): ContentFit => {
  if (column.kind !== 'choice' && column.kind !== 'text') return NO;
  const plain = (text: string): string => text.toLowerCase().replace(/[\s\-_]+/g, '_');
  const cells = cellsOf(column);
  const fitting = cells.filter((cell) => words.includes(plain(cell))).length;
  if (cells.length > 0 && fitting / cells.length >= 0.5)
    return { fit: 0.7, compatible: true, why: `holds ${words.slice(0, 3).join(', ')}` };
  return column.values === null ? NO : MAYBE;
};

const isDay = (column: SourceColumn): boolean => column.kind === 'date';

/** How much the cells of a column look like a field of ours. */
export const contentFit = (
  field: ImportColumn,
  type: RecordType,
  column: SourceColumn,
  known: KnownCodes,
): ContentFit => {
  const { kind } = field.stored;
  switch (kind.kind) {
    case 'ref':
    case 'refs':
      return refFit([kind.to], column, known);
    case 'anyRef':
      return refFit(kind.to, column, known);
    case 'code': {
      if (shareOf(column, type, known, 'code') >= 0.8)
        return { fit: 0.9, compatible: true, why: `codes of ${plural(type)}` };
      const isUnique = column.values === null || column.values.every(({ count }) => count === 1);
      return isUnique && (column.kind === 'text' || column.kind === 'number') ? MAYBE : NO;
    }
    case 'email':
      return column.kind === 'email' ? { fit: 0.45, compatible: true, why: 'holds e-mail addresses' } : NO;
    case 'currency':
      return column.kind === 'currency' ? { fit: 0.7, compatible: true, why: 'holds currency codes' } : NO;
    case 'month':
      if (column.kind === 'month') return { fit: 0.75, compatible: true, why: 'holds months' };
      return isDay(column) ? MAYBE : NO;
    case 'date':
    case 'instant':
      return isDay(column) ? MAYBE : NO;
    case 'decimal':
    case 'percent':
    case 'integer': {
      if (column.kind !== 'number') return NO;
      const names = column.measure !== null && column.measure === measureOfField(field.name);
      return names ? { fit: 0.7, compatible: true, why: `the name says ${column.measure}` } : MAYBE;
    }
    case 'choice':
    case 'choices':
      return wordsFit(kind.values, column);
    case 'yesNo':
      return wordsFit(['yes', 'no', 'true', 'false', 'y', 'n'], column);
    case 'text':
      return column.kind === 'text' || column.kind === 'choice' ? MAYBE : NO;
    case 'period':
      return NO;
  }
};

/** Names of records as their codes, where a column of references holds names. */
export const valuesFor = (field: ImportColumn, column: SourceColumn, known: KnownCodes): FieldSource['values'] => {
  const { kind } = field.stored;
  if (kind.kind !== 'ref' || column.values === null) return [];
  if (shareOf(column, kind.to, known, 'name') <= shareOf(column, kind.to, known, 'code')) return [];
  return column.values.flatMap(({ value }) => {
    const record = known.get(value.toLowerCase())?.find((one) => one.type === kind.to && one.by === 'name');
    return record ? [{ from: value, to: record.code }] : [];
  });
};
