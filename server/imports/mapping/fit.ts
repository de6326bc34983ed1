import type { ColumnRef, ImportMapping, MappingTarget, MonthColumn, SourceColumn } from '../../contract/mapping.js';
import { measureOf } from './header-words.js';
import { plainWord } from './month-names.js';

type Header = Pick<SourceColumn, 'index' | 'header'>;

/** Headers match without regard to case, accents, and everything but letters and digits, unless nothing else is in them. */
export const plainHeader = (header: string): string => {
  const plain = plainWord(header).replace(/[^\p{L}\p{N}]+/gu, '');
  return plain === '' ? header.trim() : plain;
};

/**
 * Where a column of a mapping stands in a sheet: at its place, if the header there is the same; else at the only other one that has it.
 * @returns null where there is none, or several
 */
export const findColumn = (ref: ColumnRef, columns: readonly Header[]): number | null => {
  const wanted = plainHeader(ref.header);
  const there = columns[ref.index];
  if (there && plainHeader(there.header) === wanted) return ref.index;
  if (wanted === '') return null;
  const same = columns.filter((column) => plainHeader(column.header) === wanted);
  return same.length === 1 ? same[0]!.index : null;
};

/** All columns that a mapping reads. */
export const refsOf = (mapping: Pick<ImportMapping, 'targets'>): ColumnRef[] =>
  mapping.targets.flatMap((target) => [
    ...target.fields.flatMap((field) => (field.column ? [field.column] : [])),
    ...(target.wide?.months ?? []).map((month) => month.column),
    ...target.onlyWhere.map((condition) => condition.column),
    // One that was saved before has none.
    ...[target.firstOf, target.lastOf].flatMap((one) => (one ? [one.column, one.by] : [])),
  ]);

/** The different headers that a mapping reads. */
export const headersOf = (mapping: Pick<ImportMapping, 'targets'>): string[] => {
  const seen = new Map(refsOf(mapping).map((ref) => [plainHeader(ref.header), ref.header]));
  return [...seen.values()].filter((header) => header !== '');
};

export interface Fitted {
  mapping: ImportMapping;
  /** Headers that it reads and the sheet lacks, month columns left out: last year's months are gone in this year's file. */
  missing: string[];
  /** Headers of month columns that are new. */
  added: string[];
  /** Of the columns that it reads, as many stand in the sheet. */
  found: number;
}

const fitTarget = (target: MappingTarget, columns: readonly SourceColumn[], fitted: Fitted): MappingTarget => {
  const place = (ref: ColumnRef): ColumnRef | null => {
    const index = findColumn(ref, columns);
    if (index === null) {
      if (!fitted.missing.includes(ref.header)) fitted.missing.push(ref.header);
      return null;
    }
    fitted.found += 1;
    return { index, header: columns[index]!.header };
  };
  const placed = (one: MappingTarget['firstOf'] | undefined): MappingTarget['firstOf'] =>
    one ? { column: place(one.column) ?? one.column, by: place(one.by) ?? one.by } : null;
  return {
    ...target,
    fields: target.fields.map((field) =>
      field.column === null ? field : { ...field, column: place(field.column) ?? field.column },
    ),
    onlyWhere: target.onlyWhere.map((condition) => ({
      ...condition,
      column: place(condition.column) ?? condition.column,
    })),
    firstOf: placed(target.firstOf),
    lastOf: placed(target.lastOf),
    wide: target.wide === null ? null : { ...target.wide, months: fitMonths(target, columns, fitted) },
  };
};

/**
 * Which field a new month column fills by the measure that its header names: the one that saved columns of this measure fill, or saved ones
 * without a measure in a field of that name. Where it names none: the field of the saved ones that name none, or the only one.
 */
const monthField = (saved: NonNullable<MappingTarget['wide']>['months']) => {
  const fields = new Map(saved.map(({ column, to }) => [measureOf(column.header), to]));
  const unnamed = fields.get(null);
  const only = new Set(saved.map(({ to }) => to)).size === 1 ? saved[0]!.to : undefined;
  return (measure: SourceColumn['measure']): string | undefined => {
    if (measure === null) return unnamed ?? only;
    return fields.get(measure) ?? (unnamed !== undefined && measureOf(unnamed) === measure ? unnamed : undefined);
  };
};

/** The scale of a new month column whose header says none: that of the saved ones of which it was said, where they agree. */
const monthScale = (saved: NonNullable<MappingTarget['wide']>['months']) => {
  const scales = new Set(saved.flatMap(({ multiplier }) => multiplier ?? []));
  const [multiplier] = scales;
  return ({ scaleQuestion }: SourceColumn): Pick<MonthColumn, 'multiplier'> =>
    scaleQuestion !== null && scales.size === 1 && multiplier ? { multiplier } : {};
};

/** The month columns that are still there, and new ones of the same measures for months that they lack. */
const fitMonths = (
  target: MappingTarget,
  columns: readonly SourceColumn[],
  fitted: Fitted,
): NonNullable<MappingTarget['wide']>['months'] => {
  const saved = target.wide!.months;
  const kept = saved.flatMap((month) => {
    const index = findColumn(month.column, columns);
    return index === null ? [] : [{ ...month, column: { index, header: columns[index]!.header } }];
  });
  const used = new Set(kept.map(({ column }) => column.index));
  const filled = new Set(kept.map(({ month, to }) => `${month} ${to}`));
  const fieldFor = monthField(saved);
  const scaleFor = monthScale(saved);
  for (const column of columns) {
    if (column.month === null || used.has(column.index)) continue;
    // Saved columns are known by their headers alone: what the sheet of then said of them is not.
    const to = fieldFor(measureOf(column.header));
    if (to === undefined || filled.has(`${column.month} ${to}`)) continue;
    filled.add(`${column.month} ${to}`);
    const ref = { index: column.index, header: column.header };
    kept.push({ column: ref, month: column.month, to, ...scaleFor(column) });
    fitted.added.push(column.header);
  }
  if (kept.length === 0) fitted.missing.push(...saved.slice(0, 3).map((month) => month.column.header));
  fitted.found += kept.length;
  return kept.length > 0 ? kept : saved;
};

/** A saved mapping as it would be for this sheet. */
export const fitMapping = (
  mapping: ImportMapping,
  sheet: { sheet: string; headerRow: number; columns: readonly SourceColumn[] },
): Fitted => {
  const fitted: Fitted = { mapping, missing: [], added: [], found: 0 };
  const targets = mapping.targets.map((target) => fitTarget(target, sheet.columns, fitted));
  fitted.mapping = { sheet: sheet.sheet, headerRow: sheet.headerRow, targets };
  return fitted;
};
