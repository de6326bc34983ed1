import type { LongConnection } from './connection.js';
import { CopyWriter } from './copy-text.js';
import { codesName, isReferred, stagedName, type ImportedTable } from './import-tables.js';
import type { CellContext } from './reading/cells.js';
import { filledColumns, rowReader } from './row-reader.js';

export const quote = (name: string): string => `"${name}"`;

/** SQL for whether all these cells of a row could be read: what follows from one that could not is no problem of its own. */
export const wereRead = (alias: string, ...columns: readonly string[]): string =>
  `(${alias}.unread && array[${columns.map((column) => `'${column}'`).join(', ')}]) is not true`;

/** Called with the number of rows read so far; throws where the import was cancelled. */
export type OnRows = (rows: number) => void;

/**
 * Creates the staging table of one table: one row is one row of the file whose cells could be told apart. Fills it by COPY while the file is
 * being read, so that memory does not grow with the file.
 *
 * @param context how this file writes numbers, and the reporting time zone
 * @throws UnreadableFile while reading; what onRows throws
 */
export const stageTable = async (
  connection: LongConnection,
  table: ImportedTable,
  context: CellContext,
  onRows: OnRows,
): Promise<void> => {
  const columns = table.columns.flatMap((column) =>
    column.staging.map(({ name, sqlType }) => `${quote(name)} ${sqlType}`),
  );
  await connection.script(
    `create temp table ${stagedName(table)} (row_no integer not null, bad boolean not null, cleared text[], unread text[], ${columns.join(', ')}) on commit drop`,
  );
  if (table.broken !== null) return;
  const filled = filledColumns(table).map(quote).join(', ');
  const writer = new CopyWriter(connection.copyInto(`copy ${stagedName(table)} (${filled}) from stdin`));
  const read = rowReader(table, context);
  table.rows = 0;
  try {
    for await (const batch of table.source.rows()) {
      for (const row of batch) {
        const { staged, problems } = read(row);
        for (const problem of problems) table.problems.add(problem);
        // A row that could not be read at all has its problems and nothing to stage.
        if (staged !== null) await writer.add(staged);
        else table.problems.unstaged.add(row.rowNumber);
      }
      table.rows += batch.length;
      onRows(table.rows);
    }
  } catch (error) {
    await writer.abandon(error);
    throw error;
  }
  await writer.end();
  await connection.script(`analyze ${stagedName(table)}`);
};

/**
 * Gives every code of a table its id: that of the record that has it, or a new one. After this, rows may refer to each other in any
 * order. One row is one code, whatever its case.
 */
export const giveIds = async (connection: LongConnection, table: ImportedTable): Promise<void> => {
  if (!isReferred(table.type)) return;
  const codes = codesName(table);
  await connection.script(`
    create temp table ${codes} on commit drop as
      select c.code_l, coalesce(t.id, new_id()) as id
      from (select distinct lower(code) as code_l from ${stagedName(table)} where code is not null) c
      left join ${table.name} t on lower(t.code) = c.code_l;
    create unique index on ${codes} (code_l);
    create unique index on ${codes} (id);
    analyze ${codes}`);
};
