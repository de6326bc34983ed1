import type { EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { writableAmong } from '../access/rights.js';
import { replacedCount } from '../access/take-over.js';
import type { Declaration } from '../contract/records.js';
import { Problem } from '../http/problem.js';

interface Replaced {
  id: string;
  code: string;
  capability: string | null;
}

/**
 * Asked of a competency's count that is new, or came back, within its transaction. One that is changed holds its place already.
 *
 * @throws Problem 409 where it takes the place of a count that is not the person's to write
 */
export const refuseTakeOver = async (
  manager: EntityManager,
  { type }: Declaration,
  who: Principal,
  id: string,
): Promise<void> => {
  if (type !== 'competency') return;
  // Of two who count the same competency at once the second sees what the first has written.
  await manager.query(
    `select pg_advisory_xact_lock(hashtext('competency'), hashtext(lower(code))) from competencies where id = $1`,
    [id],
  );
  const [replaced] = (await manager.query(
    `select t.id, t.code, c.code as capability from competencies n cross join lateral ${replacedCount('n')}
       left join capabilities c on c.id = t.capability_id where n.id = $1`,
    [id],
  )) as Replaced[];
  if (!replaced || (await writableAmong(manager, who, 'competency', [replaced.id])).has(replaced.id)) return;
  const of = replaced.capability === null ? 'by an administrator' : `for capability ${replaced.capability}`;
  throw new Problem(
    409,
    'conflict',
    `${replaced.code} is counted ${of}, and a count is not yours to replace there. Use a code of your own.`,
  );
};
