import type { FieldSource, ImportMapping, MappingTarget, SourceColumn } from '../../contract/mapping.js';
import { DECLARATIONS, snake, type Declaration } from '../../contract/records.js';
import { Problem, type ProblemError } from '../../http/problem.js';
import { importColumnsOf, type ImportColumn } from '../column-cells.js';
import { findColumn } from './fit.js';

/** More rows from one row of a file would not fit the numbers that they are given. */
const MOST_SLOTS = 1_500;

/** Answers to surveys go only through our own table: no copy of who answered is kept on the way. */
const NOT_MAPPED = 'survey_responses';

export const mappedTables = (): readonly Declaration[] => DECLARATIONS.filter(({ table }) => table !== NOT_MAPPED);

const NUMBERS = new Set(['decimal', 'percent', 'integer']);
const DATES = new Set(['date', 'month', 'instant']);
export const isNumberColumn = (column: ImportColumn): boolean => NUMBERS.has(column.stored.kind.kind);
export const isDateColumn = (column: ImportColumn): boolean => DATES.has(column.stored.kind.kind);

/** Whether it must be said at which scale a column fills an amount. */
export const asksScale = ({ stored: { kind } }: ImportColumn, source: Pick<SourceColumn, 'scaleQuestion'>): boolean =>
  kind.kind === 'decimal' && kind.money === true && source.scaleQuestion !== null;

/** The scale that a header says, for fields that have one. */
export const scaleIn = ({ stored: { kind } }: ImportColumn, source: Pick<SourceColumn, 'multiplier'> | undefined) =>
  kind.kind === 'decimal' ? (source?.multiplier ?? '1') : '1';

const pointTo = (pointer: string, code: string, message: string): ProblemError => ({ pointer, code, message });

/** Rows that one row of the file may become for a target. */
export const slotsOf = (target: MappingTarget): number =>
  target.wide === null ? 1 : new Set(target.wide.months.map(({ month }) => month)).size;

const asks = (
  pointer: string,
  field: Pick<FieldSource, 'format' | 'multiplier'>,
  column: ImportColumn,
  source: SourceColumn,
): ProblemError[] => {
  const where = `column ${source.letter} ("${source.header.slice(0, 80)}")`;
  return [
    ...asksFormat(`${pointer}/format`, field, column, source, where),
    ...asksForScale(pointer, field, column, source, where),
  ];
};

const asksForScale = (
  pointer: string,
  { multiplier }: Pick<FieldSource, 'multiplier'>,
  column: ImportColumn,
  source: SourceColumn,
  where: string,
): ProblemError[] => {
  if (multiplier !== undefined || !asksScale(column, source)) return [];
  const { example, said, readings } = source.scaleQuestion!;
  return [
    pointTo(
      `${pointer}/multiplier`,
      'scale.ambiguous',
      `"${example}" in ${where} can be ${readings.map(({ reads }) => reads).join(' or ')}: the sheet says "${said.slice(0, 80)}", the column does not. Choose the scale.`,
    ),
  ];
};

const asksFormat = (
  pointer: string,
  field: Pick<FieldSource, 'format'>,
  column: ImportColumn,
  { question }: SourceColumn,
  where: string,
): ProblemError[] => {
  if (question === null) return [];
  if (
    question.against !== null &&
    question.kind === 'date_order' &&
    isDateColumn(column) &&
    field.format.dateOrder === undefined
  )
    return [
      pointTo(
        pointer,
        'date.ambiguous',
        `"${question.example}" and "${question.against}" in ${where} contradict each other. Choose whether the day or the month stands first; the others are refused.`,
      ),
    ];
  const [one, other] = question.readings.map((reading) => reading.reads);
  if (question.kind === 'decimal' && isNumberColumn(column) && field.format.decimal === undefined)
    return [
      pointTo(
        pointer,
        'decimal.ambiguous',
        `"${question.example}" in ${where} can be read as ${one} or as ${other}. Choose the decimal sign.`,
      ),
    ];
  if (question.kind === 'date_order' && isDateColumn(column) && field.format.dateOrder === undefined)
    return [
      pointTo(
        pointer,
        'date.ambiguous',
        `"${question.example}" in ${where} can be ${one} or ${other}. Choose whether the day or the month stands first.`,
      ),
    ];
  return [];
};

const checkField = (
  field: FieldSource,
  pointer: string,
  known: ReadonlyMap<string, ImportColumn>,
  columns: readonly SourceColumn[],
): ProblemError[] => {
  const column = known.get(field.to);
  if (!column) return [pointTo(`${pointer}/to`, 'field.unknown', `The table has no column "${field.to}".`)];
  if (field.column === null) return [];
  const place = findColumn(field.column, columns);
  if (place === null)
    return [pointTo(`${pointer}/column`, 'column.missing', `The file has no column "${field.column.header}".`)];
  return asks(pointer, field, column, columns[place]!);
};

const checkTarget = (target: MappingTarget, pointer: string, columns: readonly SourceColumn[]): ProblemError[] => {
  const declaration = mappedTables().find(({ table }) => table === target.table);
  if (!declaration)
    return [
      target.table === NOT_MAPPED
        ? pointTo(`${pointer}/table`, 'table.unmapped', 'Answers to surveys are imported with our own table only.')
        : pointTo(`${pointer}/table`, 'table.unknown', `There is no table "${target.table}".`),
    ];
  const known = new Map(importColumnsOf(declaration).map((column) => [column.name, column]));
  const keys = declaration.key.map(snake);
  const errors = target.fields.flatMap((field, place) =>
    checkField(field, `${pointer}/fields/${place}`, known, columns),
  );
  const given = target.fields.filter((field) => field.column !== null || field.constant !== null).map(({ to }) => to);
  for (const twice of new Set(given.filter((to, place) => given.indexOf(to) !== place)))
    errors.push(pointTo(`${pointer}/fields`, 'field.twice', `"${twice}" is filled twice. Keep one.`));
  if ((target.layout === 'wide') !== (target.wide !== null))
    errors.push(
      pointTo(`${pointer}/wide`, 'layout.wide', 'A wide table needs its month columns, a long one has none.'),
    );
  for (const key of keys) {
    if (given.includes(key) || (target.wide !== null && key === 'month')) continue;
    errors.push(
      pointTo(
        `${pointer}/fields`,
        'key.missing',
        `Say which column holds the ${key}: without it rows cannot be told apart.`,
      ),
    );
  }
  target.onlyWhere.forEach(({ column }, place) => {
    if (findColumn(column, columns) === null)
      errors.push(
        pointTo(`${pointer}/onlyWhere/${place}/column`, 'column.missing', `The file has no column "${column.header}".`),
      );
  });
  for (const pick of ['firstOf', 'lastOf'] as const)
    for (const [name, ref] of Object.entries(target[pick] ?? {}))
      if (findColumn(ref, columns) === null)
        errors.push(pointTo(`${pointer}/${pick}/${name}`, 'column.missing', `The file has no column "${ref.header}".`));
  return [...errors, ...checkWide(target, pointer, known, keys, given, columns)];
};

const checkWide = (
  target: MappingTarget,
  pointer: string,
  known: ReadonlyMap<string, ImportColumn>,
  keys: readonly string[],
  given: readonly string[],
  columns: readonly SourceColumn[],
): ProblemError[] => {
  const { wide } = target;
  if (wide === null) return [];
  if (!keys.includes('month'))
    return [pointTo(`${pointer}/wide`, 'layout.wide', `The table ${target.table} has no months.`)];
  const errors: ProblemError[] = [];
  if (wide.months.length === 0)
    errors.push(pointTo(`${pointer}/wide/months`, 'months.none', 'Say which columns are months, and what they hold.'));
  if (given.includes('month'))
    errors.push(pointTo(`${pointer}/fields`, 'field.twice', 'The month stands in the headers of a wide table.'));
  const seen = new Set<string>();
  wide.months.forEach(({ column, month, to, multiplier }, place) => {
    const at = `${pointer}/wide/months/${place}`;
    const field = known.get(to);
    const index = findColumn(column, columns);
    if (!field || field.isKey || given.includes(to))
      errors.push(pointTo(`${at}/to`, 'field.unknown', `Month columns cannot fill "${to}".`));
    else if (index === null)
      errors.push(pointTo(`${at}/column`, 'column.missing', `The file has no column "${column.header}".`));
    else if (seen.has(`${month} ${to}`))
      errors.push(pointTo(`${at}/month`, 'month.twice', `${month} is there twice. Keep one of the columns.`));
    else {
      const format = { format: wide.format, multiplier: multiplier ?? wide.multiplier };
      errors.push(...asks(`${pointer}/wide`, format, field, columns[index]!));
    }
    seen.add(`${month} ${to}`);
  });
  return errors;
};

/**
 * Whether a mapping can be carried out on a sheet.
 * @throws Problem 422 with an error for each thing to correct or to answer
 */
export const checkMapping = (mapping: ImportMapping, columns: readonly SourceColumn[]): void => {
  const errors = mapping.targets.flatMap((target, place) => checkTarget(target, `/mapping/targets/${place}`, columns));
  const slots = new Map<string, number>();
  for (const target of mapping.targets) slots.set(target.table, (slots.get(target.table) ?? 0) + slotsOf(target));
  for (const [table, count] of slots)
    if (count > MOST_SLOTS)
      errors.push(
        pointTo('/mapping/targets', 'slots.many', `A row would become ${count} rows of ${table}. Split the file.`),
      );
  if (errors.length === 0) return;
  const unique = errors.filter(
    (error, place) =>
      errors.findIndex((other) => other.pointer === error.pointer && other.code === error.code) === place,
  );
  throw new Problem(422, 'validation-failed', unique[0]!.message, unique);
};
