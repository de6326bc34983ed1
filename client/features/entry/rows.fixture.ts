import type { EntryCell, EntryRow } from '../../../server/contract/entry.js';

/** Rows of the grid for tests. */

export const cell = (month: string, given: Partial<EntryCell> = {}): EntryCell => ({
  month,
  version: null,
  planned: null,
  forecast: null,
  realised: null,
  evidence: null,
  evidenceItems: 0,
  reportedBy: null,
  confirmedBy: null,
  updatedAt: null,
  updatedBy: null,
  rejected: null,
  state: { locked: false, due: false, overdue: false, provisional: false },
  ...given,
});

export const row = (
  code: string,
  cells: EntryCell[],
  given: Partial<EntryRow['benefit']> = {},
  last: EntryRow['last'] = null,
): EntryRow => ({
  benefit: {
    code,
    name: `Measure ${code}`,
    type: 'cost',
    nature: 'cashable',
    owner: null,
    currency: 'EUR',
    unit: null,
    aggregation: 'sum',
    better: 'higher',
    isMoney: true,
    approved: false,
    planFixed: false,
    ...given,
  },
  scaleHint: null,
  last,
  mayWrite: true,
  cells,
});
