import type { EntityManager } from 'typeorm';
import type { SignComment, SignId } from '../contract/sign.js';
import { named } from '../database/named.js';

export type Comment = SignComment;

/** One row is what is said of a sign in a period; the decision that it links is told while it is not archived. */
const COMMENTS = `
  select c.sign, c.content as text, d.code as decision, d.title as "decisionTitle", c.written_by as by,
    to_char(c.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, c.version
  from sign_comments c left join decisions d on d.id = c.decision_id and d.archived_at is null
  where c.period = $1`;

/** Comments of a period, by sign. */
export const commentsOf = async (manager: EntityManager, period: string): Promise<Map<SignId, Comment>> => {
  const rows = await named<Comment & { sign: SignId }>(manager, 'comments on signs', COMMENTS, [period]);
  return new Map(rows.map(({ sign, ...comment }) => [sign, comment]));
};
