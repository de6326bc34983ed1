import type { Batch } from './batch.js';
import { fileRow, rowsName, stagedName, type ImportedTable } from './import-tables.js';

/**
 * Leaves an item its beginning where a log that is imported later holds only a part of its history: there the earliest row says from which stage the
 * item went on, and not where it began. A row is such a part where a move of the item is stored from before the row's own.
 */
export const keepBeginnings = async (batch: Batch, table: ImportedTable): Promise<void> => {
  const { beginnings = [], slots = 1 } = table.source;
  if (table.type !== 'work_item_transition' || beginnings.length === 0) return;
  await batch.connection.query(
    `update ${rowsName(table)} r set action = 'unchanged'
     from ${stagedName(table)} own
     where r.action in ('created', 'restored') and r.row_no % ${slots} = any ($1::integer[])
       and ${fileRow(table, 'own.row_no')} = ${fileRow(table, 'r.row_no')} and own.row_no % ${slots} <> all ($1::integer[])
       and exists (select from work_item_transitions t
         where t.work_item_id = r.work_item_id and t.archived_at is null and t.at < coalesce(own.at, 'infinity'))`,
    [beginnings],
  );
};
