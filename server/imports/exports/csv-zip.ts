import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { ZipFile } from 'yazl';
import { csvLine } from '../csv-line.js';
import type { ExportSnapshot } from './export-snapshot.js';
import type { ExportQuery } from './table-query.js';

async function* csvOf(snapshot: ExportSnapshot, table: ExportQuery): AsyncGenerator<string> {
  yield csvLine(table.columns.map((column) => column.name));
  const isNumber = table.columns.map((column) => column.kind === 'number');
  for await (const rows of snapshot.rows(table))
    yield rows
      .map((row) =>
        csvLine(
          row.map((cell) => cell ?? ''),
          isNumber,
        ),
      )
      .join('');
}

/** Sends every table as a CSV file in one zip, while it is read. */
export const sendCsvZip = async (snapshot: ExportSnapshot, response: Response): Promise<void> => {
  const zip = new ZipFile();
  const sending = pipeline(zip.outputStream, response);
  sending.catch(() => undefined); // awaited below; the reading may fail first
  for (const table of snapshot.tables) {
    const entry = new PassThrough();
    zip.addReadStream(entry, `${table.declaration.table}.csv`);
    await Promise.race([pipeline(csvOf(snapshot, table), entry), sending]);
  }
  zip.end();
  await sending;
};
