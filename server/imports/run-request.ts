import type { RejectStore } from './batch.js';
import type { Principal } from '../access/principal.js';
import type { ImportPreview, ImportProblem, ImportProgress, ImportTable } from '../contract/import.js';
import { databaseProblem } from '../http/database-problem.js';
import { Problem } from '../http/problem.js';
import type { LongConnection } from './connection.js';
import { UnreadableFile } from './reading/unreadable-file.js';

export interface RunRequest {
  id: string;
  principal: Principal;
  fileNames: readonly string[];
  dryRun: boolean;
  onProblem: 'reject' | 'skip';
  decimal: 'dot' | 'comma' | undefined;
  /** Where a try keeps its rejected rows. */
  rejects: RejectStore;
  /** ISO UTC. */
  now: string;
  signal: AbortSignal;
  onProgress: (step: ImportProgress['step'], table: string | null, rows: number) => void;
  /** Runs once writers are kept out, before anything is read from the stored records; its changes belong to the import. */
  first?: (connection: LongConnection) => Promise<void>;
  /** Runs once all records are written; its changes belong to the import too. */
  last?: (connection: LongConnection) => Promise<void>;
}

/** What an import came to; `committed` and the rest as in the report. */
export interface RunResult {
  status: 'committed' | 'dry_run' | 'rejected';
  tables: ImportTable[];
  problems: ImportProblem[];
  problemCount: number;
  preview: ImportPreview | null;
}

/** Thrown where the import was cancelled while it ran. */
export class Cancelled extends Error {}

/** What the database or a rule refused, where it is about the content; null for everything else (database away, a bug). */
export const refusalOf = (error: unknown): Problem | null => {
  if (error instanceof UnreadableFile || error instanceof Cancelled) return null;
  const problem = error instanceof Problem ? error : databaseProblem(error);
  return problem && (problem.status === 409 || problem.status === 422) && problem.type !== 'precondition-failed'
    ? problem
    : null;
};
