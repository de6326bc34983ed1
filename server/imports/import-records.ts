import type { DataSource } from 'typeorm';
import type { ImportPage, ImportProblem, ImportReport, ImportTable } from '../contract/import.js';
import { invalidField } from '../http/problem.js';

interface IgnoredFiles {
  ignoredFiles: string[];
}

/** A row of the table `imports`. */
export interface StoredImport {
  id: string;
  status: ImportReport['status'];
  file_names: string[];
  file_hash: string;
  dry_run: boolean;
  on_problem: 'reject' | 'skip';
  user_id: string;
  user_email: string;
  created_at: string;
  finished_at: string | null;
  reverted_at: string | null;
  /** Of an import through a mapping. */
  mapping: ImportReport['mapping'];
  /** Absent where it was not asked for. */
  preview?: ImportReport['preview'];
  /** The files that were ignored stand behind the tables, where there are any. */
  tables: (ImportTable | IgnoredFiles)[];
  problems: ImportProblem[];
  problem_count: number;
  /** Of one import, not of the history's list. */
  reason?: string | null;
  earlier?: ImportReport['earlier'];
}

const COLUMNS = `id, status, file_names, file_hash, dry_run, on_problem, user_id, user_email, created_at, finished_at, reverted_at, tables, problem_count, mapping`;

/** The most files that are named, and of each name so much: an archive may hold thousands, with names as long as they like. */
const MOST_IGNORED = 100;
const LONGEST_NAME = 255;

/** What the column `tables` keeps: JSON. */
export const storedTables = (tables: readonly ImportTable[], ignored: readonly string[]): string => {
  if (ignored.length === 0) return JSON.stringify(tables);
  const ignoredFiles = ignored.slice(0, MOST_IGNORED).map((name) => name.slice(0, LONGEST_NAME));
  if (ignored.length > MOST_IGNORED) ignoredFiles.push(`and ${ignored.length - MOST_IGNORED} more`);
  return JSON.stringify([...tables, { ignoredFiles }]);
};

/** The report of an import, as the contract has it. */
export const reportOf = (row: StoredImport): ImportReport => ({
  id: row.id,
  status: row.status,
  fileNames: row.file_names,
  ignoredFiles: row.tables.flatMap((one) => ('ignoredFiles' in one ? one.ignoredFiles : [])),
  fileHash: row.file_hash,
  dryRun: row.dry_run,
  onProblem: row.on_problem,
  by: row.user_email,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
  revertedAt: row.reverted_at,
  tables: row.tables.filter((one) => 'table' in one),
  problems: row.problems,
  problemCount: row.problem_count,
  mapping: row.mapping,
  preview: row.preview ?? null,
  reason: row.reason ?? null,
  earlier: row.earlier ?? null,
});

/** SQL for the reason that was given with an import, which the audit keeps. @param of SQL for its id */
const reasonGiven = (of: string): string => `(select e.canonical::jsonb ->> 'reason' from audit_events e
  where e.object_type = 'import' and e.object_id = ${of}::text and e.action = 'imported' order by e.seq desc limit 1)`;

/** SQL for the import before it that left the same content behind, as JSON. */
const EARLIER = `(select json_build_object('id', b.id, 'by', b.user_email, 'at', to_char(b.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'reason', ${reasonGiven('b.id')})
  from imports b where b.file_hash = i.file_hash and b.status = 'committed' and (b.created_at, b.id) < (i.created_at, i.id)
  order by b.created_at desc, b.id desc limit 1)`;

/** One import with its problems, or null. */
export const findImport = async (source: DataSource, id: string): Promise<StoredImport | null> => {
  const rows = await source.query<StoredImport[]>(
    `select ${COLUMNS}, problems, preview, ${reasonGiven('i.id')} as reason, ${EARLIER} as earlier from imports i where id = $1`,
    [id],
  );
  return rows[0] ?? null;
};

const cursorOf = (row: StoredImport): string => Buffer.from(`${row.created_at}|${row.id}`).toString('base64url');

const readCursor = (cursor: string): [string, string] => {
  const match = /^(\d{4}-[\dT:.-]+Z)\|([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!match) throw invalidField('cursor', 'cursor', 'Send the nextCursor of the page before, or none.');
  return [match[1]!, match[2]!];
};

/** The history, newest first, without the problems. */
export const listImports = async (
  source: DataSource,
  limit: number,
  cursor: string | undefined,
): Promise<ImportPage> => {
  const after = cursor === undefined ? [] : readCursor(cursor);
  const rows = await source.query<StoredImport[]>(
    `select ${COLUMNS} from imports
     ${cursor === undefined ? '' : "where (date_trunc('milliseconds', created_at), id) < ($2::timestamptz, $3::uuid)"}
     order by date_trunc('milliseconds', created_at) desc, id desc limit $1`,
    [limit + 1, ...after],
  );
  const total = await source.query<{ count: number }[]>('select count(*) as count from imports');
  const items = rows.slice(0, limit);
  return {
    items: items.map((row) => {
      const { problems: _problems, preview: _preview, ...item } = reportOf(row);
      return item;
    }),
    total: total[0]!.count,
    nextCursor: rows.length > limit ? cursorOf(items.at(-1)!) : null,
  };
};
