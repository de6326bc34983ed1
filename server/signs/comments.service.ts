import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { ENTERPRISE, recordChange } from '../audit/write.js';
import type { SignId, WriteComment, WrittenComment } from '../contract/sign.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { invalidField } from '../http/problem.js';
import { type Comment, commentsOf } from './comments.queries.js';

/** What the owners of the signs say of one in a period: one text, kept with the decision that answers it. */
@Injectable()
export class SignCommentsService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem 412 where another text was read, 422 for a decision that is not there */
  async write(who: Principal, sign: SignId, period: string, given: WriteComment): Promise<WrittenComment> {
    return this.source.transaction(async (manager) => {
      // One writer a comment: the first text has no row to lock.
      await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`sign comment ${sign} ${period}`]);
      const before = (await commentsOf(manager, period)).get(sign) ?? null;
      if ((before?.version ?? null) !== given.version) throw stale(before ?? { version: 0 });
      const asked = given.decision ?? null;
      const decision = asked === null ? null : await decisionOf(manager, asked);
      const at = this.clock.now().toISOString();
      await manager.query(
        `insert into sign_comments (sign, period, content, decision_id, written_by, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6)
         on conflict (sign, period) do update set content = excluded.content, decision_id = excluded.decision_id,
           written_by = excluded.written_by, updated_at = excluded.updated_at, version = sign_comments.version + 1`,
        [sign, period, given.text, decision, who.email, at],
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

const valuesOf = ({ text, decision }: Comment): Record<string, string | null> => ({ text, decision });

const decisionOf = async (manager: EntityManager, ref: string): Promise<string> => {
  const [row] = (await manager.query(
    'select id from decisions where (id::text = lower($1) or lower(code) = lower($1)) and archived_at is null',
    [ref],
  )) as { id: string }[];
  if (!row) throw invalidField('decision', 'reference.unknown', 'There is no such decision. Write its code.');
  return row.id;
};
