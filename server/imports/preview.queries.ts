import type { ImportPreview } from '../contract/import.js';
import type { Declaration } from '../contract/records.js';
import { snake } from '../contract/records.js';
import { storedColumnsOf, tableOf, type StoredColumn } from '../database/columns.js';
import type { Batch } from './batch.js';
import { tableOfType } from './batch.js';
import type { GroupCount } from './group-counts.js';
import { fileRow, rowsName, stagedName, type ImportedTable } from './import-tables.js';
import { recordName } from './record-names.js';
import { isSecret } from './secrets.js';
import { quote } from './staging.js';

/** One row is a row of the upload with which something is wrong, also by another's problem. */
const BAD = `select table_no, row_no from import_bad union select table_no, row_no from import_problems
  union select table_no, unnest(also) from import_problems`;

/** Rows of files that became rows of tables, and how many of them are bad; a row that several tables read counts once if `asOne`. */
export const countFileRows = async (batch: Batch, asOne: boolean): Promise<{ total: number; bad: number }> => {
  const readable = batch.tables.filter((table) => table.broken === null);
  if (readable.length === 0) return { total: 0, bad: 0 };
  const rows = readable.map(
    (
      table,
    ) => `select ${asOne ? 0 : table.no} as no, ${fileRow(table, 's.row_no')} as file_row, s.bad or b.row_no is not null as bad
      from ${stagedName(table)} s left join bads b on b.table_no = ${table.no} and b.row_no = s.row_no`,
  );
  const [counted] = await batch.connection.query<{ total: number; bad: number }>(
    `with bads as (${BAD})
     select count(*) as total, count(*) filter (where bad) as bad
     from (select no, file_row, bool_or(bad) as bad from (${rows.join(' union all ')}) staged group by no, file_row) files`,
  );
  return counted!;
};

/** What checks found, by what would mend it. Rows are those of the file. */
export const foundGroups = async (batch: Batch): Promise<GroupCount[]> => {
  const groups: GroupCount[] = [];
  for (const table of batch.tables) {
    const rows = await batch.connection.query<
      Omit<GroupCount, 'table' | 'values'> & { values: Record<string, number> }
    >(
      `with said as (
         select column_name, code, value, message, ${fileRow(table, 'row_no')} as file_row from import_problems where table_no = $1)
       select g.column_name as column, g.code, min(g.message) as message, count(*) as count,
         count(distinct g.file_row) as "rowCount", (array_agg(distinct g.file_row))[1:10] as rows,
         coalesce((select jsonb_object_agg(v.value, v.count) from (
           select s.value, count(*) as count from said s
           where s.column_name is not distinct from g.column_name and s.code = g.code and s.value is not null
           group by s.value order by 2 desc, 1 limit 20) v), '{}') as values
       from said g group by g.column_name, g.code order by min(g.file_row)`,
      [table.no],
    );
    groups.push(...rows.map((row) => ({ ...row, table: table.name, values: new Map(Object.entries(row.values)) })));
  }
  return groups;
};

/** SQL for a stored value as people write it. `row` is the alias of the record. */
const shown = ({ name, typeColumn, kind }: StoredColumn, row: string): string => {
  const value = `${row}.${quote(name)}`;
  switch (kind.kind) {
    case 'ref':
      return `(select o.code from ${tableOf(kind.to)} o where o.id = ${value})`;
    case 'anyRef':
      return `chain_code(${row}.${quote(typeColumn!)}, ${value})`;
    case 'refs':
      return `(select string_agg(o.code, ';' order by u.place) from unnest(${value}) with ordinality u (id, place)
        join ${tableOf(kind.to)} o on o.id = u.id)`;
    case 'month':
      return `to_char(${value}, 'YYYY-MM')`;
    case 'instant':
      return `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
    case 'decimal':
    case 'percent':
      return `trim_scale(${value})::text`;
    case 'choices':
      return `array_to_string(${value}, ';')`;
    default:
      return `${value}::text`;
  }
};

type Diff = ImportPreview['diffs'][number];

/** The first changed fields of one table, in the order in which its rows stand in the upload. */
const diffsOf = async (batch: Batch, table: ImportedTable, action: Diff['action'], most: number): Promise<Diff[]> => {
  const declaration: Declaration = table.declaration;
  const columns = storedColumnsOf(table.type).filter(
    ({ field }) => !isSecret(table.type, snake(field)) && !declaration.key.includes(field),
  );
  const pairs = columns.map((column) => `('${snake(column.field)}', ${shown(column, 'p')}, ${shown(column, 't')})`);
  const rows = await batch.connection.query<Omit<Diff, 'table' | 'action'>>(
    `with changed as (
       select r.id, c.before from ${rowsName(table)} r
       join import_changes c on c.import_id = $1 and c.table_name = $2 and c.record_id = r.id
       where ${action === 'created' ? "r.action = 'created'" : "r.action in ('updated', 'restored')"}
       order by r.row_no limit ${most})
     select ${recordName(declaration)} as record, d.field, d.before, d.after
     from changed c join ${table.name} t on t.id = c.id
     cross join lateral jsonb_populate_record(null::${table.name}, c.before) p
     cross join lateral (values ${pairs.join(', ')}) d (field, before, after)
     where d.before is distinct from d.after
     limit ${most}`,
    [batch.importId, table.name],
  );
  return rows.map((row) => ({ table: table.name, action, ...row }));
};

/** The first changed fields of an import that has been written: what changes first, then what is new. */
export const firstDiffs = async (batch: Batch, most: number): Promise<Diff[]> => {
  const diffs: Diff[] = [];
  for (const action of ['updated', 'created'] as const) {
    for (const table of batch.tables) {
      // Single answers of a survey are shown to nobody, not even without their keys.
      if (table.broken !== null || isSecret(table.type) || diffs.length >= most) continue;
      diffs.push(...(await diffsOf(batch, table, action, most - diffs.length)));
    }
  }
  return diffs;
};

type Total = ImportPreview['totals'][number];

interface Amounts {
  facts: 'benefit_values' | 'investment_costs';
  owner: 'benefit' | 'investment';
  measures: readonly Total['measure'][];
}

const AMOUNTS: readonly Amounts[] = [
  { facts: 'benefit_values', owner: 'benefit', measures: ['planned', 'forecast', 'realised'] },
  { facts: 'investment_costs', owner: 'investment', measures: ['planned', 'actual'] },
];

const totalsOf = async (batch: Batch, { facts, owner, measures }: Amounts): Promise<Total[]> => {
  const values = tableOfType(batch, owner === 'benefit' ? 'benefit_value' : 'investment_cost');
  const owners = tableOfType(batch, owner);
  const touched = [
    ...(values ? [`select ${owner}_id from ${rowsName(values)}`] : []),
    ...(owners ? [`select id from ${rowsName(owners)}`] : []),
  ];
  if (touched.length === 0) return [];
  // The currency of a cost that states none is the reporting currency; a benefit without one is no money.
  const currency = (of: string): string => (owner === 'investment' ? `coalesce(${of}, $2)` : of);
  const rows = await batch.connection.query<Total>(
    `with touched as (select distinct id from (${touched.join(' union all ')}) one (id)),
       facts as (
         select ${currency('o.currency')} as currency, 1 as side, ${measures.map((name) => `f.${name}`).join(', ')}
         from touched x join ${owner}s o on o.id = x.id join ${facts} f on f.${owner}_id = o.id and f.archived_at is null
         union all
         select ${currency(`case when oc.record_id is null then o.currency else oc.before ->> 'currency' end`)}, 0,
           ${measures.map((name) => `case when c.record_id is null then f.${name} else (c.before ->> '${name}')::numeric end`).join(', ')}
         from touched x join ${owner}s o on o.id = x.id join ${facts} f on f.${owner}_id = o.id
         left join import_changes c on c.import_id = $1 and c.table_name = '${facts}' and c.record_id = f.id
         left join import_changes oc on oc.import_id = $1 and oc.table_name = '${owner}s' and oc.record_id = o.id
         where c.action is distinct from 'created' and coalesce(c.before ->> 'archived_at', case when c.record_id is null then f.archived_at::text end) is null)
     select '${facts}' as of, m.measure, currency,
       trim_scale(coalesce(sum(m.amount) filter (where side = 0), 0))::text as before,
       trim_scale(coalesce(sum(m.amount) filter (where side = 1), 0))::text as after
     from facts cross join lateral (values ${measures.map((name, place) => `(${place}, '${name}', ${name})`).join(', ')}) m (place, measure, amount)
     where currency is not null and m.amount is not null
     group by m.place, m.measure, currency order by m.place, currency`,
    owner === 'investment' ? [batch.importId, batch.reportingCurrency] : [batch.importId],
  );
  return rows;
};

/** Sums of the amounts of all benefits and investments that the upload has, before the import and after it. */
export const totalsTouched = async (batch: Batch): Promise<Total[]> => {
  const totals: Total[] = [];
  for (const amounts of AMOUNTS) totals.push(...(await totalsOf(batch, amounts)));
  return totals;
};
