import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { ColumnKind, RecordType } from '../contract/columns.js';
import { DECLARATIONS, RECORDS, snake, type Declaration } from '../contract/records.js';

/** How one declared field stands in the database. `name` is the column; an `anyRef` has a type column beside it. */
export interface StoredColumn {
  field: string;
  name: string;
  /** Column that holds the record type, for `anyRef` only: `about_type` beside `about_id`. */
  typeColumn: string | null;
  sqlType: string;
  kind: ColumnKind;
  required: boolean;
}

const SQL_TYPES: Record<ColumnKind['kind'], string> = {
  code: 'text',
  text: 'text',
  email: 'text',
  currency: 'text',
  month: 'date',
  period: 'text',
  date: 'date',
  instant: 'timestamptz',
  decimal: 'numeric',
  percent: 'numeric(5,2)',
  integer: 'integer',
  choice: 'text',
  yesNo: 'boolean',
  choices: 'text[]',
  ref: 'uuid',
  anyRef: 'uuid',
  refs: 'uuid[]',
};

/** Columns of service months count minutes and requests of large services: 32 bits are too few. */
const WIDE_TABLES = new Set(['service_months']);

const sqlTypeOf = (table: string, kind: ColumnKind): string => {
  if (kind.kind === 'decimal') return kind.scale === 1 ? 'numeric(2,1)' : `numeric(20,${kind.scale})`;
  if (kind.kind === 'integer' && WIDE_TABLES.has(table)) return 'bigint';
  return SQL_TYPES[kind.kind];
};

/** `portfolioCode` → `portfolio_id`, `confirmedByEmail` of benefit values → `confirmed_by`; all others as the import tables spell them. */
const columnNameOf = (field: string, kind: ColumnKind): string => {
  if (kind.kind === 'ref' || kind.kind === 'anyRef') return snake(field).replace(/_code$/, '_id');
  return field === 'confirmedByEmail' ? 'confirmed_by' : snake(field);
};

const storedColumns = (declaration: Declaration): StoredColumn[] =>
  Object.entries(declaration.columns).map(([field, column]) => {
    const name = columnNameOf(field, column.type);
    return {
      field,
      name,
      typeColumn: column.type.kind === 'anyRef' ? name.replace(/_id$/, '_type') : null,
      sqlType: sqlTypeOf(declaration.table, column.type),
      kind: column.type,
      required: column.required,
    };
  });

const STORED = new Map<RecordType, StoredColumn[]>(
  DECLARATIONS.map((declaration) => [declaration.type, storedColumns(declaration)]),
);

/** The stored columns of a record type, in the order of its import table. */
export const storedColumnsOf = (type: RecordType): StoredColumn[] => STORED.get(type)!;

/** Name of the column that holds a declared field. */
export const columnOf = (type: RecordType, field: string): StoredColumn =>
  storedColumnsOf(type).find((column) => column.field === field)!;

/** The table of a record type. */
export const tableOf = (type: RecordType): string => RECORDS[type].table;

/** The last part of the path that serves a record type: `org_units` → `org-units`. */
export const pathOf = (declaration: Declaration): string => declaration.table.replaceAll('_', '-');

/** Columns that the database has beyond the declared ones. */
const EXTRA_COLUMNS: Partial<Record<RecordType, Record<string, EntitySchemaColumnOptions>>> = {
  benefit_value: {
    reported_by: { type: 'text', nullable: true },
    confirmed_at: { type: 'timestamptz', nullable: true },
    confirmed_amount: { type: 'numeric', precision: 20, scale: 4, nullable: true },
    confirmed_currency: { type: 'text', nullable: true },
    confirmed_version: { type: 'integer', nullable: true },
    confirmed_how: { type: 'text', nullable: true },
    first_planned_at: { type: 'timestamptz', nullable: true },
    changed_by: { type: 'text' },
    reason: { type: 'text', nullable: true },
    import_id: { type: 'uuid', nullable: true },
    replanned: { type: 'boolean', default: false },
  },
  benefit: {
    baseline_at: { type: 'timestamptz', nullable: true },
    approval_stored_at: { type: 'timestamptz', nullable: true },
  },
  work_item_transition: {
    recorded_seq: { type: 'bigint', generated: 'increment' },
  },
};

const entityColumn = (column: StoredColumn): EntitySchemaColumnOptions => {
  const numeric = /^numeric\((\d+),(\d+)\)$/.exec(column.sqlType);
  const nullable = !column.required;
  if (numeric) return { type: 'numeric', precision: Number(numeric[1]), scale: Number(numeric[2]), nullable };
  if (column.sqlType.endsWith('[]')) return { type: column.sqlType.slice(0, -2) as 'text', array: true, nullable };
  return { type: column.sqlType as 'text', nullable };
};

const entitySchemaOf = (declaration: Declaration): EntitySchema<Record<string, unknown>> => {
  const columns: Record<string, EntitySchemaColumnOptions> = {
    id: {
      type: 'uuid',
      primary: true,
      default: () => 'new_id()',
      primaryKeyConstraintName: `${declaration.table}_id_pk`,
    },
    version: { type: 'integer', default: 1 },
    created_at: { type: 'timestamptz', default: () => 'now()' },
    updated_at: { type: 'timestamptz', default: () => 'now()' },
    archived_at: { type: 'timestamptz', nullable: true },
  };
  for (const column of storedColumnsOf(declaration.type)) {
    if (column.typeColumn) columns[column.typeColumn] = { type: 'text', nullable: !column.required };
    columns[column.name] = entityColumn(column);
  }
  Object.assign(columns, EXTRA_COLUMNS[declaration.type]);
  return new EntitySchema<Record<string, unknown>>({ name: declaration.table, tableName: declaration.table, columns });
};

/** One TypeORM entity a record type, columns only, from its declaration: property names are the column names. */
export const RECORD_ENTITIES: readonly EntitySchema<Record<string, unknown>>[] = DECLARATIONS.map(entitySchemaOf);
