import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Passwords } from '../access/passwords.js';
import { SignInThrottle } from '../access/sign-in-throttle.js';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { Problem } from '../http/problem.js';
import { tokenHashOf } from './shares.service.js';

/** How exact `last_read_at` is. */
const READ_WRITTEN_EVERY_MS = 60_000;

interface Link {
  id: string;
  reviewId: string;
  passphraseHash: string | null;
}

/** One row: the link with this hash, while it is live. */
const LIVE = `
  select s.id, s.review_id as "reviewId", s.passphrase_hash as "passphraseHash"
  from review_shares s where s.token_hash = $1 and s.expires_at > $2 and s.revoked_at is null`;

/** The stored text goes in as it is: what a link shows is the document byte by byte. */
const SHOWN = `
  select '{"link":' || to_json(s.id)::text || ',"state":' || to_json(r.state)::text || ',"classification":' || to_json(r.classification)::text || ',"sha256":' || to_json(r.sha256)::text
    || ',"expiresAt":' || to_json(${isoInstant('s.expires_at')})::text || ',"document":' || r.document || '}' as body
  from review_shares s join reviews r on r.id = s.review_id where s.id = $1`;

/** What somebody with a link and no sign-in reads. */
@Injectable()
export class SharedReviewService {
  constructor(
    private readonly source: DataSource,
    private readonly passwords: Passwords,
    private readonly throttle: SignInThrottle,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A right link always passes, whatever others tried; a wrong passphrase is counted by its link, a wrong link by where it comes from.
   *
   * @param token what the link ends with; null for none
   * @param from where the request comes from
   * @returns the link's id, and a `SharedReview` as JSON
   * @throws Problem 404 for no live link, the same whether it is unknown, revoked or over; 403 `passphrase-required`; 429 after too many wrong ones
   */
  async read(token: string | null, passphrase: string | null, from: string): Promise<{ id: string; body: string }> {
    const now = this.clock.now();
    const values = [tokenHashOf(token ?? ''), now.toISOString()];
    const [link] = await named<Link>(this.source, 'live link to a review', LIVE, values);
    if (!link) {
      if (token !== null) await this.throttle.admit(`shared review ${from}`, 'Too many wrong links from here.');
      throw new Problem(404, 'not-found', 'This link leads to no review. It may be over, or somebody took it back.');
    }
    if (link.passphraseHash !== null) await this.check(link.id, link.passphraseHash, passphrase);
    const [shown] = await named<{ body: string }>(this.source, 'shared review', SHOWN, [link.id]);
    await this.source.query(
      'update review_shares set last_read_at = $2 where id = $1 and (last_read_at is null or last_read_at <= $3)',
      [link.id, now.toISOString(), new Date(now.getTime() - READ_WRITTEN_EVERY_MS).toISOString()],
    );
    return { id: link.id, body: shown!.body };
  }

  private async check(id: string, hash: string, passphrase: string | null): Promise<void> {
    if (passphrase === null || passphrase === '')
      throw new Problem(403, 'passphrase-required', 'Enter the passphrase that you were given with this link.');
    const attempt = await this.throttle.admit(`review link ${id}`, 'Too many wrong passphrases for this link.');
    if (!(await this.passwords.isRight(hash, passphrase)))
      throw new Problem(403, 'passphrase-required', 'That is not the passphrase. Check it, and enter it again.');
    await this.throttle.giveBack(attempt);
  }
}
