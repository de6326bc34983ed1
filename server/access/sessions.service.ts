import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { SessionInfo, SignIn } from '../contract/access.js';
import type { RecordType } from '../contract/columns.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { LOGGER } from '../http/logger.js';
import { Problem } from '../http/problem.js';
import { requestIdOf } from '../http/request-context.js';
import { Credentials, newSecret, secretHash, SESSION_ABSOLUTE_MS, SESSION_IDLE_MS } from './credentials.js';
import { Passwords } from './passwords.js';
import { isPermitted, RECORD_POLICY, type Action } from './policy.js';
import type { Principal } from './principal.js';
import { accountHash, SignInThrottle } from './sign-in-throttle.js';

/** What a session tells its person besides record types, and the action behind each word. */
const PERMISSIONS: Record<string, Action> = {
  import: 'imports.run',
  export: 'exports.read',
  settings: 'settings.write',
  users: 'users.manage',
  audit: 'audit.read',
  confirm: 'benefit_values.confirm',
  surveys: 'surveys.manage',
  signs: 'signs.write',
  reviews: 'reviews.write',
};

interface Account {
  id: string;
  passwordHash: string | null;
}

/** Who somebody is and what they may do, for menus and buttons; the server decides again at each call. */
export const sessionInfo = (principal: Principal): SessionInfo => {
  const types = Object.keys(RECORD_POLICY) as RecordType[];
  return {
    user: { id: principal.userId, email: principal.email, name: principal.name },
    grants: principal.grants.map(({ role, portfolioCode, orgUnitCode }) => ({ role, portfolioCode, orgUnitCode })),
    reads: types.filter((type) => isPermitted(principal, `records.read:${type}`)),
    writes: types.filter((type) => isPermitted(principal, `records.write:${type}`)),
    permissions: Object.keys(PERMISSIONS).filter((word) => isPermitted(principal, PERMISSIONS[word]!)),
    expiresAt: principal.expiresAt,
  };
};

/** Signs people in and out. Sign-ins stand in the log and not in the audit chain: they change no business data. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly source: DataSource,
    private readonly credentials: Credentials,
    private readonly passwords: Passwords,
    private readonly throttle: SignInThrottle,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Checks a password and begins a session under a new secret; one that the browser had before ends, so that nobody can plant it.
   *
   * @param former secret of the session that the request came with
   * @throws Problem 401 in the same words and the same time whether the account or the password is wrong; 429
   */
  async signIn(given: SignIn, former: string | null): Promise<{ secret: string; principal: Principal }> {
    const attempt = await this.throttle.admit(given.email);
    const [account] = await named<Account>(
      this.source,
      'account by e-mail',
      'select id, password_hash as "passwordHash" from users where email = $1 and archived_at is null',
      [given.email],
    );
    if (!(await this.passwords.isRight(account?.passwordHash ?? null, given.password)) || !account) {
      // The account as a hash: people type passwords into the wrong field.
      const about = accountHash(given.email).toString('hex').slice(0, 16);
      this.logger.warn({ requestId: requestIdOf(), accountHash: about }, 'sign-in refused');
      throw new Problem(401, 'unauthenticated', 'The e-mail address or the password is wrong.');
    }
    const secret = await this.begin(account, former);
    await this.throttle.giveBack(attempt);
    const principal = secret === null ? null : await this.credentials.ofSession(secret);
    if (secret === null || principal === null)
      throw new Problem(401, 'unauthenticated', 'The account was changed at this moment. Sign in again.');
    this.logger.info({ requestId: requestIdOf(), userId: account.id }, 'signed in');
    return { secret, principal };
  }

  /** Ends the session of a principal. */
  async signOut(principal: Principal): Promise<void> {
    await this.source.query('delete from sessions where id = $1', [principal.credentialId]);
    this.logger.info({ requestId: requestIdOf(), userId: principal.userId }, 'signed out');
  }

  /** Stores a new session; null where the password was changed or the account archived since it was checked. */
  private async begin(account: Account, former: string | null): Promise<string | null> {
    const secret = newSecret();
    const now = this.clock.now();
    const at = (shift: number): string => new Date(now.getTime() + shift).toISOString();
    return this.source.transaction(async (manager) => {
      // Held until the session stands: a change of the password waits for it and then ends this session with the others.
      const [same] = await named(
        manager,
        'account still as checked',
        'select 1 from users where id = $1 and password_hash = $2 and archived_at is null for share',
        [account.id, account.passwordHash],
      );
      if (!same) return null;
      await manager.query('delete from sessions where token_hash = $1 or expires_at <= $2 or last_used_at <= $3', [
        former === null ? null : secretHash(former),
        at(0),
        at(-SESSION_IDLE_MS),
      ]);
      await manager.query(
        `insert into sessions (id, user_id, token_hash, created_at, last_used_at, expires_at) values ($1, $2, $3, $4, $4, $5)`,
        [uuidv7(), account.id, secretHash(secret), at(0), at(SESSION_ABSOLUTE_MS)],
      );
      return secret;
    });
  }
}
