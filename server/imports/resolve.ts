import { RECORDS } from '../contract/records.js';
import type { RecordType } from '../contract/columns.js';
import { storedColumnsOf, tableOf } from '../database/columns.js';
import { tableOfType, type Batch } from './batch.js';
import type { ImportColumn } from './column-cells.js';
import { codesName, isReferred, rowsName, stagedName, type ImportedTable } from './import-tables.js';
import { hasRound } from './round-answers.js';
import { quote } from './staging.js';

/** Name of the temporary table that says which record each `Type:code` of a column means. */
export const keysName = (table: ImportedTable, column: ImportColumn): string => `keys_${table.name}_${column.name}`;

/**
 * Finds out what the codes of a column mean that may name one of several types. One row is one code as it stands in the column, with the
 * number of live records or rows of this import that have it: more than one is ambiguous. Archived records count only where there is
 * no other.
 */
const createKeys = async (batch: Batch, table: ImportedTable, column: ImportColumn): Promise<void> => {
  const kind = column.stored.kind;
  if (kind.kind !== 'anyRef') return;
  const code = quote(column.name);
  const word = quote(`${column.name}_kind`);
  const candidates = kind.to.flatMap((type) => {
    const wanted = `from wanted w join`;
    const asked = `(w.kind = '' or w.kind = '${type}')`;
    const stored = `select w.code_l, w.kind, '${type}' as type, t.id, t.archived_at is null as live ${wanted} ${tableOf(type)} t
      on lower(t.code) = w.code_l and ${asked}`;
    const imported = tableOfType(batch, type);
    if (!imported) return [stored];
    return [
      `${stored} where not exists (select 1 from ${codesName(imported)} c where c.id = t.id)`,
      `select w.code_l, w.kind, '${type}', c.id, true ${wanted} ${codesName(imported)} c on c.code_l = w.code_l and ${asked}`,
    ];
  });
  const keys = keysName(table, column);
  await batch.connection.script(`
    create temp table ${keys} on commit drop as
      with wanted as (select distinct lower(${code}) as code_l, coalesce(${word}, '') as kind from ${stagedName(table)} where ${code} is not null),
        candidates as (${candidates.join(' union all ')})
      select code_l, kind, count(*) filter (where live) as candidates,
        (array_agg(type order by live desc, type))[1] as type, (array_agg(id order by live desc, type))[1] as id,
        array_agg(type order by type) filter (where live) as types
      from candidates group by code_l, kind;
    analyze ${keys}`);
};

/** How one column of the resulting record is computed: joins, and what the cell says (null where it is blank). */
interface Given {
  joins: string[];
  /** By the name of the stored column. */
  values: Record<string, string>;
}

/** A code of one type: the import's own rows first, for they include those that exist already. */
export const refLookup = (batch: Batch, to: RecordType, alias: string, code: string): { join: string; id: string } => {
  const imported = tableOfType(batch, to);
  const stored = `left join ${tableOf(to)} ${alias}t on lower(${alias}t.code) = lower(${code})`;
  if (!imported) return { join: stored, id: `${alias}t.id` };
  return {
    join: `left join ${codesName(imported)} ${alias}c on ${alias}c.code_l = lower(${code}) ${stored}`,
    id: `coalesce(${alias}c.id, ${alias}t.id)`,
  };
};

const given = (batch: Batch, table: ImportedTable, column: ImportColumn, index: number): Given => {
  const { kind, name, typeColumn } = column.stored;
  const cell = `s.${quote(column.name)}`;
  const alias = `j${index}`;
  switch (kind.kind) {
    case 'ref': {
      const { join, id } = refLookup(batch, kind.to, alias, cell);
      return { joins: [join], values: { [name]: id } };
    }
    case 'anyRef': {
      const word = `s.${quote(`${column.name}_kind`)}`;
      const join = `left join ${keysName(table, column)} ${alias} on ${alias}.code_l = lower(${cell}) and ${alias}.kind = coalesce(${word}, '') and ${alias}.candidates <= 1`;
      return { joins: [join], values: { [typeColumn!]: `${alias}.type`, [name]: `${alias}.id` } };
    }
    case 'refs': {
      const { join, id } = refLookup(batch, kind.to, alias, 'u.code');
      // The database has its own idea of which letters are the same but for their case.
      const list = `array(select n.id from (select ${id} as id, u.place from unnest(${cell}) with ordinality u (code, place) ${join}) n
        group by n.id order by min(n.place))`;
      return { joins: [], values: { [name]: `case when ${cell} is not null then ${list} end` } };
    }
    default:
      return { joins: [], values: { [name]: cell } };
  }
};

/** Text keys match whatever their case; the record keeps the spelling that it has. */
const isTextKey = (column: ImportColumn): boolean =>
  column.isKey && (column.stored.kind.kind === 'code' || column.stored.kind.kind === 'text');

/** What a record's column becomes: `(clear)` empties it, blank leaves it as it is. */
const merged = (column: ImportColumn, stored: string, value: string): string => {
  if (isTextKey(column)) return `coalesce(t.${quote(stored)}, ${value})`;
  if (column.isKey) return value;
  return `case when '${column.name}' = any (s.cleared) then null else coalesce(${value}, t.${quote(stored)}) end`;
};

/** What was said of one amount does not hold for another: where the amount changes and the file says nothing of it, it is taken away. */
const mergedWord = (
  said: string,
  stored: string,
  amount: string,
): string => `case when '${said}' = any (s.cleared) then null
  when s.${said} is not null then s.${said}
  when t.${amount} is distinct from (case when '${amount}' = any (s.cleared) then null else coalesce(s.${amount}, t.${amount}) end) then null
  else t.${stored} end`;

/** Who confirmed a value, and what a value of an own indicator rests on. */
const WORDS: Partial<Record<RecordType, Readonly<Record<string, string>>>> = {
  benefit_value: { confirmed_by: mergedWord('confirmed_by_email', 'confirmed_by', 'realised') },
  indicator_value: { evidence: mergedWord('evidence', 'evidence', 'value') },
};

/** Whether nothing of a stored value changes but who confirmed it. */
const onlyConfirmed = (columns: readonly { name: string }[]): string => {
  const others = columns.map(({ name }) => name).filter((name) => name !== 'confirmed_by');
  return `version_before is not null and not archived and confirmed_by is distinct from old_confirmed_by
    and (${others.map(quote).join(', ')}) is not distinct from (${others.map((name) => `old_${name}`).join(', ')})`;
};

/** Joins the record that a row means. */
const recordJoin = (table: ImportedTable, values: Record<string, string>): { join: string; id: string } => {
  if (isReferred(table.type))
    return {
      join: `join ${codesName(table)} k on k.code_l = lower(s.code) left join ${table.name} t on t.id = k.id`,
      id: 'k.id',
    };
  const keyed = table.columns
    .filter((column) => column.isKey)
    .map(({ stored, ...column }) =>
      isTextKey({ stored, ...column })
        ? `lower(t.${quote(stored.name)}) = lower(${values[stored.name]})`
        : `t.${quote(stored.name)} = ${values[stored.name]}`,
    );
  return { join: `left join ${table.name} t on ${keyed.join(' and ')}`, id: 'coalesce(t.id, new_id())' };
};

/** Names of the stored columns of a type, those of `anyRef` types included. */
export const storedNames = (type: RecordType): string[] =>
  storedColumnsOf(type).flatMap((column) => (column.typeColumn ? [column.typeColumn, column.name] : [column.name]));

/**
 * Computes what the import would make of each record. One row is one row of the file whose key could be resolved: the record's id, its
 * columns as they would be afterwards, the version they were computed from, and whether that is a change.
 */
export const resolveRows = async (batch: Batch, table: ImportedTable): Promise<void> => {
  for (const column of table.columns) await createKeys(batch, table, column);
  const parts = table.columns.map((column, index) => ({ column, ...given(batch, table, column, index) }));
  const values = Object.assign({}, ...parts.map((part) => part.values)) as Record<string, string>;
  const record = recordJoin(table, values);
  const columns = parts.flatMap(({ column, values: own }) =>
    Object.entries(own).map(([name, value]) => ({
      name,
      value: WORDS[table.type]?.[name] ?? merged(column, name, value),
    })),
  );
  const keys = table.columns
    .filter((column) => column.isKey)
    .map((column) => `${values[column.stored.name]} is not null`)
    .concat(table.type === 'survey_response' ? [`not ${hasRound(values['survey_id']!)}`] : [])
    .join(' and ');
  const names = columns.map(({ name }) => quote(name));
  const rows = rowsName(table);
  await batch.connection.script(`
    create temp table ${rows} on commit drop as
      select row_no, id, version_before, ${names.join(', ')},
        case when version_before is null then 'created' when archived then 'restored'
          when (${names.join(', ')}) is distinct from (${columns.map(({ name }) => `old_${name}`).join(', ')}) then 'updated'
          else 'unchanged' end as action${table.type === 'benefit_value' ? `, ${onlyConfirmed(columns)} as only_confirmed` : ''}
      from (
        select s.row_no, ${record.id} as id, t.version as version_before, t.archived_at is not null as archived,
          ${columns.map(({ name, value }) => `${value} as ${quote(name)}, t.${quote(name)} as old_${name}`).join(', ')}
        from ${stagedName(table)} s ${parts.flatMap((part) => part.joins).join(' ')} ${record.join}
        where ${keys}
      ) resolved;
    create index on ${rows} (id);
    create index on ${rows} (row_no);
    analyze ${rows}`);
};

/** SQL for the columns that tell rows of a table apart: the id where codes have ids, else the key itself. */
export const identityOf = (table: ImportedTable): string[] =>
  isReferred(table.type)
    ? ['id']
    : RECORDS[table.type].key.map((field) => {
        const column = table.columns.find((candidate) => candidate.stored.field === field)!;
        return isTextKey(column) ? `lower(${quote(column.stored.name)})` : quote(column.stored.name);
      });

/** Marks rows with the same key as an earlier one, and takes them out of what is to be stored. */
export const setRepeatsApart = async (batch: Batch, table: ImportedTable): Promise<void> => {
  const rows = rowsName(table);
  const names = storedNames(table.type)
    .filter((name) => name !== 'code')
    .map((name) => quote(name));
  const columns = (alias: string) => names.map((name) => `${alias}.${name}`).join(', ');
  await batch.connection.script(`
    insert into import_repeats (table_no, row_no, first_row, same)
      select ${table.no}, r.row_no, r.first_row, (${columns('r')}) is not distinct from (${columns('f')})
      from (select *, min(row_no) over (partition by ${identityOf(table).join(', ')}) as first_row from ${rows}) r
      join ${rows} f on f.row_no = r.first_row
      where r.row_no <> r.first_row;
    delete from ${rows} where row_no in (select row_no from import_repeats where table_no = ${table.no})`);
};
