import type { EntityManager } from 'typeorm';
import type { SignComment, SignId } from '../contract/sign.js';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';

export type Comment = SignComment;

/** One row is what is said of a sign in a period, with the decision and the corrective action that it names. */
const COMMENTS = `
  select c.sign, c.content as text, d.code as decision, d.title as "decisionTitle",
    a.code as action, a.title as "actionTitle", b.code as "actionBenefit",
    array_remove(array[case when d.archived_at is not null then 'decision' end, case when a.archived_at is not null then 'action' end], null) as archived,
    c.written_by as by,
    ${isoInstant('c.updated_at')} as at, c.version
  from sign_comments c left join decisions d on d.id = c.decision_id
    left join corrective_actions a on a.id = c.action_id left join benefits b on b.id = a.benefit_id
  where c.period = $1`;

/** Comments of a period, by sign. */
export const commentsOf = async (manager: EntityManager, period: string): Promise<Map<SignId, Comment>> => {
  const rows = await named<Comment & { sign: SignId }>(manager, 'comments on signs', COMMENTS, [period]);
  return new Map(rows.map(({ sign, ...comment }) => [sign, comment]));
};
