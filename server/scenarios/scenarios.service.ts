import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { ChangeScenario, CreateScenario, Scenario, Scenarios, ScenariosQuery } from '../contract/scenario.js';
import { changeKey, type ScenarioChange } from '../contract/scenario-words.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import { stale } from '../http/etag.js';
import { forbidden, invalid, notFound } from '../http/problem.js';
import { livingCodes, scenarioById, scenarioPage, type ScenarioRow } from './scenarios.queries.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Named sets of changes. Its owner changes a scenario; others read it, and copy it, where it is shared; else it does not exist for them.
 * No figure rests on one, so the data's version stays.
 */
@Injectable()
export class ScenariosService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem 422 for a cursor that is none of ours */
  async list(who: Principal, { q, whose, limit, cursor }: ScenariosQuery): Promise<Scenarios> {
    const offset = cursor === undefined ? 0 : readCursor(cursor, z.int().min(0));
    const { rows, total } = await scenarioPage(this.source, who.userId, { q, whose, limit, offset });
    const next = offset + rows.length;
    return {
      items: rows.map((row) => shown(row, who)),
      total,
      nextCursor: next < total && rows.length > 0 ? writeCursor(next) : null,
    };
  }

  /** @throws Problem 404 where there is none, or it is somebody's who does not share it */
  async read(who: Principal, id: string): Promise<Scenario> {
    return shown(await found(this.source, who, id), who);
  }

  /** @throws Problem 422 for a change of a record that is not there */
  async create(who: Principal, given: CreateScenario): Promise<Scenario> {
    const id = uuidv7();
    return this.source.transaction(async (manager) => {
      await refuseUnknown(manager, given.changes, []);
      await manager.query(
        `insert into scenarios (id, user_id, owner_email, name, note, shared, changes, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
        [
          id,
          who.userId,
          who.email,
          given.name,
          given.note || null,
          given.shared,
          JSON.stringify(given.changes),
          this.now(),
        ],
      );
      const made = await found(manager, who, id);
      await this.record(manager, who, 'created', null, made);
      return shown(made, who);
    });
  }

  /**
   * @param version what If-Match named
   * @throws Problem 404, 403 for another's, 412 with the scenario as it is now, 422
   */
  async change(who: Principal, id: string, version: number, given: ChangeScenario): Promise<Scenario> {
    return this.source.transaction(async (manager) => {
      const before = await own(manager, who, id);
      if (before.version !== version) throw stale(shown(before, who));
      const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      if (Object.keys(stated).length === 0) return shown(before, who);
      const { name, note, shared, changes } = { ...before, ...stated } as ScenarioRow;
      await refuseUnknown(manager, changes, before.changes);
      await this.update(manager, who, before, {
        name,
        note: note || null,
        shared,
        changes: JSON.stringify(changes),
      });
      const after = await found(manager, who, id);
      await this.record(manager, who, 'changed', before, after);
      return shown(after, who);
    });
  }

  /** @throws Problem 404, 403 for another's, 412 */
  async archive(who: Principal, id: string, version: number): Promise<void> {
    await this.source.transaction(async (manager) => {
      const before = await own(manager, who, id);
      if (before.version !== version) throw stale(shown(before, who));
      await this.update(manager, who, before, { archived_at: this.now() });
      await this.record(manager, who, 'archived', before, null);
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  /** Of two writers with the same version one finds no row. */
  private async update(
    manager: EntityManager,
    who: Principal,
    before: ScenarioRow,
    values: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const sets = Object.keys(values).map((column, index) => `${column} = $${index + 4}`);
    const [, changed] = (await manager.query(
      `update scenarios set ${sets.join(', ')}, version = version + 1, updated_at = $3
       where id = $1 and version = $2 and archived_at is null`,
      [before.id, before.version, this.now(), ...Object.values(values)],
    )) as [unknown, number];
    if (changed === 0) throw stale(shown(await found(manager, who, before.id), who));
  }

  private record(
    manager: EntityManager,
    who: Principal,
    action: string,
    before: ScenarioRow | null,
    after: ScenarioRow | null,
  ): Promise<void> {
    const { id, name } = (after ?? before)!;
    const object = { objectType: 'scenario', objectId: id, objectCode: name };
    const entry = { at: this.now(), actor: who.email, action, ...object, before: kept(before), after: kept(after) };
    return recordChange(manager, entry, []);
  }
}

const found = async (on: DataSource | EntityManager, who: Principal, id: string): Promise<ScenarioRow> => {
  const row = UUID.test(id) ? await scenarioById(on, who.userId, id) : null;
  if (!row) throw notFound();
  return row;
};

const own = async (manager: EntityManager, who: Principal, id: string): Promise<ScenarioRow> => {
  const row = await found(manager, who, id);
  if (row.userId !== who.userId)
    throw forbidden(`This scenario is ${row.owner}’s. Save a copy of your own and change that.`);
  return row;
};

const shown = ({ userId, ...row }: ScenarioRow, who: Principal): Scenario => ({
  ...row,
  isMine: userId === who.userId,
});

/** What the audit keeps. */
const kept = (row: ScenarioRow | null): Record<string, unknown> | null =>
  row && { name: row.name, note: row.note, shared: row.shared, changes: row.changes };

/** What is stored already may name a record that is archived since: it is said where it is shown, and is in nobody's way. */
const refuseUnknown = async (
  manager: EntityManager,
  changes: readonly ScenarioChange[],
  stored: readonly ScenarioChange[],
): Promise<void> => {
  const known = new Set(stored.map(changeKey));
  const living = await livingCodes(manager, changes);
  const errors = changes.flatMap((change, index) =>
    known.has(changeKey(change)) || living.has(`${change.type}:${change.code.toLowerCase()}`)
      ? []
      : [
          {
            pointer: `/changes/${index}/code`,
            code: 'reference.unknown',
            message: `There is no ${change.type} ${change.code}, or it is not visible to you.`,
          },
        ],
  );
  if (errors.length > 0) throw invalid(errors);
};
