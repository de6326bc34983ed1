import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { newSecret, secretHash } from '../access/credentials.js';
import { Passwords } from '../access/passwords.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { Config } from '../config.js';
import type { MadeReviewShare, NewReviewShare, ReviewShare } from '../contract/review-after.js';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { CONFIG } from '../http/config.token.js';
import { notFound, Problem } from '../http/problem.js';
import { personOf } from './people.queries.js';
import { codeOf, foundReview, lockReviews, type ReviewRow } from './stored.queries.js';
import { visibleReview } from './visible.queries.js';

const DAY_MS = 24 * 3_600_000;

const FIELDS = `s.id, ${isoInstant('s.created_at')} as "createdAt", ${personOf('s.created_by')} as "createdBy",
  ${isoInstant('s.expires_at')} as "expiresAt", s.passphrase_hash is not null as "hasPassphrase",
  ${isoInstant('s.revoked_at')} as "revokedAt", ${isoInstant('s.last_read_at')} as "lastReadAt"`;

/** How a token is stored: its SHA-256 as hex. */
export const tokenHashOf = (token: string): string => secretHash(token).toString('hex');

/** Links by which people without an account read a published review; whoever has one reads until it ends or is revoked. */
@Injectable()
export class ReviewSharesService {
  constructor(
    private readonly source: DataSource,
    private readonly passwords: Passwords,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first; those that are revoked or over, too. @throws Problem 404 */
  async list(who: Principal, ref: string): Promise<ReviewShare[]> {
    return this.source.transaction(async (manager) => {
      const { id } = await visibleReview(manager, who, ref);
      return named<ReviewShare>(
        manager,
        'links to a review',
        `select ${FIELDS} from review_shares s where s.review_id = $1 order by s.created_at desc, s.id desc limit 500`,
        [id],
      );
    });
  }

  /**
   * Makes a link. Its address is in the answer and nowhere else: stored are hashes of the token and of the passphrase.
   * @throws Problem 404, 409 where the review is not published
   */
  async create(who: Principal, ref: string, given: NewReviewShare): Promise<MadeReviewShare> {
    const token = newSecret();
    const passphraseHash = given.passphrase === null ? null : await this.passwords.hash(given.passphrase);
    const now = this.clock.now();
    const made: ReviewShare = {
      id: uuidv7(),
      createdAt: now.toISOString(),
      createdBy: who.name,
      expiresAt: new Date(now.getTime() + given.days * DAY_MS).toISOString(),
      hasPassphrase: passphraseHash !== null,
      revokedAt: null,
      lastReadAt: null,
    };
    await this.source.transaction(async (manager) => {
      await lockReviews(manager); // so that it is not superseded meanwhile
      const review = await foundReview(manager, ref);
      if (review.state !== 'published')
        throw new Problem(
          409,
          'conflict',
          review.state === 'superseded'
            ? 'A newer version of this review stands in its place. Share that one.'
            : 'Only a published review can be shared. Publish it first.',
        );
      await manager.query(
        `insert into review_shares (id, review_id, token_hash, passphrase_hash, created_at, created_by, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [made.id, review.id, tokenHashOf(token), passphraseHash, made.createdAt, who.email, made.expiresAt],
      );
      await recordChange(manager, this.event(who, 'created', review, made.id, null, kept(made)), []);
    });
    return { ...made, url: `${this.config.publicUrl}/r/${token}` };
  }

  /** Ends a link at once. One that is revoked already stays as it is. @throws Problem 404 */
  async revoke(who: Principal, ref: string, id: string): Promise<void> {
    await this.source.transaction(async (manager) => {
      const review = await visibleReview(manager, who, ref);
      const [found] = await named<ReviewShare>(
        manager,
        'link to a review to revoke',
        `select ${FIELDS} from review_shares s where s.id = $1 and s.review_id = $2 for update`,
        [id, review.id],
      );
      if (!found) throw notFound();
      if (found.revokedAt !== null) return;
      const revokedAt = this.clock.now().toISOString();
      await manager.query('update review_shares set revoked_at = $2, revoked_by = $3 where id = $1', [
        id,
        revokedAt,
        who.email,
      ]);
      const after = kept({ ...found, revokedAt });
      await recordChange(manager, this.event(who, 'revoked', review, id, kept(found), after), []);
    });
  }

  private event(
    who: Principal,
    action: string,
    review: ReviewRow,
    objectId: string,
    before: Record<string, unknown> | null,
    after: Record<string, unknown> | null,
  ) {
    const object = { objectType: 'review_share', objectId, objectCode: codeOf(review) };
    return { at: this.clock.now().toISOString(), actor: who.email, action, ...object, before, after };
  }
}

const kept = ({ expiresAt, hasPassphrase, revokedAt }: ReviewShare): Record<string, unknown> => ({
  ...{ expiresAt, hasPassphrase, revokedAt },
});
