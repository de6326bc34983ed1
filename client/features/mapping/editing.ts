import type {
  ColumnFormat,
  FieldSource,
  ImportMapping,
  MappingTarget,
  MonthColumn,
  SourceColumn,
  SourceSheet,
} from '../../../server/contract/mapping.js';
import { monthFieldOf } from '../../../server/contract/month-fields.js';
import { fieldOf, isNumber } from './fields';
import { asksScale } from './scale-question';

/** Changes of a mapping, as a person makes them. Each takes what there is and returns what there is then. */

export const emptyTarget = (table: string): MappingTarget => ({
  table,
  layout: 'long',
  once: false,
  fields: [],
  wide: null,
  onlyWhere: [],
  firstOf: null,
  lastOf: null,
});

export const emptyMapping = ({ sheet, headerRow }: SourceSheet): ImportMapping => ({ sheet, headerRow, targets: [] });

const emptySource = (to: string): FieldSource => ({
  to,
  column: null,
  constant: null,
  format: {},
  multiplier: '1',
  values: [],
  blanks: [],
  prefix: '',
});

/** Whether a column of the file fills a field; a value for all rows is none. */
export const hasColumn = (source: FieldSource | undefined): source is FieldSource =>
  source !== undefined && source.column !== null;

export const sourceOf = (target: MappingTarget, to: string): FieldSource | undefined =>
  target.fields.find((source) => source.to === to);

/** What a column of the file fills, in the order of choice: one column may fill several fields. */
export const filledBy = (target: MappingTarget, index: number): readonly FieldSource[] =>
  target.fields.filter(({ column }) => column?.index === index);

export const refOf = ({ index, header }: SourceColumn) => ({ index, header });

/** Changes one field, which begins as it would without a source. A field that nothing fills any more is left out. */
export function changeField(target: MappingTarget, to: string, patch: Partial<FieldSource>): MappingTarget {
  const changed = { ...(sourceOf(target, to) ?? emptySource(to)), ...patch };
  const isThere = target.fields.some((source) => source.to === to);
  const fields = isThere
    ? target.fields.map((source) => (source.to === to ? changed : source))
    : [...target.fields, changed];
  return { ...target, fields: fields.filter(({ column, constant }) => column !== null || constant !== null) };
}

/** A column fills a field; what filled it before does so no longer. The scale that a header names is taken over by fields of numbers. */
export function fill(target: MappingTarget, to: string, column: SourceColumn): MappingTarget {
  const field = fieldOf(target.table, to);
  const { constant } = sourceOf(target, to) ?? emptySource(to);
  const said = field && isNumber(field) && field.kind.kind !== 'percent' ? column.multiplier : '1';
  const multiplier = asksScale(target.table, to, column) ? undefined : said;
  return changeField(target, to, { ...emptySource(to), constant, multiplier, column: refOf(column) });
}

/** A column fills a field no longer; a value for all rows stays. */
export const release = (target: MappingTarget, to: string): MappingTarget =>
  changeField(target, to, { ...emptySource(to), constant: sourceOf(target, to)?.constant ?? null });

/** A column fills another field than before, or none: null. `from` null adds to what it fills already. */
export function refill(
  target: MappingTarget,
  column: SourceColumn,
  from: string | null,
  to: string | null,
): MappingTarget {
  if (from === to) return target;
  const without = from === null ? target : release(target, from);
  return to === null ? without : fill(without, to, column);
}

/** One value for all rows; blank takes it away. */
export const setConstant = (target: MappingTarget, to: string, value: string): MappingTarget =>
  changeField(target, to, { constant: value === '' ? null : value });

/** What to write for one value of the file; null leaves it as it stands. */
export function setValue(target: MappingTarget, to: string, from: string, value: string | null): MappingTarget {
  const same = (text: string): boolean => text.toLowerCase() === from.toLowerCase();
  const others = (sourceOf(target, to)?.values ?? []).filter((pair) => !same(pair.from));
  return changeField(target, to, { values: value === null ? others : [...others, { from, to: value }] });
}

export const valueFor = ({ values }: Pick<FieldSource, 'values'>, from: string): string | null =>
  values.find((pair) => pair.from.toLowerCase() === from.toLowerCase())?.to ?? null;

/** In the place of a value of the file: every value that is not named itself. */
export const ANY = '*';

/** A text that stands for no value, or does no longer. */
export function setBlank(source: FieldSource, text: string, isBlank: boolean): readonly string[] {
  const others = source.blanks.filter((one) => one.toLowerCase() !== text.toLowerCase());
  return isBlank ? [...others, text] : others;
}

/** Whether a text counts as blank by one of these; `Exempt*` takes every text that begins so. */
export const isBlankBy = (blanks: readonly string[], text: string): boolean => {
  const written = text.trim().toLowerCase();
  return blanks.some((one) => {
    const pattern = one.toLowerCase();
    return pattern.endsWith('*') ? written.startsWith(pattern.slice(0, -1)) : written === pattern;
  });
};

/** A row a month, or a column a month. The columns whose headers are months hold the figure that they are said to be of, or the first one. */
export function setLayout(
  target: MappingTarget,
  layout: 'long' | 'wide',
  columns: readonly SourceColumn[],
): MappingTarget {
  if (layout === target.layout) return target;
  if (layout === 'long') return { ...target, layout, wide: null };
  const months = monthsIn(target.table, columns);
  const used = new Set(months.map(({ column }) => column.index));
  const fields = target.fields.filter(({ to, column }) => to !== 'month' && !(column && used.has(column.index)));
  const multiplier = commonScale(columns.filter(({ index }) => used.has(index)));
  return { ...target, layout, fields, wide: { months, format: {}, multiplier, blanks: [] } };
}

/** What the headers of all months say; undefined where each is to be read as its own says, and those that say nothing are asked. */
function commonScale(months: readonly SourceColumn[]): FieldSource['multiplier'] {
  const scales = new Set(
    months.map(({ multiplier, scaleQuestion }) => (scaleQuestion === null ? multiplier : undefined)),
  );
  return scales.size === 0 ? '1' : scales.size === 1 ? [...scales][0] : undefined;
}

/** The columns whose headers are months, each with the figure that it holds; without those that hold none that the table has. */
export function monthsIn(table: string, columns: readonly SourceColumn[]): MonthColumn[] {
  return columns.flatMap((column) => {
    const to = monthFieldOf(table, column.measure);
    return column.month === null || to === null ? [] : [{ column: refOf(column), month: column.month, to }];
  });
}

/** Whether a column counts as a month, and of which figure: null where it does not. */
export function setMonth(
  target: MappingTarget,
  column: SourceColumn,
  to: string | null,
  month = column.month,
): MappingTarget {
  if (target.wide === null) return target;
  const others = target.wide.months.filter((one) => one.column.index !== column.index);
  const months = to === null || month === null ? others : [...others, { column: refOf(column), month, to }];
  months.sort((a, b) => a.column.index - b.column.index);
  return { ...target, wide: { ...target.wide, months } };
}

/** All month columns hold this figure; where none is chosen yet, all whose headers are months. */
export const setMeasure = (target: MappingTarget, to: string, columns: readonly SourceColumn[]): MappingTarget => {
  if (target.wide === null) return target;
  const { months } = target.wide;
  if (months.length === 0)
    return columns.reduce(
      (changed, column) => (column.month === null ? changed : setMonth(changed, column, to)),
      target,
    );
  return { ...target, wide: { ...target.wide, months: months.map((month) => ({ ...month, to })) } };
};

/** All month columns are written at this scale, whatever their headers say. */
export const setScale = (target: MappingTarget, multiplier: NonNullable<FieldSource['multiplier']>): MappingTarget =>
  target.wide === null
    ? target
    : {
        ...target,
        wide: {
          ...target.wide,
          multiplier,
          months: target.wide.months.map(({ column, month, to }) => ({ column, month, to })),
        },
      };

/** Puts a target in the place of another, or at the end. */
export const putTarget = (mapping: ImportMapping, at: number, target: MappingTarget): ImportMapping => ({
  ...mapping,
  targets:
    at >= mapping.targets.length
      ? [...mapping.targets, target]
      : mapping.targets.map((other, index) => (index === at ? target : other)),
});

export const removeTarget = (mapping: ImportMapping, at: number): ImportMapping => ({
  ...mapping,
  targets: mapping.targets.filter((_, index) => index !== at),
});

/** The answer to a question holds for every field that asks it. */
export const withFormat = (format: ColumnFormat, answer: ColumnFormat): ColumnFormat => ({ ...format, ...answer });
