import type { ImportReport } from '../../../server/contract/import.js';
import { counted } from '../../../server/contract/format.js';

const WORDS: Record<ImportReport['status'], string> = {
  running: '… Running',
  committed: '● Imported',
  rejected: '▲ Rejected',
  dry_run: '○ Checked only',
  cancelled: '○ Cancelled',
  failed: '▲ Failed',
  reverted: '↺ Reverted',
};

/** How an import ended: a word and a shape. */
export const statusWord = ({ status }: Pick<ImportReport, 'status'>): string => WORDS[status];

const NAMED = 3;

/** The first few by name; the tables below say what all of them held. */
export const filesOf = (names: readonly string[]): string =>
  names.length <= NAMED + 1
    ? names.join(', ')
    : `${names.slice(0, NAMED).join(', ')} and ${counted(names.length - NAMED, 'other file')}`;
