import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.js';
import { canonicalJson, recordChange } from '../audit/write.js';
import { sha256Of } from '../audit/sha256.js';
import type { Review, ReviewDocument, ReviewSummary } from '../contract/review.js';
import type { ChangedReview } from '../contract/review-change.js';
import { inSnapshot } from '../database/snapshot.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { invalidField, notFound, Problem } from '../http/problem.js';
import { type Reading, readingBy, settle } from '../http/reading.js';
import { MetricsService } from '../metrics/metrics.service.js';
import { TraceService } from '../trace/trace.service.js';
import { hasActions } from './actions.queries.js';
import { documentOf, materialOf } from './document.js';
import type { Ground } from './figures.js';
import { Kept } from './kept.js';
import { ReviewSources } from './sources.js';
import {
  documentText,
  foundReview,
  frozenStart,
  keptRow,
  lockReviews,
  readReviews,
  type StoredSentence,
  summaryOf,
} from './stored.queries.js';
import { isSeenBy, summaryFor } from './visible.queries.js';
import { narrativeOf, recommendationsOf } from './writing.js';

type Found = Awaited<ReturnType<typeof foundReview>>;
/** What a review answers, and the hash by which freezing knows what was read. */
type Content = Pick<Review, 'document' | 'contentSha256'>;
/** Documents of drafts that are kept: reading a page again costs nothing while nothing has changed. */
const KEPT_DRAFTS = 4;

/** Reviews of a quarter: drafts are worked out anew, frozen ones are their document. */
@Injectable()
export class ReviewsService {
  private readonly drafts = new Kept<Content>(KEPT_DRAFTS);

  constructor(
    private readonly source: DataSource,
    private readonly traces: TraceService,
    private readonly metrics: MetricsService,
    private readonly sources: ReviewSources,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All that the person may see; a stakeholder what was published. */
  async list(who: Principal): Promise<ReviewSummary[]> {
    return (await readReviews(this.source)).filter((row) => isSeenBy(who, row)).map((row) => summaryFor(who, row));
  }

  /** @throws Problem 404 */
  async found(who: Principal, ref: string): Promise<Found> {
    const row = await foundReview(this.source, ref);
    if (!isSeenBy(who, row)) throw notFound();
    return row;
  }

  /** @throws Problem 404 */
  async read(who: Principal, ref: string): Promise<Review> {
    return this.shown(who, await this.found(who, ref));
  }

  /**
   * Begins the review of a quarter, or the correction of the one that stands.
   * @throws Problem 409 where a draft of it is there already, 422 of a quarter that has not begun
   */
  async create(who: Principal, period: string): Promise<Review> {
    const id = uuidv7();
    await this.source.transaction(async (manager) => {
      await lockReviews(manager);
      const last = (await readReviews(manager)).find((row) => row.period === period);
      if (last?.state === 'draft')
        throw new Problem(409, 'duplicate', 'There is a draft of this quarter already. Go on with it.', [], {
          current: { id: last.id },
        });
      const now = this.now();
      // By the calendar: the story of the example may end before today.
      const { start, startMonth } = await settle(manager, who, { period }, now);
      if (start > now.slice(0, 10))
        throw invalidField('/period', 'not_begun', 'The quarter has not begun: a review tells what became of one.');
      const corrected =
        last && !last.isOfExample && (await frozenStart(manager, last.id)) === startMonth ? last : undefined;
      await manager.query(
        `insert into reviews (id, period, revision, supersedes_id, created_at, created_by, updated_at) values ($1, $2, $3, $4, $5, $6, $5)`,
        [id, period, (last?.revision ?? 0) + 1, corrected?.id ?? null, now, who.email],
      );
      // A correction begins with what was written: its figures are new, and sentences whose figures changed are marked.
      if (corrected)
        await manager.query(
          `update reviews r set purpose = o.purpose, classification = o.classification, recommendations = o.recommendations, narrative = o.narrative
           from reviews o where r.id = $1 and o.id = $2`,
          [id, corrected.id],
        );
      await this.record(manager, who, 'created', null, await foundReview(manager, id));
    });
    return this.read(who, id);
  }

  /** @throws Problem 404, 409 where it is frozen, 412, 422 for a chip that is no figure */
  async change(who: Principal, ref: string, version: number, given: ChangedReview): Promise<Review> {
    const seen = await this.found(who, ref);
    const texts = await this.textsOf(who, seen, given);
    await this.source.transaction(async (manager) => {
      await lockReviews(manager);
      const before = await this.draftAt(manager, ref, version);
      const narrative: Record<string, readonly StoredSentence[]> = { ...before.narrative };
      for (const [section, sentences] of Object.entries(texts.narrative))
        if (sentences === null) delete narrative[section];
        else narrative[section] = sentences;
      await manager.query(
        `update reviews set purpose = $2, classification = $3, recommendations = $4, narrative = $5, updated_at = $6, version = version + 1
         where id = $1`,
        [
          ...[before.id, given.purpose ?? before.purpose, given.classification ?? before.classification],
          JSON.stringify(texts.recommendations ?? before.recommendations),
          JSON.stringify(narrative),
          this.now(),
        ],
      );
      await this.record(manager, who, 'changed', before, await foundReview(manager, before.id));
    });
    return this.read(who, ref);
  }

  /** What was published is what people were told: the review that it corrects is superseded. Throws 404, 409, 412. */
  async publish(who: Principal, ref: string, version: number): Promise<Review> {
    await this.source.transaction(async (manager) => {
      await lockReviews(manager);
      const before = await foundReview(manager, ref);
      if (before.version !== version) throw stale({ ...summaryOf(before) });
      if (before.state === 'draft')
        throw new Problem(409, 'conflict', 'This review is a draft. Freeze it, then it can be published.');
      if (before.state !== 'frozen') throw new Problem(409, 'conflict', `This review is ${before.state} already.`);
      const now = this.now();
      await manager.query(
        `update reviews set state = 'published', published_at = $2, published_by = $3, updated_at = $2, version = version + 1 where id = $1`,
        [before.id, now, who.email],
      );
      await this.record(manager, who, 'published', before, await foundReview(manager, before.id));
      // Whichever version people were told of: one that was never published may lie between, and one may be of other months.
      const startMonth = await frozenStart(manager, before.id);
      for (const older of (await readReviews(manager)).reverse())
        if (
          older.period === before.period &&
          older.revision < before.revision &&
          older.state !== 'draft' &&
          !older.isOfExample &&
          (await frozenStart(manager, older.id)) === startMonth
        )
          await this.supersede(manager, who, older.id);
    });
    return this.read(who, ref);
  }

  /** Takes a draft away. Throws 404, 409 where it is frozen, 412. */
  async remove(who: Principal, ref: string, version: number): Promise<void> {
    await this.source.transaction(async (manager) => {
      await lockReviews(manager);
      const before = await this.draftAt(manager, ref, version);
      if (await hasActions(manager, before.id))
        throw new Problem(
          409,
          'conflict',
          'Decisions or actions are recorded with this draft. Take them back first, or keep the draft.',
        );
      await manager.query(`delete from reviews where id = $1 and state = 'draft'`, [before.id]);
      await this.record(manager, who, 'removed', before, null);
    });
  }

  /** The review that another one corrects is not the one that stands any more. */
  async supersede(manager: EntityManager, who: Principal, id: string): Promise<void> {
    const before = await foundReview(manager, id);
    if (before.state === 'superseded') return;
    await manager.query(
      `update reviews set state = 'superseded', updated_at = $2, version = version + 1 where id = $1`,
      [id, this.now()],
    );
    await this.record(manager, who, 'superseded', before, await foundReview(manager, id));
  }

  /** A draft of the version that somebody read; reviews are locked. Throws 404, 409 `review-frozen`, 412. */
  async draftAt(manager: EntityManager, ref: string, version: number): Promise<Found> {
    const row = await foundReview(manager, ref);
    if (row.state !== 'draft') throw frozen();
    if (row.version !== version) throw stale({ ...summaryOf(row) });
    return row;
  }

  /**
   * Runs a task on the figures of a review's quarter as the data give them now, in one snapshot.
   * @param frozen whose calendar counts, where there is one: its quarter is of the same months, whenever fiscal years begin today
   */
  onGround<T>(
    who: Principal,
    period: string,
    task: (ground: Ground, reading: Reading) => Promise<T>,
    frozen?: ReviewDocument,
  ): Promise<T> {
    return inSnapshot(this.source, async (manager) => {
      const settled = await settle(manager, who, { period }, this.now());
      const reading = frozen ? readingBy(settled, frozen.settings.fiscalYearStart) : settled;
      const context = this.traces.context(manager, reading, who, { period, span: 'to_date' });
      return task({ context, who, traces: this.traces, metrics: this.metrics }, reading);
    });
  }

  /** The document of a draft as it would be frozen now. */
  drafted(ground: Ground, row: Found): Promise<ReviewDocument> {
    return documentOf(row, { ground, sources: this.sources });
  }

  /** The last event of a change of a review keeps the whole row, by which `verify` knows it. */
  async record(
    manager: EntityManager,
    who: Principal,
    action: string,
    before: Found | null,
    after: Found | null,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const { id, period, revision } = (after ?? before)!;
    const at = this.now();
    await recordChange(manager, {
      at,
      actor: who.email,
      action,
      objectType: 'review',
      objectId: id,
      objectCode: `VR-${period}${revision === 1 ? '' : `-v${revision}`}`,
      before: before && keptRow(before),
      after: after && { ...keptRow(after), ...more },
    });
  }

  now(): string {
    return this.clock.now().toISOString();
  }

  private async shown(who: Principal, row: Found): Promise<Review> {
    if (row.state === 'draft') return { ...summaryFor(who, row), ...(await this.draft(who, row)) };
    const text = await documentText(this.source, row.id);
    return { ...summaryFor(who, row), contentSha256: row.sha256!, document: JSON.parse(text!) as ReviewDocument };
  }

  /** Worked out once for each state of the data: a review is of the enterprise, and who sees drafts sees all of it. */
  private async draft(who: Principal, row: Found): Promise<Content> {
    return this.drafts.of(`${row.id} ${row.version} ${await this.stateOf(who, row.period)}`, () =>
      this.onGround(who, row.period, async (ground) => {
        const document = await this.drafted(ground, row);
        return { document, contentSha256: sha256Of(canonicalJson(document)) };
      }),
    );
  }

  /** The document of a draft that somebody read lately; undefined where it is not kept any more. */
  async lately(contentSha256: string): Promise<ReviewDocument | undefined> {
    return (await this.drafts.all()).find((each) => each.contentSha256 === contentSha256)?.document;
  }

  /** Names the state of the data: as long as it is the same, so is what is worked out of a quarter. */
  async stateOf(who: Principal, period: string): Promise<string> {
    return (await settle(this.source, who, { period }, this.now())).state;
  }

  /** What somebody sends of texts, as it is kept. */
  private async textsOf(who: Principal, row: Found, { narrative, recommendations }: ChangedReview): Promise<Texts> {
    if (!narrative && !recommendations) return { narrative: {}, recommendations: null };
    return this.onGround(who, row.period, async (ground) => {
      const material = await materialOf(row, { ground, sources: this.sources });
      return {
        narrative: await narrativeOf(material, row, narrative ?? {}),
        recommendations: recommendations ? await recommendationsOf(material, row, recommendations) : null,
      };
    });
  }
}

interface Texts {
  readonly narrative: Awaited<ReturnType<typeof narrativeOf>>;
  /** Null where they stay. */
  readonly recommendations: Awaited<ReturnType<typeof recommendationsOf>> | null;
}

/** What is frozen does not change. */
export const frozen = (): Problem =>
  new Problem(
    409,
    'review-frozen',
    'This review is frozen and does not change. To correct it, start a new version of the same quarter.',
  );
