import type { EntityManager } from 'typeorm';
import { readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import type { ReviewState } from '../contract/review.js';
import { named } from '../database/named.js';
import { notFound } from '../http/problem.js';

/** A review as far as what hangs on it needs to know. */
export interface ReviewOfQuarter {
  id: string;
  period: string;
  state: ReviewState;
}

/** Whoever reads only own units reads what was published, also after it was superseded. */
const VISIBLE = '(not $2 or r.published_at is not null)';

const BY_ID = `select r.id, r.period, r.state from reviews r where r.id = $1 and ${VISIBLE}`;

const BEFORE = `
  select r.period from reviews r where r.period < $1 and r.state <> 'draft' and ${VISIBLE}
  order by r.period desc limit 1`;

/** @throws Problem 404 where it is not there, or not for this person */
export const visibleReview = async (manager: EntityManager, who: Principal, id: string): Promise<ReviewOfQuarter> => {
  const [found] = await named<ReviewOfQuarter>(manager, 'visible review', BY_ID, [id, readsOwnUnitsOnly(who)]);
  if (!found) throw notFound();
  return found;
};

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

/** As the audit and every page name the reviews of a quarter. @param period fiscal quarter */
export const codeOfReview = (period: string): string => `VR-${period}`;
