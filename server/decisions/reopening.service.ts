import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.js';
import { writableAmong } from '../access/rights.js';
import { ENTERPRISE, recordChanges } from '../audit/write.js';
import { type AnyRecord, RECORDS } from '../contract/records.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { forbidden, Problem } from '../http/problem.js';
import { RegisterService } from '../records/register.service.js';

/** Opens a decision again that was taken. */
@Injectable()
export class ReopeningService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What it had been goes into its history, the count grows by one, and it is open: one transaction, two events.
   *
   * @param version what If-Match named
   * @returns the decision as it is now
   * @throws Problem 404 out of sight, 403 not theirs, 412 with the current record, 409 where it is not decided
   */
  async reopen(who: Principal, ref: string, version: number, reason: string): Promise<AnyRecord> {
    const before = await this.register.read(RECORDS.decision, who, ref);
    if (!(await writableAmong(this.source, who, 'decision', [before.id])).has(before.id)) throw forbidden();
    if (before.version !== version) throw stale(before);
    if (before['decidedAt'] === null)
      throw new Problem(409, 'conflict', 'It is not decided, so there is nothing to open again.');
    await this.source.transaction(async (manager) => {
      const now = this.clock.now().toISOString();
      const [, changed] = (await manager.query(
        `update decisions set decided_at = null, outcome = null, decided_level = null, decided_by = null, reopened = coalesce(reopened, 0) + 1,
           version = version + 1, updated_at = $3 where id = $1 and version = $2 and archived_at is null`,
        [before.id, version, now],
      )) as [unknown, number];
      if (changed !== 1) throw stale(await this.register.read(RECORDS.decision, who, before.id));
      const id = uuidv7();
      await manager.query(
        `insert into decision_reopenings (id, created_at, updated_at, decision_id, at, reason, decided_at, outcome, decided_level)
           values ($1, $2, $2, $3, $2, $4, $5, $6, $7)`,
        [id, now, before.id, reason, before['decidedAt'], before['outcome'], before['decidedLevel']],
      );
      const { code, decidedAt, outcome, decidedLevel, decidedBy, reopened } = before as Record<string, string | null>;
      const event = { at: now, actor: who.email, objectCode: code ?? null };
      const former = { decidedAt, outcome, decidedLevel };
      await recordChanges(
        manager,
        [
          {
            ...event,
            action: 'created',
            objectType: 'decision_reopening',
            objectId: id,
            before: null,
            after: { decisionCode: code, at: now, reason, ...former },
          },
          {
            ...event,
            action: 'changed',
            objectType: 'decision',
            objectId: before.id,
            before: { ...former, decidedBy, reopened },
            after: {
              decidedAt: null,
              outcome: null,
              decidedLevel: null,
              decidedBy: null,
              reopened: Number(reopened ?? 0) + 1,
            },
          },
        ],
        [ENTERPRISE],
      );
    });
    return this.register.read(RECORDS.decision, who, before.id);
  }
}
