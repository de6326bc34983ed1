import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { Problem } from '../http/problem.js';

const CHECKS = 10;
const WINDOW_MS = 15 * 60_000;

/** Key of an account in the attempts: what was typed as an e-mail address may be a password, so it is not stored as it is. */
export const accountHash = (email: string): Buffer => createHash('sha256').update(`sign-in\n${email}`).digest();

/**
 * Lets ten wrong passwords through for an account in a quarter of an hour, counted in the database so that it holds over all processes, and by
 * account so that it does not matter from how many addresses they come. Accounts that do not exist are counted alike.
 */
@Injectable()
export class SignInThrottle {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Counts one password check. Call it before hashing.
   *
   * @param email in lower case; or whatever else is counted the same way
   * @param refusal what was done too often
   * @returns id of the attempt, to give back when the password was right
   * @throws Problem 429 with Retry-After; a refused check is not counted, so the way is free once the window has passed
   */
  async admit(email: string, refusal = 'Too many wrong passwords for this account.'): Promise<string> {
    const account = accountHash(email);
    const now = this.clock.now();
    const since = new Date(now.getTime() - WINDOW_MS).toISOString();
    return this.source.transaction(async (manager) => {
      // One after the other for one account: counted together, two could both see nine.
      await manager.query('select pg_advisory_xact_lock($1)', [account.readBigInt64BE(0).toString()]);
      const counted = await named<{ at: string }>(
        manager,
        'sign-in attempts of account',
        `select at from sign_in_attempts where account_hash = $1 and at > $2 order by at desc limit ${CHECKS}`,
        [account, since],
      );
      if (counted.length >= CHECKS) throw tooMany(refusal, Date.parse(counted.at(-1)!.at) + WINDOW_MS - now.getTime());
      const id = uuidv7();
      await manager.query('insert into sign_in_attempts (id, account_hash, at) values ($1, $2, $3)', [
        id,
        account,
        now.toISOString(),
      ]);
      return id;
    });
  }

  /** Takes back the attempt of a right password: signing in often is no guessing. Old attempts of anybody go with it. */
  async giveBack(attemptId: string): Promise<void> {
    const since = new Date(this.clock.now().getTime() - WINDOW_MS).toISOString();
    await this.source.query('delete from sign_in_attempts where id = $1 or at <= $2', [attemptId, since]);
  }
}

const tooMany = (refusal: string, waitMs: number): Problem => {
  const seconds = Math.min(Math.max(Math.ceil(waitMs / 1000), 1), WINDOW_MS / 1000);
  return new Problem(
    429,
    'rate-limited',
    `${refusal} Try again in ${Math.ceil(seconds / 60)} min.`,
    [],
    {},
    { 'Retry-After': String(seconds) },
  );
};
