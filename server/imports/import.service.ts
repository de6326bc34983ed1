import { stat } from 'node:fs/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { hasRole, type Principal } from '../access/principal.js';
import type { ImportReport } from '../contract/import.js';
import type { MappedImport } from '../contract/mapping.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { forbidden, notFound, Problem } from '../http/problem.js';
import { refuseOtherThanChecked } from './checked-files.js';
import { LongConnection } from './connection.js';
import { hashOfFiles } from './file-hash.js';
import { findImport, reportOf, storedTables } from './import-records.js';
import { runImport } from './import-run.js';
import { RunningImports } from './progress.js';
import { openMapped } from './mapping/mapped-source.js';
import { openSource, type UploadedFile } from './reading/source.js';
import { UnreadableFile } from './reading/unreadable-file.js';
import { reportingTimeZone } from '../database/time-zone.js';
import { Turns } from './turns.js';
import { unreadable } from './unreadable.js';
import { Cancelled, type RunRequest, type RunResult } from './run-request.js';

/** First half of the lock by which a running import shows that its process lives; the second is made from its id. */
const OWNER_LOCK = 7_203;
const LOOK_FOR_INTERRUPTED_MS = 30_000;
/** A server that is busy with a long statement notices soon that this process died; some platforms cannot, and then it takes longer. */
const NOTICE_LEAVING = `do $$ begin perform set_config('client_connection_check_interval', '2s', true); exception when others then null; end $$`;

export interface ImportOrder {
  id: string | undefined;
  dryRun: boolean;
  onProblem: 'reject' | 'skip';
  decimal: 'dot' | 'comma' | undefined;
  /** Id of the check on which this import was decided: it then takes the files of that check and no others. */
  previewOf?: string | undefined;
  /** The files are foreign, and this is how they are read. */
  mapped?: MappedImport;
  /** See RunRequest. */
  first?: RunRequest['first'];
  last?: RunRequest['last'];
}

/** Imports from the upload to the report: one transaction each, one row of `imports` each, whatever becomes of them. */
@Injectable()
export class ImportService implements OnApplicationBootstrap, OnApplicationShutdown {
  private watch: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RunningImports) private readonly running: RunningImports,
    @Inject(Turns) private readonly turns: Turns,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.failInterruptedImports();
    // A process that was killed may hold its lock a moment longer than it lives.
    this.watch = setInterval(
      () => void this.failInterruptedImports().catch(() => undefined),
      LOOK_FOR_INTERRUPTED_MS,
    ).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.watch);
  }

  /**
   * Imports files. Nothing is stored unless the answer says `committed`.
   *
   * @param onAbort is handed the way to cancel, for a client that goes away
   * @throws Problem 413, 415, 422 where the files cannot be read; 409 where the id is taken or the import was cancelled; 412 where they are
   *   not those of the check that is named
   */
  async import(
    principal: Principal,
    files: readonly UploadedFile[],
    order: ImportOrder,
    onAbort: (abort: () => void) => void = () => undefined,
  ): Promise<ImportReport> {
    if (files.length === 0)
      throw new Problem(
        422,
        'validation-failed',
        'No file was uploaded. Send one or more in the multipart field "file".',
        [{ pointer: '/file', code: 'required', message: 'Send one or more files in the multipart field "file".' }],
      );
    const id = order.id ?? uuidv7();
    try {
      return await this.turns.take(() => this.importInTurn(principal, files, { ...order, id }, onAbort));
    } catch (error) {
      if (error instanceof UnreadableFile) throw unreadable(error);
      throw error;
    }
  }

  private async importInTurn(
    principal: Principal,
    files: readonly UploadedFile[],
    order: ImportOrder & { id: string },
    onAbort: (abort: () => void) => void,
  ): Promise<ImportReport> {
    const hash = await hashOfFiles(files);
    if (order.previewOf !== undefined)
      await refuseOtherThanChecked(this.source, principal, order.previewOf, files, hash);
    const tables = order.mapped
      ? await openMapped(files, order.mapped, await reportingTimeZone(this.source))
      : await openSource(files);
    let connection: LongConnection | undefined;
    try {
      connection = await LongConnection.open(this.source, 'import');
      await connection.script(`begin; ${NOTICE_LEAVING}`);
      await connection.query('select pg_advisory_xact_lock($1, hashtext($2))', [OWNER_LOCK, order.id]);
      const now = this.clock.now().toISOString();
      await this.begin(principal, files, hash, order, now);
      return await this.run(connection, tables, principal, files, order, now, onAbort);
    } finally {
      await connection?.close();
      await tables.close();
    }
  }

  /** The row of the import, on another connection: it stays whatever becomes of the transaction. */
  private async begin(
    principal: Principal,
    files: readonly UploadedFile[],
    hash: string,
    order: ImportOrder & { id: string },
    now: string,
  ): Promise<void> {
    const sizes = await Promise.all(files.map(async (file) => (await stat(file.path)).size));
    const inserted = await this.source.query<unknown[]>(
      `insert into imports (id, status, file_names, file_hash, file_bytes, dry_run, on_problem, user_id, user_email, created_at, mapping)
       values ($1, 'running', $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing returning id`,
      [
        order.id,
        files.map((file) => file.originalName),
        hash,
        sizes.reduce((sum, size) => sum + size, 0),
        order.dryRun,
        order.onProblem,
        principal.userId,
        principal.email,
        now,
        order.mapped ? JSON.stringify({ name: order.mapped.name, sheet: order.mapped.mapping.sheet }) : null,
      ],
    );
    if (inserted.length === 0)
      throw new Problem(409, 'duplicate', 'An import with this id exists already. Choose a new UUIDv7.');
  }

  private async run(
    connection: LongConnection,
    tables: Awaited<ReturnType<typeof openSource>>,
    principal: Principal,
    files: readonly UploadedFile[],
    order: ImportOrder & { id: string },
    now: string,
    onAbort: (abort: () => void) => void,
  ): Promise<ImportReport> {
    const { id } = order;
    const signal = this.running.start(id);
    const stopCancelling = connection.cancelOnAbort(this.source, signal);
    onAbort(
      () =>
        void this.cancelRow(id)
          .then((cancelled) => cancelled && this.running.abort(id))
          .catch(() => undefined),
    );
    let status: ImportReport['status'] = 'failed';
    let rows = 0;
    try {
      const result = await runImport(
        connection,
        {
          id,
          principal,
          fileNames: files.map((file) => file.originalName),
          dryRun: order.dryRun,
          onProblem: order.onProblem,
          decimal: order.decimal,
          rejects: this.source,
          now,
          signal,
          onProgress: this.running.reporter(id),
          ...(order.first ? { first: order.first } : {}),
          ...(order.last ? { last: order.last } : {}),
        },
        tables,
      );
      if (result.status === 'committed') await connection.script('commit');
      else {
        await connection.script('rollback');
        await this.conclude(id, result, tables.ignored);
      }
      status = result.status;
      rows = result.tables.reduce((sum, table) => sum + table.rows, 0);
    } catch (error) {
      await connection.script('rollback').catch(() => undefined);
      status = await this.failed(id, error, signal.aborted);
      if (status !== 'cancelled') throw error;
    } finally {
      stopCancelling();
      this.running.finish(id, status, rows);
    }
    return reportOf((await findImport(this.source, id))!);
  }

  /** What a run without a commit came to. One that was cancelled meanwhile stays cancelled. */
  private async conclude(id: string, result: RunResult, ignored: readonly string[]): Promise<void> {
    await this.source.query(
      `update imports set status = $2, finished_at = $3, tables = $4, problems = $5, problem_count = $6, preview = $7 where id = $1 and status = 'running'`,
      [
        id,
        result.status,
        this.clock.now().toISOString(),
        storedTables(result.tables, ignored),
        JSON.stringify(result.problems),
        result.problemCount,
        JSON.stringify(result.preview),
      ],
    );
  }

  private async failed(id: string, error: unknown, aborted: boolean): Promise<'cancelled' | 'failed'> {
    if (error instanceof Cancelled || aborted) {
      await this.cancelRow(id);
      return 'cancelled';
    }
    const problems =
      error instanceof UnreadableFile
        ? [{ table: '', row: 1, column: null, value: null, code: error.code, message: error.detail }]
        : [];
    await this.source
      .query(
        `update imports set status = 'failed', finished_at = $2, problems = $3, problem_count = $4 where id = $1 and status = 'running'`,
        [id, this.clock.now().toISOString(), JSON.stringify(problems), problems.length],
      )
      .catch(() => undefined); // the database may be what failed; the next start says so then
    return 'failed';
  }

  /** @returns whether it was still running: from then on it cannot commit any more, in whatever process it runs */
  private async cancelRow(id: string): Promise<boolean> {
    const rows = await this.source.query<[unknown[], number]>(
      `update imports set status = 'cancelled', finished_at = $2 where id = $1 and status = 'running' returning id`,
      [id, this.clock.now().toISOString()],
    );
    return rows[1] > 0;
  }

  /**
   * Stops an import that runs, here or in another process.
   *
   * @throws Problem 404 where there is none, 403 for someone else's, 409 once it is committed
   */
  async cancel(principal: Principal, id: string): Promise<ImportReport> {
    const row = await findImport(this.source, id);
    if (!row) throw notFound();
    if (row.user_id !== principal.userId && !hasRole(principal, 'admin'))
      throw forbidden('Only who started the import, or an administrator, may cancel it.');
    if (await this.cancelRow(id)) this.running.abort(id);
    const after = (await findImport(this.source, id))!;
    if (after.status === 'cancelled') return reportOf(after);
    throw new Problem(409, 'conflict', `The import is finished (${after.status}) and cannot be cancelled any more.`);
  }

  /**
   * Marks imports as failed whose process has died: their transaction died with it, so nothing of them is stored. An import that lives,
   * here or in another process, holds a lock.
   *
   * @returns how many were marked
   */
  async failInterruptedImports(): Promise<number> {
    const rows = await this.source.query<[unknown[], number]>(
      `update imports set status = 'failed', finished_at = $2
       where status = 'running' and pg_try_advisory_xact_lock($1, hashtext(id::text)) returning id`,
      [OWNER_LOCK, this.clock.now().toISOString()],
    );
    return rows[1];
  }
}
