import type { ColumnKind } from '../contract/columns.js';
import type { ImportPreview, ImportProblem, ProblemGroup } from '../contract/import.js';
import { RECORDS } from '../contract/records.js';
import type { Batch } from './batch.js';
import type { GroupCount } from './group-counts.js';
import type { ImportedTable } from './import-tables.js';
import { countFileRows, firstDiffs, foundGroups, totalsTouched } from './preview.queries.js';
import type { Foreign } from './reading/source.js';
import { cellText } from './reading/table.js';

const MOST_DIFFS = 20;
const MOST_ROWS = 10;
const MOST_VALUES = 20;

const slotsOf = (table: ImportedTable): number => table.source.slots ?? 1;

/** Number of the row in its file. What is said of a table as a whole stands in row 1. */
const rowInFile = (table: ImportedTable, row: number): number =>
  row < 2 * slotsOf(table) ? row : Math.floor(row / slotsOf(table));

type Repair = ProblemGroup['repair'];

/** What a kind of problem is called, and what a person can do about it. */
const KINDS: readonly [RegExp, Repair, string][] = [
  [/^reference\.type$/, 'rewrite', 'This is no type of record'],
  [/^reference\.ambiguous$/, 'rewrite', 'Two types of record have this code'],
  [/^reference\.not_live$/, 'other', 'This refers to a row that is left out, or to an archived record'],
  [/^word\./, 'choose', 'This is none of the words of the column'],
  [/^yes_no\./, 'rewrite', 'This is neither yes nor no'],
  [/^required$/, 'fill', 'This is blank and must be filled'],
  [/^key\.twice$/, 'remove', 'Two rows say different things of the same record'],
  [/^order\./, 'rewrite', 'This ends before it starts'],
  [/^number\.ambiguous$|^number\.style$/, 'rewrite', 'The decimal sign of this number is not clear'],
  [/^number\.scale$/, 'rewrite', 'This number has too many decimals'],
  [/^number\.range$/, 'rewrite', 'This number is out of range'],
  [/^number\.currency$/, 'rewrite', 'A currency sign stands in a number'],
  [/^number\./, 'rewrite', 'This is not a number'],
  [/^month\./, 'rewrite', 'This is not a month'],
  [/^(date|instant)\./, 'rewrite', 'This is not a date'],
  [/^period\./, 'rewrite', 'This is not a quarter'],
  [/^email\./, 'rewrite', 'This is not an e-mail address'],
  [/^currency\./, 'rewrite', 'This is not a currency code'],
  [/^code\./, 'rewrite', 'This cannot be a code'],
  [/^text\./, 'rewrite', 'This text cannot be stored as it is'],
  [/^not_permitted$/, 'other', 'Your role does not permit writing this record'],
  [/^share\./, 'rewrite', 'The shares add up to more than 100 %'],
  [/^row\.too_long$|^csv\./, 'rewrite', 'The cells of this row cannot be told apart'],
];

const unknownCode = (kind: ColumnKind | undefined): string => {
  if (kind?.kind !== 'ref' && kind?.kind !== 'refs') return 'There is no record with this code';
  const label = RECORDS[kind.to].label.toLowerCase();
  return `There is no ${label} with this code`;
};

const groupOf = (group: GroupCount, tables: readonly ImportedTable[], foreign: Foreign | undefined): ProblemGroup => {
  const { table: name, column, code, count, rowCount, rows } = group;
  const table = tables.find((candidate) => candidate.name === name);
  const found = KINDS.find(([pattern]) => pattern.test(code));
  const kind = table?.columns.find((candidate) => candidate.name === column)?.stored.kind;
  const asThere = (value: string): string =>
    foreign && column !== null ? foreign.foreignValue(name, column, value) : value;
  return {
    table: name,
    column,
    code,
    repair: code === 'reference.unknown' ? 'choose' : (found?.[1] ?? 'other'),
    title: code === 'reference.unknown' ? unknownCode(kind) : (found?.[2] ?? group.message),
    count,
    rowCount,
    rows: [...new Set(rows)].sort((a, b) => a - b).slice(0, MOST_ROWS),
    values: [...group.values]
      .map(([value, times]) => ({ value: asThere(value), count: times }))
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST_VALUES),
  };
};

/** What was found while reading and what checks found, as one list: the largest group first. */
const groupsOf = async (
  batch: Batch,
  tables: readonly ImportedTable[],
  foreign: Foreign | undefined,
): Promise<ProblemGroup[]> => {
  const groups = new Map<string, GroupCount>();
  const read = tables.flatMap((table) =>
    table.problems.groups.all().map((group) => ({ ...group, rows: group.rows.map((row) => rowInFile(table, row)) })),
  );
  for (const group of [...read, ...(await foundGroups(batch))]) {
    const key = `${group.table}\n${group.column ?? ''}\n${group.code}`;
    const before = groups.get(key);
    if (!before) groups.set(key, { ...group, values: new Map(group.values) });
    else {
      before.count += group.count;
      before.rowCount += group.rowCount;
      before.rows.push(...group.rows);
      for (const [value, count] of group.values) before.values.set(value, (before.values.get(value) ?? 0) + count);
    }
  }
  return [...groups.values()].map((group) => groupOf(group, tables, foreign)).sort((a, b) => b.count - a.count);
};

/**
 * What an import does, for a person to say yes to.
 * @param isWritten whether its records are written in the open transaction; else it changes nothing
 */
export const previewOf = async (
  batch: Batch,
  isWritten: boolean,
  foreign: Foreign | undefined,
): Promise<ImportPreview> => {
  const { tables } = batch;
  const staged = await countFileRows(batch, foreign !== undefined);
  // Rows that could not be staged at all, a file once.
  const lost = new Set(
    tables.flatMap((table) =>
      [...table.problems.unstaged].map((row) => `${foreign ? '' : table.name} ${rowInFile(table, row)}`),
    ),
  ).size;
  const broken = tables.reduce((sum, table) => sum + (table.broken === null ? 0 : table.rows), 0);
  const bad = staged.bad + lost + broken;
  const total = staged.total + lost + broken;
  return {
    rows: { total, ok: total - bad, bad },
    groups: await groupsOf(batch, tables, foreign),
    totals: isWritten ? await totalsTouched(batch) : [],
    diffs: isWritten ? await firstDiffs(batch, MOST_DIFFS) : [],
  };
};

/** Problems as they stand in the foreign file: its rows, its columns, its cells. */
export const inForeignFile = async (
  problems: readonly ImportProblem[],
  tables: readonly ImportedTable[],
  foreign: Foreign,
): Promise<ImportProblem[]> => {
  const placed = problems.map((problem) => {
    const table = tables.find((candidate) => candidate.name === problem.table);
    if (!table || problem.row < 2 * slotsOf(table)) return { problem, column: null };
    const column = problem.column === null ? null : foreign.columnOf(table.name, problem.row, problem.column);
    return { problem: { ...problem, row: rowInFile(table, problem.row) }, column };
  });
  const wanted = new Set(placed.flatMap(({ problem, column }) => (column === null ? [] : [problem.row])));
  const cells = new Map<number, readonly string[]>();
  if (wanted.size > 0)
    for await (const rows of foreign.read())
      for (const row of rows) if (wanted.has(row.rowNumber)) cells.set(row.rowNumber, row.cells.map(cellText));
  return placed.map(({ problem, column }) => ({
    ...problem,
    from: {
      column,
      header: column === null ? null : (foreign.header[column] ?? null),
      value: column === null ? null : (cells.get(problem.row)?.[column] ?? '').slice(0, 200),
    },
  }));
};
