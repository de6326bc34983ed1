import type { ImportProblem } from '../contract/import.js';
import type { Batch } from './batch.js';
import { rowsName, stagedName, type ImportedTable } from './import-tables.js';
import { isSecret } from './secrets.js';

/** SQL text as a literal. Only for texts of our own. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The temporary tables of what is wrong.
 * `import_problems`: one row is one problem that a check found; `also` are other rows of the same table that it makes bad.
 * `import_repeats`: one row is a row with the same key as an earlier one.
 * `import_bad`: one row is a row of the upload that may not be stored (onProblem=skip).
 */
export const createProblemTables = (batch: Batch): Promise<void> =>
  batch.connection.script(`
    create temp table import_problems (table_no integer not null, row_no integer not null, column_name text, value text,
      code text not null, message text not null, also integer[]) on commit drop;
    create temp table import_repeats (table_no integer not null, row_no integer not null, first_row integer not null, same boolean not null)
      on commit drop;
    create temp table import_bad (table_no integer not null, row_no integer not null, primary key (table_no, row_no)) on commit drop`);

/** SQL expressions of one problem; `row` and the rest refer to what `from` selects from. */
export interface ProblemQuery {
  row: string;
  column: string | null;
  value?: string;
  code: string;
  /** SQL that gives the sentence. */
  message: string;
  also?: string;
  /** Everything from `from` on. */
  from: string;
  /** Before `insert`: `with …`. */
  with?: string;
}

/** Runs one check: every row that the query gives is a problem. */
export const addProblems = async (
  batch: Batch,
  table: ImportedTable,
  query: ProblemQuery,
  values: readonly unknown[] = [],
): Promise<void> => {
  const value = query.column !== null && isSecret(table.type, query.column) ? 'null' : (query.value ?? 'null');
  await batch.connection.query(
    `${query.with ?? ''}
     insert into import_problems (table_no, row_no, column_name, value, code, message, also)
     select ${table.no}, ${query.row}, ${query.column === null ? 'null' : literal(query.column)},
       left((${value})::text, 200), ${literal(query.code)}, ${query.message}, ${query.also ?? 'null::integer[]'}
     ${query.from}`,
    values,
  );
};

/** A problem that was found outside of the database, at one cell of one row. */
export const addProblem = (
  batch: Batch,
  table: ImportedTable,
  {
    row,
    column,
    value,
    code,
    message,
  }: Record<'column' | 'code' | 'message', string> & { row: number; value: string | null },
): Promise<void> =>
  addProblems(batch, table, { row: '$1::integer', column, value: '$2::text', code, message: '$3::text', from: '' }, [
    row,
    value,
    message,
  ]);

/**
 * Leaves the rows with problems out of what is to be stored (onProblem=skip), with their repetitions.
 * @returns how many rows were newly left out
 */
export const leaveOutBadRows = async (batch: Batch): Promise<number> => {
  let left = 0;
  for (const table of batch.tables) {
    if (table.broken !== null) continue;
    left += await batch.connection.write(
      `insert into import_bad (table_no, row_no)
       select $1::integer, row_no from ${stagedName(table)} where bad
       union select $1::integer, row_no from import_problems where table_no = $1::integer
       union select $1::integer, unnest(also) from import_problems where table_no = $1::integer
       on conflict do nothing`,
      [table.no],
    );
    left += await batch.connection.write(
      `insert into import_bad (table_no, row_no)
       select r.table_no, r.row_no from import_repeats r join import_bad b on b.table_no = r.table_no and b.row_no = r.first_row
       where r.table_no = $1::integer on conflict do nothing`,
      [table.no],
    );
    await batch.connection.query(
      `delete from ${rowsName(table)} r using import_bad b where b.table_no = $1 and b.row_no = r.row_no`,
      [table.no],
    );
  }
  return left;
};

/** The problems that checks found, in order of table and row, at most `limit`. */
export const foundProblems = async (batch: Batch, limit: number): Promise<(ImportProblem & { no: number })[]> => {
  const rows = await batch.connection.query<{
    table_no: number;
    row_no: number;
    column_name: string | null;
    value: string | null;
    code: string;
    message: string;
  }>(
    `select table_no, row_no, column_name, value, code, message from import_problems
     order by table_no, row_no, column_name nulls first, code limit $1`,
    [limit],
  );
  const names = new Map(batch.tables.map((table) => [table.no, table.name]));
  return rows.map((row) => ({
    no: row.table_no,
    table: names.get(row.table_no)!,
    row: row.row_no,
    column: row.column_name,
    value: row.value,
    code: row.code,
    message: row.message,
  }));
};

/** How many problems checks have found. */
export const countFound = async (batch: Batch): Promise<number> =>
  (await batch.connection.query<{ count: number }>('select count(*) as count from import_problems'))[0]!.count;

/** Undoes what was written since the savepoint, but keeps what was found wrong with it. */
export const undoKeepingProblems = async (batch: Batch, savepoint: string): Promise<void> => {
  const [found] = await batch.connection.query<{ problems: unknown }>(
    `select coalesce(jsonb_agg(p), '[]') as problems from import_problems p`,
  );
  await batch.connection.script(`rollback to savepoint ${savepoint}; truncate import_problems`);
  await batch.connection.query(
    `insert into import_problems select p.* from jsonb_populate_recordset(null::import_problems, $1::jsonb) p`,
    [JSON.stringify(found!.problems)],
  );
};
