import type {
  FieldSource,
  ImportMapping,
  MappingTarget,
  SourceColumn,
  SourceSheet,
} from '../../../server/contract/mapping.js';
import { fieldOf, isMoney } from './fields';

/** Amounts whose header says no scale, in a sheet of which something else says one: asked once for all of them. */
export interface ScaleQuestion {
  /** The title or header that says a scale. */
  said: string;
  /** Headers of the columns that say none. */
  columns: readonly string[];
  readings: NonNullable<SourceColumn['scaleQuestion']>['readings'];
  example: string;
  /** The answer; undefined where none was given, or not the same everywhere. */
  given: FieldSource['multiplier'];
  isAnswered: boolean;
}

export const SCALE_ID = 'question-scale';

/** Whether the scale of a column matters to the field that it fills, and nothing says it. */
export const asksScale = (table: string, to: string, column: SourceColumn | undefined): column is SourceColumn => {
  const field = fieldOf(table, to);
  return field !== undefined && isMoney(field) && column !== undefined && column.scaleQuestion !== null;
};

interface Asked {
  column: SourceColumn;
  given: FieldSource['multiplier'];
}

function asked(target: MappingTarget, columns: readonly SourceColumn[]): Asked[] {
  const columnAt = (index: number | undefined) => columns.find((column) => column.index === index);
  const { wide } = target;
  const pairs = [
    ...target.fields.map(({ to, column, multiplier }) => ({ to, column: columnAt(column?.index), given: multiplier })),
    ...(wide?.months ?? []).map(({ to, column, multiplier }) => ({
      to,
      column: columnAt(column.index),
      given: multiplier ?? wide!.multiplier,
    })),
  ];
  return pairs.flatMap(({ to, column, given }) => (asksScale(target.table, to, column) ? [{ column, given }] : []));
}

/** The question about the scale of the columns in use, answered or not; null where there is none. */
export function scaleQuestionIn(mapping: ImportMapping, { columns }: SourceSheet): ScaleQuestion | null {
  const all = mapping.targets.flatMap((target) => asked(target, columns));
  const first = all[0];
  if (!first) return null;
  const { said, readings, example } = first.column.scaleQuestion!;
  return {
    said,
    readings,
    example,
    columns: [...new Set(all.map(({ column }) => column.header))],
    given: all.every(({ given }) => given === first.given) ? first.given : undefined,
    isAnswered: all.every(({ given }) => given !== undefined),
  };
}

/** Gives the answer to every column that says no scale; the others are read as their headers say. */
export function answerScale(
  mapping: ImportMapping,
  { columns }: SourceSheet,
  multiplier: NonNullable<FieldSource['multiplier']>,
): ImportMapping {
  const asks = (table: string, to: string, index: number | undefined): boolean =>
    asksScale(
      table,
      to,
      columns.find((column) => column.index === index),
    );
  return {
    ...mapping,
    targets: mapping.targets.map((target) => ({
      ...target,
      fields: target.fields.map((source) =>
        asks(target.table, source.to, source.column?.index) ? { ...source, multiplier } : source,
      ),
      wide:
        target.wide === null
          ? null
          : {
              ...target.wide,
              months: target.wide.months.map((month) =>
                asks(target.table, month.to, month.column.index) ? { ...month, multiplier } : month,
              ),
            },
    })),
  };
}
