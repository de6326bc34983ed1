import type { ColumnKind } from '../../../server/contract/columns.js';
import { DECLARATIONS, snake } from '../../../server/contract/records.js';

/** Our tables and fields, in words for people who bring a file of their own. */

export interface OurField {
  /** As the import table spells it: `portfolio_code`. */
  id: string;
  label: string;
  help: string;
  example: string;
  kind: ColumnKind;
  isKey: boolean;
  /** A new record cannot do without it. */
  isRequired: boolean;
}

export interface OurTable {
  table: string;
  label: string;
  help: string;
  fields: readonly OurField[];
}

const sentence = (name: string): string => {
  const words = name.replaceAll('_', ' ').replace(/\bemail\b/, 'e-mail');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const TABLES: readonly OurTable[] = DECLARATIONS.map(({ table, help, key, columns }) => ({
  table,
  label: sentence(table),
  help,
  fields: Object.entries(columns).map(([name, column]) => ({
    id: snake(name),
    label: sentence(snake(name)),
    help: column.help,
    example: column.example,
    kind: column.type,
    isKey: key.includes(name),
    isRequired: column.required,
  })),
}));

/** Answers to surveys come through our own table only, so that no copy of who answered is kept on the way. */
export const MAPPED_TABLES = TABLES.filter(({ table }) => table !== 'survey_responses');

const BY_NAME = new Map(TABLES.map((table) => [table.table, table]));

/** A table by its name; one that this page does not know is called as the server calls it. */
export const tableOf = (table: string): OurTable =>
  BY_NAME.get(table) ?? { table, label: sentence(table), help: '', fields: [] };

export const fieldOf = (table: string, field: string): OurField | undefined =>
  tableOf(table).fields.find(({ id }) => id === field);

export const fieldLabel = (table: string, field: string): string => fieldOf(table, field)?.label ?? sentence(field);

export const isNumber = ({ kind }: OurField): boolean => ['decimal', 'percent', 'integer'].includes(kind.kind);
/** An amount, which a sheet may write in thousands or millions. */
export const isMoney = ({ kind }: OurField): boolean => kind.kind === 'decimal' && kind.money === true;
export const isDate = ({ kind }: OurField): boolean => ['date', 'instant', 'month'].includes(kind.kind);

/** What a field may hold, where that is one of a few words; null for all others. */
export const choicesOf = ({ kind }: OurField): readonly string[] | null =>
  kind.kind === 'choice' ? kind.values : kind.kind === 'yesNo' ? ['yes', 'no'] : null;

/** The tables whose rows are months of something, and the figures that a month holds. */
export const wideFields = (table: OurTable): readonly OurField[] =>
  table.fields.some(({ id, isKey }) => id === 'month' && isKey)
    ? table.fields.filter((field) => !field.isKey && isNumber(field))
    : [];
