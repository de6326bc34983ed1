import type { MappingTarget, SourceColumn } from '../../contract/mapping.js';
import { cellText, type Cell, type Row } from '../reading/table.js';
import { findColumn } from './fit.js';
import { instantReadings } from './foreign-dates.js';

/** A cell as text that sorts by time, all of one column in one way. Null where it is no moment. */
const sortable = (cell: Cell, order: 'dmy' | 'mdy'): string | null => {
  const text = cellText(cell).trim();
  if (typeof cell !== 'string' && cell.kind !== 'date') return null;
  return instantReadings(text.replace(/\s?(Z|[+-]\d\d:?\d\d)$/i, ''))[order];
};

/**
 * By target with `firstOf`: the numbers of the rows that are the earliest of their like. The file is read once for all of them; of rows
 * at the same moment the one that stands first counts.
 */
export const earliestRows = async (
  targets: readonly MappingTarget[],
  columns: readonly SourceColumn[],
  rows: () => AsyncIterable<Row[]>,
  fits: (target: MappingTarget, row: Row) => boolean,
): Promise<ReadonlyMap<MappingTarget, ReadonlySet<number>>> => {
  const asked = targets.flatMap((target) => {
    if (target.firstOf === null) return [];
    const by = columns[findColumn(target.firstOf.by, columns)!]!;
    const stated = target.fields.find(({ column }) => column?.index === by.index)?.format.dateOrder;
    const order = stated ?? by.format.dateOrder ?? 'dmy';
    const found = new Map<string, { when: string; row: number }>();
    return [{ target, of: findColumn(target.firstOf.column, columns)!, by: by.index, order, found }];
  });
  if (asked.length > 0)
    for await (const batch of rows())
      for (const row of batch)
        for (const { target, of, by, order, found } of asked) {
          if (!fits(target, row)) continue;
          const key = cellText(row.cells[of] ?? '').trim();
          const when = sortable(row.cells[by] ?? '', order) ?? '9';
          const before = found.get(key);
          if (before === undefined || when < before.when) found.set(key, { when, row: row.rowNumber });
        }
  return new Map(asked.map(({ target, found }) => [target, new Set([...found.values()].map(({ row }) => row))]));
};
