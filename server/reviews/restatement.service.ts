import { Injectable } from '@nestjs/common';
import { readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import type { ReviewDocument } from '../contract/review.js';
import type { Restatement } from '../contract/review-after.js';
import { forbidden, notFound } from '../http/problem.js';
import { FreezingService } from './freezing.service.js';
import { restatedFigures } from './restated.js';
import { ReviewsService } from './reviews.service.js';
import { otherCalendar } from './calendar.js';
import { codeOf, fiscalYearStart } from './stored.queries.js';

/** What was frozen, what the quarter before froze, what is true now, and why they differ. */
@Injectable()
export class RestatementService {
  constructor(
    private readonly reviews: ReviewsService,
    private readonly freezing: FreezingService,
  ) {}

  /**
   * The three columns of every figure of a frozen review, or of those that are named, worked out in one state of the data.
   * @throws Problem 403 for a stakeholder, whose today is that of own units only, 404, 409 for a draft
   */
  async of(who: Principal, ref: string, only?: readonly string[]): Promise<Restatement> {
    if (readsOwnUnitsOnly(who)) throw forbidden('Your role reads the review as it was frozen.');
    const row = await this.reviews.found(who, ref);
    const { document } = await this.freezing.document(row.id);
    const asked = askedOf(document, only);
    const previous = document.previous && (await this.freezing.document(document.previous.id)).document;
    const { restated, startMonth } = await this.reviews.onGround(
      who,
      row.period,
      async (ground) => ({
        restated: await restatedFigures(ground, row.id, { document, previous, asked }),
        startMonth: await fiscalYearStart(ground.context.manager),
      }),
      document,
    );
    return {
      review: { id: row.id, code: codeOf(row), revision: row.revision, frozenAt: row.frozenAt! },
      previous: document.previous,
      at: this.reviews.now(),
      calendar: otherCalendar(document, startMonth),
      links: restated.links,
      restated: restated.figures.filter(({ isRestated }) => isRestated).length,
      figures: restated.figures,
    };
  }
}

/** @throws Problem 404 for a figure that the document does not hold */
const askedOf = ({ figures }: ReviewDocument, only: readonly string[] | undefined): readonly string[] => {
  if (only === undefined) return Object.keys(figures).sort();
  if (only.some((key) => figures[key] === undefined)) throw notFound();
  return [...new Set(only)].sort();
};
