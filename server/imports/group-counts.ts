import type { ImportProblem } from '../contract/import.js';

const MOST_ROWS = 10;
const MOST_VALUES = 20;

export interface GroupCount {
  table: string;
  column: string | null;
  code: string;
  /** Of the first problem. */
  message: string;
  count: number;
  /** Rows of the file. */
  rowCount: number;
  rows: number[];
  values: Map<string, number>;
}

/** Counts problems by what would mend them: all of them, however many, in little memory. */
export class GroupCounts {
  private readonly groups = new Map<string, GroupCount & { last?: number }>();

  /** @param slots rows of the table that a row of the file may become */
  constructor(private readonly slots: number) {}

  add(problem: Pick<ImportProblem, 'table' | 'row' | 'column' | 'value' | 'code' | 'message'>): void {
    const { table, row, column, value, code, message } = problem;
    const key = `${table}\n${column ?? ''}\n${code}`;
    let group = this.groups.get(key);
    if (!group)
      this.groups.set(
        key,
        (group = { table, column, code, message, count: 0, rowCount: 0, rows: [], values: new Map() }),
      );
    group.count += 1;
    // Rows come in the order of the file.
    const inFile = Math.floor(row / this.slots);
    if (group.last !== inFile) group.rowCount += 1;
    group.last = inFile;
    if (group.rows.length < MOST_ROWS) group.rows.push(row);
    if (value !== null && (group.values.has(value) || group.values.size < MOST_VALUES))
      group.values.set(value, (group.values.get(value) ?? 0) + 1);
  }

  all(): readonly GroupCount[] {
    return [...this.groups.values()];
  }
}
