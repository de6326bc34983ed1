import type { SourceColumn } from '../../../contract/mapping.js';
import { cellText, type Row } from '../../reading/table.js';
import type { ForeignSheet } from '../foreign-sheet.js';
import { RowOrder, sortable } from '../picked-rows.js';
import { fieldsAboutStage, isAboutStage, recognise, type Recognised } from './layouts.js';
import { Flows } from './stage-places.js';

/** More different statuses are no work flow, but a column that holds something else. */
export const MOST_STATUSES = 200;

export interface Scanned extends Recognised {
  /** Of the field column: the values that say that a row is about the stage. */
  fields: readonly string[];
  /** Others that have a stage or a state in their name, of something else. */
  otherFields: readonly string[];
  /** Statuses as they stand there, most frequent first; each with its number of rows. */
  statuses: readonly { value: string; count: number }[];
  /** How often items went from one to another. */
  flows: Flows;
  /** Kinds of work as they stand there. */
  types: readonly string[];
  /** Items of the log. */
  items: number;
}

/** A sheet with the columns of a work log that is none after all, and why. */
export interface NoLog {
  refused: string;
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

/** What the rows about one field say. */
class FieldLog {
  readonly statuses = new Map<string, number>();
  readonly items = new Set<string>();
  readonly types = new Set<string>();
  private readonly stated = new Flows();
  private readonly followed = new Flows();
  private readonly order = new RowOrder();
  private readonly standing = new Map<string, string>();
  private readonly dateOrder: 'dmy' | 'mdy';

  constructor(private readonly log: Recognised) {
    this.dateOrder = log.at.format.dateOrder ?? 'dmy';
  }

  see(row: Row): void {
    const { item, at: when, entered, left, type } = this.log;
    const code = at(row, item);
    this.items.add(code);
    if (this.types.size < MOST_STATUSES && type !== undefined) this.types.add(at(row, type));
    for (const column of [entered, left]) {
      const status = at(row, column);
      if (status !== '' && this.statuses.size <= MOST_STATUSES)
        this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    }
    const [from, to] = [at(row, left), at(row, entered)];
    const moment = sortable(row.cells[when.index] ?? '', this.dateOrder);
    if (moment !== null) this.order.see(code, moment);
    if (left !== undefined && from !== '' && to !== '') this.stated.add(from, to);
    const before = this.standing.get(code);
    if (left === undefined && before !== undefined && before !== to) this.followed.add(before, to);
    this.standing.set(code, to);
  }

  get flows(): Flows {
    if (this.log.left !== undefined) return this.stated;
    return this.order.isNewestFirst ? this.followed.reversed() : this.followed;
  }
}

/**
 * What a sheet says if it is a work log of Jira or ServiceNow: its layout, statuses and kinds of work. Null where it is none.
 * @throws UnreadableFile
 */
export const scanChangeLog = async (
  sheet: ForeignSheet,
  columns: readonly SourceColumn[],
): Promise<Scanned | NoLog | null> => {
  if (!columnsWorthIt(columns)) return null;
  const asOnce = recognise(columns, () => false);
  const asMany = recognise(columns, () => true);
  const isOpen = asOnce?.layout !== asMany?.layout;
  const item = (asMany ?? asOnce)!.item;
  const found = isOpen && !(await itemRepeats(sheet, item)) ? asOnce : asMany;
  if (found === null) return null;
  const logs = new Map<string, FieldLog>();
  for await (const rows of sheet.rows())
    for (const row of rows) {
      const field = at(row, found.field);
      if (found.field !== undefined && !isAboutStage(field)) continue;
      const log = logs.get(field) ?? new FieldLog(found);
      logs.set(field, log);
      if (logs.size > MOST_STATUSES) return null;
      log.see(row);
    }
  return settled(found, logs);
};

const settled = (found: Recognised, logs: ReadonlyMap<string, FieldLog>): Scanned | NoLog | null => {
  const fields = fieldsAboutStage([...logs].map(([field, { statuses }]) => ({ field, rows: total(statuses) })));
  const meant = fields.flatMap((field) => logs.get(field)!);
  const statuses = new Map<string, number>();
  const flows = new Flows();
  for (const log of meant) {
    for (const [status, count] of log.statuses) statuses.set(status, (statuses.get(status) ?? 0) + count);
    log.flows.each((from, to, times) => flows.add(from, to, times));
  }
  if (statuses.size === 0) return null;
  if (statuses.size > MOST_STATUSES)
    return {
      refused: `This looks like a work log, but “${found.entered.header}” holds more than ${MOST_STATUSES} different statuses. If that is the column of the status, export fewer projects at once; else match the columns below.`,
    };
  const types = new Set(meant.flatMap((log) => [...log.types]));
  types.delete('');
  return {
    ...found,
    fields: found.field === undefined ? [] : fields,
    otherFields: [...logs.keys()].filter((field) => !fields.includes(field)),
    statuses: [...statuses].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count),
    flows,
    types: [...types],
    items: new Set(meant.flatMap((log) => [...log.items])).size,
  };
};

const total = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, one) => sum + one, 0);
