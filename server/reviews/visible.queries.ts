import type { EntityManager } from 'typeorm';
import { readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import type { ReviewSummary } from '../contract/review.js';
import { named } from '../database/named.js';
import { notFound } from '../http/problem.js';
import { foundReview, ofRemovedExample, type ReviewRow, summaryOf } from './stored.queries.js';

/** A stakeholder reads what was published, also after a correction has taken its place. */
export const isSeenBy = (who: Principal, { publishedAt }: Pick<ReviewRow, 'publishedAt'>): boolean =>
  !readsOwnUnitsOnly(who) || publishedAt !== null;

/** What the person reads of a review beside its document: who reads what was published hears of no version that was not. */
export const summaryFor = (who: Principal, row: Awaited<ReturnType<typeof foundReview>>): ReviewSummary =>
  summaryOf(
    readsOwnUnitsOnly(who) ? { ...row, supersedes: row.publishedBefore, supersededBy: row.publishedAfter } : row,
  );

/**
 * A review, where the person may read it.
 * @param ref id or code
 * @throws Problem 404
 */
export const visibleReview = async (manager: EntityManager, who: Principal, ref: string): Promise<ReviewRow> => {
  const found = await foundReview(manager, ref);
  if (!isSeenBy(who, found)) throw notFound();
  return found;
};

const BEFORE = `
  select r.period from reviews r where r.period < $1 and r.state <> 'draft' and not ${ofRemovedExample('r')} and (not $2 or r.published_at is not null)
  order by r.period desc limit 1`;

/** The latest quarter before this one that has a frozen review which the person may read; null where there is none. */
export const reviewedBefore = async (
  manager: EntityManager,
  who: Principal,
  period: string,
): Promise<string | null> => {
  const values = [period, readsOwnUnitsOnly(who)];
  const [found] = await named<{ period: string }>(manager, 'quarter reviewed before', BEFORE, values);
  return found?.period ?? null;
};
