import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isPermitted } from '../access/policy.js';
import { hasRole, type Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { ImportReport } from '../contract/import.js';
import type { Declaration } from '../contract/records.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { databaseProblem } from '../http/database-problem.js';
import { forbidden, notFound, Problem, type ProblemError } from '../http/problem.js';
import { LongConnection } from './connection.js';
import { findImport, reportOf } from './import-records.js';
import { WRITER_LOCK } from './import-run.js';
import { changedTypes, obstacles, undoType } from './revert.js';
import { touchedScopes } from './touched-scopes.js';

const standsInTheWay = (errors: readonly ProblemError[]): Problem =>
  new Problem(
    409,
    'conflict',
    `Later changes build on this import, so it cannot be undone: ${errors.length} ${errors.length === 1 ? 'record stands' : 'records stand'} in the way.`,
    errors,
  );

/** The example goes as a whole, with its sign-ins; half of it would stay labelled as example. */
const refuseExample = async (connection: LongConnection, id: string): Promise<void> => {
  const rows = await connection.query('select 1 from example where import_id = $1 and removed_at is null', [id]);
  if (rows.length > 0)
    throw new Problem(409, 'conflict', 'This import is the example enterprise. Remove the example instead.');
};

/** Undoes imports, as long as nothing has built on them. Nothing is deleted: records are archived, values get a new version. */
@Injectable()
export class RevertService {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem 404, 403 for someone else's import, 409 where it is not committed, or where something stands in the way (each in errors)
   */
  async revert(principal: Principal, id: string): Promise<ImportReport> {
    const row = await findImport(this.source, id);
    if (!row) throw notFound();
    if (row.user_id !== principal.userId && !hasRole(principal, 'admin'))
      throw forbidden('Only who imported, or an administrator, may revert the import.');
    const connection = await LongConnection.open(this.source, 'revert');
    try {
      await connection.script('begin');
      await connection.query('select pg_advisory_xact_lock($1)', [WRITER_LOCK]);
      await refuseExample(connection, id);
      await this.undo(connection, principal, id);
      await connection.script('commit');
    } catch (error) {
      await connection.script('rollback').catch(() => undefined);
      throw asObstacle(error);
    } finally {
      await connection.close();
    }
    return reportOf((await findImport(this.source, id))!);
  }

  private async undo(connection: LongConnection, principal: Principal, id: string): Promise<void> {
    const now = this.clock.now().toISOString();
    const reverted = await connection.write(
      `update imports set status = 'reverted', reverted_at = $2, reverted_by = $3 where id = $1 and status = 'committed'`,
      [id, now, principal.email],
    );
    if (reverted === 0)
      throw new Problem(409, 'conflict', 'Only an import that was committed, and not reverted yet, can be reverted.');
    // The planner knows little about what was written lately; joining many rows one by one would take hours.
    await connection.script('set local enable_nestloop = off');
    const types = await changedTypes(connection, id);
    if (types.some((declaration) => !isPermitted(principal, `records.write:${declaration.type}`)))
      throw forbidden(
        'Your role does not permit changing all records of this import. Ask an administrator to revert it.',
      );
    const errors = await obstacles(connection, id);
    if (errors.length > 0) throw standsInTheWay(errors);
    const counts = await this.undoAll(connection, types, { importId: id, now, by: principal.email });
    const entry = {
      at: now,
      actor: principal.email,
      action: 'reverted',
      objectType: 'import',
      objectId: id,
      objectCode: null,
      before: { status: 'committed' },
      after: { status: 'reverted', tables: counts },
    };
    await recordChange(connection.manager, entry, await touchedScopes(connection, id));
  }

  /** What refers comes before what it refers to. */
  private async undoAll(
    connection: LongConnection,
    types: readonly Declaration[],
    undo: { importId: string; now: string; by: string },
  ): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const declaration of [...types].reverse()) {
      const [expected] = await connection.query<{ count: number }>(
        'select count(*) as count from import_changes where import_id = $1 and table_name = $2',
        [undo.importId, declaration.table],
      );
      const changed = await undoType(connection, declaration, undo);
      if (changed !== expected!.count)
        throw new Problem(409, 'conflict', 'Someone changed the same records meanwhile. Try again.');
      counts[declaration.table] = changed;
    }
    return counts;
  }
}

/** A rule of the database that forbids the way back, such as an amount that needs a rate of the import. */
const asObstacle = (error: unknown): unknown => {
  if (error instanceof Problem) return error;
  const problem = databaseProblem(error);
  if (problem?.status !== 422 && problem?.status !== 409) return error;
  return standsInTheWay([{ pointer: '', code: 'rule', message: problem.detail }]);
};
