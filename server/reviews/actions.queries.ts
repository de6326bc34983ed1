import type { EntityManager } from 'typeorm';
import type { ReviewAction, Rewording } from '../contract/review-after.js';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';
import { ofRemovedExample } from './stored.queries.js';

/** A review of its quarter or of a later one that was frozen since may name it: it then stays. */
const IS_WITHDRAWABLE = `a.outcome = 'open' and not exists (
    select from reviews f where f.period >= r.period and f.frozen_at >= a.created_at)`;
const FIELDS = `a.id, a.version, r.period, a.kind, a.text, a.owner, a.due_on as "dueOn", a.outcome, a.note,
  ${isoInstant('a.created_at')} as "createdAt", a.created_by as "createdBy",
  (${IS_WITHDRAWABLE}) as "isWithdrawable"`;

/** One row is what was decided or agreed in the review of a quarter, with whichever of its versions it was recorded. */
const OF_QUARTER = `
  select ${FIELDS} from review_actions a join reviews r on r.id = a.review_id
  where r.period = $1 and a.archived_at is null and not ${ofRemovedExample('r')} order by a.created_at, a.id`;

export const actionsOfQuarter = (manager: EntityManager, period: string): Promise<ReviewAction[]> =>
  named(manager, 'review actions of a quarter', OF_QUARTER, [period]);

/** Open ones are carried on until they are kept or not; what became of one since the last review is told in this one. */
const UP_TO_QUARTER = `
  select ${FIELDS} from review_actions a join reviews r on r.id = a.review_id
  where a.archived_at is null and not ${ofRemovedExample('r')} and (r.period = $1 or (r.period < $1
    and (a.outcome = 'open' or a.updated_at > (select max(l.frozen_at) from reviews l where l.period = $1))
    and (not $2 or exists (select from reviews p where p.period = r.period and p.published_at is not null))))
  order by r.period, a.created_at, a.id`;

/**
 * What is followed up after the review of a quarter: all that it agreed, and of the quarters before what was open since then.
 * @param publishedOnly leaves out quarters of which nothing was published
 */
export const actionsUpTo = (manager: EntityManager, period: string, publishedOnly = false): Promise<ReviewAction[]> =>
  named(manager, 'review actions up to a quarter', UP_TO_QUARTER, [period, publishedOnly]);

/** By the audit: what was agreed as it stood before each change of its words, owner or day after a review of its quarter was published. */
const REWORDED = `
  select a.id as action, e.at, e.actor as by, was ->> 'text' as text, was ->> 'owner' as owner, was ->> 'dueOn' as "dueOn"
  from review_actions a join reviews own on own.id = a.review_id
    join audit_events e on e.object_type = 'review_action' and e.object_id = a.id::text and e.action = 'changed',
    lateral (select e.canonical::jsonb -> 'before' as was, e.canonical::jsonb -> 'after' as becomes) c
  where a.id = any($1::uuid[]) and was - '{outcome,note}'::text[] <> becomes - '{outcome,note}'::text[]
    and exists (select from reviews r where r.period = own.period and r.published_at <= e.at::timestamptz)
  order by e.seq`;

export const rewordingsOf = (manager: EntityManager, ids: readonly string[]): Promise<Rewording[]> =>
  named(manager, 'rewordings of review actions', REWORDED, [ids]);

const ONE = `
  select ${FIELDS}, r.revision from review_actions a join reviews r on r.id = a.review_id
  where a.id = $1 and a.archived_at is null`;

/** An action, and the review that agreed it; null where it is not there, or was taken back. */
export const actionById = async (
  manager: EntityManager,
  id: string,
): Promise<{ action: ReviewAction; review: { period: string; revision: number } } | null> => {
  const [row] = await named<ReviewAction & { revision: number }>(manager, 'one review action', ONE, [id]);
  if (!row) return null;
  const { revision, ...action } = row;
  return { action, review: { period: action.period, revision } };
};

const AGREED_BEFORE = `
  select coalesce(string_agg(a.id || ':' || a.version, ',' order by a.id), '') as agreed
  from review_actions a join reviews r on r.id = a.review_id where r.period < $1 and a.archived_at is null`;

/** All that reviews of earlier quarters agreed, as a text that is another once one of it is changed, made or taken back. */
export const agreedBefore = async (manager: EntityManager, period: string): Promise<string> =>
  (await named<{ agreed: string }>(manager, 'agreed before a quarter', AGREED_BEFORE, [period]))[0]!.agreed;

/** Whether anything is recorded with this review and not taken back. */
export const hasActions = async (manager: EntityManager, reviewId: string): Promise<boolean> =>
  (
    await named<{ found: boolean }>(
      manager,
      'review with actions',
      'select exists (select from review_actions where review_id = $1 and archived_at is null) as found',
      [reviewId],
    )
  )[0]!.found;
