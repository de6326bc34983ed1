import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { DataSource } from 'typeorm';
import { ZipFile } from 'yazl';
import { hasRole, type Principal } from '../access/principal.js';
import { forbidden, notFound } from '../http/problem.js';
import { findImport } from './import-records.js';
import { csvLine } from './csv-line.js';

const AT_ONCE = 2_000;

interface StoredReject {
  row_number: number;
  header: string[];
  cells: string[];
  error: string;
}

/** The file name as it may stand in a zip. */
const entryName = (table: string): string => `${table.replace(/[^\p{L}\p{N} _.-]/gu, '_').slice(0, 100)}.csv`;

/** The rejected rows of one table in their original columns, with what is wrong with each. */
async function* rejectedRows(source: DataSource, id: string, table: string): AsyncGenerator<string> {
  let after = 0;
  for (;;) {
    const rows = await source.query<StoredReject[]>(
      `select row_number, header, cells, error from import_rejects
       where import_id = $1 and table_name = $2 and row_number > $3 order by row_number limit ${AT_ONCE}`,
      [id, table, after],
    );
    if (rows.length === 0) return;
    if (after === 0) yield csvLine([...rows[0]!.header, 'Error']);
    yield rows.map((row) => csvLine([...row.header.map((_name, place) => row.cells[place] ?? ''), row.error])).join('');
    after = rows.at(-1)!.row_number;
  }
}

/**
 * Sends what onProblem=skip left out, as a zip of CSV files: correct them, remove the Error column, and import them again.
 *
 * @throws Problem 404 where nothing was rejected, 403 for someone else's import
 */
export const streamRejects = async (
  source: DataSource,
  principal: Principal,
  id: string,
  response: Response,
): Promise<void> => {
  const row = await findImport(source, id);
  if (!row) throw notFound();
  if (row.user_id !== principal.userId && !hasRole(principal, 'admin'))
    throw forbidden('Only who imported, or an administrator, may have the rejected rows.');
  const tables = await source.query<{ table_name: string }[]>(
    'select distinct table_name from import_rejects where import_id = $1 order by 1',
    [id],
  );
  if (tables.length === 0) throw notFound();
  response.status(200).set({
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="rejects-${id}.zip"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  const zip = new ZipFile();
  const sending = pipeline(zip.outputStream, response);
  for (const { table_name } of tables) {
    const entry = new PassThrough();
    zip.addReadStream(entry, entryName(table_name));
    await pipeline(rejectedRows(source, id, table_name), entry);
  }
  zip.end();
  await sending;
};
