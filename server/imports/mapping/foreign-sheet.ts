import { DEFAULT_LIMITS } from '../reading/limits.js';
import { cellText, type Cell, type Row, type Table } from '../reading/table.js';
import { UnreadableFile } from '../reading/unreadable-file.js';
import { findHeaderRow, ROWS_TO_LOOK_AT } from './header-row.js';

/** A sheet of a foreign file, with its header found or stated. May be read any number of times. */
export interface ForeignSheet {
  readonly sheet: string;
  /** The file that it came from, as a person knows it. */
  readonly file: string;
  /** From 1. */
  readonly headerRow: number;
  /** The header's cells as they stand there; other rows may be wider. */
  readonly header: readonly Cell[];
  /** The filled rows above the header, at most 10. */
  readonly above: readonly Row[];
  /** The filled rows below the header. @throws UnreadableFile while iterating */
  rows(): AsyncIterable<Row[]>;
}

const rawRows = (table: Table): AsyncIterable<Row[]> => {
  if (!table.raw) throw new Error(`${table.table} has no file behind it.`);
  return table.raw();
};

const refuseWide = (table: Table, row: Row): void => {
  if (row.cells.length <= DEFAULT_LIMITS.columns) return;
  throw new UnreadableFile(
    413,
    'columns.too_many',
    `Row ${row.rowNumber} of ${table.origin} has ${row.cells.length} cells; at most ${DEFAULT_LIMITS.columns} columns are read.`,
  );
};

const firstRows = async (table: Table, most: number): Promise<Row[]> => {
  const found: Row[] = [];
  for await (const rows of rawRows(table)) {
    found.push(...rows);
    if (found.length >= most) break;
  }
  // The header is among them, and none may cost more to look at than another row.
  const first = found.slice(0, most);
  for (const row of first) refuseWide(table, row);
  return first;
};

/**
 * A sheet as it is to be read.
 * @param headerRow where a person says which row it is; else the row that most looks like it
 * @throws UnreadableFile
 */
export const foreignSheet = async (table: Table, headerRow?: number): Promise<ForeignSheet> => {
  const first = await firstRows(table, Math.max(ROWS_TO_LOOK_AT, headerRow ?? 0));
  const found = headerRow ?? findHeaderRow(first);
  const broken = first.find((row) => row.rowNumber === found)?.problems?.[0];
  if (broken && (first.find((row) => row.rowNumber === found)?.cells.length ?? 0) === 0)
    throw new UnreadableFile(422, 'csv.quote', `The header of ${table.origin}: ${broken.message}`);
  return {
    sheet: table.table,
    file: table.origin,
    headerRow: found,
    header: first.find((row) => row.rowNumber === found)?.cells ?? [],
    above: first.filter((row) => row.rowNumber < found).slice(-10),
    async *rows() {
      for await (const batch of rawRows(table)) {
        const below = batch.filter((row) => row.rowNumber > found);
        for (const row of below) refuseWide(table, row);
        if (below.length > 0) yield below;
      }
    },
  };
};

/** A header cell on one line. */
export const headerText = (cell: Cell | undefined): string =>
  cell === undefined ? '' : cellText(cell).replace(/\s+/g, ' ').trim();
