import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import type { Config } from '../config.js';
import { CONFIG } from '../http/config.token.js';
import { LOGGER } from '../http/logger.js';
import { MailError, MailService } from '../reminders/mail.service.js';
import { newLink } from './links.js';
import { surveyMail } from './survey-mail.js';

/** Mails at once: a server for mail takes few connections of one sender. */
const MAILS_AT_ONCE = 4;
/** After so many failures in a row that are not about an address, the rest is not tried. */
const MOST_FAILURES = 4;

const STOPPED = 'The product stopped while this mail went out, so it may have arrived.';

interface Waiting {
  id: string;
  email: string;
  name: string;
  why: string | null;
  contact: string | null;
  isReminder: boolean;
}

/** Takes one mail that waits; of several processes one gets it. */
const CLAIM = `
  with next as (
    select i.id, i.email, s.name, r.why, r.contact, i.mailed as "isReminder"
    from survey_invitations i
      join survey_rounds r on r.survey_id = i.survey_id and r.state = 'open'
      join surveys s on s.id = i.survey_id
    where i.sending = 'waiting' and not i.used and i.email is not null
    order by i.id limit 1 for update of i skip locked),
  taken as (update survey_invitations i set sending = 'sending' from next where i.id = next.id)
  select * from next`;

/**
 * Sends the mails of rounds that wait in the database: after the change that asked for them is stored, so that a stop loses none, and none holds
 * up a request. A link is made when its mail is; what became of the mail stands with the invitation.
 */
@Injectable()
export class SurveyMails implements OnApplicationBootstrap, OnModuleDestroy {
  private isWanted = false;
  private isStopping = false;
  private running: Promise<void> | null = null;

  constructor(
    private readonly source: DataSource,
    private readonly mails: MailService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** What waited when the product stopped goes out now. */
  async onApplicationBootstrap(): Promise<void> {
    await this.source
      .query(`update survey_invitations set sending = 'failed', failure = $1 where sending = 'sending'`, [STOPPED])
      .catch((err: unknown) => this.logger.error({ err }, 'survey mails could not be looked through'));
    this.wake();
  }

  /** A mail that is being sent ends before the database goes. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  /** Something waits. Returns at once. */
  wake(): void {
    if (this.isStopping || !this.mails.isConfigured) return;
    this.isWanted = true;
    this.running ??= this.sendWaiting()
      .catch((err: unknown) => this.logger.error({ err }, 'survey mails could not be sent'))
      .finally(() => {
        this.running = null;
        if (this.isWanted) this.wake();
      });
  }

  private async sendWaiting(): Promise<void> {
    this.isWanted = false;
    const failures = { inARow: 0 };
    const sender = async (): Promise<void> => {
      for (let next = await this.claim(); next !== null; next = await this.claim()) {
        const failure = await this.send(next);
        failures.inARow = failure === null || failure.isOfAddress ? 0 : failures.inARow + 1;
        if (failure !== null && failures.inARow >= MOST_FAILURES) await this.giveUp(failure.message);
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: MAILS_AT_ONCE }, sender));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  private async claim(): Promise<Waiting | null> {
    if (this.isStopping) return null;
    const [next] = (await this.source.query(CLAIM)) as Waiting[];
    return next ?? null;
  }

  /** @returns why it did not go out; null where it did */
  private async send({ id, email, ...about }: Waiting): Promise<{ message: string; isOfAddress: boolean } | null> {
    let hash: Buffer | null = null;
    try {
      const made = await newLink(this.source, this.config.publicUrl, id);
      hash = made.hash;
      await this.mails.send(surveyMail({ to: email, link: made.link, ...about }));
    } catch (error) {
      const failure = failureOf(error);
      if (!(error instanceof MailError)) this.logger.error({ err: error }, 'a survey mail could not be sent');
      // A link that nobody has is none; one that may have arrived goes on working.
      if (!failure.mayHaveArrived) await this.source.query('delete from survey_tokens where token_hash = $1', [hash]);
      await this.source.query(`update survey_invitations set sending = 'failed', failure = $2 where id = $1`, [
        id,
        failure.message,
      ]);
      return failure;
    }
    await this.source.query(
      `update survey_invitations set sending = 'sent', mailed = true, failure = null where id = $1`,
      [id],
    );
    return null;
  }

  private async giveUp(message: string): Promise<void> {
    await this.source.query(
      `update survey_invitations set sending = 'failed', failure = $1 where sending = 'waiting'`,
      [message],
    );
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
