import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { figureNameIn } from '../contract/named-figure.js';
import type { ReviewDocument } from '../contract/review.js';
import type { ReviewStandingQuery, ReviewStandings } from '../contract/review-standing.js';
import { NOTHING } from '../core/review/printing.js';
import { forbidden } from '../http/problem.js';
import { type Reading, readingBy, readingOf } from '../http/reading.js';
import { MetricsService } from '../metrics/metrics.service.js';
import { TraceService } from '../trace/trace.service.js';
import type { Ground } from './figures.js';
import { codeOf, documentText, readReviews, type ReviewRow } from './stored.queries.js';
import { figureToday, isRestated } from './today.js';

type Standing = ReviewStandings['items'][number];

/** Whether what was published or frozen is still true: only the figures of the headline are asked again, and no bridge is made. */
@Injectable()
export class StandingService {
  constructor(
    private readonly traces: TraceService,
    private readonly metrics: MetricsService,
  ) {}

  /**
   * The newest published reviews, or also those frozen to be published, with the figures of their headline that are different today, as JSON text.
   * @param reading of the whole enterprise; its period does not matter
   * @throws Problem 403 for a stakeholder, whose today is that of own units only
   */
  async standings(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    { limit, of }: ReviewStandingQuery,
  ): Promise<string> {
    if (readsOwnUnitsOnly(who)) throw forbidden('Your role reads reviews as they were frozen.');
    const told = (await readReviews(manager))
      .filter(({ state, isOfExample }) => (state === 'published' || state === of) && !isOfExample)
      .slice(0, limit);
    const items: Standing[] = [];
    for (const row of told) {
      const document = JSON.parse((await documentText(manager, row.id))!) as ReviewDocument;
      const own = readingBy(readingOf(reading, row.period), document.settings.fiscalYearStart);
      const context = this.traces.context(manager, own, who, { period: row.period, span: 'to_date' });
      items.push(await standingOf(row, document, { context, who, traces: this.traces, metrics: this.metrics }));
    }
    return JSON.stringify({ items } satisfies ReviewStandings);
  }
}

const standingOf = async (row: ReviewRow, document: ReviewDocument, ground: Ground): Promise<Standing> => {
  const { headline, figures } = document;
  const nameOf = figureNameIn(document);
  const keys = [...new Set(headline)].filter((key) => figures[key] !== undefined);
  const restated: Standing['restated'] = [];
  for (const key of keys) {
    const frozen = figures[key]!;
    const today = await figureToday(ground, key);
    if (isRestated(frozen, today))
      restated.push({ key, title: nameOf(key), frozen: frozen.text, today: today?.text ?? NOTHING });
  }
  const { id, period, revision, publishedAt } = row;
  return { id, code: codeOf(row), period, revision, publishedAt, headline: keys.length, restated };
};
