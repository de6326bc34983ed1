import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { writableAmong } from '../access/rights.js';
import type { Principal } from '../access/principal.js';
import type { DecisionPage } from '../contract/decision.js';
import { RECORDS } from '../contract/records.js';
import { currentPeriod, localInstant, previousPeriod } from '../core/period.js';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';
import { notFound } from '../http/problem.js';
import type { Reading } from '../http/reading.js';
import { RegisterService } from '../records/register.service.js';
import { DecisionDelayService, delayBody, type Delay } from './delay.service.js';
import { oneLine, type Line } from './log.queries.js';
import { lineOf } from './log.service.js';
import { notedOn } from './noted.queries.js';

type Parts = Pick<DecisionPage, 'options' | 'escalations' | 'reopenings'> &
  Pick<DecisionPage['decision'], 'rationale' | 'givenUp' | 'decidedBy' | 'itInvolved'>;

/** One row is one decision with all that hangs on it. */
const PARTS = `
  select d.rationale, d.given_up as "givenUp", d.decided_by as "decidedBy", d.it_involved as "itInvolved",
    (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'version', o.version, 'name', o.name, 'consequence', o.consequence, 'chosen', o.chosen)
        order by o.chosen desc nulls last, o.created_at, o.id), '[]')
      from decision_options o where o.decision_id = d.id and o.archived_at is null) as options,
    (select coalesce(jsonb_agg(jsonb_build_object('at', ${isoInstant('e.at')}, 'fromLevel', e.from_level,
        'toLevel', e.to_level, 'reason', e.reason) order by e.at), '[]')
      from decision_escalations e where e.decision_id = d.id and e.archived_at is null) as escalations,
    (select coalesce(jsonb_agg(jsonb_build_object('at', ${isoInstant('r.at')}, 'reason', r.reason,
        'decidedAt', ${isoInstant('r.decided_at')}, 'outcome', r.outcome, 'decidedLevel', r.decided_level) order by r.at), '[]')
      from decision_reopenings r where r.decision_id = d.id and r.archived_at is null) as reopenings
  from decisions d where d.id = $1`;

/** One decision: what was weighed, how it went, and what waits for it. */
@Injectable()
export class DecisionService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    private readonly delays: DecisionDelayService,
  ) {}

  /**
   * The id of a decision that this person may see.
   * @throws Problem 404
   */
  async idOf(who: Principal, ref: string): Promise<string> {
    return (await this.register.read(RECORDS.decision, who, ref)).id;
  }

  /** @throws Problem 404 */
  async page(manager: EntityManager, reading: Reading, who: Principal, id: string): Promise<DecisionPage> {
    const line = await this.line(manager, reading, id);
    const [parts] = await named<Parts>(manager, 'parts of a decision', PARTS, [id]);
    const { options, escalations, reopenings, ...words } = parts!;
    const mayWrite = (await writableAmong(this.source, who, 'decision', [id])).has(id);
    const decidedIn =
      line.decidedAt === null ? null : currentPeriod(line.decidedAt, reading.timeZone, reading.startMonth);
    const local = (at: string): string => localInstant(at, reading.timeZone);
    return {
      period: reading.period,
      currency: reading.currency,
      asOf: reading.today,
      decision: { ...lineOf(line, reading), ...words, version: line.version, mayWrite },
      decidedIn,
      before: decidedIn === null ? null : previousPeriod(decidedIn),
      options,
      escalations: escalations.map((each) => ({ ...each, at: local(each.at) })),
      reopenings: reopenings.map((each) => ({
        ...each,
        at: local(each.at),
        decidedAt: each.decidedAt && local(each.decidedAt),
      })),
      delay: delayBody(await this.delays.of(manager, reading, line), reading.decimals),
      noted: await notedOn(manager, who, id),
    };
  }

  /**
   * What waits for a decision, by its code.
   * @throws Problem 404
   */
  async delay(manager: EntityManager, reading: Reading, code: string): Promise<{ line: Line; delay: Delay }> {
    const [found] = await named<{ id: string }>(
      manager,
      'decision by code',
      'select id from decisions where lower(code) = lower($1) and archived_at is null',
      [code],
    );
    if (!found) throw notFound();
    const line = await this.line(manager, reading, found.id);
    return { line, delay: await this.delays.of(manager, reading, line) };
  }

  private async line(manager: EntityManager, reading: Reading, id: string): Promise<Line> {
    const line = await oneLine(manager, reading, id);
    if (!line) throw notFound();
    return line;
  }
}
