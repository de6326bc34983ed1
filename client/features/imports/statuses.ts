import type { ImportReport } from '../../../server/contract/import.js';

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
