import { decideStyles, StyleEvidence, type DecimalStyle } from './numbers.js';
import type { Table } from './table.js';

/** What the first pass over an upload has found. */
export interface Profile {
  /** Filled rows by table name (as given), without header. */
  readonly rows: ReadonlyMap<string, number>;
  /** How the file writes its numbers. @param origin a table's `origin` */
  styleOf(origin: string): DecimalStyle;
}

/**
 * The first pass over the tables that are to be imported: counts rows and finds out how each file writes its numbers. Sheets of one workbook are one file.
 * @param numberColumns positions (from 0) of the number columns of a table, given its name and header
 * @param stated the style that the person chose for the whole upload, which settles it
 * @throws UnreadableFile
 */
export async function profileTables(
  tables: readonly Table[],
  numberColumns: (table: string, header: readonly string[]) => readonly number[],
  stated?: 'dot' | 'comma',
): Promise<Profile> {
  const rows = new Map<string, number>();
  const evidence = new Map<string, StyleEvidence>();
  for (const table of tables) {
    const columns = numberColumns(table.table, await table.columns());
    const shown = evidence.get(table.origin) ?? new StyleEvidence();
    evidence.set(table.origin, shown);
    let count = 0;
    for await (const batch of table.rows()) {
      count += batch.length;
      for (const row of batch) {
        for (const column of columns) {
          const cell = row.cells[column];
          if (typeof cell === 'string') shown.add(cell.trim());
        }
      }
    }
    rows.set(table.table, count);
  }
  const styles = decideStyles(evidence);
  return { rows, styleOf: (origin) => stated ?? styles.get(origin) ?? 'undecided' };
}
