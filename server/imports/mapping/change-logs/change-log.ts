import type { DataSource } from 'typeorm';
import { isPermitted } from '../../../access/policy.js';
import type { Principal } from '../../../access/principal.js';
import type { SourceColumn, SourceSheet } from '../../../contract/mapping.js';
import { named } from '../../../database/named.js';
import type { ForeignSheet } from '../foreign-sheet.js';
import { scanChangeLog } from './scan.js';
import { suggestLog, type KnownStage } from './suggest-log.js';

type Log = ReturnType<typeof suggestLog>;

/**
 * A sheet as a work log of Jira or ServiceNow; null where it is none.
 * @throws UnreadableFile
 */
export const changeLogOf = async (
  source: DataSource,
  principal: Principal,
  sheet: ForeignSheet,
  columns: readonly SourceColumn[],
): Promise<Log | null> => {
  const scanned = await scanChangeLog(sheet, columns);
  if (scanned === null) return null;
  const stages = await named<KnownStage>(
    source,
    'stages for a work log',
    'select code, name, position, kind from stages where archived_at is null order by position nulls last, code',
  );
  return suggestLog(scanned, stages, isPermitted(principal, 'records.write:stage'));
};

/** What is suggested for such a sheet, in the place of what its columns alone would suggest. */
export const asLog = (
  { changeLog, targets }: Log,
  suggested: Pick<SourceSheet, 'tables'>,
  { sheet, headerRow }: ForeignSheet,
): Pick<SourceSheet, 'tables' | 'suggestion' | 'changeLog'> => ({
  changeLog,
  tables: [
    { table: 'work_item_transitions', confidence: 'certain', why: changeLog.name },
    ...suggested.tables.filter(({ table }) => table !== 'work_item_transitions'),
  ],
  suggestion: { mapping: { sheet, headerRow, targets }, columns: [] },
});
