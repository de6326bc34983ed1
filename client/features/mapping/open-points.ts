import type {
  ColumnFormat,
  FieldSource,
  FormatQuestion,
  ImportMapping,
  MappingTarget,
  SourceColumn,
  SourceSheet,
} from '../../../server/contract/mapping.js';
import { ANY, isBlankBy, sourceOf, valueFor, withFormat } from './editing';
import { SCALE_ID, scaleQuestionIn, type ScaleQuestion } from './scale-question';
import { BEGIN_ID, beginsIn, statusId, statusRows } from './stages';
import { choicesOf, fieldOf, isDate, isNumber, tableOf } from './fields';

/** What a person has still to say before the file can be checked. */

/** A question about how cells are written, asked once for all columns that leave it open. */
export interface OpenQuestion extends FormatQuestion {
  /** Headers of the columns that it is about. */
  columns: readonly string[];
  isAnswered: boolean;
}

const keyOf = (kind: FormatQuestion['kind']): keyof ColumnFormat => (kind === 'decimal' ? 'decimal' : 'dateOrder');

/** Whether the answer matters: a date order only to a field of dates. */
function concerns(kind: FormatQuestion['kind'], table: string, to: string): boolean {
  const field = fieldOf(table, to);
  return field !== undefined && (kind === 'decimal' ? isNumber(field) : isDate(field));
}

/** The fields and month columns of a target that a question is about, with the formats that they have. */
function asked(
  target: MappingTarget,
  columns: readonly SourceColumn[],
): { column: SourceColumn; format: ColumnFormat }[] {
  const columnAt = (index: number) => columns.find((column) => column.index === index);
  const ofFields = target.fields.flatMap(({ to, column, format }) => {
    const found = column === null ? undefined : columnAt(column.index);
    return found?.question && concerns(found.question.kind, target.table, to) ? [{ column: found, format }] : [];
  });
  const ofMonths = (target.wide?.months ?? []).flatMap(({ column }) => {
    const found = columnAt(column.index);
    return found?.question?.kind === 'decimal' ? [{ column: found, format: target.wide!.format }] : [];
  });
  return [...ofFields, ...ofMonths];
}

/** The questions about the columns in use, each kind once, answered or not. */
export function questionsOf(mapping: ImportMapping, { columns }: SourceSheet): OpenQuestion[] {
  const all = mapping.targets.flatMap((target) => asked(target, columns));
  return (['decimal', 'date_order'] as const).flatMap((kind) => {
    const here = all.filter(({ column }) => column.question!.kind === kind);
    const first = here[0]?.column.question;
    if (!first) return [];
    const headers = [...new Set(here.map(({ column }) => column.header))];
    return [{ ...first, columns: headers, isAnswered: here.every(({ format }) => format[keyOf(kind)] !== undefined) }];
  });
}

/** The answer that was given to a question; undefined where none or not the same everywhere. */
export function answerTo(
  mapping: ImportMapping,
  { columns }: SourceSheet,
  kind: FormatQuestion['kind'],
): string | undefined {
  const given = mapping.targets
    .flatMap((target) => asked(target, columns))
    .filter(({ column }) => column.question!.kind === kind)
    .map(({ format }) => format[keyOf(kind)]);
  return given.every((one) => one === given[0]) ? given[0] : undefined;
}

/** Gives the answer to every column that leaves the question open. */
export function answer(
  mapping: ImportMapping,
  { columns }: SourceSheet,
  kind: FormatQuestion['kind'],
  format: ColumnFormat,
): ImportMapping {
  const asks = (index: number | undefined): boolean =>
    columns.find((column) => column.index === index)?.question?.kind === kind;
  return {
    ...mapping,
    targets: mapping.targets.map((target) => ({
      ...target,
      fields: target.fields.map((source) =>
        asks(source.column?.index) && concerns(kind, target.table, source.to)
          ? { ...source, format: withFormat(source.format, format) }
          : source,
      ),
      wide:
        target.wide !== null && kind === 'decimal' && target.wide.months.some(({ column }) => asks(column.index))
          ? { ...target.wide, format: withFormat(target.wide.format, format) }
          : target.wide,
    })),
  };
}

/** Something that is missing: a sentence, and the control that mends it. */
export interface OpenPoint {
  message: string;
  fieldId: string;
  /** Which of the targets must be open for that; null where it is none of them. */
  target: number | null;
}

export const constantId = (target: number, to: string): string => `value-${target}-${to}`;
export const monthsId = (target: number): string => `months-${target}`;
export const questionId = (kind: FormatQuestion['kind']): string => `question-${kind}`;
export const TABLE_ID = 'which-table';

/** Everything without which the file cannot be checked, in the order of the page. */
export function openPoints(mapping: ImportMapping, sheet: SourceSheet): OpenPoint[] {
  if (mapping.targets.length === 0) return [{ message: 'Choose what the rows are.', fieldId: TABLE_ID, target: null }];
  return [
    ...questionsOf(mapping, sheet)
      .filter(({ isAnswered }) => !isAnswered)
      .map(({ kind, example }) => ({
        message: `Say how “${example}” is to be read.`,
        fieldId: questionId(kind),
        target: null,
      })),
    ...scalePoint(scaleQuestionIn(mapping, sheet)),
    ...stagePoints(mapping, sheet),
    ...mapping.targets.flatMap(missingIn),
  ];
}

/** Statuses of a work log of which nobody has said yet what they are. */
function stagePoints(mapping: ImportMapping, { changeLog }: SourceSheet): OpenPoint[] {
  if (changeLog === null) return [];
  const open = statusRows(mapping, changeLog).flatMap(({ status, code }, place) =>
    code === null ? [{ message: `Say which stage “${status}” is.`, fieldId: statusId(place), target: null }] : [],
  );
  return beginsIn(mapping) === null
    ? [...open, { message: 'Say in which stage items begin.', fieldId: BEGIN_ID, target: null }]
    : open;
}

const scalePoint = (question: ScaleQuestion | null): OpenPoint[] =>
  question === null || question.isAnswered
    ? []
    : [
        {
          message: `Say at which scale ${question.columns.join(', ')} ${question.columns.length === 1 ? 'is' : 'are'} written.`,
          fieldId: SCALE_ID,
          target: null,
        },
      ];

function missingIn(target: MappingTarget, at: number): OpenPoint[] {
  const table = tableOf(target.table);
  const fields = table.fields
    .filter(({ id, isKey }) => isKey && !(target.layout === 'wide' && id === 'month'))
    .filter(({ id }) => sourceOf(target, id) === undefined)
    .map(({ id, label }) => ({
      message: `${table.label}: choose a column for “${label}”, or give it one value.`,
      fieldId: constantId(at, id),
      target: at,
    }));
  const months =
    target.layout === 'wide' && (target.wide?.months.length ?? 0) === 0
      ? [{ message: `${table.label}: say what the columns that are months hold.`, fieldId: monthsId(at), target: at }]
      : [];
  return [...fields, ...months];
}

/** Fields that new records need and that nothing fills: not an obstacle where all records exist already. */
export const neededForNew = (target: MappingTarget) =>
  tableOf(target.table).fields.filter(
    ({ id, isKey, isRequired }) => isRequired && !isKey && sourceOf(target, id) === undefined,
  );

/** A value of the file for a field that takes a few words only, and what is written for it. */
export interface ChoiceRow {
  value: string;
  count: number;
  /** One of our words, '' for blank; null where nobody has said yet. */
  to: string | null;
}

/** The values of a column that feeds a field of a few words: those that are such a word already need no mapping. */
export function choiceRows(table: string, source: FieldSource, column: SourceColumn): ChoiceRow[] {
  const field = fieldOf(table, source.to);
  const choices = field === undefined ? null : choicesOf(field);
  if (choices === null || column.values === null) return [];
  return column.values
    .filter(({ value }) => value.trim() !== '' && !choices.includes(value.trim().toLowerCase()))
    .map(({ value, count }) => ({
      value,
      count,
      to: valueFor(source, value) ?? (isBlankBy(source.blanks, value) ? '' : null),
    }));
}

/** How many texts of a column a field cannot take as they stand, and nobody has said what they are. The check finds them, too. */
export function openWords(table: string, source: FieldSource, column: SourceColumn): number {
  const field = fieldOf(table, source.to);
  if (field === undefined || source.values.some(({ from }) => from === ANY)) return 0;
  if (choicesOf(field) !== null) return choiceRows(table, source, column).filter(({ to }) => to === null).length;
  if (!isNumber(field) && !isDate(field)) return 0;
  if (source.blanks.includes(ANY)) return 0;
  return column.odd.filter(({ value }) => !isBlankBy(source.blanks, value) && valueFor(source, value) === null).length;
}
