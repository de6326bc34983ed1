import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import type { Principal, PrincipalGrant } from './principal.js';

/** A session that is not used for this long has ended. */
export const SESSION_IDLE_MS = 30 * 60_000;
/** A session ends after this long, used or not. */
export const SESSION_ABSOLUTE_MS = 12 * 3_600_000;
/** How exact `last_used_at` is: a read should not cost a write each time. */
const USE_WRITTEN_EVERY_MS = 60_000;

/** 256 random bits as text: the secret of a session or of an API token. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of a secret. It is random and long, so a plain hash is enough and can be searched for. */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** What every API token begins with, so that secret scanners know one when they see it. */
export const TOKEN_PREFIX = 'tl_';

interface PrincipalRow {
  credentialId: string;
  lastUsedAt: string | null;
  expiresAt: string;
  userId: string;
  email: string;
  name: string;
  grants: PrincipalGrant[];
}

const GRANTS = `coalesce((
    select json_agg(json_build_object('role', r.role, 'portfolioId', r.portfolio_id, 'portfolioCode', p.code,
        'orgUnitId', r.org_unit_id, 'orgUnitCode', o.code) order by r.role, p.code, o.code)
      from user_roles r left join portfolios p on p.id = r.portfolio_id left join org_units o on o.id = r.org_unit_id
      where r.user_id = u.id), '[]') as grants`;

// One row is the live session or token with this hash, and its person with all roles; none where any of them has ended.
const BY_SESSION = `
  select c.id as "credentialId", c.last_used_at as "lastUsedAt", c.expires_at as "expiresAt",
      u.id as "userId", u.email, u.name, ${GRANTS}
    from sessions c join users u on u.id = c.user_id
    where c.token_hash = $1 and c.expires_at > $2 and c.last_used_at > $3 and u.archived_at is null`;
const BY_TOKEN = `
  select c.id as "credentialId", c.last_used_at as "lastUsedAt", c.expires_at as "expiresAt",
      u.id as "userId", u.email, u.name, ${GRANTS}
    from api_tokens c join users u on u.id = c.user_id
    where c.token_hash = $1 and c.expires_at > $2 and c.revoked_at is null and u.archived_at is null`;

const BY_FEED = `
  select u.id as "credentialId", null as "lastUsedAt", '' as "expiresAt", u.id as "userId", u.email, u.name, ${GRANTS}
    from reminder_settings c join users u on u.id = c.user_id where c.feed_hash = $1 and u.archived_at is null`;
const BY_ID = `
  select u.id as "credentialId", null as "lastUsedAt", '' as "expiresAt", u.id as "userId", u.email, u.name, ${GRANTS}
    from users u where u.id = $1 and u.archived_at is null`;

/** Finds the person behind a secret. Asked at each request, so that what was taken away is gone at the next one. */
@Injectable()
export class Credentials {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The person of a live session; null where it is unknown, ended, idle for too long, or its person was archived. */
  async ofSession(secret: string): Promise<Principal | null> {
    const now = this.clock.now();
    const idleSince = new Date(now.getTime() - SESSION_IDLE_MS);
    const values = [secretHash(secret), now.toISOString(), idleSince.toISOString()];
    const [row] = await named<PrincipalRow>(this.source, 'principal by session', BY_SESSION, values);
    return row ? this.used('session', row, now) : null;
  }

  /** The person of a live API token, with the rights that the person has now; null where it is unknown, expired or revoked. */
  async ofToken(secret: string): Promise<Principal | null> {
    const now = this.clock.now();
    const values = [secretHash(secret), now.toISOString()];
    const [row] = await named<PrincipalRow>(this.source, 'principal by token', BY_TOKEN, values);
    return row ? this.used('token', row, now) : null;
  }

  /** The person whose reminders a calendar address shows; null where it is unknown or replaced, or its person was archived. */
  async ofFeed(secret: string): Promise<Principal | null> {
    const hash = secretHash(secret).toString('hex');
    const [row] = await named<PrincipalRow>(this.source, 'principal by feed', BY_FEED, [hash]);
    return row ? reminded(row) : null;
  }

  /** Somebody who is reminded and does not ask: a mail is written for them. Null where the person was archived. */
  async ofPerson(userId: string): Promise<Principal | null> {
    const [row] = await named<PrincipalRow>(this.source, 'principal by id', BY_ID, [userId]);
    return row ? reminded(row) : null;
  }

  private async used(via: 'session' | 'token', row: PrincipalRow, now: Date): Promise<Principal> {
    const writtenBefore = now.getTime() - USE_WRITTEN_EVERY_MS;
    if (row.lastUsedAt === null || Date.parse(row.lastUsedAt) <= writtenBefore) {
      const table = via === 'session' ? 'sessions' : 'api_tokens';
      // The condition again: of many requests at once only one writes.
      await this.source.query(
        `update ${table} set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at <= $3)`,
        [row.credentialId, now.toISOString(), new Date(writtenBefore).toISOString()],
      );
    }
    const { userId, email, name, grants, credentialId, expiresAt } = row;
    return { userId, email, name, grants, via, credentialId, expiresAt };
  }
}

const reminded = ({ userId, email, name, grants, credentialId, expiresAt }: PrincipalRow): Principal => ({
  ...{ userId, email, name, grants, via: 'reminder', credentialId, expiresAt },
});
