import type { DataSource } from 'typeorm';
import type { RecordType } from '../../contract/columns.js';
import type { SourceColumn } from '../../contract/mapping.js';
import { named } from '../../database/named.js';
import { isReferred } from '../import-tables.js';
import { mappedTables } from './check-mapping.js';
import { cellsOf, type KnownCodes } from './suggest-content.js';

/** More is not looked up: a sheet of hundreds of columns of text. */
const MOST_LOOKED_UP = 5_000;

const CODED = mappedTables().filter(({ type }) => isReferred(type));

const TEXT = CODED.map(
  ({ type, table, columns }) =>
    `select '${type}' as type, code, ${'name' in columns ? 'name' : 'null::text as name'} from ${table}
     where archived_at is null and (lower(code) = any ($1)${'name' in columns ? ' or lower(name) = any ($1)' : ''})`,
).join(' union all ');

/** Records that cells of these columns name. All who may import may read all of them. */
export const knownCodes = async (source: DataSource, columns: readonly SourceColumn[]): Promise<KnownCodes> => {
  const asked = new Set<string>();
  for (const column of columns) {
    if (column.kind === 'date' || column.kind === 'empty' || asked.size > MOST_LOOKED_UP) continue;
    for (const cell of cellsOf(column)) if (cell.length <= 300) asked.add(cell.toLowerCase());
  }
  const rows = await named<{ type: RecordType; code: string; name: string | null }>(
    source,
    'records named in a foreign sheet',
    `${TEXT} limit 20000`,
    [[...asked]],
  );
  const found = new Map<string, { type: RecordType; code: string; by: 'code' | 'name' }[]>();
  const add = (key: string, record: { type: RecordType; code: string; by: 'code' | 'name' }): void => {
    if (asked.has(key)) found.set(key, [...(found.get(key) ?? []), record]);
  };
  for (const { type, code, name } of rows) {
    add(code.toLowerCase(), { type, code, by: 'code' });
    if (name !== null) add(name.toLowerCase(), { type, code, by: 'name' });
  }
  return found;
};
