import type { DataSource, EntityManager } from 'typeorm';
import type { NumberAt } from '../contract/narrative.js';
import type { CLASSIFICATIONS, REVIEW_PURPOSES, ReviewState, ReviewSummary } from '../contract/review.js';
import type { NamedReview } from '../contract/review-named.js';
import { periodMonths } from '../core/period.js';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';
import { notFound } from '../http/problem.js';
import { personOf } from './people.queries.js';

/** A text as somebody wrote it, with what its chips showed then. */
export interface WrittenSentence {
  readonly id: string;
  readonly by: 'hand';
  readonly text: string;
  readonly confirmed: readonly NumberAt[];
  /** By key of the figure. */
  readonly chips: Readonly<Record<string, string>>;
}
/** Of a section that somebody edited: what was written by hand, what was left to its rule, and what of the rules is not to be said (`none`). */
export type StoredSentence = WrittenSentence | { readonly id: string; readonly by: 'rule' | 'none' };
export type StoredNarrative = Readonly<Record<string, readonly StoredSentence[]>>;

/** A row of `reviews` but for its document. Instants as ISO text. */
export interface ReviewRow {
  readonly id: string;
  readonly version: number;
  readonly period: string;
  readonly revision: number;
  readonly state: ReviewState;
  readonly supersedesId: string | null;
  readonly purpose: (typeof REVIEW_PURPOSES)[number];
  readonly classification: (typeof CLASSIFICATIONS)[number];
  readonly recommendations: readonly WrittenSentence[];
  readonly narrative: StoredNarrative;
  readonly sha256: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly frozenAt: string | null;
  readonly frozenBy: string | null;
  readonly publishedAt: string | null;
  readonly publishedBy: string | null;
}

const iso = (column: string): string => isoInstant(`r.${column}`);
const COLUMNS = `r.id, r.version, r.period, r.revision, r.state, r.supersedes_id as "supersedesId", r.purpose, r.classification,
  r.recommendations, r.narrative, r.sha256, ${iso('created_at')} as "createdAt", r.created_by as "createdBy",
  ${iso('updated_at')} as "updatedAt", ${iso('frozen_at')} as "frozenAt", r.frozen_by as "frozenBy",
  ${iso('published_at')} as "publishedAt", r.published_by as "publishedBy"`;

/**
 * SQL for whether a review was begun or frozen while the example was loaded that is removed since: what was written in it is the example's. It stays to
 * be read, and counts for no other review.
 * @param review alias of its row
 */
export const ofRemovedExample = (review: string): string =>
  `exists (select from example e where ${['created_at', 'frozen_at']
    .map((at) => `${review}.${at} >= e.loaded_at and ${review}.${at} < e.removed_at`)
    .join(' or ')})`;

/** What people are called of whom the row keeps the address. */
interface Named {
  readonly creator: string;
  readonly freezer: string | null;
  readonly publisher: string | null;
}

type Linked = ReviewRow & {
  isOfExample: boolean;
  people: Named;
  supersedes: number | null;
  supersededById: string | null;
  supersededBy: number | null;
  /** The nearest revisions of the quarter, before and after, that people were told of. */
  publishedBefore: number | null;
  publishedAfter: number | null;
};
const LINKED = `select ${COLUMNS}, o.revision as supersedes, n.id as "supersededById", n.revision as "supersededBy",
    ${ofRemovedExample('r')} as "isOfExample", json_build_object('creator', ${personOf('r.created_by')},
      'freezer', ${personOf('r.frozen_by')}, 'publisher', ${personOf('r.published_by')}) as people,
    (select max(p.revision) from reviews p where p.period = r.period and p.revision < r.revision and p.published_at is not null) as "publishedBefore",
    (select min(p.revision) from reviews p where p.period = r.period and p.revision > r.revision and p.published_at is not null) as "publishedAfter"
  from reviews r left join reviews o on o.id = r.supersedes_id left join reviews n on n.supersedes_id = r.id and n.state <> 'draft'`;

/** `VR-2026-Q3`, of a correction `VR-2026-Q3-v2`. */
export const codeOf = ({ period, revision }: { period: string; revision: number }): string =>
  revision === 1 ? `VR-${period}` : `VR-${period}-v${revision}`;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A review is asked for by its id or its code. */
const isAsked = `(r.id = $1::uuid or 'vr-' || lower(r.period) || case r.revision when 1 then '' else '-v' || r.revision end = lower($2))`;
const askedFor = (ref: string): [string | null, string] => [UUID.test(ref) ? ref : null, ref];

/** All reviews, the latest quarter and revision first. */
export const readReviews = (on: DataSource | EntityManager): Promise<Linked[]> =>
  named<Linked>(on, 'reviews', `${LINKED} order by r.period desc, r.revision desc`, []);

/**
 * Lets nobody else change a review, or what hangs on one, until the transaction ends; readers are not stopped. The first statement of every such
 * change: each locks several rows and the head of the audit between them, and two that do so in another order would wait for each other in a circle.
 */
export const lockReviews = async (manager: EntityManager): Promise<void> => {
  await manager.query('lock table reviews in share row exclusive mode');
};

/**
 * One review.
 * @throws Problem 404
 */
export const foundReview = async (on: DataSource | EntityManager, ref: string): Promise<Linked> => {
  const [row] = await named<Linked>(on, 'review', `${LINKED} where ${isAsked}`, askedFor(ref));
  if (!row) throw notFound();
  return row;
};

/** Canonical JSON as frozen; null of a draft. Throws 404. */
export const documentText = async (on: DataSource | EntityManager, id: string): Promise<string | null> => {
  const [row] = await named<{ document: string | null }>(
    on,
    'document of a review',
    'select document from reviews where id = $1',
    [id],
  );
  if (!row) throw notFound();
  return row.document;
};

/** Records behind the figures of a frozen review, by key: canonical JSON. */
export const recordTexts = (
  on: DataSource | EntityManager,
  id: string,
): Promise<{ figure: string; records: string; sha256: string }[]> =>
  named(
    on,
    'records of a review',
    'select figure, records, sha256 from review_records where review_id = $1 order by figure',
    [id],
  );

/** Canonical JSON of the records behind one figure; null where the review does not hold it. */
export const recordText = async (
  on: DataSource | EntityManager,
  id: string,
  figure: string,
): Promise<string | null> => {
  const [row] = await named<{ records: string }>(
    on,
    'records of a figure of a review',
    'select records from review_records where review_id = $1 and figure = $2',
    [id, figure],
  );
  return row?.records ?? null;
};

/** The month with which fiscal years begin by a document of `r`: cut out, as documents are long. */
const STARTED = `substring(split_part(r.document, '"fiscalYearStart":', 2) from '^\\d+')::int`;

/** The month with which fiscal years began when a review was frozen, 1 to 12. */
export const frozenStart = async (on: DataSource | EntityManager, id: string): Promise<number> =>
  (
    await named<{ month: number }>(
      on,
      'start of fiscal years of a review',
      `select ${STARTED} as month from reviews r where r.id = $1`,
      [id],
    )
  )[0]!.month;

/** The month, counted from year 0, with which the quarter of a review begins, as its own document has fiscal years begin. */
const BEGINS = `(select (left(r.period, 4)::int - case when m = 1 then 0 else 1 end) * 12 + m - 1 + (right(r.period, 1)::int - 1) * 3
  from (select ${STARTED} as m) own)`;

/**
 * The review of an earlier quarter that stands: of the latest such quarter what people were told, else the latest revision that is frozen. Quarters
 * stand in the order of their months: fiscal years may have begun otherwise when one was frozen.
 * @param startMonth with which fiscal years begin in the quarter that is asked about
 */
export const standingBefore = async (
  on: DataSource | EntityManager,
  period: string,
  startMonth: number,
): Promise<Omit<NamedReview, 'periodName'> | null> => {
  const [row] = await named<Omit<NamedReview, 'periodName' | 'code'>>(
    on,
    'review before',
    `select r.id, r.period, r.revision, ${iso('frozen_at')} as "frozenAt", r.sha256 from reviews r
     where r.period <> $1 and r.state in ('frozen', 'published') and ${BEGINS} < left($2, 4)::int * 12 + right($2, 2)::int - 1 and not ${ofRemovedExample('r')}
     order by ${BEGINS} desc, r.state = 'published' desc, r.revision desc limit 1`,
    [period, periodMonths(period, startMonth).first],
  );
  return row ? { ...row, code: codeOf(row) } : null;
};

/** The month with which fiscal years begin by the settings of today. */
export const fiscalYearStart = async (on: DataSource | EntityManager): Promise<number> =>
  (
    await named<{ month: number }>(
      on,
      'start of fiscal years',
      'select fiscal_year_start_month as month from settings where id = 1',
    )
  )[0]!.month;

/** What the API says of a review without its document. */
export const summaryOf = (row: Linked): ReviewSummary => ({
  id: row.id,
  version: row.version,
  code: codeOf(row),
  revision: row.revision,
  period: row.period,
  state: row.state,
  supersedes: row.supersedes === null ? null : codeOf({ period: row.period, revision: row.supersedes }),
  supersededBy: row.supersededBy === null ? null : codeOf({ period: row.period, revision: row.supersededBy }),
  createdAt: row.createdAt,
  createdBy: row.people.creator,
  frozenAt: row.frozenAt,
  frozenBy: row.people.freezer,
  publishedAt: row.publishedAt,
  publishedBy: row.people.publisher,
  sha256: row.sha256,
  isOfExample: row.isOfExample,
});

/** The row as events of the audit keep it, so that `verify` can hold the one against the other: all columns but the document, which has its hash. */
export const keptRow = (row: Linked): Record<string, unknown> => {
  const { isOfExample, people, supersedes, supersededById, supersededBy, publishedBefore, publishedAfter, ...kept } =
    row;
  void [isOfExample, people, supersedes, supersededById, supersededBy, publishedBefore, publishedAfter];
  return { ...kept, recommendations: [...row.recommendations] };
};
