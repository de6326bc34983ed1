import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { DECLARATIONS, snake, type Declaration } from '../../server/contract/records.js';
import { columnOf, storedColumnsOf, tableOf, type StoredColumn } from '../../server/records/storage.js';

/**
 * Puts a bundle of import tables into the database by plain SQL, for tests of figures that are not tests of the import.
 * Cells are cast by the database; references are found by code.
 */

type Sql = (text: string, values?: readonly unknown[]) => Promise<unknown>;
type Row = Readonly<Record<string, string>>;

/** Tables that the figures of chain and value rest on, parents first. */
const TABLES = [
  'org_units',
  'portfolios',
  'priorities',
  'exchange_rates',
  'investments',
  'investment_costs',
  'initiatives',
  'capabilities',
  'outcomes',
  'benefits',
  'benefit_values',
  'links',
];

/** Loads the CSV tables of a folder; existing records with the same code stay. */
export const loadTables = async (sql: Sql, folder: string): Promise<void> => {
  for (const table of TABLES) {
    const declaration = DECLARATIONS.find((each) => each.table === table)!;
    const rows: Row[] = read(join(folder, `${table}.csv`));
    if (rows.length > 0) await sql(insertOf(declaration, Object.keys(rows[0]!)), [JSON.stringify(rows)]);
    if (table === 'org_units' && rows.length > 0) await sql(PARENTS, [JSON.stringify(rows)]);
  }
};

const PARENTS = `
  update org_units u set parent_id = p.id, version = u.version + 1
  from jsonb_to_recordset($1::jsonb) as r (code text, parent_code text) join org_units p on lower(p.code) = lower(r.parent_code)
  where lower(u.code) = lower(r.code) and u.parent_id is null`;

const read = (path: string): Row[] => {
  try {
    return parse(readFileSync(path), { columns: true, bom: true });
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
};

const cell = (header: string): string => `nullif(r ->> '${header}', '')`;

const expressionOf = (column: StoredColumn, header: string): string => {
  const { kind } = column;
  if (kind.kind === 'ref') return `(select id from ${tableOf(kind.to)} where lower(code) = lower(${cell(header)}))`;
  if (kind.kind === 'month') return `(${cell(header)} || '-01')::date`;
  if (kind.kind === 'yesNo') return `${cell(header)} = 'yes'`;
  return `${cell(header)}::${column.sqlType}`;
};

/** The end of a link by its code, with its type before it where it says so. */
const endOf = (header: string): string => `
  (select n.type || ' ' || n.id from chain_nodes n
    where lower(chain_code(n.type, n.id)) = lower(regexp_replace(r ->> '${header}', '^[^:]*:', ''))
      and (r ->> '${header}' not like '%:%' or lower(r ->> '${header}') like n.type || ':%'))`;

const insertOf = (declaration: Declaration, headers: readonly string[]): string => {
  const from = `from jsonb_array_elements($1::jsonb) r on conflict do nothing`;
  if (declaration.type === 'link')
    return `insert into links (from_type, from_id, to_type, to_id, allocation, contribution, rationale)
      select split_part(f, ' ', 1), split_part(f, ' ', 2)::uuid, split_part(t, ' ', 1), split_part(t, ' ', 2)::uuid,
        ${cell('allocation')}::numeric, ${cell('contribution')}::numeric, ${cell('rationale')}
      from (select r, ${endOf('from_code')} as f, ${endOf('to_code')} as t from jsonb_array_elements($1::jsonb) r) x`;
  const columns = storedColumnsOf(declaration.type).filter(
    (column) =>
      headers.includes(snake(column.field)) &&
      !['parentCode', 'duplicateOfCode', 'confirmedByEmail'].includes(column.field),
  );
  const names = columns.map((column) => column.name);
  const expressions = columns.map((column) => expressionOf(column, snake(column.field)));
  if (declaration.type === 'benefit_value') {
    names.push(
      'changed_by',
      'reported_by',
      columnOf('benefit_value', 'confirmedByEmail').name,
      'confirmed_at',
      'confirmed_amount',
      'confirmed_version',
      'confirmed_how',
    );
    const confirmed = (then: string): string => `case when ${cell('confirmed_by_email')} is not null then ${then} end`;
    expressions.push(
      `'loader@tests.example'`,
      `case when ${cell('realised')} is not null then 'loader@tests.example' end`,
      cell('confirmed_by_email'),
      confirmed('now()'),
      confirmed(`${cell('realised')}::numeric`),
      confirmed('1'),
      confirmed(`'attestation'`),
    );
  }
  return `insert into ${declaration.table} (${names.join(', ')}) select ${expressions.join(', ')} ${from}`;
};
