import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { SettingsService } from '../access/settings.service.js';
import { isPermitted } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { ChangeSurveyRound, CreateSurveyRound, SurveyRound, SurveyRounds } from '../contract/survey.js';
import { localDate } from '../core/period.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { forbidden, invalidField, Problem } from '../http/problem.js';
import { MailService } from '../reminders/mail.service.js';
import { areasOf, freeCode, refuseGone, refuseTaken } from './round-checks.js';
import {
  foundRound,
  HAS_LINK,
  readRounds,
  type RoundRow,
  shownRound,
  unreachedBySurvey,
  wrongState,
} from './rounds.queries.js';

/** What of an open round may still be changed: whom it asks, and about when, stands. */
const OF_OPEN_ROUND: readonly (keyof ChangeSurveyRound)[] = ['why', 'contact', 'closesOn'];

type Written = Required<ChangeSurveyRound>;

/**
 * Rounds of a survey: draft, open, closed, in that order and each once. While a round is open none of its answers counts in any figure: else each
 * answer could be told from the figures before and after it.
 */
@Injectable()
export class RoundsService {
  constructor(
    private readonly source: DataSource,
    private readonly mails: MailService,
    private readonly settings: SettingsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(): Promise<SurveyRounds> {
    const [rounds, unreached] = [await readRounds(this.source, null, this.now()), await unreachedBySurvey(this.source)];
    return {
      items: rounds.map((round) => ({ ...shownRound(round), unreached: unreached.get(round.id) ?? [] })),
      mailConfigured: this.mails.isConfigured,
    };
  }

  /** @throws Problem 422 for an area that is not there or a day that cannot be, 409 where the period has a survey already */
  async create(who: Principal, given: CreateSurveyRound): Promise<SurveyRound> {
    const written = { why: null, contact: null, opensOn: null, closesOn: null, ...given };
    return this.source.transaction(async (manager) => {
      await refuseTaken(manager, written.period, null);
      await this.refuseDays(manager, written);
      const { areas, it } = await areasOf(manager, written);
      const [{ id } = { id: '' }] = (await manager.query(
        'insert into surveys (code, period, name) values ($1, $2, $3) returning id',
        [await freeCode(manager, written.period), written.period, written.name],
      )) as { id: string }[];
      await manager.query(
        `insert into survey_rounds (survey_id, why, contact, opens_on, closes_on, area_ids, it_ids) values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, written.why || null, written.contact || null, written.opensOn, written.closesOn, areas, it],
      );
      const made = await foundRound(manager, id, this.now());
      await this.record(manager, who, 'created', null, made);
      return shownRound(made);
    });
  }

  /**
   * Changes a draft; of an open round what leaves those asked as they are.
   * @throws Problem 404, 409 where the round is closed or open and the change is for drafts, 412, 422
   */
  async change(who: Principal, ref: string, version: number, given: ChangeSurveyRound): Promise<SurveyRound> {
    return this.source.transaction(async (manager) => {
      const before = await foundRound(manager, ref, this.now());
      refuseFixed(before, given);
      const written: Written = { ...writtenOf(before), ...given };
      if (written.period !== before.period) await refuseTaken(manager, written.period, before.id);
      await this.refuseDays(manager, written, given);
      const { areas, it } =
        given.areas === undefined && given.itAreas === undefined
          ? { areas: before.areaIds, it: before.itIds }
          : await areasOf(manager, written);
      const [, changed] = (await manager.query(
        `update survey_rounds set why = $4, contact = $5, opens_on = $6, closes_on = $7, area_ids = $8, it_ids = $9, version = version + 1
         where survey_id = $1 and version = $2 and state = $3`,
        [
          ...[before.id, version, before.state],
          ...[written.why || null, written.contact || null, written.opensOn, written.closesOn, areas, it],
        ],
      )) as [unknown, number];
      if (changed === 0) throw stale(shownRound(await foundRound(manager, ref, this.now())));
      if (written.period !== before.period || written.name !== before.name)
        await this.renew(manager, before, written.period, written.name);
      const after = await foundRound(manager, before.id, this.now());
      await this.record(manager, who, 'changed', before, after);
      return shownRound(after);
    });
  }

  /**
   * Takes a draft away, or a round that is closed with its answers, which go into the archive with it: the quarter is free again.
   * @throws Problem 403 for a closed round and who may not write surveys, 404, 409 where it is open, 412
   */
  async remove(who: Principal, ref: string, version: number): Promise<void> {
    await this.source.transaction(async (manager) => {
      const before = await foundRound(manager, ref, this.now());
      if (before.state === 'open')
        throw new Problem(409, 'conflict', 'This round is open. Close it, then it can be removed.');
      const isDraft = before.state === 'draft';
      if (!isDraft && !isPermitted(who, 'records.write:survey'))
        throw forbidden('Its answers go with it. Ask an administrator to remove a closed round.');
      const [, gone] = (await manager.query(
        isDraft
          ? `delete from survey_rounds where survey_id = $1 and version = $2 and state = 'draft'`
          : `update survey_rounds set version = version + 1 where survey_id = $1 and version = $2 and state = 'closed'`,
        [before.id, version],
      )) as [unknown, number];
      if (gone === 0) throw stale(shownRound(await foundRound(manager, ref, this.now())));
      await manager.query(
        'update surveys set archived_at = $2, updated_at = $2, version = version + 1 where id = $1 and archived_at is null',
        [before.id, this.now()],
      );
      await this.record(manager, who, 'removed', before, null);
    });
  }

  /** @throws Problem 404, 409 where it is no draft, its last day is over or an area is archived, 412 */
  async open(who: Principal, ref: string, version: number): Promise<SurveyRound> {
    return this.move(
      ...[who, ref, version],
      { from: 'draft', to: 'open', action: 'opened', sets: 'opened_at = $3' },
      async (manager, { areaIds, isOver }) => {
        await refuseGone(manager, areaIds);
        if (isOver) throw new Problem(409, 'conflict', 'The last day of this round is over. Move that day first.');
      },
    );
  }

  /**
   * Ends the round: its answers count from now on, written anew so that nothing leads to who gave them; addresses are erased, and who was never
   * sent a link was not asked.
   * @throws Problem 404, 409 where it is not open, 412
   */
  async close(who: Principal, ref: string, version: number): Promise<SurveyRound> {
    return this.move(
      ...[who, ref, version],
      { from: 'open', to: 'closed', action: 'closed', sets: 'closed_at = $3' },
      async (manager, { id }) => {
        await manager.query('select settle_survey($1)', [id]);
        await manager.query(
          `delete from survey_invitations i where i.survey_id = $1 and i.sending is not null and not i.mailed and not ${HAS_LINK}`,
          [id],
        );
        await manager.query(
          `update survey_invitations set email = null, mailed = sending is not null, sending = case when sending is not null then 'sent' end,
             failure = null where survey_id = $1`,
          [id],
        );
        await manager.query(
          `update surveys set invited = (select coalesce(sum(a.invited), 0) from survey_asked a where a.survey_id = $1),
             version = version + 1, updated_at = $2 where id = $1`,
          [id, this.now()],
        );
      },
    );
  }

  private async move(
    who: Principal,
    ref: string,
    version: number,
    { from, to, action, sets }: { from: string; to: string; action: string; sets: string },
    also: (manager: EntityManager, round: RoundRow) => Promise<void>,
  ): Promise<SurveyRound> {
    return this.source.transaction(async (manager) => {
      const before = await foundRound(manager, ref, this.now());
      if (before.state !== from) throw wrongState(before);
      const [, changed] = (await manager.query(
        `update survey_rounds set state = '${to}', ${sets}, version = version + 1 where survey_id = $1 and version = $2 and state = '${from}'`,
        [before.id, version, this.now()],
      )) as [unknown, number];
      if (changed === 0) throw stale(shownRound(await foundRound(manager, ref, this.now())));
      await also(manager, before);
      const after = await foundRound(manager, ref, this.now());
      await this.record(manager, who, action, before, after);
      return shownRound(after);
    });
  }

  /** The code names the quarter, and moves with it. */
  private async renew(manager: EntityManager, before: RoundRow, period: string, name: string): Promise<void> {
    const code = period === before.period ? before.code : await freeCode(manager, period);
    await manager.query(
      'update surveys set code = $2, period = $3, name = $4, updated_at = $5, version = version + 1 where id = $1',
      [before.id, code, period, name, this.now()],
    );
  }

  /** @param given of a change: only a day that is set now must lie ahead */
  private async refuseDays(
    manager: EntityManager,
    { opensOn, closesOn }: Pick<Written, 'opensOn' | 'closesOn'>,
    given: Pick<ChangeSurveyRound, 'closesOn'> = { closesOn },
  ): Promise<void> {
    if (closesOn === null) return;
    if (opensOn !== null && closesOn < opensOn)
      throw invalidField('/closesOn', 'date.order', 'The last day lies before the first.');
    const { reportingTimeZone } = await this.settings.read(manager);
    if (given.closesOn && closesOn < localDate(this.now(), reportingTimeZone))
      throw invalidField('/closesOn', 'date.past', 'The last day is over already. Choose today or a later day.');
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  private record(
    manager: EntityManager,
    who: Principal,
    action: string,
    before: RoundRow | null,
    after: RoundRow | null,
  ): Promise<void> {
    const { id, code } = (after ?? before)!;
    const object = { objectType: 'survey', objectId: id, objectCode: code };
    const of = { at: this.now(), actor: who.email, action, ...object };
    return recordChange(manager, { ...of, before: before && kept(before), after: after && kept(after) });
  }
}

/** Of a closed round also how many have answered, as no answer has an event of its own, and how many were asked by links handed out. */
const kept = (round: RoundRow): Record<string, unknown> => ({
  ...{ state: round.state, ...writtenOf(round) },
  ...(round.state === 'closed' ? { answered: round.answered, byLink: round.byLink } : {}),
});

const writtenOf = ({ period, name, why, contact, opensOn, closesOn, areas }: RoundRow): Written => ({
  ...{ period, name, why, contact, opensOn, closesOn },
  areas: areas.map(({ code }) => code),
  itAreas: areas.filter(({ isIt }) => isIt).map(({ code }) => code),
});

const refuseFixed = (round: RoundRow, given: ChangeSurveyRound): void => {
  if (round.state === 'closed') throw wrongState(round);
  const isFixed = Object.keys(given).some((field) => !OF_OPEN_ROUND.includes(field as keyof ChangeSurveyRound));
  if (round.state === 'open' && isFixed)
    throw new Problem(
      409,
      'conflict',
      'This round is open: only why you ask, whom to ask about it, and its last day can be changed.',
    );
};
