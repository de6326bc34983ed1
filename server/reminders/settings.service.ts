import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { newSecret, secretHash } from '../access/credentials.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import { DueService } from '../benefits/due.service.js';
import type { Config } from '../config.js';
import type { Digest, ReminderFeed, ReminderSettings } from '../contract/reminder.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { CONFIG } from '../http/config.token.js';
import { forbidden } from '../http/problem.js';
import { digestDay, nextDigestAt } from './schedule.js';

interface Stored {
  digest: Digest;
  sentAt: string | null;
  failedAt: string | null;
  error: string | null;
  feedMadeAt: string | null;
}

const NOTHING: Stored = { digest: 'off', sentAt: null, failedAt: null, error: null, feedMadeAt: null };

/** How somebody wants to hear of what is due: by mail, and in a calendar. */
@Injectable()
export class ReminderSettingsService {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    private readonly due: DueService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async read(who: Principal, on: DataSource | EntityManager = this.source): Promise<ReminderSettings> {
    const [row = NOTHING] = await named<Stored>(
      on,
      'reminder settings',
      `select digest, digest_sent_at as "sentAt", digest_failed_at as "failedAt", digest_error as error, feed_made_at as "feedMadeAt"
       from reminder_settings where user_id = $1`,
      [who.userId],
    );
    const { timeZone } = await this.due.rules(on);
    const mailConfigured = this.config.mail !== null;
    return {
      digest: row.digest,
      mailConfigured,
      email: who.email,
      nextDigestAt: mailConfigured ? nextDigestAt(row.digest, this.now(), timeZone) : null,
      timeZone,
      lastSentAt: row.sentAt,
      lastFailure: row.failedAt === null ? null : { at: row.failedAt, message: row.error! },
      feedMadeAt: row.feedMadeAt,
    };
  }

  /** The first digest of a new choice is the next one: none is made up for. */
  async change(who: Principal, digest: Digest): Promise<ReminderSettings> {
    return this.source.transaction(async (manager) => {
      const before = await this.held(manager, who);
      const { timeZone } = await this.due.rules(manager);
      await manager.query(
        `update reminder_settings set digest = $2, digest_day = greatest(digest_day, $3::date), digest_retry_at = null where user_id = $1`,
        [who.userId, digest, digestDay(digest, this.now(), timeZone)],
      );
      if (before.digest !== digest) await this.record(manager, who, 'changed', { digest: before.digest }, { digest });
      return this.read(who, manager);
    });
  }

  /**
   * Makes a new calendar address; one that was made before ends. It is in the answer and nowhere else: only a hash of its secret is stored.
   * @throws Problem 403 for a request that came with a token
   */
  async makeFeed(who: Principal): Promise<ReminderFeed> {
    if (who.via === 'token')
      throw forbidden('A token cannot make a calendar address. Sign in with your password to make one.');
    const secret = newSecret();
    const madeAt = this.now();
    await this.source.transaction(async (manager) => {
      const before = await this.held(manager, who);
      await manager.query('update reminder_settings set feed_hash = $2, feed_made_at = $3 where user_id = $1', [
        who.userId,
        secretHash(secret).toString('hex'),
        madeAt,
      ]);
      await this.record(
        manager,
        who,
        before.feedMadeAt === null ? 'created' : 'changed',
        before.feedMadeAt === null ? null : { calendarAddressMadeAt: before.feedMadeAt },
        { calendarAddressMadeAt: madeAt },
      );
    });
    return { address: `${this.config.publicUrl}/api/v1/calendar/${secret}.ics`, madeAt };
  }

  /** Ends the calendar address at once; where there is none, nothing happens. */
  async endFeed(who: Principal): Promise<void> {
    await this.source.transaction(async (manager) => {
      const { feedMadeAt } = await this.held(manager, who);
      if (feedMadeAt === null) return;
      await manager.query('update reminder_settings set feed_hash = null, feed_made_at = null where user_id = $1', [
        who.userId,
      ]);
      await this.record(manager, who, 'revoked', { calendarAddressMadeAt: feedMadeAt }, null);
    });
  }

  /** The settings as they are, held until the transaction ends; the row is made where there is none. */
  private async held(manager: EntityManager, who: Principal): Promise<{ digest: Digest; feedMadeAt: string | null }> {
    await manager.query('insert into reminder_settings (user_id) values ($1) on conflict do nothing', [who.userId]);
    const [row] = (await manager.query(
      'select digest, feed_made_at as "feedMadeAt" from reminder_settings where user_id = $1 for update',
      [who.userId],
    )) as { digest: Digest; feedMadeAt: string | null }[];
    return row!;
  }

  private record(
    manager: EntityManager,
    who: Principal,
    action: string,
    before: Record<string, unknown> | null,
    after: Record<string, unknown> | null,
  ): Promise<void> {
    const object = { objectType: 'reminder_settings', objectId: who.userId, objectCode: null };
    return recordChange(manager, { at: this.now(), actor: who.email, action, ...object, before, after }, []);
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
