import { Injectable } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.js';
import type { AnyRecord } from '../contract/records.js';
import { instantOfDay } from '../core/decision-day.js';
import { localDate } from '../core/period.js';
import { Problem } from '../http/problem.js';
import { type Held, HoldingService, later, tell } from './holding.service.js';

/** Opens a decision again that was taken. */
@Injectable()
export class ReopeningService {
  constructor(private readonly holding: HoldingService) {}

  /**
   * What it had been goes into its history, the count grows by one, and it is open: one transaction, two events.
   *
   * @param version what If-Match named
   * @returns the decision as it is now
   * @throws Problem 404 out of sight, 403 not theirs, 412 with the current record, 409 where it is not decided, or decided on a day that lies ahead
   */
  reopen(who: Principal, ref: string, version: number, reason: string): Promise<AnyRecord> {
    return this.holding.hold(who, ref, version, async (held) => {
      const { manager, before, code, now } = held;
      const { decidedAt, outcome, decidedLevel, decidedBy, reopened } = before as Record<string, string | null>;
      if (held.decidedAt === null)
        throw new Problem(409, 'conflict', 'It is not decided, so there is nothing to open again.');
      if (held.decidedAt > now)
        throw new Problem(
          409,
          'conflict',
          `The day on which it was decided (${localDate(held.decidedAt, held.timeZone)}) lies ahead. Correct it first.`,
        );
      await manager.query(
        `update decisions set decided_at = null, outcome = null, decided_level = null, decided_by = null, reopened = coalesce(reopened, 0) + 1,
           version = version + 1, updated_at = $2 where id = $1`,
        [before.id, now],
      );
      const id = uuidv7();
      const at = momentOf(held);
      await manager.query(
        `insert into decision_reopenings (id, created_at, updated_at, decision_id, at, reason, decided_at, outcome, decided_level)
           values ($1, $2, $2, $3, $4, $5, $6, $7, $8)`,
        [id, now, before.id, at, reason, decidedAt, outcome, decidedLevel],
      );
      const former = { decidedAt, outcome, decidedLevel };
      await tell(held, [
        {
          action: 'created',
          objectType: 'decision_reopening',
          objectId: id,
          objectCode: code,
          before: null,
          after: { decisionCode: code, at, reason, ...former },
        },
        {
          action: 'changed',
          objectType: 'decision',
          objectId: before.id,
          objectCode: code,
          before: { ...former, decidedBy, reopened },
          after: {
            decidedAt: null,
            outcome: null,
            decidedLevel: null,
            decidedBy: null,
            reopened: Number(reopened ?? 0) + 1,
          },
        },
      ]);
    });
  }
}

/**
 * When it is opened again: now. While the example is loaded, on the last day of its story, as everything is told by that day; but not before the
 * decision was taken, nor at the moment at which it was opened last.
 */
const momentOf = ({ today: day, now, timeZone, decidedAt: since, openedAt }: Held): string => {
  const placed = instantOfDay({ day, now, timeZone, since });
  return later(typeof placed === 'string' ? now : placed.at, openedAt);
};
