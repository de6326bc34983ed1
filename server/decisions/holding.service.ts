import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { writableAmong } from '../access/rights.js';
import { type AuditEntry, ENTERPRISE, recordChanges } from '../audit/write.js';
import { type AnyRecord, RECORDS } from '../contract/records.js';
import { instantOfDay } from '../core/decision-day.js';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { STORY_END, todayOf } from '../database/today.js';
import { stale } from '../http/etag.js';
import { forbidden, invalidField, Problem } from '../http/problem.js';
import { RegisterService } from '../records/register.service.js';

/** A decision as it stands while it is held: nobody else changes it, or what hangs on it, through these services. */
export interface Held {
  readonly manager: EntityManager;
  readonly who: Principal;
  /** ISO instant of the change. */
  readonly now: string;
  readonly before: AnyRecord;
  readonly code: string;
  readonly decidedAt: string | null;
  /** When it was opened last: raised, or opened again. ISO; null where nobody knows. */
  readonly openedAt: string | null;
  /** Level at which it lies: that of the last escalation, or the intended one. */
  readonly level: number | null;
  readonly escalatedAt: string | null;
  readonly timeZone: string;
  /** The day by which everything is judged, in the reporting time zone. */
  readonly today: string;
}

type Row = Pick<Held, 'decidedAt' | 'openedAt' | 'level' | 'escalatedAt' | 'timeZone'> & {
  version: number;
  storyEnd: string | null;
};

/** One row is the decision, held until the transaction ends. */
const HELD = `
  select d.version, ${isoInstant('d.decided_at')} as "decidedAt", coalesce(e.to_level, d.intended_level) as level, ${isoInstant('e.at')} as "escalatedAt",
    ${isoInstant('greatest(d.raised_at, (select max(o.at) from decision_reopenings o where o.decision_id = d.id and o.archived_at is null))')} as "openedAt",
    (select reporting_time_zone from settings) as "timeZone", ${STORY_END} as "storyEnd"
  from decisions d left join lateral (
    select at, to_level from decision_escalations where decision_id = d.id and archived_at is null order by at desc limit 1) e on true
  where d.id = $1 and d.archived_at is null for update of d`;

/** Changes of one decision, and of what hangs on it: one at a time, each one transaction. */
@Injectable()
export class HoldingService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param version what If-Match named
   * @param change what is done while the decision is held
   * @returns the decision as it is then
   * @throws Problem 404 out of sight, 403 not theirs, 412 with the current record, and what `change` throws
   */
  async hold(who: Principal, ref: string, version: number, change: (held: Held) => Promise<void>): Promise<AnyRecord> {
    const before = await this.register.read(RECORDS.decision, who, ref);
    if (!(await writableAmong(this.source, who, 'decision', [before.id])).has(before.id)) throw forbidden();
    if (before.version !== version) throw stale(before);
    await this.source.transaction(async (manager) => {
      const [row] = await named<Row>(manager, 'held decision', HELD, [before.id]);
      if (row?.version !== before.version) throw stale(await this.register.read(RECORDS.decision, who, before.id));
      const now = this.clock.now().toISOString();
      const today = todayOf(row.storyEnd, now, row.timeZone);
      await change({ ...row, manager, who, before, now, today, code: String(before['code']) });
    });
    return this.register.read(RECORDS.decision, who, before.id);
  }
}

/**
 * The instant of a day that the form names.
 * @param field the field that holds the day
 * @throws Problem 422 for a day that lies ahead, or before the decision was opened
 */
export const instantIn = ({ now, timeZone, openedAt }: Held, field: string, day: string): string => {
  const placed = instantOfDay({ day, now, timeZone, since: openedAt });
  if (placed === 'ahead')
    throw invalidField(`/${field}`, 'date.ahead', 'That day lies ahead. Name the day on which it happened.');
  if (placed === 'before')
    throw invalidField(
      `/${field}`,
      'order.backwards',
      'That day lies before the one on which the decision was raised, or opened again. Correct one of the two.',
    );
  return placed.at;
};

/** A minute after what it follows, where it does not lie later by itself: no two steps of a decision are at one moment. */
export const later = (at: string, last: string | null): string =>
  last === null || at > last ? at : new Date(Date.parse(last) + 60_000).toISOString();

/**
 * What is told of a decision that is taken stays as it is.
 * @param sentence what cannot be done, and how to go on
 * @throws Problem 409
 */
export const refuseDecided = ({ decidedAt }: Held, sentence: string): void => {
  if (decidedAt !== null) throw new Problem(409, 'conflict', sentence);
};

/** Ends a change: its events, in their order. */
export const tell = ({ manager, who, now }: Held, events: readonly Omit<AuditEntry, 'at' | 'actor'>[]): Promise<void> =>
  recordChanges(
    manager,
    events.map((event) => ({ at: now, actor: who.email, ...event })),
    [ENTERPRISE],
  );
