import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { Credentials } from '../access/credentials.js';
import type { Principal } from '../access/principal.js';
import { SettingsService } from '../access/settings.service.js';
import { SignInThrottle } from '../access/sign-in-throttle.js';
import type { Config } from '../config.js';
import type { Digest, Reminder, TestDigest } from '../contract/reminder.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { CONFIG } from '../http/config.token.js';
import { LOGGER } from '../http/logger.js';
import { Problem } from '../http/problem.js';
import { digestMail } from './digest-mail.js';
import { MailError, MailService } from './mail.service.js';
import { RemindersService } from './reminders.service.js';
import { digestDay, retryAt } from './schedule.js';

/** Days ahead that a digest looks. */
export const HORIZON_DAYS = 30;

interface Claim {
  userId: string;
  tries: number;
}

/** Tells people by mail what is due for them: once for each day or week, however many processes run. */
@Injectable()
export class DigestService {
  private isStopping = false;

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    private readonly reminders: RemindersService,
    private readonly credentials: Credentials,
    private readonly settings: SettingsService,
    private readonly throttle: SignInThrottle,
    private readonly mail: MailService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** After the mail under way no other one is begun. */
  stop(): void {
    this.isStopping = true;
  }

  /**
   * Sends what is due now, one mail after the other. A failure is kept with the person's settings, logged, and tried again later.
   * @returns how many were sent
   */
  async sendDue(): Promise<number> {
    if (!this.mail.isConfigured) return 0;
    const { reportingTimeZone } = await this.settings.read();
    let sent = 0;
    for (const digest of ['daily', 'weekly'] as const) {
      const day = digestDay(digest, this.now(), reportingTimeZone);
      if (day === null) continue;
      for (const userId of await this.candidates(digest, day)) {
        if (this.isStopping) return sent;
        const claim = await this.claim(userId, digest, day);
        if (claim && (await this.sendTo(claim))) sent += 1;
      }
    }
    return sent;
  }

  /**
   * Sends one to the person now, also where nothing is due.
   * @throws Problem 409 where mail is not set up, 429 after ten in a quarter of an hour, 502 where the mail server did not take it
   */
  async sendTest(who: Principal): Promise<TestDigest> {
    if (!this.mail.isConfigured)
      throw new Problem(409, 'conflict', 'Mail is not set up on this server. Ask whoever runs it to set SMTP_URL.');
    await this.throttle.admit(`digest ${who.userId}`, 'Too many test mails.');
    const { items } = await this.reminders.list(who, HORIZON_DAYS);
    try {
      await this.write(who, items);
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      this.logger.warn({ userId: who.userId, err: error.cause }, 'test digest failed');
      throw new Problem(502, 'mail-failed', error.message);
    }
    return { sentAt: this.now(), to: who.email };
  }

  private async candidates(digest: Digest, day: string): Promise<string[]> {
    const rows = await named<{ id: string }>(
      this.source,
      'people with a digest due',
      `select r.user_id as id from reminder_settings r join users u on u.id = r.user_id
       where u.archived_at is null and r.digest = $1
         and (r.digest_day is null or r.digest_day < $2 or r.digest_day = $2 and r.digest_retry_at <= $3)
       order by r.user_id`,
      [digest, day, this.now()],
    );
    return rows.map(({ id }) => id);
  }

  /** Taken before it is sent: of two processes one gets the row, and one that dies while sending leaves a day without a mail, not two mails. */
  private async claim(userId: string, digest: Digest, day: string): Promise<Claim | null> {
    const [rows] = (await this.source.query(
      `update reminder_settings set digest_tries = case when digest_day = $3 then digest_tries + 1 else 1 end,
         digest_day = $3, digest_retry_at = null
       where user_id = $1 and digest = $2
         and (digest_day is null or digest_day < $3 or digest_day = $3 and digest_retry_at <= $4)
       returning user_id as "userId", digest_tries as tries`,
      [userId, digest, day, this.now()],
    )) as [Claim[], number];
    return rows[0] ?? null;
  }

  private async sendTo({ userId, tries }: Claim): Promise<boolean> {
    try {
      const who = await this.credentials.ofPerson(userId);
      if (who === null) return false;
      const { items } = await this.reminders.list(who, HORIZON_DAYS);
      if (items.length === 0) {
        await this.settled(userId, null);
        return false;
      }
      await this.write(who, items);
    } catch (error) {
      await this.failed(userId, tries, error);
      return false;
    }
    await this.settled(userId, this.now());
    this.logger.info({ userId }, 'digest sent');
    return true;
  }

  /** Sent, or nothing to send: what failed before is no matter any more. */
  private async settled(userId: string, sentAt: string | null): Promise<void> {
    await this.source.query(
      `update reminder_settings set digest_sent_at = coalesce($2, digest_sent_at), digest_failed_at = null, digest_error = null
       where user_id = $1`,
      [userId, sentAt],
    );
  }

  private async failed(userId: string, tries: number, error: unknown): Promise<void> {
    const isMail = error instanceof MailError;
    const again = isMail && error.mayHaveArrived ? null : retryAt(tries, this.now());
    this.logger.warn({ userId, tries, again, err: isMail ? error.cause : error }, 'digest failed');
    await this.source.query(
      'update reminder_settings set digest_failed_at = $2, digest_error = $3, digest_retry_at = $4 where user_id = $1',
      [userId, this.now(), isMail ? error.message : 'The digest could not be made.', again],
    );
  }

  private async write(who: Principal, items: readonly Reminder[]): Promise<void> {
    const { isExample } = await this.settings.read();
    const origin = this.config.publicUrl;
    await this.mail.send({
      ...digestMail(items, { name: who.name, origin, isExample }),
      to: { name: who.name, address: who.email },
      unsubscribe: `${origin}/reminders#digest`,
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
