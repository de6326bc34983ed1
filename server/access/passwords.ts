import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify, type Options } from '@node-rs/argon2';
import { Problem } from '../http/problem.js';

/** Argon2id as OWASP recommends it: 19 MiB, two passes, one lane. About 14 ms on the reference machine. */
const ARGON2ID: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What is stored of a password; for the start and for tests. Requests go through `Passwords`, which does a few at a time. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), ARGON2ID);

/** How many hashes run at once: each takes 19 MiB and a thread that files and DNS need too. */
const AT_ONCE = 4;
/** How many may wait; a flood beyond it is refused and not queued for minutes. */
const WAITING = 500;

/** Hashes and checks passwords, a few at a time. */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** Hash of a password that nobody knows, to spend the same time where there is no account. */
  private readonly nobodys = hashPassword(randomBytes(24).toString('base64url'));

  /** What is stored of a password. */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hashPassword(password));
  }

  /**
   * Whether the password is the one of the hash. Without a hash (no such account) it takes as long and is never right.
   * @throws Problem 429 when too many wait
   */
  async isRight(stored: string | null, password: string): Promise<boolean> {
    const against = stored ?? (await this.nobodys);
    const matches = await this.inTurn(() => verify(against, password.normalize('NFC')));
    return matches && stored !== null;
  }

  private async inTurn<T>(task: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= WAITING)
        throw new Problem(
          429,
          'rate-limited',
          'Too many people sign in at once. Try again in a moment.',
          [],
          {},
          { 'Retry-After': '2' },
        );
      await new Promise<void>((turn) => this.waiting.push(turn)); // whoever ends hands its place over: `running` stays
    } else this.running += 1;
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
