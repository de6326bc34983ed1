import type { ImportTable } from '../contract/import.js';
import { Problem } from '../http/problem.js';
import { reasonOf } from '../http/request-context.js';
import type { Batch } from './batch.js';
import { importReason } from './import-reason.js';
import { fileRow, rowsName, type ImportedTable } from './import-tables.js';
import { storedNames } from './resolve.js';
import { quote } from './staging.js';

/** What a change to a value writes beside its columns. `r` is the row, `t` the stored record; on creation there is no `t`. */
const VALUE_CHANGED = 'r.realised is distinct from t.realised';
const PLAN_CHANGED = 'r.planned is distinct from case when t.archived_at is null then t.planned end';
/** The benefit has a plan already: a month more is a new version of it. */
const REPLANS = `r.planned is not null and r.benefit_id in (select s.benefit_id from plan_starts s where s.at is not null)`;
const ATTESTED = `(r.confirmed_by is distinct from t.confirmed_by or ${VALUE_CHANGED})`;
const CURRENCY = '(select b.currency from benefits b where b.id = r.benefit_id)';

/** $1 importer's e-mail, $2 the instant, $3 the import, $4 why, as far as somebody said. An imported confirmation is an attestation for the amount that it came with. */
const VALUE_UPDATE: Record<string, string> = {
  reported_by: `case when r.realised is null then null when ${VALUE_CHANGED} then $1 else t.reported_by end`,
  confirmed_at: `case when r.confirmed_by is null then null when ${ATTESTED} then $2::timestamptz else t.confirmed_at end`,
  confirmed_amount: `case when r.confirmed_by is null then null when ${ATTESTED} then r.realised else t.confirmed_amount end`,
  confirmed_currency: `case when r.confirmed_by is null then null when ${ATTESTED} then ${CURRENCY} else t.confirmed_currency end`,
  confirmed_version: `case when r.confirmed_by is null then null when ${ATTESTED} then t.version + 1 else t.confirmed_version end`,
  confirmed_how: `case when r.confirmed_by is null then null when ${ATTESTED} then 'attestation' else t.confirmed_how end`,
  changed_by: '$1',
  reason: `case when ${VALUE_CHANGED} or ${PLAN_CHANGED} or $4::text is not null then ${importReason('$3::uuid', '$4::text')} end`,
  import_id: '$3::uuid',
};
const VALUE_INSERT: Record<string, string> = {
  reported_by: 'case when r.realised is not null then $1 end',
  confirmed_at: 'case when r.confirmed_by is not null then $2::timestamptz end',
  confirmed_amount: 'case when r.confirmed_by is not null then r.realised end',
  confirmed_currency: `case when r.confirmed_by is not null then ${CURRENCY} end`,
  confirmed_version: 'case when r.confirmed_by is not null then 1 end',
  confirmed_how: `case when r.confirmed_by is not null then 'attestation' end`,
  changed_by: '$1',
  reason: `case when ${REPLANS} then ${importReason('$3::uuid', '$4::text')} end`,
  import_id: '$3::uuid',
};

/** One row of import_changes is one record, with what it was before. */
const rememberChanges = (batch: Batch, table: ImportedTable): Promise<number> =>
  batch.connection.write(
    `insert into import_changes (import_id, table_name, record_id, action, version_after, before)
     select $1, $2, r.id, r.action, coalesce(r.version_before, 0) + 1, case when t.id is not null then to_jsonb(t) end
     from ${rowsName(table)} r left join ${table.name} t on t.id = r.id
     where r.action <> 'unchanged'`,
    [batch.importId, table.name],
  );

/**
 * Moves of an item at one moment stand in the order in which they are stored. A log that is newest first tells the last one first: seen by how the
 * rows of its items follow each other.
 */
const inOrder = (table: ImportedTable): string => {
  if (table.type !== 'work_item_transition') return 'r.row_no';
  const row = fileRow(table, 'row_no');
  const newestFirst = `
    select sum(sign(extract(epoch from was - at))) > 0
    from (select max(at) as at, lag(max(at)) over (partition by work_item_id order by ${row}) as was
      from ${rowsName(table)} group by work_item_id, ${row}) steps`;
  return `case when (${newestFirst}) then -${fileRow(table, 'r.row_no')} else ${fileRow(table, 'r.row_no')} end, r.row_no`;
};

const insertNew = async (batch: Batch, table: ImportedTable): Promise<void> => {
  const names = storedNames(table.type);
  const extras = table.type === 'benefit_value' ? VALUE_INSERT : {};
  await batch.connection.query(
    `insert into ${table.name} (id, created_at, updated_at, ${[...names, ...Object.keys(extras)].map(quote).join(', ')})
     select r.id, $2, $2, ${[...names.map((name) => `r.${quote(name)}`), ...Object.values(extras)].join(', ')}
     from ${rowsName(table)} r where r.action = 'created' and $1::text is not null and $3::uuid is not null and ($4::text is null or true) order by ${inOrder(table)}`,
    [batch.principal.email, batch.now, batch.importId, reasonOf()],
  );
};

const changeStored = async (batch: Batch, table: ImportedTable, expected: number): Promise<void> => {
  const names = storedNames(table.type);
  const extras = table.type === 'benefit_value' ? VALUE_UPDATE : {};
  const sets = [
    ...names.map((name) => `${quote(name)} = r.${quote(name)}`),
    ...Object.entries(extras).map(([name, value]) => `${quote(name)} = ${value}`),
  ];
  const changed = await batch.connection.write(
    `update ${table.name} t set version = t.version + 1, updated_at = $2, archived_at = null, ${sets.join(', ')}
     from ${rowsName(table)} r
     where r.id = t.id and r.version_before = t.version and r.action in ('updated', 'restored')
       and $1::text is not null and $3::uuid is not null and ($4::text is null or true)`,
    [batch.principal.email, batch.now, batch.importId, reasonOf()],
  );
  if (changed !== expected)
    throw new Problem(
      409,
      'conflict',
      'Someone changed the same records while the import ran; nothing was stored. Import again.',
    );
};

const countActions = async (batch: Batch, table: ImportedTable): Promise<Record<string, number>> => {
  const rows = await batch.connection.query<{ action: string; count: number }>(
    `select action, count(*) as count from ${rowsName(table)} group by action
     union all
     select 'repeated', count(*) from import_repeats p where table_no = $1
       and not exists (select 1 from import_bad b where b.table_no = p.table_no and b.row_no = p.row_no)`,
    [table.no],
  );
  return Object.fromEntries(rows.map((row) => [row.action, row.count]));
};

const NOTHING = { created: 0, updated: 0, unchanged: 0, skipped: 0 };

/** A table of an import that stored nothing. */
export const untouchedTable = (table: ImportedTable): ImportTable => ({
  table: table.name,
  rows: table.rows,
  ...NOTHING,
  ignoredColumns: [...table.ignoredColumns],
});

/** What an import did with one table, or would do. */
export const countTable = async (batch: Batch, table: ImportedTable): Promise<ImportTable> => {
  const none = untouchedTable(table);
  if (table.broken !== null) return { ...none, ...NOTHING, skipped: table.rows };
  const count = await countActions(batch, table);
  const created = (count['created'] ?? 0) + (count['restored'] ?? 0);
  const updated = count['updated'] ?? 0;
  const unchanged = (count['unchanged'] ?? 0) + (count['repeated'] ?? 0);
  return { ...none, created, updated, unchanged, skipped: table.rows - created - updated - unchanged };
};

/**
 * Writes the rows of one table: remembers what was there, creates, changes and brings back. Call it in order of dependency.
 *
 * @throws Problem 409 where a record changed since it was read; an error of the database where a rule of it is broken
 */
export const storeTable = async (batch: Batch, table: ImportedTable): Promise<void> => {
  const count = await countActions(batch, table);
  const changes = (count['updated'] ?? 0) + (count['restored'] ?? 0);
  if (changes + (count['created'] ?? 0) === 0) return;
  await rememberChanges(batch, table);
  // Shares: those that shrink make room for new ones. Trees: a stored record may move below a new one.
  if (table.type === 'link') {
    if (changes > 0) await changeStored(batch, table, changes);
    await insertNew(batch, table);
    return;
  }
  await insertNew(batch, table);
  if (changes > 0) await changeStored(batch, table, changes);
};
