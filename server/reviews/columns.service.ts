import { Injectable } from '@nestjs/common';
import { readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import type { ReviewColumns } from '../contract/review-columns.js';
import type { ReviewDocument } from '../contract/review.js';
import type { Beside } from '../core/review/beside.js';
import { knownMetric } from '../core/metrics/catalogue.js';
import { columnBeside } from '../core/review/columns.js';
import { directionsOf } from '../core/review/judged.js';
import { keyIn } from '../core/review/keys.js';
import { comparePeriods } from '../core/period.js';
import { forbidden } from '../http/problem.js';
import { materialOf, ruledSections } from './document.js';
import { FreezingService } from './freezing.service.js';
import { Kept } from './kept.js';
import { ReviewsService } from './reviews.service.js';
import { ReviewSources } from './sources.js';

/** Answers that are kept: making today's sections costs what a draft does. */
const KEPT_COLUMNS = 4;

/** What stands in the place of a frozen review's tables and drawings in its other two columns. */
@Injectable()
export class ColumnsService {
  private readonly kept = new Kept<ReviewColumns>(KEPT_COLUMNS);

  constructor(
    private readonly reviews: ReviewsService,
    private readonly freezing: FreezingService,
    private readonly sources: ReviewSources,
  ) {}

  /**
   * The tables and drawings of the review of the quarter before as it froze them, and those that the rules of this review write of today's records,
   * each beside the frozen one.
   * @throws Problem 403 for a stakeholder, whose today is that of own units only, 404, 409 for a draft
   */
  async of(who: Principal, ref: string): Promise<ReviewColumns> {
    if (readsOwnUnitsOnly(who)) throw forbidden('Your role reads the review as it was frozen.');
    const { id, period } = await this.reviews.found(who, ref);
    const { document } = await this.freezing.document(id);
    return this.kept.of(`${id} ${await this.reviews.stateOf(who, period)}`, () => this.worked(who, document));
  }

  private async worked(who: Principal, document: ReviewDocument): Promise<ReviewColumns> {
    const { review, sections, previous } = document;
    const before = previous && (await this.freezing.document(previous.id)).document;
    const today = await this.reviews.onGround(
      who,
      review.period,
      async (ground) => ruledSections(await materialOf(review, { ground, sources: this.sources }, document)),
      document,
    );
    const frozen: Beside = { sections, later: 0, keyHere: (key) => key };
    const now: Beside = { ...frozen, sections: today };
    const then: Beside | null = before && {
      sections: before.sections,
      later: comparePeriods(before.review.period, review.period),
      keyHere: (key) => keyIn(key, before.review.period, review.period),
    };
    const all = [...(then ? [then] : []), now, frozen];
    const directions = directionsOf(all, (name) => knownMetric(name)?.better, Object.keys(document.figures));
    return {
      previous: then && columnBeside(sections, then, directions),
      today: columnBeside(sections, now, directions),
      directions,
    };
  }
}
