import type { RecordType } from '../contract/columns.js';
import type { ImportProblem } from '../contract/import.js';
import { DECLARATIONS, snake, type Declaration } from '../contract/records.js';
import { importColumnsOf, type ImportColumn } from './column-cells.js';
import { GroupCounts } from './group-counts.js';
import { matchHeader } from './reading/headers.js';
import { normalisedName, type Table } from './reading/table.js';

/** Problems that are listed in full; the rest is counted. */
export const MOST_PROBLEMS = 1_000;

/** Problems found while reading one table: the first ones, and how many there are. */
export class ReadingProblems {
  readonly first: ImportProblem[] = [];
  count = 0;
  /** All of them, by what would mend them. */
  readonly groups: GroupCounts;
  /** Numbers of rows whose cells could not be told apart: they are not staged. */
  readonly unstaged = new Set<number>();

  /** @param slots rows of the table that a row of its file may become */
  constructor(slots: number) {
    this.groups = new GroupCounts(slots);
  }

  add(problem: ImportProblem): void {
    this.count += 1;
    this.groups.add(problem);
    if (this.first.length < MOST_PROBLEMS) this.first.push(problem);
  }
}

/** One table of the upload that the product knows. */
export interface ImportedTable {
  /** Place in the order of dependency; problems and results are listed in it. */
  no: number;
  type: RecordType;
  declaration: Declaration;
  /** Name of the import table and of the database table. */
  name: string;
  source: Table;
  header: readonly string[];
  columns: readonly ImportColumn[];
  /** Position in the file of each column that the file has, by name. */
  positions: ReadonlyMap<string, number>;
  ignoredColumns: readonly string[];
  /** What is wrong with the header, or that the importer may not read the table: then none of its rows is looked at. */
  broken: string | null;
  problems: ReadingProblems;
  rows: number;
}

/** A file or sheet with a name that no table has. */
export interface UnknownTable {
  no: number;
  name: string;
  source: Table;
  header: readonly string[];
  problem: ImportProblem;
  rows: number;
}

/** SQL for the number of a row in its file. @param row SQL for its number in the table */
export const fileRow = (table: ImportedTable, row: string): string => {
  const slots = table.source.slots ?? 1;
  return slots === 1 ? row : `(${row} / ${slots})`;
};

/** Names of the temporary tables of an import, all dropped when its transaction ends. */
export const stagedName = (table: { name: string }): string => `staged_${table.name}`;
export const codesName = (table: { name: string }): string => `codes_${table.name}`;
export const rowsName = (table: { name: string }): string => `rows_${table.name}`;

/** Types that others refer to by code: their codes are given ids before any row is resolved. */
const REFERRED = new Set<RecordType>(
  DECLARATIONS.flatMap((declaration) =>
    Object.values(declaration.columns).flatMap(({ type }) =>
      type.kind === 'ref' || type.kind === 'refs' ? [type.to] : type.kind === 'anyRef' ? [...type.to] : [],
    ),
  ),
);
export const isReferred = (type: RecordType): boolean => REFERRED.has(type);

const BY_NAME = new Map(
  DECLARATIONS.map((declaration, no) => [normalisedName(declaration.table), { declaration, no }]),
);
const ALL_NAMES = DECLARATIONS.map((declaration) => declaration.table).join(', ');

const unknownTable = async (source: Table, no: number): Promise<UnknownTable> => ({
  no,
  name: source.table,
  source,
  header: await source.columns().catch(() => []),
  problem: {
    table: source.table,
    row: 1,
    column: null,
    value: source.table,
    code: 'table.unknown',
    message: `No table is called "${source.table}". Name the file or the sheet after one of: ${ALL_NAMES}.`,
  },
  rows: 0,
});

const importedTable = async (source: Table, declaration: Declaration, no: number): Promise<ImportedTable> => {
  const header = await source.columns();
  const columns = importColumnsOf(declaration);
  const matched = matchHeader(
    header,
    columns.map((column) => column.name),
    declaration.key.map(snake),
  );
  const problems = new ReadingProblems(source.slots ?? 1);
  for (const { row, column, code, message } of matched.problems)
    problems.add({ table: declaration.table, row, column, value: null, code, message });
  return {
    no,
    type: declaration.type,
    declaration,
    name: declaration.table,
    source,
    header,
    columns,
    positions: matched.positions,
    ignoredColumns: matched.unknown,
    broken: matched.problems.length > 0 ? matched.problems.map((problem) => problem.message).join(' ') : null,
    problems,
    rows: 0,
  };
};

/**
 * Which tables of the upload are which, in order of dependency.
 * @throws UnreadableFile where a header cannot be read
 */
export const matchTables = async (
  sources: readonly Table[],
): Promise<{ tables: ImportedTable[]; unknown: UnknownTable[] }> => {
  const tables: ImportedTable[] = [];
  const unknown: UnknownTable[] = [];
  for (const source of sources) {
    const known = BY_NAME.get(normalisedName(source.table));
    if (known) tables.push(await importedTable(source, known.declaration, known.no));
    else unknown.push(await unknownTable(source, DECLARATIONS.length + unknown.length));
  }
  tables.sort((a, b) => a.no - b.no);
  return { tables, unknown };
};
