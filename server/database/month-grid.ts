import type { EntityManager } from 'typeorm';
import { named } from './named.js';
import { notFound, Problem, type ProblemError } from '../http/problem.js';

/** A cell row as the database has it: what identifies it within its owner, and its version. */
export interface StoredMonth {
  id: string;
  version: number;
  key: string;
  archived: boolean;
}

/** A month of a PUT, with the version that the client read, if it read one. */
export interface SentMonth {
  key: string;
  version?: number | undefined;
}

/**
 * Refuses a PUT whose rows are not the rows that the client read: a row that exists needs its version, a row that does not may have none.
 * All stale rows are named at once.
 *
 * @throws Problem 412 with one error a stale row, 422 where one row stands twice
 */
export const refuseStaleMonths = (sent: readonly SentMonth[], stored: ReadonlyMap<string, StoredMonth>): void => {
  const seen = new Set<string>();
  const twice: ProblemError[] = [];
  const staleRows: ProblemError[] = [];
  sent.forEach((row, index) => {
    const pointer = `/items/${index}`;
    if (seen.has(row.key))
      twice.push({ pointer, code: 'row.twice', message: `${row.key} stands twice. Send each once.` });
    seen.add(row.key);
    const now = stored.get(row.key);
    const version = now && !now.archived ? now.version : undefined;
    if (row.version !== version)
      staleRows.push({
        pointer,
        code: 'cell.stale',
        message:
          version === undefined
            ? `${row.key} is not there any more. Leave version out to enter it anew.`
            : `${row.key} is at version ${version}, not ${row.version ?? 'unstated'}. Read it again and repeat your change.`,
      });
  });
  if (twice.length > 0) throw new Problem(422, 'validation-failed', twice[0]!.message, twice);
  if (staleRows.length > 0)
    throw new Problem(
      412,
      'precondition-failed',
      'Someone else changed some of these months since you read them.',
      staleRows,
    );
};

/**
 * Locks the owner of a grid, so that writers of the same grid follow one another and each sees what the other did, and so that nobody
 * archives it meanwhile.
 *
 * @param table `investments`, `benefits` or `indicators`
 * @throws Problem 404 where it was archived since it was read
 */
export const lockOwner = async (
  manager: EntityManager,
  table: 'investments' | 'benefits' | 'indicators',
  id: string,
): Promise<void> => {
  const live = await named(
    manager,
    `lock ${table}`,
    `select 1 from ${table} where id = $1 and archived_at is null for no key update`,
    [id],
  );
  if (live.length === 0) throw notFound();
};

/**
 * Refuses a row that somebody without the owner's lock (an import) wrote between our reading and our writing.
 *
 * @param written the answer of an `insert … on conflict … do update … where version = …`: its rows
 */
export const refuseOvertaken = (written: readonly unknown[], key: string): void => {
  if (written.length === 0)
    throw new Problem(
      412,
      'precondition-failed',
      `${key} was changed by someone else just now. Read it again and repeat your change.`,
    );
};
