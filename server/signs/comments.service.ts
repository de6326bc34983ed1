import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { ENTERPRISE, recordChange } from '../audit/write.js';
import type { SignId, WriteComment, WrittenComment } from '../contract/sign.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { invalidField } from '../http/problem.js';
import { type Comment, commentsOf } from './comments.queries.js';

/** What the owners of the signs say of one in a period: one text, kept with the decision and the corrective action that answer it. */
@Injectable()
export class SignCommentsService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem 412 where another text was read, 422 for a decision or an action that is not there */
  async write(who: Principal, sign: SignId, period: string, given: WriteComment): Promise<WrittenComment> {
    return this.source.transaction(async (manager) => {
      // One writer a comment: the first text has no row to lock.
      await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`sign comment ${sign} ${period}`]);
      const before = (await commentsOf(manager, period)).get(sign) ?? null;
      if ((before?.version ?? null) !== given.version) throw stale(before ?? { version: 0 });
      // A link without a word says nothing: it goes with the text.
      const answer = (what: Answer): string | null => (given.text === null ? null : (given[what] ?? null));
      const decision = await idOf(manager, 'decision', answer('decision'), before);
      const action = await idOf(manager, 'action', answer('action'), before);
      const at = this.clock.now().toISOString();
      await manager.query(
        `insert into sign_comments (sign, period, content, decision_id, action_id, written_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict (sign, period) do update set content = excluded.content, decision_id = excluded.decision_id,
           action_id = excluded.action_id, written_by = excluded.written_by, updated_at = excluded.updated_at, version = sign_comments.version + 1`,
        [sign, period, given.text, decision, action, who.email, at],
      );
      const after = (await commentsOf(manager, period)).get(sign)!;
      await recordChange(
        manager,
        {
          at,
          actor: who.email,
          action: before === null ? 'created' : 'changed',
          objectType: 'sign_comment',
          objectId: null,
          objectCode: `${sign} ${period}`,
          before: before === null ? null : valuesOf(before),
          after: valuesOf(after),
        },
        [ENTERPRISE],
      );
      return { comment: after };
    });
  }
}

const valuesOf = ({ text, decision, action }: Comment): Record<string, string | null> => ({ text, decision, action });

/** What a comment may name as an answer to its sign. */
type Answer = 'decision' | 'action';
const TABLES: Record<Answer, { table: string; words: string }> = {
  decision: { table: 'decisions', words: 'decision' },
  action: { table: 'corrective_actions', words: 'corrective action' },
};

/** The record of a reference, held so that it is not archived meanwhile. One that the comment names already may be archived since, and stays. */
const idOf = async (
  manager: EntityManager,
  what: Answer,
  ref: string | null,
  before: Comment | null,
): Promise<string | null> => {
  if (ref === null) return null;
  const { table, words } = TABLES[what];
  const isNamed = before?.[what]?.toLowerCase() === ref.toLowerCase();
  const [row] = await named<{ id: string }>(
    manager,
    `${words} of a comment`,
    `select id from ${table} where (id::text = lower($1) or lower(code) = lower($1)) and (archived_at is null or $2)
     order by archived_at nulls first limit 1 for share`,
    [ref, isNamed],
  );
  if (!row) throw invalidField(`/${what}`, 'reference.unknown', `There is no such ${words}. Write its code.`);
  return row.id;
};
