import { recordChange } from '../audit/write.js';
import type { Problem } from '../http/problem.js';
import type { ImportProblem, ImportTable } from '../contract/import.js';
import type { Batch } from './batch.js';
import { keepBeginnings } from './beginnings.js';
import { spellTargets } from './checks/targets.js';
import { checkWritten, hasBorders, refuseUnreadable } from './checks/permissions.js';
import { leaveOutAll, runChecks } from './checks/run-checks.js';
import type { LongConnection } from './connection.js';
import { storedTables } from './import-records.js';
import { matchTables, MOST_PROBLEMS, type ImportedTable, type UnknownTable } from './import-tables.js';
import { inForeignFile, previewOf } from './preview.js';
import { countFound, createProblemTables, foundProblems, undoKeepingProblems } from './problems.js';
import type { CellContext } from './reading/cells.js';
import { profileTables, type Profile } from './reading/profile.js';
import type { Source } from './reading/source.js';
import { UnreadableFile } from './reading/unreadable-file.js';
import { forgetTries, storeRejects } from './rejects.js';
import { resolveRows, setRepeatsApart } from './resolve.js';
import { keyRespondents, passExportedAnswers } from './respondents.js';
import { Cancelled, refusalOf, type RunRequest, type RunResult } from './run-request.js';
import { giveIds, stageTable } from './staging.js';
import { changesDigest, touchedScopes } from './touched-scopes.js';
import { countTable, storeTable, untouchedTable } from './upsert.js';

/** One writing import at a time, over all processes. */
export const WRITER_LOCK = 7_203_552;

/** From here on, joins are made as sets whatever the planner believes. */
const MANY_ROWS = 500;

/** One import, within a transaction that the caller began and ends. */
class Run {
  private tables: ImportedTable[] = [];
  private unknown: UnknownTable[] = [];
  private profile: Profile | undefined;
  private timeZone = 'UTC';
  private batch!: Batch;
  /** The table being written, to which an error of the database belongs. */
  private current: string | null = null;

  constructor(
    private readonly connection: LongConnection,
    private readonly request: RunRequest,
    private readonly source: Source,
  ) {}

  async result(): Promise<RunResult> {
    await this.read();
    try {
      await this.check();
      if (this.request.onProblem === 'reject' && (await this.problemCount()) > 0) return await this.rejected();
      return await this.write();
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || this.request.signal.aborted) throw error;
      return this.refused(refusal);
    }
  }

  private goOn = (): void => {
    if (this.request.signal.aborted) throw new Cancelled();
  };

  private contextOf = (table: ImportedTable): CellContext => ({
    decimal: this.profile!.styleOf(table.source.origin),
    timeZone: this.timeZone,
  });

  private async read(): Promise<void> {
    this.request.onProgress('reading', null, 0);
    const settings = await this.connection.query<{ reporting_time_zone: string }>(
      'select reporting_time_zone from settings',
    );
    this.timeZone = settings[0]!.reporting_time_zone;
    const { tables, unknown } = await matchTables(this.source.tables);
    if (tables.length + unknown.length === 0)
      throw new UnreadableFile(
        422,
        'tables.none',
        'The upload holds no table. Fill a sheet of the template, or upload a CSV file named after its table.',
      );
    this.tables = tables;
    this.unknown = unknown;
    const readable = tables.filter((table) => table.broken === null);
    this.profile = await profileTables(
      readable.map((table) => table.source),
      (name) => {
        const table = readable.find((candidate) => candidate.source.table === name)!;
        return table.columns.flatMap((column) => {
          const position = table.positions.get(column.name);
          return column.isNumber && position !== undefined ? [position] : [];
        });
      },
      this.request.decimal,
    );
    this.goOn();
    for (const table of tables)
      await stageTable(this.connection, table, this.contextOf(table), (rows) => {
        this.goOn();
        this.request.onProgress('reading', table.name, rows);
      });
  }

  private async check(): Promise<void> {
    this.request.onProgress('checking', null, 0);
    await this.connection.query('select pg_advisory_xact_lock($1)', [WRITER_LOCK]);
    this.goOn();
    await this.request.first?.(this.connection);
    const settings = await this.connection.query<{ reporting_currency: string }>(
      'select reporting_currency from settings',
    );
    const { id, principal, now, onProblem, dryRun, rejects } = this.request;
    this.batch = {
      importId: id,
      connection: this.connection,
      principal,
      now,
      reportingCurrency: settings[0]!.reporting_currency,
      onProblem,
      rejects: dryRun ? rejects : this.connection,
      tables: this.tables,
    };
    // The planner knows little about tables that an import has just filled; joining many rows one by one would take hours.
    if (this.tables.reduce((sum, table) => sum + table.rows, 0) > MANY_ROWS)
      await this.connection.script('set local enable_nestloop = off');
    await createProblemTables(this.batch);
    await refuseUnreadable(this.batch);
    const readable = this.tables.filter((table) => table.broken === null);
    for (const table of readable) await giveIds(this.connection, table);
    await spellTargets(this.batch);
    for (const table of readable) {
      this.goOn();
      this.request.onProgress('checking', table.name, table.rows);
      if (table.type === 'survey_response') {
        await passExportedAnswers(this.batch, table);
        await keyRespondents(this.batch, table);
      }
      await resolveRows(this.batch, table);
      await setRepeatsApart(this.batch, table);
      await keepBeginnings(this.batch, table);
    }
    await runChecks(this.batch, this.goOn);
    this.goOn();
  }

  private async storeAll(): Promise<void> {
    for (const table of this.tables) {
      this.goOn();
      this.current = table.name;
      this.request.onProgress('writing', table.name, table.rows);
      if (table.broken === null) await storeTable(this.batch, table);
    }
    this.goOn();
  }

  /**
   * Writes, and asks of what was written whether the importer may: only then is it known where a record lies. With onProblem=skip the
   * rows that may not are left out and the rest is written again.
   * @returns false where the import is to be rejected
   */
  private async storePermitted(): Promise<boolean> {
    await this.connection.script('savepoint unwritten');
    for (let before = await countFound(this.batch); ;) {
      await this.storeAll();
      await checkWritten(this.batch);
      const after = await countFound(this.batch);
      if (after === before) return true;
      if (this.request.onProblem === 'reject') return false;
      await undoKeepingProblems(this.batch, 'unwritten');
      await leaveOutAll(this.batch, this.goOn);
      before = await countFound(this.batch);
    }
  }

  private async write(): Promise<RunResult> {
    if (!hasBorders(this.batch)) await this.storeAll();
    else if (!(await this.storePermitted())) return this.rejected();
    const tables: ImportTable[] = [];
    for (const table of this.tables) tables.push(await countTable(this.batch, table));
    const problems = await this.problems();
    const problemCount = await this.problemCount();
    const preview = await previewOf(this.batch, true, this.source.foreign);
    const result = { tables, problems, problemCount, preview };
    if (this.request.dryRun) await forgetTries(this.batch);
    if (problemCount > 0) await storeRejects(this.batch, this.unknown, this.contextOf, this.source.foreign);
    if (this.request.dryRun) return { status: 'dry_run', ...result };
    await this.request.last?.(this.connection);
    await this.conclude(result);
    return { status: 'committed', ...result };
  }

  /** The import's own row, the data versions, and last the audit event: all in the transaction of the records. */
  private async conclude({ tables, problems, problemCount, preview }: Omit<RunResult, 'status'>): Promise<void> {
    const { id, principal, now, fileNames } = this.request;
    const concluded = await this.connection.write(
      `update imports set status = 'committed', finished_at = $2, tables = $3, problems = $4, problem_count = $5, preview = $6
       where id = $1 and status = 'running'`,
      [
        id,
        now,
        storedTables(tables, this.source.ignored),
        JSON.stringify(problems),
        problemCount,
        JSON.stringify(preview),
      ],
    );
    if (concluded === 0) throw new Cancelled();
    const counts = Object.fromEntries(
      tables.map(({ table, created, updated, unchanged, skipped }) => [
        table,
        { created, updated, unchanged, skipped },
      ]),
    );
    const entry = {
      at: now,
      actor: principal.email,
      action: 'imported',
      objectType: 'import',
      objectId: id,
      objectCode: null,
      before: null,
      after: { fileNames: [...fileNames], tables: counts, changes: await changesDigest(this.connection, id) },
    };
    await recordChange(this.connection.manager, entry, await touchedScopes(this.connection, id));
  }

  private async problemCount(): Promise<number> {
    const read = this.tables.reduce((count, table) => count + table.problems.count, 0);
    return read + this.unknown.length + (await countFound(this.batch));
  }

  private async problems(): Promise<ImportProblem[]> {
    const problems = this.inOrder(await foundProblems(this.batch, MOST_PROBLEMS));
    const { foreign } = this.source;
    return foreign === undefined || problems.length === 0 ? problems : inForeignFile(problems, this.tables, foreign);
  }

  private inOrder(found: readonly (ImportProblem & { no: number })[]): ImportProblem[] {
    const all = [
      ...this.tables.flatMap((table) => table.problems.first.map((problem) => ({ ...problem, no: table.no }))),
      ...found,
      ...this.unknown.map((table) => ({ ...table.problem, no: table.no })),
    ];
    all.sort((a, b) => a.no - b.no || a.row - b.row);
    return all
      .slice(0, MOST_PROBLEMS)
      .map(({ table, row, column, value, code, message }) => ({ table, row, column, value, code, message }));
  }

  private async rejected(): Promise<RunResult> {
    return {
      status: 'rejected',
      tables: this.tables.map(untouchedTable),
      problems: await this.problems(),
      problemCount: await this.problemCount(),
      preview: await previewOf(this.batch, false, this.source.foreign),
    };
  }

  /** A rule of the database that no check foresaw, or a record that others changed meanwhile: the transaction is lost, the report is not. */
  private refused(refusal: Problem): RunResult {
    const table = this.current ?? this.tables[0]?.name ?? '';
    const problems = this.inOrder([
      { no: -1, table, row: 1, column: null, value: null, code: refusal.type, message: refusal.detail },
    ]);
    return {
      status: 'rejected',
      tables: this.tables.map(untouchedTable),
      problems,
      problemCount: problems.length,
      preview: null,
    };
  }
}

/**
 * Reads, checks and writes one import inside the transaction that is open on the connection. Nothing is committed here.
 *
 * @throws UnreadableFile, Cancelled, and errors of the database that are not about the content
 */
export const runImport = (connection: LongConnection, request: RunRequest, source: Source): Promise<RunResult> =>
  new Run(connection, request, source).result();
