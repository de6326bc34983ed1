import { DECLARATIONS } from '../contract/records.js';

/** `t` went when the example was removed. What an import brought back since is not archived, and counts. */
const wentWithExample = (table: string): string => `t.archived_at is not null and exists (
  select 1 from example e where t.archived_at = e.removed_at or e.removed_at is not null and exists (
    select 1 from import_changes c where c.import_id = e.import_id and c.table_name = '${table}' and c.record_id = t.id))`;

/**
 * Whether the product is empty: no record of any type, archived ones included, and nothing was ever imported. An example that was removed
 * leaves it empty again.
 */
export const IS_EMPTY = `select not (${DECLARATIONS.map(
  ({ table }) => `exists (select 1 from ${table} t where not (${wentWithExample(table)}))`,
).join(' or ')}
  or exists (select 1 from imports i where i.status in ('committed', 'reverted')
       and not exists (select 1 from example e where e.import_id = i.id and e.removed_at is not null))) as empty`;
