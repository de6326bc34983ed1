import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { sha256Of } from '../audit/sha256.js';
import { canonicalJson } from '../audit/write.js';
import type { Freezing, Review, ReviewDocument, ReviewSummary } from '../contract/review.js';
import { changesBetween } from '../contract/review-changes.js';
import type { FrozenRecord } from '../contract/review-after.js';
import { named } from '../database/named.js';
import { etagOf, stale } from '../http/etag.js';
import { Problem } from '../http/problem.js';
import { GONE, recordsOf } from './figures.js';
import { frozen, ReviewsService } from './reviews.service.js';
import { agreedBefore } from './actions.queries.js';
import { documentText, foundReview, frozenStart, lockReviews, summaryOf } from './stored.queries.js';

interface Content {
  readonly document: ReviewDocument;
  readonly records: ReadonlyMap<string, readonly FrozenRecord[]>;
  /** What was agreed in the reviews before, as `agreedBefore` reads it. */
  readonly agreed: string;
}

/** Makes a draft what it will be for ever: one document, the records behind its figures, and its hash in the audit chain. */
@Injectable()
export class FreezingService {
  constructor(
    private readonly source: DataSource,
    private readonly reviews: ReviewsService,
  ) {}

  /**
   * Freezes a draft as somebody read it.
   * @param given why, where the checklist has something open; and the hash of what was read
   * @throws Problem 404, 409 where it is frozen, 412 where the draft or the data are others since, 422 where something is open and no reason is given
   */
  async freeze(who: Principal, ref: string, version: number, { reason, contentSha256 }: Freezing): Promise<Review> {
    const row = await this.reviews.found(who, ref);
    if (row.state !== 'draft') throw frozen();
    if (row.version !== version) throw stale({ ...summaryOf(row) });
    const content = await this.reviews.onGround(who, row.period, async (ground): Promise<Content> => {
      // In the snapshot: whatever is changed from here on is changed since.
      const at = this.reviews.now();
      const { manager, reading } = ground.context;
      if (row.supersedesId !== null && (await frozenStart(manager, row.supersedesId)) !== reading.startMonth)
        throw ofOtherMonths();
      const drafted = await this.reviews.drafted(ground, row);
      if (sha256Of(canonicalJson(drafted)) !== contentSha256)
        throw changedSince(summaryOf(row), await this.reviews.lately(contentSha256), drafted);
      refuseOpen(drafted, reason);
      const behind = new Map<string, FrozenRecord[]>();
      for (const key of Object.keys(drafted.figures)) {
        if (drafted.figures[key]!.nullReason === GONE) continue;
        behind.set(key, (await recordsOf(ground, key)).items);
      }
      const [head] = await named<{ seq: number; head: string }>(
        manager,
        'head of the chain of a review',
        `select seq::int, encode(hash, 'hex') as head from audit_head where id = 1`,
      );
      return {
        document: { ...drafted, frozen: { at, by: who.name, reason, ...head! } },
        records: behind,
        agreed: await agreedBefore(manager, row.period),
      };
    });
    await this.store(who, row.id, version, content);
    return this.reviews.read(who, ref);
  }

  /** The document of a frozen review with the records behind its figures. Throws 409 for a draft. */
  async document(id: string): Promise<{ text: string; document: ReviewDocument }> {
    const text = await documentText(this.source, id);
    if (text === null) throw new Problem(409, 'conflict', 'This review is a draft: nothing is frozen yet.');
    return { text, document: JSON.parse(text) as ReviewDocument };
  }

  private async store(
    who: Principal,
    id: string,
    version: number,
    { document, records, agreed }: Content,
  ): Promise<void> {
    const rows = [...records].map(([figure, items]) => {
      const text = canonicalJson(items);
      return { figure, text, sha256: sha256Of(text) };
    });
    const figures = { ...document.figures };
    for (const { figure, sha256 } of rows)
      figures[figure] = { ...figures[figure]!, records: { ...figures[figure]!.records, sha256 } };
    const text = canonicalJson({ ...document, figures });
    await this.source.transaction(async (manager) => {
      await lockReviews(manager);
      const before = await this.reviews.draftAt(manager, id, version);
      // A frozen review names what was agreed before, and what it names is not taken back: so not in this moment either.
      if ((await agreedBefore(manager, before.period)) !== agreed) throw changedSince(summaryOf(before));
      await manager.query(
        `insert into review_records (review_id, figure, records, sha256)
         select $1, f, r, s from unnest($2::text[], $3::text[], $4::text[]) as t (f, r, s)`,
        [id, rows.map(({ figure }) => figure), rows.map((row) => row.text), rows.map(({ sha256 }) => sha256)],
      );
      await manager.query(
        `update reviews set state = 'frozen', document = $2, sha256 = $3, frozen_at = $4, frozen_by = $5, updated_at = $4, version = version + 1
         where id = $1`,
        [id, text, sha256Of(text), document.frozen!.at, who.email],
      );
      await this.reviews.record(manager, who, 'frozen', before, await foundReview(manager, id), {
        reason: document.frozen!.reason,
      });
      const { supersedesId } = before;
      // What nobody was told of is replaced at once; what was published stands until its correction is published.
      if (supersedesId !== null && (await foundReview(manager, supersedesId)).state === 'frozen')
        await this.reviews.supersede(manager, who, supersedesId);
    });
  }
}

/** 412 with what has changed, where what was read is known still. */
const changedSince = (current: ReviewSummary, read?: ReviewDocument, now?: ReviewDocument): Problem => {
  const changes = read && now ? changesBetween(read, now) : [];
  return new Problem(
    412,
    'precondition-failed',
    'What the draft says has changed since you read it, so nothing is frozen. Read it again, see what has changed, then freeze it.',
    changes.map((message) => ({ pointer: '/contentSha256', code: 'content.changed', message })),
    { current },
    { ETag: etagOf(current.version) },
  );
};

const ofOtherMonths = (): Problem =>
  new Problem(
    409,
    'conflict',
    'Fiscal years begin with another month than when the review was frozen that this draft corrects, so it is of other months. Delete the draft; a new one of the quarter stands by itself.',
  );

const refuseOpen = ({ checklist }: ReviewDocument, reason: string | null): void => {
  const open = checklist.filter(({ isOpen }) => isOpen);
  if (open.length === 0 || reason !== null) return;
  throw new Problem(
    422,
    'validation-failed',
    'Something is still open. Mend it, or say why the review is frozen anyway.',
    [
      ...open.map(({ id, title, text }) => ({
        pointer: '/reason',
        code: `checklist.${id}`,
        message: `${title}: ${text}.`,
      })),
    ],
  );
};
