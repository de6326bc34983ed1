import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import type { Config } from '../config.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { CONFIG } from '../http/config.token.js';
import { LOGGER } from '../http/logger.js';
import { MailError, MailService } from '../reminders/mail.service.js';
import { freshLink } from './links.js';
import { takesAnswers } from './rounds.queries.js';
import { surveyMail } from './survey-mail.js';

/** Mails at once: a server for mail takes few connections of one sender. */
const MAILS_AT_ONCE = 4;
/** After so many failures in a row that are not about an address, the rest is not tried. */
const MOST_FAILURES = 4;
/** Between two tries of a database that is away: twice as long each time. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

const STOPPED = 'The product stopped while this mail went out, so it may have arrived.';
const OVER = 'Not sent: the round was over.';
const NO_MAIL = 'Not sent: mail is not set up on this server.';

interface Waiting {
  id: string;
  email: string;
  name: string;
  why: string | null;
  contact: string | null;
  isReminder: boolean;
}

/** Nothing tells whether somebody has answered, so whether a mail leaves must not depend on it: no statement here reads `used`. */
const NEXT = `
  select i.id from survey_invitations i join survey_rounds r on r.survey_id = i.survey_id
  where i.sending = 'waiting' and i.email is not null and ${takesAnswers('$1')} order by i.id limit 200`;

/** Takes one mail that waits; of several processes one gets it. */
const CLAIM = `
  update survey_invitations i set sending = 'sending' from survey_rounds r, surveys s
  where i.id = $1 and i.sending = 'waiting' and i.email is not null and r.survey_id = i.survey_id and s.id = i.survey_id
    and ${takesAnswers('$2')}
  returning i.id, i.email, s.name, r.why, r.contact, i.mailed as "isReminder"`;

/** Stores a link of a mail that is about to leave; no row where it shall not leave any more: taken back, closed, or over since it was taken. */
const ADD_LINK = `
  with still as (
    select i.id from survey_invitations i join survey_rounds r on r.survey_id = i.survey_id
    where i.id = $1 and i.sending = 'sending' and ${takesAnswers('$3')}),
  added as (
    insert into survey_tokens (invitation_id, token_hash) select id, $2 from still on conflict (token_hash) do nothing)
  select id from still`;

const PUT_BACK = `update survey_invitations set sending = 'waiting' where id = any ($1) and sending = 'sending'`;

const END_OVER = `
  update survey_invitations i set sending = 'failed', failure = $2 from survey_rounds r
  where r.survey_id = i.survey_id and i.sending = 'waiting' and r.state = 'open' and not ${takesAnswers('$1')}`;

const FAIL = `update survey_invitations set sending = 'failed', failure = $2 where sending = $1`;

/**
 * Sends the mails of rounds that wait in the database: after the change that asked for them is stored, so that a stop loses none, and none holds
 * up a request. A link is made when its mail is; what became of the mail stands with the invitation. While the database is away the sender waits for
 * it: what is known of a mail is kept until it is stored, and what left is not sent again.
 */
@Injectable()
export class SurveyMails implements OnApplicationBootstrap, OnModuleDestroy {
  private isWanted = false;
  /** Mails of a process before this one were not looked through yet. */
  private isNew = true;
  private readonly stop = new AbortController();
  private running: Promise<void> | null = null;
  /** Taken, or perhaps so where the answer was lost with the connection, and not handed to the mail server; each with the hash of its link. */
  private readonly unsent = new Map<string, Buffer>();

  constructor(
    private readonly source: DataSource,
    private readonly mails: MailService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** What waited when the product stopped goes out now. */
  onApplicationBootstrap(): void {
    this.isNew = true;
    this.wake();
  }

  /** A mail that is being sent ends before the database goes. */
  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  /** Something waits. Returns at once. */
  wake(): void {
    this.isWanted = true;
    this.running ??= this.work()
      .catch((err: unknown) => {
        if (!this.stop.signal.aborted) this.logger.error({ err }, 'survey mails could not be sent');
      })
      .finally(() => {
        this.running = null;
        if (this.isWanted && !this.stop.signal.aborted) this.wake();
      });
  }

  /** Until nothing waits, or the product stops. */
  private async work(): Promise<void> {
    while (this.isWanted && !this.stop.signal.aborted) {
      this.isWanted = false;
      await this.untilStored(() => this.lookThrough());
      if (this.mails.isConfigured) await this.untilStored(() => this.sendWaiting());
    }
  }

  /** Mails that nobody works on: of a process before this one, which may have arrived; and those that the database took for nobody. */
  private async lookThrough(): Promise<void> {
    if (!this.isNew) return;
    await this.source.query(FAIL, ['sending', STOPPED]);
    if (!this.mails.isConfigured) await this.source.query(FAIL, ['waiting', NO_MAIL]);
    this.isNew = false;
  }

  /** @throws once no mail is being sent any more, where the database is away */
  private async sendWaiting(): Promise<void> {
    const failures = { inARow: 0 };
    for (;;) {
      await this.putBack();
      await this.source.query(END_OVER, [this.now(), OVER]);
      const next = (await this.source.query(NEXT, [this.now()])) as { id: string }[];
      if (next.length === 0) return;
      const sender = async (): Promise<void> => {
        for (let one = next.pop(); one && !this.stop.signal.aborted; one = next.pop()) {
          const failure = await this.send(one.id);
          failures.inARow = failure === null || failure.isOfAddress ? 0 : failures.inARow + 1;
          if (failure !== null && failures.inARow >= MOST_FAILURES) await this.giveUp(failure.message);
        }
      };
      const ends = await Promise.allSettled(Array.from({ length: MAILS_AT_ONCE }, sender));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
      this.stop.signal.throwIfAborted();
    }
  }

  /** @returns why it did not go out; null where it did, or somebody else has it */
  private async send(id: string): Promise<{ message: string; isOfAddress: boolean } | null> {
    const { link, hash } = freshLink(this.config.publicUrl);
    this.unsent.set(id, hash);
    const [[mail]] = (await this.source.query(CLAIM, [id, this.now()])) as [Waiting[], number];
    if (mail === undefined) {
      this.unsent.delete(id);
      return null;
    }
    const added = (await this.source.query(ADD_LINK, [id, hash, this.now()])) as unknown[];
    // Looked at again with those that wait.
    if (added.length === 0) return null;
    this.unsent.delete(id);
    const { email, ...about } = mail;
    try {
      await this.mails.send(surveyMail({ to: email, link, ...about }));
    } catch (error) {
      const failure = failureOf(error);
      if (!(error instanceof MailError)) this.logger.error({ err: error }, 'a survey mail could not be sent');
      await this.untilStored(async () => {
        // A link that nobody has is none; one that may have arrived goes on working.
        if (!failure.mayHaveArrived) await this.source.query('delete from survey_tokens where token_hash = $1', [hash]);
        await this.source.query(`update survey_invitations set sending = 'failed', failure = $2 where id = $1`, [
          id,
          failure.message,
        ]);
      });
      return failure;
    }
    await this.untilStored(() =>
      this.source.query(`update survey_invitations set sending = 'sent', mailed = true, failure = null where id = $1`, [
        id,
      ]),
    );
    return null;
  }

  private async putBack(): Promise<void> {
    if (this.unsent.size === 0) return;
    await this.source.query('delete from survey_tokens where token_hash = any ($1)', [[...this.unsent.values()]]);
    await this.source.query(PUT_BACK, [[...this.unsent.keys()]]);
    this.unsent.clear();
  }

  private async giveUp(message: string): Promise<void> {
    await this.untilStored(() => this.source.query(FAIL, ['waiting', message]));
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  /**
   * Does it again until the database has taken it: one that restarts is away for a moment.
   * @throws once the product stops
   */
  private async untilStored(work: () => Promise<unknown>): Promise<void> {
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      try {
        await work();
        return;
      } catch (err) {
        this.stop.signal.throwIfAborted();
        this.logger.warn({ err, wait }, 'survey mails wait for the database');
        await pause(wait, undefined, { signal: this.stop.signal });
      }
    }
  }
}

const failureOf = (error: unknown): { message: string; isOfAddress: boolean; mayHaveArrived: boolean } => {
  if (!(error instanceof MailError))
    return { message: 'The mail could not be sent.', isOfAddress: false, mayHaveArrived: false };
  const { code } = (error.cause ?? {}) as { code?: string };
  const mayHaveArrived = error.mayHaveArrived;
  const message = mayHaveArrived ? `${error.message} It may have arrived.` : error.message;
  return { message, isOfAddress: code === 'EENVELOPE', mayHaveArrived };
};
