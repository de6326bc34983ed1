import { DECLARATIONS, type Declaration } from '../contract/records.js';
import type { ProblemError } from '../http/problem.js';
import { reasonOf } from '../http/request-context.js';
import { refersTo } from '../records/references.js';
import type { LongConnection } from './connection.js';
import { recordName } from './record-names.js';
import { IS_AS_LEFT, MENDED, unstorable } from './revert-mended.js';
import { isOfKey, STAYS_EMPTY, VALUE_SETS, VALUES_OF_FIXED_PLANS } from './revert-values.js';
import { archivedSince, circles, sharesOverWhole } from './revert-state.js';
import { storedNames } from './resolve.js';
import { partlyTold } from './revert-surveys.js';
import { quote } from './staging.js';

/** What is listed of what stands in the way; more than a person reads. */
const MOST_OBSTACLES = 1_000;

/** Types whose records an import changed, in order of dependency. */
export const changedTypes = async (connection: LongConnection, importId: string): Promise<Declaration[]> => {
  const rows = await connection.query<{ table_name: string }>(
    'select distinct table_name from import_changes where import_id = $1',
    [importId],
  );
  return DECLARATIONS.filter((declaration) => rows.some((row) => row.table_name === declaration.table));
};

/** Records that were changed after the import. */
const changedSince = async (
  connection: LongConnection,
  importId: string,
  declaration: Declaration,
): Promise<ProblemError[]> => {
  const rows = await connection.query<{ name: string }>(
    `select ${recordName(declaration)} as name from import_changes c join ${declaration.table} t on t.id = c.record_id
     where c.import_id = $1 and c.table_name = $2 and not ${IS_AS_LEFT} order by 1 limit ${MOST_OBSTACLES}`,
    [importId, declaration.table],
  );
  return rows.map(({ name }) => ({
    pointer: `${declaration.type}:${name}`,
    code: 'changed_since',
    message: `${declaration.label} ${name} was changed after the import. Undo that change first, or keep the import.`,
  }));
};

/** Live records from outside the import that refer to one that it created or brought back. */
const referredTo = async (
  connection: LongConnection,
  importId: string,
  declaration: Declaration,
): Promise<ProblemError[]> => {
  const found: ProblemError[] = [];
  for (const other of DECLARATIONS) {
    const conditions = refersTo(other, declaration.type, { id: 'c.record_id', code: 'o.code' });
    for (const condition of conditions) {
      const rows = await connection.query<{ name: string; code: string }>(
        `select ${recordName(other)} as name, o.code from import_changes c join ${declaration.table} o on o.id = c.record_id
           join ${other.table} t on ${condition}
         where c.import_id = $1 and c.table_name = $2 and c.action <> 'updated' and t.archived_at is null
           and not exists (select 1 from import_changes m where m.import_id = $1 and m.table_name = '${other.table}' and m.record_id = t.id)
         order by 1 limit ${MOST_OBSTACLES}`,
        [importId, declaration.table],
      );
      for (const { name, code } of rows)
        found.push({
          pointer: `${other.type}:${name}`,
          code: 'referred_to',
          message: `${other.label} ${name} refers to ${declaration.label.toLowerCase()} ${code}, which the import created. Archive it first, or keep the import.`,
        });
    }
  }
  return found;
};

/** Everything that has built on the import since. */
export const obstacles = async (connection: LongConnection, importId: string): Promise<ProblemError[]> => {
  const found: ProblemError[] = [];
  for (const declaration of await changedTypes(connection, importId)) {
    found.push(...(await changedSince(connection, importId, declaration)));
    if (declaration.key[0] === 'code') found.push(...(await referredTo(connection, importId, declaration)));
    found.push(...(await archivedSince(connection, importId, declaration, MOST_OBSTACLES)));
    if (declaration.type === 'link') found.push(...(await sharesOverWhole(connection, importId, MOST_OBSTACLES)));
    found.push(...(await circles(connection, importId, declaration, MOST_OBSTACLES)));
    found.push(...(await unstorable(connection, importId, declaration, MOST_OBSTACLES)));
    if (declaration.type === 'survey_response') found.push(...(await partlyTold(connection, importId, MOST_OBSTACLES)));
    if (found.length >= MOST_OBSTACLES) break;
  }
  return found.slice(0, MOST_OBSTACLES);
};

/**
 * Undoes the changes of an import to one type: what it created or brought back is archived, what it changed becomes what it was, as a new
 * version; a month of a plan that was fixed since stays, emptied. One statement, so that rules about sums see only the end.
 *
 * @returns how many records were changed
 */
export const undoType = (
  connection: LongConnection,
  declaration: Declaration,
  undo: { importId: string; now: string; by: string },
): Promise<number> => {
  const isValue = declaration.type === 'benefit_value';
  const mended = MENDED[declaration.type] ?? {};
  const emptied = (empties: boolean): string => (isValue && empties ? `when ${STAYS_EMPTY} then null ` : '');
  const columns = storedNames(declaration.type).map(
    (name) =>
      `${quote(name)} = case ${emptied(!isOfKey(name))}when c.action = 'created' then t.${quote(name)} else ${mended[name] ?? `p.${quote(name)}`} end`,
  );
  const extras = isValue ? Object.entries(VALUE_SETS).map(([name, value]) => `${quote(name)} = ${value}`) : [];
  return connection.write(
    `update ${declaration.table} t set version = t.version + 1, updated_at = $2::timestamptz,
       archived_at = case ${emptied(true)}when c.action = 'created' then $2::timestamptz else p.archived_at end, ${[...columns, ...extras].join(', ')}
     from import_changes c left join lateral jsonb_populate_record(null::${declaration.table}, c.before) p on true
       ${isValue ? VALUES_OF_FIXED_PLANS : ''}
     where c.import_id = $1::uuid and c.table_name = '${declaration.table}' and t.id = c.record_id and ${IS_AS_LEFT}
       and $3::text is not null and ($4::text is null or true)`,
    [undo.importId, undo.now, undo.by, reasonOf()],
  );
};
