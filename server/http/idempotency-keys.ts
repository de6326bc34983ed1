import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from './clock.js';
import { LOGGER } from './logger.js';
import { Problem } from './problem.js';
import { requestIdOf } from './request-context.js';

const KEPT_MS = 24 * 3_600_000;
/** No request runs for longer; a key that has had no answer for this long belongs to a process that died. */
const LONGEST_REQUEST_MS = 15 * 60_000;
const RELEASE_TRIES = 60;
const RELEASE_EVERY_MS = 2_000;

/** An answer as it is given again: status, the headers that belong to the record, and the body before serialization. */
export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

interface Row {
  requestHash: Buffer;
  createdAt: string;
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
}

/** Whose key, which key, and a SHA-256 over everything that makes the request what it is. */
export interface KeyedRequest {
  userId: string;
  key: string;
  requestHash: Buffer;
}

/**
 * Idempotency keys of POSTs: of all requests of one person with one key, one does the work and all others get its answer. The row is claimed in a
 * statement of its own before the work begins, so that this holds for any number of processes.
 *
 * For JSON the interceptor does it. A handler that takes files calls `once` itself, when it knows what the files hold.
 */
@Injectable()
export class IdempotencyKeys {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Does the work, or gives the answer that it gave before.
   *
   * @param work gives the answer to keep; a refusal that it throws is not kept, because nothing was done and it may succeed later
   * @throws Problem 409 `idempotency-in-progress`, 422 `idempotency-key-reused`, and whatever `work` throws
   */
  async once(request: KeyedRequest, work: () => Promise<KeptAnswer>): Promise<KeptAnswer & { replayed: boolean }> {
    const kept = await this.claim(request);
    if (kept) return { ...kept, replayed: true };
    let answer: KeptAnswer;
    try {
      answer = await work();
    } catch (error) {
      await this.release(request);
      throw error;
    }
    await this.keep(request, answer);
    return { ...answer, replayed: false };
  }

  /** Null: the key is now this request's own and it must do the work. */
  private async claim({ userId, key, requestHash }: KeyedRequest): Promise<KeptAnswer | null> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const now = this.clock.now();
      await this.source.query('delete from idempotency_keys where user_id = $1 and created_at <= $2', [
        userId,
        new Date(now.getTime() - KEPT_MS).toISOString(),
      ]);
      const claimed = (await this.source.query(
        `insert into idempotency_keys (user_id, key, request_hash, created_at, headers) values ($1, $2, $3, $4, $5)
         on conflict (user_id, key) do nothing returning key`,
        [userId, key, requestHash, now.toISOString(), JSON.stringify({ requestId: requestIdOf() })],
      )) as unknown[];
      if (claimed.length > 0) return null;
      const [row] = await named<Row>(
        this.source,
        'idempotency key',
        `select request_hash as "requestHash", created_at as "createdAt", status, headers, body
         from idempotency_keys where user_id = $1 and key = $2`,
        [userId, key],
      );
      if (!row) continue; // released between the two statements
      if (!row.requestHash.equals(requestHash))
        throw new Problem(
          422,
          'idempotency-key-reused',
          'This Idempotency-Key was sent with another request: to another address, with other content or for another reason. Use a new key for a new request.',
        );
      if (row.status !== null) return { status: row.status, headers: row.headers ?? {}, body: parsed(row.body) };
      if (now.getTime() - Date.parse(row.createdAt) < LONGEST_REQUEST_MS) break;
      if (await this.takeOver(userId, key, row, now)) return null;
    }
    throw new Problem(
      409,
      'idempotency-in-progress',
      'The first request with this key is still running. Send it again in a moment.',
      [],
      {},
      { 'Retry-After': '1' },
    );
  }

  /** Claims a key whose process died, unless the audit chain says that the work was done and only the answer was lost. */
  private async takeOver(userId: string, key: string, row: Row, now: Date): Promise<boolean> {
    const [done] = await named(
      this.source,
      'work of an idempotency key',
      `select 1 from audit_events where at >= $1 and canonical::jsonb ->> 'requestId' = $2 limit 1`,
      [row.createdAt, row.headers?.['requestId'] ?? ''],
    );
    if (done)
      throw new Problem(
        409,
        'conflict',
        'The first request with this key was done, but its answer was lost. Read the records; do not send it again.',
      );
    const [, taken] = (await this.source.query(
      `update idempotency_keys set created_at = $3, headers = $4 where user_id = $1 and key = $2 and status is null and created_at = $5`,
      [userId, key, now.toISOString(), JSON.stringify({ requestId: requestIdOf() }), row.createdAt],
    )) as [unknown, number];
    return taken === 1;
  }

  /** The work is done: a failure here must not turn its answer into an error. The key then stays unanswered, which `takeOver` knows how to read. */
  private async keep({ userId, key }: KeyedRequest, { status, headers, body }: KeptAnswer): Promise<void> {
    try {
      await this.source.query(
        'update idempotency_keys set status = $3, headers = $4, body = $5 where user_id = $1 and key = $2 and status is null',
        [userId, key, status, JSON.stringify(headers), body === undefined ? null : JSON.stringify(body)],
      );
    } catch (error) {
      this.logger.error({ requestId: requestIdOf(), err: error }, 'the answer of an idempotency key was not kept');
    }
  }

  /** Frees the key of work that failed. Where the database is away, again and again: the client will retry with the same key when it is back. */
  private async release({ userId, key, requestHash }: KeyedRequest, tries = RELEASE_TRIES): Promise<void> {
    try {
      await this.source.query('delete from idempotency_keys where user_id = $1 and key = $2 and status is null', [
        userId,
        key,
      ]);
    } catch (error) {
      if (tries === RELEASE_TRIES)
        this.logger.warn({ requestId: requestIdOf(), err: error }, 'an idempotency key was not freed yet');
      if (tries > 0 && this.source.isInitialized)
        setTimeout(() => void this.release({ userId, key, requestHash }, tries - 1), RELEASE_EVERY_MS).unref();
    }
  }
}

const parsed = (body: string | null): unknown => (body === null ? undefined : (JSON.parse(body) as unknown));
