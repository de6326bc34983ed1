import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { recordChange } from '../audit/write.js';
import type { createdToken, CreateToken, token } from '../contract/access.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { forbidden, invalidField, notFound } from '../http/problem.js';
import { newSecret, secretHash, TOKEN_PREFIX } from './credentials.js';
import type { Principal } from './principal.js';

export type Token = z.infer<typeof token>;
export type CreatedToken = z.infer<typeof createdToken>;

const FIELDS = `id, name, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

/** API tokens: each acts for its maker, with the rights that the maker has at the time of the request. */
@Injectable()
export class TokensService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Makes a token. Its text is in the answer and nowhere else: only a hash of it is stored.
   * @throws Problem 403 for a request that itself came with a token, 422 for an end that has passed
   */
  async create(principal: Principal, given: CreateToken): Promise<CreatedToken> {
    if (principal.via === 'token')
      throw forbidden('A token cannot make tokens. Sign in with your password to make one.');
    const now = this.clock.now().toISOString();
    if (given.expiresAt <= now)
      throw invalidField('/expiresAt', 'instant.past', 'Choose an end that lies in the future.');
    const secret = TOKEN_PREFIX + newSecret();
    const created: Token = {
      id: uuidv7(),
      name: given.name,
      createdAt: now,
      expiresAt: given.expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    };
    await this.source.transaction(async (manager) => {
      await manager.query(
        'insert into api_tokens (id, user_id, name, token_hash, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)',
        [created.id, principal.userId, created.name, secretHash(secret), created.createdAt, created.expiresAt],
      );
      const after = { name: created.name, expiresAt: created.expiresAt };
      await recordChange(manager, this.event(principal, 'created', created.id, null, after), []);
    });
    return { ...created, token: secret };
  }

  /** The person's own tokens, newest first; revoked and expired ones too. */
  list(principal: Principal): Promise<Token[]> {
    return named<Token>(
      this.source,
      'tokens of user',
      `select ${FIELDS} from api_tokens where user_id = $1 order by created_at desc, id desc limit 500`,
      [principal.userId],
    );
  }

  /**
   * Ends a token at once. One that is revoked already stays as it is.
   * @throws Problem 404 for a token that is not there or is somebody else's
   */
  async revoke(principal: Principal, id: string): Promise<void> {
    await this.source.transaction(async (manager) => {
      const [found] = await named<Token>(
        manager,
        'token of user to revoke',
        `select ${FIELDS} from api_tokens where id = $1 and user_id = $2 for update`,
        [id, principal.userId],
      );
      if (!found) throw notFound();
      if (found.revokedAt !== null) return;
      const revokedAt = this.clock.now().toISOString();
      await manager.query('update api_tokens set revoked_at = $2 where id = $1', [id, revokedAt]);
      const before = { name: found.name, expiresAt: found.expiresAt };
      await recordChange(manager, this.event(principal, 'revoked', id, before, null), []);
    });
  }

  private event(
    principal: Principal,
    action: string,
    objectId: string,
    before: Record<string, unknown> | null,
    after: Record<string, unknown> | null,
  ) {
    const at = this.clock.now().toISOString();
    return { at, actor: principal.email, action, objectType: 'token', objectId, objectCode: null, before, after };
  }
}
