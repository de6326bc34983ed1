import type { EntityManager } from 'typeorm';
import { overview, profile } from '../contract/overview.js';
import type { ReviewDocument, ReviewSection, ReviewSentence } from '../contract/review.js';
import { printed } from '../core/review/narrative.js';
import { periodName } from '../core/review/printing.js';
import { METRICS } from '../core/metrics/catalogue.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';
import { FORMULA_VERSION } from '../trace/trace.service.js';
import { PRODUCT_VERSION } from '../version.js';
import { checklistOf } from './checklist.js';
import { FigureBook, type Ground } from './figures.js';
import { handwritten, messageOf, sentencesOf } from './narrative.js';
import { People } from './people.queries.js';
import { headlinePaths } from './sections/headline.js';
import { SECTION_RULES } from './sections/index.js';
import type { Material, Written } from './sections/section.js';
import type { ReviewSources } from './sources.js';
import { codeOf, documentText, type ReviewRow, standingBefore } from './stored.queries.js';

/** What a document is made with. */
export interface Makers {
  readonly ground: Ground;
  readonly sources: ReviewSources;
}

interface Facts {
  organisation: string | null;
  thresholds: Record<string, string>;
  rates: { currency: string; month: string; rate: string }[];
}

/** What the document keeps of settings: names, thresholds of status, and the rates by which amounts became what they are. */
const factsOf = async (manager: EntityManager, { end }: Reading): Promise<Facts> => {
  const [row] = await named<Facts>(
    manager,
    'facts of a review',
    `select (select min(name) from org_units where parent_id is null and archived_at is null having count(*) = 1) as organisation,
       (select jsonb_build_object('onTrackFrom', on_track_from::text, 'atRiskFrom', at_risk_from::text) from settings) as thresholds,
       coalesce((select jsonb_agg(jsonb_build_object('currency', currency, 'month', to_char(month, 'YYYY-MM'), 'rate', rate::text)
         order by currency, month) from exchange_rates where archived_at is null and month < $1::date), '[]') as rates`,
    [end],
  );
  return row!;
};

/**
 * What the sections of a review are written from.
 * @param frozen the review whose sections are written again: beside the same earlier review, and with the same metrics drawn
 */
export const materialOf = async (
  row: Pick<ReviewRow, 'period'>,
  { ground, sources }: Makers,
  frozen?: ReviewDocument,
): Promise<Material> => {
  const { manager, reading } = ground.context;
  const standing =
    frozen === undefined ? await standingBefore(manager, row.period, reading.startMonth) : frozen.previous;
  const text = standing && (await documentText(manager, standing.id));
  const earlier = text === null ? null : (JSON.parse(text) as ReviewDocument);
  // Its quarter is called as it was then.
  const previous = standing && earlier && { periodName: earlier.review.periodName, ...standing };
  return {
    manager,
    reading,
    who: ground.who,
    book: new FigureBook(ground),
    sources,
    people: await People.of(manager),
    overview: overview.parse(
      JSON.parse(await sources.overviews.overview(manager, reading, ground.who, { period: reading.period })),
    ),
    profile: profile.parse(
      JSON.parse(await sources.overviews.profile(manager, reading, ground.who, { period: reading.period })),
    ),
    previous,
    before: earlier,
    drawn: (frozen?.sections ?? []).flatMap(({ drawings }) => drawings.map(({ id }) => id)),
  };
};

/** The sections as their rules write them, with nothing that anybody wrote. */
export const ruledSections = async (material: Material): Promise<(Written & Pick<ReviewSection, 'id'>)[]> => {
  const written = [];
  for (const rule of SECTION_RULES) written.push({ id: rule.id, ...(await rule.write(material)) });
  return written;
};

/** The document of a review as the data say it now: what would be frozen. */
export const documentOf = async (
  row: ReviewRow & { supersedes: number | null },
  makers: Makers,
): Promise<ReviewDocument> => {
  const material = await materialOf(row, makers);
  const { manager, reading, book, previous } = material;
  const written: ReviewSentence[] = [];
  for (const recommendation of row.recommendations) written.push(await handwritten(book, recommendation));
  const sections: ReviewSection[] = [];
  for (const { id, title, about, sentences, tables, drawings } of await ruledSections(material)) {
    const edited = row.narrative[id] ?? [];
    const message = await messageOf(book, edited);
    sections.push({
      id,
      title: message?.text ?? title,
      ...(message && { message }),
      about,
      sentences: await sentencesOf(book, edited, sentences),
      tables,
      drawings,
    });
  }
  const headline: string[] = [];
  for (const path of headlinePaths(material)) headline.push((await book.take(path)).key);
  const checklist = await checklistOf(material, [
    ...written,
    ...sections.flatMap(({ message, sentences }) => [...(message ? [message] : []), ...sentences]),
  ]);
  const { organisation, thresholds, rates } = await factsOf(manager, reading);
  const figures = await book.all();
  return {
    format: 1,
    review: {
      code: codeOf(row),
      revision: row.revision,
      period: row.period,
      periodName: periodName(row.period, reading.startMonth),
      scope: 'All IT',
      organisation: organisation ?? '',
      supersedes: row.supersedes === null ? null : codeOf({ period: row.period, revision: row.supersedes }),
    },
    previous,
    frozen: null,
    product: {
      version: PRODUCT_VERSION,
      formulas: FORMULA_VERSION,
      definitions: Object.fromEntries(METRICS.map(({ id, formula }) => [id, formula.version])),
    },
    settings: {
      currency: reading.currency,
      decimals: reading.decimals,
      timeZone: reading.timeZone,
      fiscalYearStart: reading.startMonth,
      thresholds,
      rates,
    },
    cover: {
      purpose: row.purpose,
      classification: row.classification,
      recommendations: written.map(({ text }) => printed(text, figures)),
      written,
    },
    sections,
    figures,
    headline: [...new Set(headline)],
    checklist,
  };
};
