import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { newSecret, secretHash } from '../access/credentials.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { Config } from '../config.js';
import type {
  CreateSurveyRound,
  InviteToSurvey,
  SurveyInvited,
  SurveyRound,
  SurveyRounds,
} from '../contract/survey.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { CONFIG } from '../http/config.token.js';
import { stale } from '../http/etag.js';
import { invalid, invalidField, notFound, Problem } from '../http/problem.js';
import { MailError, MailService } from '../reminders/mail.service.js';
import { readRounds, type RoundRow, unitIds, waiting } from './rounds.queries.js';
import { surveyMail } from './survey-mail.js';

/** Mails at once: a server for mail takes few connections of one sender. */
const MAILS_AT_ONCE = 4;

interface Invitation {
  id: string;
  email: string;
  link: string;
}

/**
 * Rounds of a survey: draft, open, closed, in that order and each once. While a round is open none of its answers counts in any figure: else each
 * answer could be told from the figures before and after it.
 */
@Injectable()
export class RoundsService {
  constructor(
    private readonly source: DataSource,
    private readonly mails: MailService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(): Promise<SurveyRounds> {
    return { items: (await readRounds(this.source, null)).map(shown), mailConfigured: this.mails.isConfigured };
  }

  /** @throws Problem 422 for an area that is not there, 409 where the period has a survey already */
  async create(who: Principal, given: CreateSurveyRound): Promise<SurveyRound> {
    return this.source.transaction(async (manager) => {
      await manager.query('lock table survey_rounds in share row exclusive mode');
      const ids = await unitIds(manager, [...given.areas, ...given.itAreas]);
      refuseUnknownAreas(given, ids);
      const [taken] = (await manager.query(
        'select code from surveys where (period = $1 or lower(code) = lower($2)) and (archived_at is null or lower(code) = lower($2)) limit 1',
        [given.period, codeOf(given.period)],
      )) as { code: string }[];
      if (taken)
        throw new Problem(
          409,
          'duplicate',
          `The survey ${taken.code} is of this period already. Its figures would change by the new answers alone, so a period has one survey.`,
        );
      const [{ id } = { id: '' }] = (await manager.query(
        'insert into surveys (code, period, name) values ($1, $2, $3) returning id',
        [codeOf(given.period), given.period, given.name],
      )) as { id: string }[];
      const areas = [...new Set(given.areas.map((ref) => ids.get(ref)!))];
      const it = [...new Set(given.itAreas.map((ref) => ids.get(ref)!))];
      await manager.query(
        `insert into survey_rounds (survey_id, why, contact, opens_on, closes_on, area_ids, it_ids) values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, given.why || null, given.contact || null, given.opensOn ?? null, given.closesOn ?? null, areas, it],
      );
      const made = await found(manager, id);
      await this.record(manager, who, 'created', null, made);
      return shown(made);
    });
  }

  /** @throws Problem 404, 409 where it is no draft, 412 */
  async open(who: Principal, ref: string, version: number): Promise<SurveyRound> {
    return this.move(who, ref, version, { from: 'draft', to: 'open', action: 'opened', sets: 'opened_at = $3' });
  }

  /**
   * Ends the round: its answers count from now on, and addresses are erased.
   * @throws Problem 404, 409 where it is not open, 412
   */
  async close(who: Principal, ref: string, version: number): Promise<SurveyRound> {
    return this.move(
      who,
      ref,
      version,
      { from: 'open', to: 'closed', action: 'closed', sets: 'closed_at = $3' },
      (manager, { id }) =>
        manager.query(
          `with erased as (update survey_invitations set email = null where survey_id = $1 returning 1)
         update surveys set invited = (select count(*) from erased), version = version + 1, updated_at = $2 where id = $1`,
          [id, this.now()],
        ),
    );
  }

  /** @throws Problem 404, 409 where the round is not open, 422 for an area that is not asked, or mails without a server for them */
  async invite(who: Principal, ref: string, given: InviteToSurvey): Promise<SurveyInvited> {
    if (given.emails.length === 0 && given.links === 0)
      throw invalidField('/emails', 'invitation.none', 'Write at least one address, or ask for at least one link.');
    if (given.emails.length > 0 && !this.mails.isConfigured)
      throw invalidField('/emails', 'mail.missing', 'Mail is not set up on this server. Make links and hand them out.');
    const { round, links, invited, known } = await this.source.transaction(async (manager) => {
      const round = await openRound(manager, ref);
      const area = round.areas.find(
        ({ id, code }) => code.toLowerCase() === given.area.toLowerCase() || id === given.area.toLowerCase(),
      );
      if (!area) throw invalidField('/area', 'reference.unknown', 'This area is not asked in this round.');
      const links: string[] = [];
      for (let made = 0; made < given.links; made++) {
        const [{ id } = { id: '' }] = (await manager.query(
          'insert into survey_invitations (survey_id, org_unit_id) values ($1, $2) returning id',
          [round.id, area.id],
        )) as { id: string }[];
        links.push(await this.newLink(manager, id));
      }
      const invited: Invitation[] = [];
      const known: string[] = [];
      for (const email of new Set(given.emails)) {
        const [row] = (await manager.query(
          `insert into survey_invitations (survey_id, org_unit_id, email, mailed) values ($1, $2, $3, true)
           on conflict (survey_id, email) do nothing returning id`,
          [round.id, area.id, email],
        )) as { id: string }[];
        if (row) invited.push({ id: row.id, email, link: await this.newLink(manager, row.id) });
        else known.push(email);
      }
      const after = { area: area.code, links: links.length, mails: invited.length };
      await this.record(manager, who, 'invited', null, round, after);
      return { round, links, invited, known };
    });
    const failed = await this.send(round, invited, false);
    return {
      links,
      mailed: invited.length - failed.length,
      known,
      failed,
      round: shown(await found(this.source, round.id)),
    };
  }

  /**
   * A mail with a new link to each who was invited by mail and has not answered; former links keep working.
   * @throws Problem 404, 409 where the round is not open
   */
  async remind(who: Principal, ref: string): Promise<SurveyInvited> {
    if (!this.mails.isConfigured) throw new Problem(409, 'conflict', 'Mail is not set up on this server.');
    const { round, reminded } = await this.source.transaction(async (manager) => {
      const round = await openRound(manager, ref);
      const reminded: Invitation[] = [];
      for (const { id, email } of await waiting(manager, round.id))
        reminded.push({ id, email, link: await this.newLink(manager, id) });
      await manager.query('update survey_invitations set reminders = reminders + 1 where id = any ($1)', [
        reminded.map(({ id }) => id),
      ]);
      await this.record(manager, who, 'reminded', null, round, { mails: reminded.length });
      return { round, reminded };
    });
    const failed = await this.send(round, reminded, true);
    const now = shown(await found(this.source, round.id));
    return { links: [], mailed: reminded.length - failed.length, known: [], failed, round: now };
  }

  /** Makes a link that works once; only a hash of it is stored. */
  private async newLink(manager: EntityManager, invitationId: string): Promise<string> {
    const token = newSecret();
    await manager.query('insert into survey_tokens (token_hash, invitation_id) values ($1, $2)', [
      secretHash(token),
      invitationId,
    ]);
    return `${this.config.publicUrl}/s/${token}`;
  }

  private async send(
    round: RoundRow,
    invited: readonly Invitation[],
    isReminder: boolean,
  ): Promise<SurveyInvited['failed']> {
    const { name, why, contact } = round;
    const failed: SurveyInvited['failed'] = [];
    const left = [...invited];
    const sender = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        try {
          await this.mails.send(surveyMail({ to: next.email, name, why, contact, link: next.link, isReminder }));
        } catch (error) {
          if (!(error instanceof MailError)) throw error;
          failed.push({ email: next.email, message: error.message });
        }
      }
    };
    await Promise.all(Array.from({ length: MAILS_AT_ONCE }, sender));
    return failed;
  }

  private async move(
    who: Principal,
    ref: string,
    version: number,
    { from, to, action, sets }: { from: string; to: string; action: string; sets: string },
    also: (manager: EntityManager, round: RoundRow) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<SurveyRound> {
    return this.source.transaction(async (manager) => {
      const before = await found(manager, ref);
      if (before.state !== from) throw wrongState(before);
      const [, changed] = (await manager.query(
        `update survey_rounds set state = '${to}', ${sets}, version = version + 1 where survey_id = $1 and version = $2 and state = '${from}'`,
        [before.id, version, this.now()],
      )) as [unknown, number];
      if (changed === 0) throw stale(shown(await found(manager, ref)));
      await also(manager, before);
      const after = await found(manager, ref);
      await this.record(manager, who, action, before, after);
      return shown(after);
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  /** Neither addresses nor links stand in the audit. */
  private record(
    manager: EntityManager,
    who: Principal,
    action: string,
    before: RoundRow | null,
    after: RoundRow,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const object = { objectType: 'survey', objectId: after.id, objectCode: after.code };
    return recordChange(manager, {
      ...{ at: this.now(), actor: who.email, action, ...object },
      before: before && { state: before.state },
      after: { state: after.state, name: after.name, period: after.period, ...more },
    });
  }
}

const codeOf = (period: string): string => `SUR-${period}`;

const found = async (on: DataSource | EntityManager, ref: string): Promise<RoundRow> => {
  const [row] = await readRounds(on, ref);
  if (!row) throw notFound();
  return row;
};

const openRound = async (manager: EntityManager, ref: string): Promise<RoundRow> => {
  const round = await found(manager, ref);
  // Closing waits for it, and it for closing.
  const [row] = (await manager.query('select state from survey_rounds where survey_id = $1 for share', [round.id])) as {
    state: string;
  }[];
  if (row?.state !== 'open') throw wrongState({ ...round, state: (row?.state ?? 'closed') as RoundRow['state'] });
  return round;
};

const wrongState = ({ state }: RoundRow): Problem =>
  new Problem(
    409,
    'conflict',
    state === 'draft'
      ? 'This round is a draft. Open it first.'
      : state === 'open'
        ? 'This round is open already.'
        : 'This round is closed. A closed round stays closed.',
  );

const shown = ({ id: _id, areaIds: _areaIds, areas, ...round }: RoundRow): SurveyRound => ({
  ...round,
  areas: areas.map(({ id: _unit, ...area }) => area),
});

const refuseUnknownAreas = (given: CreateSurveyRound, ids: ReadonlyMap<string, string>): void => {
  const asked = new Set(given.areas.map((ref) => ids.get(ref)));
  const errors = [
    ...given.areas.flatMap((ref, index) =>
      ids.has(ref)
        ? []
        : [{ pointer: `/areas/${index}`, code: 'reference.unknown', message: `There is no org unit ${ref}.` }],
    ),
    ...given.itAreas.flatMap((ref, index) =>
      ids.has(ref) && asked.has(ids.get(ref))
        ? []
        : [{ pointer: `/itAreas/${index}`, code: 'reference.unknown', message: `${ref} is not among the areas.` }],
    ),
  ];
  if (errors.length > 0) throw invalid(errors);
};
