import type { MappingTarget, SourceColumn } from '../../contract/mapping.js';
import { cellText, type Cell, type Row } from '../reading/table.js';
import { findColumn } from './fit.js';
import { instantReadings } from './foreign-dates.js';

/** A cell as text that sorts by time, all of one column in one way. Null where it is no moment. */
export const sortable = (cell: Cell, order: 'dmy' | 'mdy'): string | null => {
  const text = cellText(cell).trim();
  if (typeof cell !== 'string' && cell.kind !== 'date') return null;
  return instantReadings(text.replace(/\s?(Z|[+-]\d\d:?\d\d)$/i, ''))[order];
};

/** Whether rows stand there oldest first or newest first, by how those of one item follow each other. */
export class RowOrder {
  private readonly last = new Map<string, string>();
  private descents = 0;

  /** @param when as `sortable` gives it */
  see(item: string, when: string): void {
    const before = this.last.get(item);
    if (before !== undefined && before !== when) this.descents += when < before ? 1 : -1;
    this.last.set(item, when);
  }

  get isNewestFirst(): boolean {
    return this.descents > 0;
  }
}

interface Picked {
  when: string;
  /** Of the rows at that moment the one that stands first, and the one that stands last. */
  first: number;
  last: number;
}

interface Asked {
  target: MappingTarget;
  wantsLatest: boolean;
  of: number;
  by: number;
  dateOrder: 'dmy' | 'mdy';
  order: RowOrder;
  found: Map<string, Picked>;
}

const asked = (target: MappingTarget, columns: readonly SourceColumn[]): Asked[] => {
  const pick = target.firstOf ?? target.lastOf;
  if (pick === null) return [];
  const by = columns[findColumn(pick.by, columns)!]!;
  const stated = target.fields.find(({ column }) => column?.index === by.index)?.format.dateOrder;
  return [
    {
      target,
      wantsLatest: target.firstOf === null,
      of: findColumn(pick.column, columns)!,
      by: by.index,
      dateOrder: stated ?? by.format.dateOrder ?? 'dmy',
      order: new RowOrder(),
      found: new Map(),
    },
  ];
};

const see = (one: Asked, row: Row): void => {
  const item = cellText(row.cells[one.of] ?? '').trim();
  const moment = sortable(row.cells[one.by] ?? '', one.dateOrder);
  if (moment !== null) one.order.see(item, moment);
  const when = moment ?? (one.wantsLatest ? '' : '9');
  const before = one.found.get(item);
  if (before?.when === when) before.last = row.rowNumber;
  else if (before === undefined || (one.wantsLatest ? when > before.when : when < before.when))
    one.found.set(item, { when, first: row.rowNumber, last: row.rowNumber });
};

/**
 * By target with `firstOf` or `lastOf`: the numbers of the rows that are the earliest, or the latest, of their like. The file is read once for all
 * of them; rows at the same moment happened in the order in which they stand there, or in the other order where the file is newest first.
 */
export const pickedRows = async (
  targets: readonly MappingTarget[],
  columns: readonly SourceColumn[],
  rows: () => AsyncIterable<Row[]>,
  fits: (target: MappingTarget, row: Row) => boolean,
): Promise<ReadonlyMap<MappingTarget, ReadonlySet<number>>> => {
  const all = targets.flatMap((target) => asked(target, columns));
  if (all.length > 0)
    for await (const batch of rows())
      for (const row of batch) for (const one of all) if (fits(one.target, row)) see(one, row);
  return new Map(
    all.map(({ target, wantsLatest, order, found }) => {
      const takesLast = wantsLatest !== order.isNewestFirst;
      return [target, new Set([...found.values()].map(({ first, last }) => (takesLast ? last : first)))];
    }),
  );
};
