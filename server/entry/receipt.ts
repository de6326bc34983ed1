import type { WrittenValue } from '../benefits/value-writing.service.js';
import { ENTRY_FIELDS, type EntryField, type EntryReceipt, type EntrySummary } from '../contract/entry.js';
import { sameAmount } from '../core/money.js';
import type { EntryHead, KeptMonth, StoredEntry } from './entries.queries.js';

/** A changed month as its entry keeps it. */
export const keptOf = (row: WrittenValue): KeptMonth => ({
  valueId: row.id,
  benefitId: row.benefitId,
  benefit: row.code,
  month: row.month,
  before: row.before && {
    planned: row.before.planned,
    forecast: row.before.forecast,
    realised: row.before.realised,
    evidence: row.before.evidence,
    reportedBy: row.before.reportedBy,
    firstPlannedAt: row.before.firstPlannedAt,
  },
  after: row.after,
  version: row.version,
  locked: row.locked,
});

const fieldsOf = ({ before, after }: KeptMonth): EntryField[] =>
  ENTRY_FIELDS.filter((field) =>
    field === 'evidence'
      ? (before?.evidence ?? null) !== after.evidence
      : !sameAmount(before?.[field] ?? null, after[field]),
  );

/** What an entry changed, value by value. */
export const itemsOf = (months: readonly KeptMonth[]): EntryReceipt['items'] =>
  months.flatMap((row) =>
    fieldsOf(row).map((field) => ({
      benefit: row.benefit,
      month: row.month,
      field,
      before: row.before?.[field] ?? null,
      after: row.after[field],
      version: row.version,
    })),
  );

/** Month by month what the changed fields were, or became: for the audit. */
export const changedFields = (months: readonly KeptMonth[], side: 'before' | 'after'): Record<string, unknown>[] =>
  months.map((row) => ({
    benefit: row.benefit,
    month: row.month,
    ...Object.fromEntries(fieldsOf(row).map((field) => [field, row[side]?.[field] ?? null])),
  }));

export const summaryOf = (entry: EntryHead, canUndo: boolean): EntrySummary => ({
  id: entry.id,
  savedAt: entry.savedAt,
  by: entry.by,
  reason: entry.reason,
  cells: entry.cells,
  benefits: entry.benefits,
  canUndo,
  undoneAt: entry.undoneAt,
  undoneBy: entry.undoneBy,
});

export const receiptOf = (entry: StoredEntry, canUndo: boolean): EntryReceipt => ({
  ...summaryOf(entry, canUndo),
  items: itemsOf(entry.months),
});
