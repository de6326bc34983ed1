import type { SourceColumn } from '../../../contract/mapping.js';
import { cellText, type Row } from '../../reading/table.js';
import type { ForeignSheet } from '../foreign-sheet.js';
import { isAboutStage, recognise, type Recognised } from './layouts.js';

/** More different statuses are no work flow, but a column that holds something else. */
export const MOST_STATUSES = 200;

export interface Scanned extends Recognised {
  /** Of the field column: the values that say that a row is about the stage. */
  fields: readonly string[];
  /** Statuses as they stand there, most frequent first; each with its number of rows. */
  statuses: readonly { value: string; count: number }[];
  /** Kinds of work as they stand there. */
  types: readonly string[];
  /** Items of the log. */
  items: number;
}

const at = (row: Row, column: SourceColumn | undefined): string =>
  column === undefined ? '' : cellText(row.cells[column.index] ?? '').trim();

const columnsWorthIt = (columns: readonly SourceColumn[]): boolean =>
  [true, false].some((repeats) => recognise(columns, () => repeats) !== null);

/** Whether an item stands in more than one row: seen in the first rows, or anywhere. */
const itemRepeats = async (sheet: ForeignSheet, column: SourceColumn): Promise<boolean> => {
  if (column.values !== null) return column.values.some(({ count }) => count > 1);
  const seen = new Set<string>();
  for await (const rows of sheet.rows())
    for (const row of rows) {
      const item = at(row, column);
      if (item !== '' && seen.has(item)) return true;
      seen.add(item);
    }
  return false;
};

/**
 * What a sheet says if it is a work log of Jira or ServiceNow: its layout, statuses and kinds of work. Null where it is none.
 * @throws UnreadableFile
 */
export const scanChangeLog = async (sheet: ForeignSheet, columns: readonly SourceColumn[]): Promise<Scanned | null> => {
  if (!columnsWorthIt(columns)) return null;
  const asOnce = recognise(columns, () => false);
  const asMany = recognise(columns, () => true);
  const isOpen = asOnce?.layout !== asMany?.layout;
  const item = (asMany ?? asOnce)!.item;
  const found = isOpen && !(await itemRepeats(sheet, item)) ? asOnce : asMany;
  if (found === null) return null;
  const statuses = new Map<string, number>();
  const fields = new Set<string>();
  const types = new Set<string>();
  const items = new Set<string>();
  for await (const rows of sheet.rows())
    for (const row of rows) {
      const field = at(row, found.field);
      if (found.field !== undefined && !isAboutStage(field)) continue;
      if (found.field !== undefined) fields.add(field);
      items.add(at(row, found.item));
      if (types.size < MOST_STATUSES && found.type !== undefined) types.add(at(row, found.type));
      for (const column of [found.entered, found.left]) {
        const status = at(row, column);
        if (status === '') continue;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (statuses.size > MOST_STATUSES) return null;
      }
    }
  if (statuses.size === 0 || fields.size > MOST_STATUSES) return null;
  const ordered = [...statuses].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  types.delete('');
  return { ...found, fields: [...fields], statuses: ordered, types: [...types], items: items.size };
};
