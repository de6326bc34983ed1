import { ENTERPRISE } from '../audit/write.js';
import { DECLARATIONS } from '../contract/records.js';
import { dataVersionScope } from '../access/scope.js';
import type { LongConnection } from './connection.js';

/**
 * The data versions that an import moves on: the enterprise's, and those of all portfolios that its records lie in or lay in before.
 * None where it changed nothing.
 */
export const touchedScopes = async (connection: LongConnection, importId: string): Promise<string[]> => {
  const changed = await connection.query<{ table_name: string }>(
    'select distinct table_name from import_changes where import_id = $1',
    [importId],
  );
  if (changed.length === 0) return [];
  // One row is one scope; costs and values lie in the portfolio of what they belong to.
  const after = DECLARATIONS.filter((declaration) => changed.some((row) => row.table_name === declaration.table)).map(
    ({ type, table }) =>
      `select ${dataVersionScope(type)} as scope from import_changes c join ${table} t on t.id = c.record_id
       where c.import_id = $1 and c.table_name = '${table}'`,
  );
  const rows = await connection.query<{ scope: string }>(
    `select before ->> 'portfolio_id' as scope from import_changes where import_id = $1 and before ->> 'portfolio_id' is not null
     union select record_id::text from import_changes where import_id = $1 and table_name = 'portfolios'
     ${after.map((select) => `union ${select}`).join(' ')}`,
    [importId],
  );
  return [...new Set([ENTERPRISE, ...rows.map((row) => row.scope)])];
};

/** One fingerprint over everything that the import changed, for the audit chain: hex SHA-256 over the hashes of its changes in order. */
export const changesDigest = async (connection: LongConnection, importId: string): Promise<string> => {
  const rows = await connection.query<{ digest: string }>(
    `select encode(sha256(convert_to(coalesce(string_agg(
        encode(sha256(convert_to(concat_ws('|', table_name, record_id, action, version_after, before), 'UTF8')), 'hex'),
        '' order by table_name, record_id), ''), 'UTF8')), 'hex') as digest
     from import_changes where import_id = $1`,
    [importId],
  );
  return rows[0]!.digest;
};
