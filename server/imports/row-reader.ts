import type { ImportProblem } from '../contract/import.js';
import type { CopyValue } from './copy-text.js';
import type { ImportColumn } from './column-cells.js';
import type { ImportedTable } from './import-tables.js';
import type { CellContext } from './reading/cells.js';
import { cellText, type Row } from './reading/table.js';
import { isSecret } from './secrets.js';

/** A value in a report is there to be recognised, not to be read. */
const LONGEST_VALUE = 200;
const shown = (text: string): string => (text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text);

/** What a row of the file became. */
export interface ReadRow {
  /** As the staging table takes it; null where the row as a whole cannot be read. */
  staged: CopyValue[] | null;
  problems: ImportProblem[];
}

/** Columns of a staging table before those of the import table. */
export const STAGING_COLUMNS = ['row_no', 'bad', 'cleared', 'unread'] as const;

/** Reads the rows of one table, cell by cell. The same row always gives the same answer, so a file can be read again for its rejects. */
export const rowReader = (table: ImportedTable, context: CellContext): ((row: Row) => ReadRow) => {
  const present = table.columns.flatMap((column) => {
    const position = table.positions.get(column.name);
    return position === undefined ? [] : [{ column, position }];
  });
  const requiredProblem = (row: number, column: ImportColumn, value: string | null): ImportProblem => ({
    table: table.name,
    row,
    column: column.name,
    value,
    code: 'required',
    message: column.isKey
      ? `The ${column.name} is blank, and without it nobody can tell which record is meant. Write it, or remove the row.`
      : `The ${column.name} cannot be emptied. Write one, or leave the cell blank to keep the present one.`,
  });

  return (row) => {
    const problems: ImportProblem[] = (row.problems ?? []).map((problem) => ({
      table: table.name,
      row: row.rowNumber,
      column: problem.column === null ? null : (table.header[problem.column] ?? null),
      value: problem.value === null || isSecret(table.type) ? null : shown(problem.value),
      code: problem.code,
      message: problem.message,
    }));
    // Cells of a row out of shape may stand under any header.
    if (row.cells.length === 0 || (problems.length > 0 && isSecret(table.type))) return { staged: null, problems };

    const values: CopyValue[] = [row.rowNumber, false, null, null];
    const cleared: string[] = [];
    const unread: string[] = [];
    // What a mapping could not read is blank here, and has been told already.
    const told = new Set((row.problems ?? []).map((problem) => problem.column));
    for (const { column, position } of present) {
      if (told.has(position)) {
        unread.push(column.name);
        for (const _column of column.staging) values.push(null);
        continue;
      }
      const cell = row.cells[position] ?? '';
      const read = column.read(cell, context);
      if ('problem' in read) {
        const { code, message } = read.problem;
        problems.push({
          table: table.name,
          row: row.rowNumber,
          column: column.name,
          value: isSecret(table.type, column.name) ? null : shown(cellText(cell)),
          code,
          message,
        });
        unread.push(column.name);
        for (const _column of column.staging) values.push(null);
        continue;
      }
      if (read.cleared) {
        if (column.required) {
          problems.push(requiredProblem(row.rowNumber, column, cellText(cell)));
          unread.push(column.name);
        } else cleared.push(column.name);
      }
      if (column.isKey && read.values[0] === null && !read.cleared)
        problems.push(requiredProblem(row.rowNumber, column, null));
      values.push(...read.values);
    }
    values[1] = problems.length > 0;
    values[2] = cleared.length > 0 ? cleared : null;
    values[3] = unread.length > 0 ? unread : null;
    return { staged: values, problems };
  };
};

/** Names of the staging columns that rows of this file fill, in the order of `ReadRow.staged`. */
export const filledColumns = (table: ImportedTable): string[] => [
  ...STAGING_COLUMNS,
  ...table.columns.flatMap((column) =>
    table.positions.has(column.name) ? column.staging.map((staged) => staged.name) : [],
  ),
];
