import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { secretHash } from '../access/credentials.js';
import type { Principal } from '../access/principal.js';
import { SettingsService } from '../access/settings.service.js';
import { appendAudit } from '../audit/write.js';
import type { Config } from '../config.js';
import type {
  InviteToSurvey,
  SurveyInvited,
  SurveyRound,
  SurveyWithdrawn,
  WithdrawFromSurvey,
} from '../contract/survey.js';
import { localDate } from '../core/period.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { CONFIG } from '../http/config.token.js';
import { invalidField, Problem } from '../http/problem.js';
import { MailService } from '../reminders/mail.service.js';
import { newLink } from './links.js';
import { foundRound, HAS_LINK, openRound, type RoundRow, shownRound } from './rounds.queries.js';
import { SurveyMails } from './survey-mails.service.js';

/** Who is asked in an open round: by mails, which go out after the change is stored, or by links to hand out. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly source: DataSource,
    private readonly mails: MailService,
    private readonly sender: SurveyMails,
    private readonly settings: SettingsService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Whom no mail has reached yet is sent another, and so is whose invitation was taken back; who has a link is left alone, and so is who was asked of
   * another area: they stay in that one, answered or not. Links that stand in for lost ones ask nobody anew.
   * @throws Problem 404, 409 where the round is not open, 422 for an area that is not asked, or mails without a server for them
   */
  async invite(who: Principal, ref: string, given: InviteToSurvey): Promise<SurveyInvited> {
    if (given.emails.length === 0 && given.links === 0)
      throw invalidField('/emails', 'invitation.none', 'Write at least one address, or ask for at least one link.');
    if (given.emails.length > 0 && !this.mails.isConfigured)
      throw invalidField('/emails', 'mail.missing', 'Mail is not set up on this server. Make links and hand them out.');
    const { id, ...invited } = await this.source.transaction(async (manager) => {
      const round = await openRound(manager, ref, this.now(), given.replacing > 0 ? 'update' : 'share');
      const area = round.areas.find(
        ({ id, code }) => code.toLowerCase() === given.area.toLowerCase() || id === given.area.toLowerCase(),
      );
      if (!area) throw invalidField('/area', 'reference.unknown', 'This area is not asked in this round.');
      await refuseReplacing(manager, round.id, area.id, given);
      const links: string[] = [];
      for (let made = 0; made < given.links; made++) {
        const [{ id } = { id: '' }] = (await manager.query(
          'insert into survey_invitations (survey_id, org_unit_id, replaces) values ($1, $2, $3) returning id',
          [round.id, area.id, made < given.replacing],
        )) as { id: string }[];
        links.push(await newLink(manager, this.config.publicUrl, id));
      }
      const known: string[] = [];
      let waiting = 0;
      for (const email of new Set(given.emails)) {
        const taken = (await manager.query(
          `insert into survey_invitations as i (survey_id, org_unit_id, email, sending) values ($1, $2, $3, 'waiting')
           on conflict (survey_id, email) do update set sending = 'waiting', failure = null,
             org_unit_id = excluded.org_unit_id
             where ((i.sending = 'failed' and not i.mailed) or (i.sending = 'sent' and not ${HAS_LINK}))
               and (i.org_unit_id = excluded.org_unit_id or not (i.mailed or ${HAS_LINK}))
           returning i.id`,
          [round.id, area.id, email],
        )) as unknown[];
        if (taken.length > 0) waiting += 1;
        else known.push(email);
      }
      await this.record(manager, who, 'invited', round, {
        ...{ area: area.code, links: links.length, mails: waiting },
        ...(given.replacing > 0 ? { replacing: given.replacing } : {}),
      });
      return { id: round.id, links, waiting, known };
    });
    this.sender.wake();
    return { ...invited, round: await this.shown(id) };
  }

  /** Sends again what the mail server did not take. @throws Problem 404, 409 where the round is not open */
  async retry(who: Principal, ref: string): Promise<SurveyRound> {
    this.refuseWithoutMail();
    const id = await this.source.transaction(async (manager) => {
      const round = await openRound(manager, ref, this.now());
      const [, mails] = (await manager.query(
        `update survey_invitations set sending = 'waiting', failure = null
         where survey_id = $1 and sending = 'failed' and email is not null`,
        [round.id],
      )) as [unknown, number];
      if (mails > 0) await this.record(manager, who, 'invited', round, { mails });
      return round.id;
    });
    this.sender.wake();
    return this.shown(id);
  }

  /**
   * A mail with a new link to each who was invited by mail, answered or not: whom a reminder passes over would be known to have answered. Former
   * links keep working; the link of somebody who has answered says so.
   * @throws Problem 404, 409 where the round is not open, or people were reminded today
   */
  async remind(who: Principal, ref: string): Promise<SurveyInvited> {
    this.refuseWithoutMail();
    const { id, waiting } = await this.source.transaction(async (manager) => {
      const round = await openRound(manager, ref, this.now(), 'update');
      const { reportingTimeZone } = await this.settings.read(manager);
      const today = localDate(this.now(), reportingTimeZone);
      if (round.remindedOn === today)
        throw new Problem(409, 'conflict', 'People were reminded today. Remind them again tomorrow at the earliest.');
      const [, waiting] = (await manager.query(
        `update survey_invitations i set reminders = reminders + 1, sending = 'waiting', failure = null
         where survey_id = $1 and mailed and email is not null and ${HAS_LINK}`,
        [round.id],
      )) as [unknown, number];
      if (waiting > 0) {
        await manager.query('update survey_rounds set reminded_on = $2, version = version + 1 where survey_id = $1', [
          round.id,
          today,
        ]);
        await this.record(manager, who, 'reminded', round, { mails: waiting });
      }
      return { id: round.id, waiting };
    });
    this.sender.wake();
    return { links: [], waiting, known: [], round: await this.shown(id) };
  }

  /**
   * Takes invitations back: their links stop working. Whom no mail has reached, and whose link to hand out was not used, was not asked. Who was sent a
   * mail stays asked, answered or not: else what is left alone, or the number of those asked, would tell who has answered.
   * @throws Problem 404, 409 where the round is not open, 422
   */
  async withdraw(who: Principal, ref: string, { emails, links }: WithdrawFromSurvey): Promise<SurveyWithdrawn> {
    const asked = emails.length + links.length;
    if (asked === 0) throw invalidField('/emails', 'invitation.none', 'Write at least one address or link.');
    const { id, withdrawn } = await this.source.transaction(async (manager) => {
      const round = await openRound(manager, ref, this.now(), 'update');
      const hashes = links.map((link) => secretHash(link.split('/').at(-1)!));
      const going = (await manager.query(
        `select i.id, i.email is not null and (i.mailed or ${HAS_LINK}) as "isReached" from survey_invitations i
         where i.survey_id = $1 and (not i.used or i.email is not null)
           and (i.email = any ($2) or exists (select 1 from survey_tokens t where t.invitation_id = i.id and t.token_hash = any ($3)))
         for update`,
        [round.id, emails, hashes],
      )) as { id: string; isReached: boolean }[];
      const ids = going.map((each) => each.id);
      await manager.query('delete from survey_tokens where invitation_id = any ($1)', [ids]);
      await manager.query(
        `update survey_invitations set mailed = true, sending = 'sent', failure = null where id = any ($1)`,
        [going.filter(({ isReached }) => isReached).map(({ id }) => id)],
      );
      await manager.query('delete from survey_invitations where id = any ($1)', [
        going.filter(({ isReached }) => !isReached).map(({ id }) => id),
      ]);
      if (ids.length > 0) await this.record(manager, who, 'withdrawn', round, { invitations: ids.length });
      return { id: round.id, withdrawn: ids.length };
    });
    return { withdrawn, left: Math.max(0, asked - withdrawn), round: await this.shown(id) };
  }

  private async shown(id: string): Promise<SurveyRound> {
    return shownRound(await foundRound(this.source, id, this.now()));
  }

  private refuseWithoutMail(): void {
    if (!this.mails.isConfigured) throw new Problem(409, 'conflict', 'Mail is not set up on this server.');
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  /** Neither addresses nor links stand in the audit. No figure moves, so the data's version stays. */
  private record(
    manager: EntityManager,
    who: Principal,
    action: string,
    { id, code }: RoundRow,
    after: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const object = { objectType: 'survey', objectId: id, objectCode: code };
    return appendAudit(manager, { at: this.now(), actor: who.email, action, ...object, before: null, after });
  }
}

/** No more links can be lost than work, have no answer and no other link in their place. */
const refuseReplacing = async (
  manager: EntityManager,
  surveyId: string,
  areaId: string,
  { links, replacing }: InviteToSurvey,
): Promise<void> => {
  if (replacing === 0) return;
  if (replacing > links)
    throw invalidField('/replacing', 'invitation.replacing', 'Ask for a link for each that was lost.');
  const [{ unanswered } = { unanswered: 0 }] = (await manager.query(
    'select unanswered::int from survey_asked where survey_id = $1 and org_unit_id = $2',
    [surveyId, areaId],
  )) as { unanswered: number }[];
  if (replacing > unanswered)
    throw invalidField(
      '/replacing',
      'invitation.replacing',
      `Of this area ${unanswered === 1 ? '1 link is' : `${unanswered} links are`} without an answer, so no more can be lost.`,
    );
};
