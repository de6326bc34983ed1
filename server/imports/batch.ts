import type { Principal } from '../access/principal.js';
import type { RecordType } from '../contract/columns.js';
import type { LongConnection } from './connection.js';
import type { ImportedTable } from './import-tables.js';

export interface RejectStore {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

/** What all steps of one import share. */
export interface Batch {
  importId: string;
  connection: LongConnection;
  principal: Principal;
  /** The one instant of everything that this import writes, ISO UTC. */
  now: string;
  reportingCurrency: string;
  onProblem: 'reject' | 'skip';
  /** Where rejected rows are kept: of a try outside its transaction, which is undone. */
  rejects: RejectStore;
  /** In order of dependency. */
  tables: readonly ImportedTable[];
}

/** The table of a type, where the upload holds it in readable form. */
export const tableOfType = (batch: Batch, type: RecordType): ImportedTable | undefined =>
  batch.tables.find((table) => table.type === type && table.broken === null);
