import type {
  ColumnFormat,
  FieldSource,
  MappingTarget,
  MonthColumn,
  SourceColumn,
} from '../../../server/contract/mapping.js';
import { shift } from '../../lib/decimal';
import { ANY, isBlankBy, valueFor } from './editing';
import { choicesOf, fieldOf, isDate, isNumber, tableOf, type OurField } from './fields';

/** How the first rows would be read, to see a mistake before the check: the server's reading is the one that counts. */

export interface ReadCell {
  /** As it stands in the file. */
  found: string;
  /** What would be stored; '' for blank. */
  read: string;
  /** Whether it is no value that the field can take, as far as can be seen here. */
  isOdd: boolean;
}

const PLACES: Record<NonNullable<FieldSource['multiplier']>, number> = {
  '0.01': -2,
  '1': 0,
  '100': 2,
  '1000': 3,
  '1000000': 6,
  '1000000000': 9,
};

/** Plain decimal text of a number as it stands in a file; null where it is none. */
export function plainNumber(text: string, decimal: ColumnFormat['decimal']): string | null {
  const [group, sign] = decimal === 'comma' ? ['.', ','] : [',', '.'];
  const bare = text
    .replaceAll(/[\s\u00a0\u202f]/g, '')
    .replace('\u2212', '-')
    .replace(/%$/, '');
  const [whole = '', fraction, ...rest] = bare.replace(/^[-+]/, '').split(sign!);
  const groups = whole.split(group!);
  const isGrouped = groups.length === 1 || groups.slice(1).every((part) => part.length === 3);
  const digits = groups.join('');
  if (rest.length > 0 || !isGrouped || !/^\d*$/.test(digits) || !/^\d*$/.test(fraction ?? '')) return null;
  if (digits === '' && (fraction ?? '') === '') return null;
  return `${bare.startsWith('-') ? '-' : ''}${digits || '0'}${fraction ? `.${fraction}` : ''}`;
}

const two = (digits: string): string => digits.padStart(2, '0');

/** `YYYY-MM-DD` of a day that is written in figures; null where it is not, or could be two days. */
export function plainDay(text: string, order: ColumnFormat['dateOrder']): string | null {
  const iso = /^(\d{4})-(\d\d?)(?:-(\d\d?))?(?:[T ].*)?$/.exec(text.trim());
  if (iso) return iso[3] === undefined ? `${iso[1]}-${two(iso[2]!)}` : `${iso[1]}-${two(iso[2]!)}-${two(iso[3])}`;
  const figures = /^(\d\d?)[./-](\d\d?)[./-](\d{4})$/.exec(text.trim());
  if (!figures || order === undefined) return null;
  const [day, month] = order === 'dmy' ? [figures[1]!, figures[2]!] : [figures[2]!, figures[1]!];
  return Number(month) > 12 ? null : `${figures[3]}-${two(month)}-${two(day)}`;
}

const NONE = new Set(['', '-', 'n/a']);

function readNumber(text: string, format: ColumnFormat, multiplier: FieldSource['multiplier'] = '1'): string | null {
  const plain = plainNumber(text, format.decimal);
  if (plain === null) return null;
  const moved = shift(plain, -PLACES[multiplier]);
  return moved.includes('.') ? moved.replace(/\.?0+$/, '') : moved;
}

/** Reads one cell as the mapping says. Words for months and the like are left as they stand: the check reads them. */
export function readCell(
  text: string,
  field: OurField,
  source: Pick<FieldSource, 'constant' | 'format' | 'multiplier' | 'values' | 'blanks' | 'prefix'>,
  detected: ColumnFormat,
): ReadCell {
  const found = text.trim();
  const blank = { found, read: source.constant ?? '', isOdd: false };
  const isFigure = isNumber(field) || isDate(field);
  if (
    found === '' ||
    isBlankBy(
      source.blanks.filter((one) => one !== '*'),
      found,
    )
  )
    return blank;
  const written = valueFor(source, found) ?? valueFor(source, ANY);
  if (written !== null) return written === '' ? blank : { found, read: `${source.prefix}${written}`, isOdd: false };
  if (!isFigure) {
    const choices = choicesOf(field);
    const isOdd = choices !== null && !choices.includes(found.toLowerCase());
    return { found, read: `${source.prefix}${found}`, isOdd };
  }
  if (isNumber(field) && NONE.has(found.toLowerCase())) return blank;
  const format = { ...detected, ...source.format };
  const read = isNumber(field)
    ? readNumber(found, format, source.multiplier)
    : (plainDay(found, format.dateOrder)?.slice(0, field.kind.kind === 'month' ? 7 : 10) ?? null);
  if (read !== null) return { found, read, isOdd: false };
  return source.blanks.includes('*') ? blank : { found, read: found, isOdd: isNumber(field) };
}

/** One column of the preview: one of our fields, or a month of a wide table. */
export interface PreviewColumn {
  id: string;
  field: OurField;
  /** The month, where the column is one. */
  month: string | null;
  cell: (cells: readonly string[]) => ReadCell;
}

const MOST_MONTHS = 6;

/** What would be read of each row, a column for each of our fields that something fills. */
export function previewColumns(target: MappingTarget, columns: readonly SourceColumn[]): PreviewColumn[] {
  const detected = (index: number): ColumnFormat => columns.find((column) => column.index === index)?.format ?? {};
  const order = tableOf(target.table).fields.map(({ id }) => id);
  const sources = [...target.fields].sort((a, b) => order.indexOf(a.to) - order.indexOf(b.to));
  const fields = sources.flatMap((source): PreviewColumn[] => {
    const field = fieldOf(target.table, source.to);
    if (!field) return [];
    const { column, constant } = source;
    return [
      {
        id: source.to,
        field,
        month: null,
        cell: (cells) =>
          column === null
            ? { found: '', read: constant ?? '', isOdd: false }
            : readCell(cells[column.index] ?? '', field, source, detected(column.index)),
      },
    ];
  });
  const { wide } = target;
  const months = (wide?.months ?? []).slice(0, MOST_MONTHS).flatMap(({ column, month, to }: MonthColumn) => {
    const field = fieldOf(target.table, to);
    if (!field || !wide) return [];
    const source = { ...wide, constant: null, values: [], prefix: '' };
    return [
      {
        id: `${to} ${month} ${column.index}`,
        field,
        month,
        cell: (cells: readonly string[]) => readCell(cells[column.index] ?? '', field, source, detected(column.index)),
      },
    ];
  });
  return [...fields, ...months];
}

/** Whether a row of the file is meant by a target. */
export const isMeant = ({ onlyWhere }: MappingTarget, cells: readonly string[]): boolean =>
  onlyWhere.every(({ column, values, blanks }) => {
    const text = (cells[column.index] ?? '').trim();
    const isBlank = text === '' || isBlankBy(blanks, text);
    if (values === null) return !isBlank;
    return values.some((value) => (value === '' ? isBlank : value.trim().toLowerCase() === text.toLowerCase()));
  });
