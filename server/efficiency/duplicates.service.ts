import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.js';
import { writableAmong } from '../access/rights.js';
import { dataVersionScope } from '../access/scope.js';
import { ENTERPRISE, recordChange } from '../audit/write.js';
import type { DuplicateVerdict, JudgeDuplicate } from '../contract/efficiency.js';
import { type AnyRecord, initiative } from '../contract/records.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { forbidden, invalidField, notFound, Problem } from '../http/problem.js';
import { RegisterService } from '../records/register.service.js';

/** A person says whether two initiatives do the same: then one is marked as duplicating the other, or the pair is not shown again. */
@Injectable()
export class DuplicatesService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem 404 for an initiative that is not there, 403 where neither (for a mark: the one that is marked) is the person's to write,
   *   409 where the pair was judged already or would go in a circle, 412 where the initiative changed since it was read, 422 for one and the same
   */
  async judge(who: Principal, given: JudgeDuplicate): Promise<DuplicateVerdict> {
    const one = await this.live(who, given.initiative);
    const other = await this.live(who, given.other);
    if (one.id === other.id) throw invalidField('/other', 'field.invalid', 'Name two different initiatives.');
    const at = this.clock.now().toISOString();
    const id = uuidv7();
    await this.source.transaction(async (manager) => {
      await this.refuseForeign(manager, who, given.verdict === 'duplicate' ? [one] : [one, other]);
      // Both in one order, so that two judges never wait for each other in a circle.
      await manager.query('select id from initiatives where id = any ($1::uuid[]) order by id for update', [
        [one.id, other.id],
      ]);
      if (given.verdict === 'duplicate') await this.mark(manager, one, other, given.version, at);
      const [standing] = (await manager.query(
        `select id, verdict from duplicate_verdicts where withdrawn_at is null and initiative_id in ($1, $2) and other_id in ($1, $2)`,
        [one.id, other.id],
      )) as { id: string; verdict: DuplicateVerdict['verdict'] }[];
      if (given.verdict === 'different') {
        await refuseMarked(manager, one.id, other.id);
        if (standing?.verdict === 'different') throw judgedAlready();
      }
      // A mark that was taken away by an edit can be judged anew: the word of then stands no more.
      if (standing) await withdraw(manager, standing.id, who, at);
      await manager.query(
        `insert into duplicate_verdicts (id, initiative_id, other_id, verdict, reason, said_by, said_at) values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, one.id, other.id, given.verdict, given.reason, who.email, at],
      );
      await this.record(manager, who, at, given.verdict === 'duplicate' ? 'changed' : 'judged', one, {
        before: given.verdict === 'duplicate' ? { duplicateOfCode: one['duplicateOfCode'] ?? null } : null,
        after: {
          ...(given.verdict === 'duplicate'
            ? { duplicateOfCode: String(other['code']) }
            : { differsFromCode: String(other['code']) }),
          reason: given.reason,
        },
      });
    });
    return {
      id,
      verdict: given.verdict,
      initiative: String(one['code']),
      other: String(other['code']),
      reason: given.reason,
      by: who.email,
      at,
    };
  }

  /** Lets a pair be judged again that was said to be different. @throws Problem 404, 403 */
  async reopen(who: Principal, id: string): Promise<void> {
    const at = this.clock.now().toISOString();
    await this.source.transaction(async (manager) => {
      const [row] = (await manager.query(
        `select initiative_id, other_id from duplicate_verdicts where id = $1 and verdict = 'different' and withdrawn_at is null for update`,
        [id],
      )) as { initiative_id: string; other_id: string }[];
      if (!row) throw notFound();
      const one = await this.live(who, row.initiative_id);
      const other = await this.live(who, row.other_id);
      await this.refuseForeign(manager, who, [one, other]);
      await withdraw(manager, id, who, at);
      await this.record(manager, who, at, 'judged', one, {
        before: { differsFromCode: String(other['code']) },
        after: { differsFromCode: null },
      });
    });
  }

  private async mark(
    manager: EntityManager,
    one: AnyRecord,
    other: AnyRecord,
    version: number,
    at: string,
  ): Promise<void> {
    if (one.version !== version) throw stale(one);
    if (one['duplicateOfCode'] !== null && one['duplicateOfCode'] !== undefined)
      throw new Problem(409, 'conflict', `${String(one['code'])} is marked as a duplicate already.`);
    await refuseCircle(manager, one, other);
    const [, changed] = (await manager.query(
      `update initiatives set duplicate_of_id = $3, version = version + 1, updated_at = $4 where id = $1 and version = $2`,
      [one.id, version, other.id, at],
    )) as [unknown, number];
    if (changed === 0) throw stale(one);
  }

  /** @throws Problem 404 where it is not there, out of sight, or archived */
  private async live(who: Principal, ref: string): Promise<AnyRecord> {
    const found = await this.register.read(initiative, who, ref);
    if (found.archivedAt !== null) throw notFound();
    return found;
  }

  private async refuseForeign(manager: EntityManager, who: Principal, any: readonly AnyRecord[]): Promise<void> {
    const ids = any.map(({ id }) => id);
    if ((await writableAmong(manager, who, 'initiative', ids)).size === 0)
      throw forbidden('Whoever manages the portfolio of the initiative says whether it duplicates another.');
  }

  private async record(
    manager: EntityManager,
    who: Principal,
    at: string,
    action: string,
    one: AnyRecord,
    change: { before: Record<string, unknown> | null; after: Record<string, unknown> | null },
  ): Promise<void> {
    const [row] = (await manager.query(
      `select ${dataVersionScope('initiative')} as scope from initiatives t where t.id = $1`,
      [one.id],
    )) as { scope: string }[];
    const entry = {
      at,
      actor: who.email,
      action,
      objectType: 'initiative',
      objectId: one.id,
      objectCode: String(one['code']),
    };
    await recordChange(manager, { ...entry, ...change }, [row?.scope ?? ENTERPRISE]);
  }
}

/** @throws Problem 409 where what the other one duplicates leads back to this one: then none of them would be the original */
const refuseCircle = async (manager: EntityManager, one: AnyRecord, other: AnyRecord): Promise<void> => {
  const [back] = (await manager.query(
    `with recursive up (id, next) as (
       select id, duplicate_of_id from initiatives where id = $1
       union select t.id, t.duplicate_of_id from up join initiatives t on t.id = up.next)
     select 1 from up where id = $2`,
    [other.id, one.id],
  )) as unknown[];
  if (back)
    throw new Problem(
      409,
      'conflict',
      `${String(other['code'])} is marked as a duplicate of ${String(one['code'])} already, or of one that duplicates it. One of them has to be the original.`,
    );
};

/** @throws Problem 409 where one of the two is marked as duplicating the other at this moment */
const refuseMarked = async (manager: EntityManager, one: string, other: string): Promise<void> => {
  const [marked] = (await manager.query(
    `select code from initiatives where id in ($1, $2) and duplicate_of_id in ($1, $2) limit 1`,
    [one, other],
  )) as { code: string }[];
  if (marked)
    throw new Problem(
      409,
      'conflict',
      `${marked.code} is marked as a duplicate of the other one. Take that mark out of its record first.`,
    );
};

const withdraw = (manager: EntityManager, id: string, who: Principal, at: string): Promise<unknown> =>
  manager.query(`update duplicate_verdicts set withdrawn_at = $2, withdrawn_by = $3 where id = $1`, [
    id,
    at,
    who.email,
  ]);

const judgedAlready = (): Problem =>
  new Problem(409, 'conflict', 'Somebody has judged this pair already. Load the page again to see what was said.');
