import type { EntityManager } from 'typeorm';
import type { ItemMoves, StagesInUse } from '../contract/flow.js';
import { localInstant } from '../core/period.js';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';

/** One row is a move of one item, in the order in which it moved. */
const MOVES = `
  select t.id, t.version, ${isoInstant('t.at')} as at, s.code as stage, s.name as "stageName", s.kind, t.team,
    (extract(epoch from lead(t.at) over w - t.at) / 86400)::float8 as days
  from work_item_transitions t join stages s on s.id = t.stage_id
  where t.work_item_id = $1 and t.archived_at is null
  window w as (order by t.at, t.recorded_seq) order by t.at, t.recorded_seq`;

const BLOCK = `
  select blocked_reason as "blockedReason", ${isoInstant('blocked_since')} as "blockedSince" from work_items where id = $1`;
const NOTHING = { blockedReason: null, blockedSince: null } as const;

/**
 * The log of an item, and what blocks it: nothing any more, once it is done or cancelled.
 * @param until ISO, the end of the quarter under way: a move from then on is listed, and says nothing of today
 */
export const readMoves = async (
  manager: EntityManager,
  id: string,
  { timeZone, until }: { timeZone: string; until: string },
): Promise<ItemMoves> => {
  const moves = await named<ItemMoves['items'][number]>(manager, 'moves of a work item', MOVES, [id]);
  const [block] = await named<Pick<ItemMoves, keyof typeof NOTHING>>(manager, 'block of a work item', BLOCK, [id]);
  const last = moves.findLast(({ at }) => Date.parse(at) < Date.parse(until));
  const isOver = ['done', 'cancelled'].includes(last?.kind ?? '');
  const { blockedReason, blockedSince } = isOver ? NOTHING : (block ?? NOTHING);
  return {
    blockedReason,
    blockedSince: blockedSince && localInstant(blockedSince, timeZone),
    items: moves.map((move) => ({ ...move, at: localInstant(move.at, timeZone) })),
  };
};

/** One row is a stage. All moves are counted in a hash by stage and not sorted; where an item stands its index says, one look-up an item. */
const STAGES = `
  with items as materialized (select id from work_items where archived_at is null),
    moved as (
      select stage_id, count(*)::int as moves from work_item_transitions
      where archived_at is null and work_item_id in (select id from items) group by stage_id),
    stood as (
      select last.stage_id, count(*)::int as standing
      from items i
        cross join lateral (
          select stage_id from work_item_transitions
          where work_item_id = i.id and archived_at is null and at < $1::timestamptz order by at desc, recorded_seq desc limit 1) last
      group by last.stage_id)
  select s.id, s.version, s.code, s.name, s.kind, s.position, coalesce(t.standing, 0) as standing, coalesce(m.moves, 0) as moves
  from stages s left join moved m on m.stage_id = s.id left join stood t on t.stage_id = s.id
  where s.archived_at is null order by s.position nulls last, s.code`;

/**
 * The stages in their order, with the items that stand in them and the moves that led into them.
 * @param until ISO, the end of the quarter under way: where items stand is what their moves before it say, as on the page of flow
 */
export const readStagesInUse = (manager: EntityManager, until: string): Promise<StagesInUse['items']> =>
  named(manager, 'stages in use', STAGES, [until]);
