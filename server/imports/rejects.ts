import type { Batch } from './batch.js';
import type { CellContext } from './reading/cells.js';
import type { Row, Table } from './reading/table.js';
import type { Foreign } from './reading/source.js';
import { fileRow, type ImportedTable, type UnknownTable } from './import-tables.js';
import { rowReader } from './row-reader.js';
import { holdsRespondents, keepableCells } from './secrets.js';

interface Reject {
  row: number;
  cells: string[];
  error: string;
}

const keep = async (
  batch: Batch,
  table: string,
  header: readonly string[],
  rejects: readonly Reject[],
): Promise<void> => {
  if (rejects.length === 0) return;
  await batch.rejects.query(
    `insert into import_rejects (import_id, table_name, row_number, header, cells, error)
     select $1, $2, (one ->> 'row')::integer, $3,
       array(select case when $5 and cell ~ '^sha256:[0-9a-f]{64}$' then respondent_token(cell) else cell end
         from jsonb_array_elements_text(one -> 'cells') with ordinality c (cell, place) order by place),
       one ->> 'error'
     from jsonb_array_elements($4::jsonb) one`,
    [batch.importId, table, [...header], JSON.stringify(rejects), holdsRespondents(header)],
  );
};

const rejecting = (header: readonly string[]): ((row: Row, error: string) => Reject) => {
  const cellsOf = keepableCells(header);
  return (row, error) => ({ row: row.rowNumber, cells: cellsOf(row), error });
};

/** All rows of a table that could not be read as one, for one reason. */
const keepAll = async (batch: Batch, name: string, source: Table, error: string): Promise<number> => {
  const header = await source.columns();
  const asRead = rejecting(header);
  let count = 0;
  for await (const rows of source.rows()) {
    await keep(
      batch,
      name,
      header,
      rows.map((row) => asRead(row, error)),
    );
    count += rows.length;
  }
  return count;
};

/** What checks say about rows of a table, by row number; blank for a row that is only drawn in by another's problem. */
const errorsBetween = async (
  batch: Batch,
  table: ImportedTable,
  first: number,
  last: number,
): Promise<Map<number, string>> => {
  const rows = await batch.connection.query<{ row_no: number; error: string | null }>(
    `select b.row_no, e.error from import_bad b left join import_errors e on e.table_no = b.table_no and e.row_no = b.row_no
     where b.table_no = $1 and b.row_no between $2 and $3`,
    [table.no, first, last],
  );
  return new Map(rows.map((row) => [row.row_no, row.error ?? '']));
};

/** The rejected rows of one table, read from the file once more: they were not kept in memory, and not all in the database. */
const keepRejects = async (batch: Batch, table: ImportedTable, context: CellContext): Promise<void> => {
  const read = rowReader(table, context);
  const asRead = rejecting(table.header);
  for await (const rows of table.source.rows()) {
    const errors = await errorsBetween(batch, table, rows[0]!.rowNumber, rows.at(-1)!.rowNumber);
    const rejects = rows.flatMap((row) => {
      const messages = read(row).problems.map((problem) => problem.message);
      const found = errors.get(row.rowNumber);
      if (messages.length === 0 && found === undefined) return [];
      if (found) messages.push(found);
      return [asRead(row, messages.join(' ') || 'The same row stands in the file already, and has a problem there.')];
    });
    await keep(batch, table.name, table.header, rejects);
  }
};

/** Notes what is wrong with rows of a foreign file: what reading them as one of our tables shows, and what checks say. */
const noteErrors = async (batch: Batch, table: ImportedTable, context: CellContext): Promise<void> => {
  const read = rowReader(table, context);
  const slots = table.source.slots ?? 1;
  for await (const rows of table.source.rows()) {
    const told = rows.flatMap((row) =>
      read(row).problems.map(({ message }) => ({ row_no: Math.floor(row.rowNumber / slots), message })),
    );
    if (told.length > 0)
      await batch.connection.query(
        'insert into foreign_errors select p.* from jsonb_populate_recordset(null::foreign_errors, $1::jsonb) p',
        [JSON.stringify(told)],
      );
  }
  await batch.connection.query(
    `insert into foreign_errors select ${fileRow(table, 'b.row_no')}, e.error
     from import_bad b left join import_errors e on e.table_no = b.table_no and e.row_no = b.row_no where b.table_no = $1`,
    [table.no],
  );
};

/** The rows of a foreign file of which something was left out, in its own columns with what a person corrected, a row once. */
const keepForeign = async (
  batch: Batch,
  foreign: Foreign,
  contextOf: (table: ImportedTable) => CellContext,
): Promise<void> => {
  await batch.connection.script(
    'create temp table foreign_errors (row_no integer not null, message text) on commit drop',
  );
  for (const table of batch.tables) await noteErrors(batch, table, contextOf(table));
  await batch.connection.script('create index on foreign_errors (row_no); analyze foreign_errors');
  const asRead = rejecting(foreign.header);
  for await (const rows of foreign.read()) {
    const found = await batch.connection.query<{ row_no: number; error: string | null }>(
      `select row_no, string_agg(distinct message, ' ') as error from foreign_errors
       where row_no between $1 and $2 group by row_no`,
      [rows[0]!.rowNumber, rows.at(-1)!.rowNumber],
    );
    const errors = new Map(
      found.map((row) => [
        row.row_no,
        row.error ?? 'The same row stands in the file already, and has a problem there.',
      ]),
    );
    await keep(
      batch,
      foreign.sheet,
      foreign.header,
      rows.flatMap((row) => {
        const error = errors.get(row.rowNumber);
        return error === undefined ? [] : [asRead(row, error)];
      }),
    );
  }
};

/** What earlier tries of the person left behind: who tries again has no use for it. */
export const forgetTries = async (batch: Batch): Promise<void> => {
  await batch.rejects.query(
    `delete from import_rejects where import_id in (select id from imports where user_id = $1 and dry_run and id <> $2)`,
    [batch.principal.userId, batch.importId],
  );
};

/** Stores the rows that onProblem=skip left out, in their original columns, each with what is wrong with it. */
export const storeRejects = async (
  batch: Batch,
  unknown: readonly UnknownTable[],
  contextOf: (table: ImportedTable) => CellContext,
  foreign: Foreign | undefined,
): Promise<void> => {
  // One row is one row of the upload, with all that checks say about it.
  await batch.connection.script(`
    create temp table import_errors on commit drop as
      select table_no, row_no, string_agg(distinct message, ' ') as error
      from (select table_no, row_no, message from import_problems
            union all select table_no, unnest(also), message from import_problems) said
      group by table_no, row_no;
    create unique index on import_errors (table_no, row_no);
    analyze import_errors, import_bad`);
  if (foreign) return keepForeign(batch, foreign, contextOf);
  for (const table of batch.tables) {
    if (table.broken !== null) table.rows = await keepAll(batch, table.name, table.source, table.broken);
    else await keepRejects(batch, table, contextOf(table));
  }
  for (const table of unknown) await keepAll(batch, table.name, table.source, table.problem.message);
};
