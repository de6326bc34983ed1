import type { DataSource } from 'typeorm';
import { isPermitted } from '../../../access/policy.js';
import type { Principal } from '../../../access/principal.js';
import type { SourceColumn, SourceSheet } from '../../../contract/mapping.js';
import { named } from '../../../database/named.js';
import type { ForeignSheet } from '../foreign-sheet.js';
import type { KnownCodes } from '../suggest-content.js';
import { scanChangeLog, type NoLog } from './scan.js';
import { suggestLog, type KnownStage } from './suggest-log.js';

type Log = ReturnType<typeof suggestLog>;

/**
 * A sheet as a work log of Jira or ServiceNow; null where it is none.
 * @param known records that cells of the sheet name
 * @throws UnreadableFile
 */
export const changeLogOf = async (
  source: DataSource,
  principal: Principal,
  sheet: ForeignSheet,
  columns: readonly SourceColumn[],
  known: KnownCodes,
): Promise<Log | NoLog | null> => {
  const scanned = await scanChangeLog(sheet, columns);
  if (scanned === null || 'refused' in scanned) return scanned;
  const stages = await named<KnownStage>(
    source,
    'stages for a work log',
    'select code, name, position, kind from stages where archived_at is null order by position nulls last, code',
  );
  return suggestLog(scanned, stages, known, isPermitted(principal, 'records.write:stage'));
};

/** What is suggested for a sheet: as a log in the place of what its columns alone would suggest, where it is one. */
export const withLog = (
  log: Log | NoLog | null,
  suggested: Pick<SourceSheet, 'tables' | 'suggestion'>,
  { sheet, headerRow }: ForeignSheet,
): Pick<SourceSheet, 'tables' | 'suggestion' | 'changeLog' | 'noChangeLog'> => {
  if (log === null || 'refused' in log) return { ...suggested, changeLog: null, noChangeLog: log?.refused ?? null };
  const { changeLog, targets } = log;
  return {
    changeLog,
    noChangeLog: null,
    tables: [
      { table: 'work_item_transitions', confidence: 'certain', why: changeLog.name },
      ...suggested.tables.filter(({ table }) => table !== 'work_item_transitions'),
    ],
    suggestion: { mapping: { sheet, headerRow, targets }, columns: [] },
  };
};
