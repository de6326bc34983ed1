import type { EntityManager } from 'typeorm';
import type { StagesInUse } from '../contract/flow.js';
import { named } from '../database/named.js';

/** One row is a move of one item, in the order in which it moved. */
const MOVES = `
  select to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, s.code as stage, s.name as "stageName", s.kind, t.team,
    (extract(epoch from lead(t.at) over w - t.at) / 86400)::float8 as days
  from work_item_transitions t join stages s on s.id = t.stage_id
  where t.work_item_id = $1 and t.archived_at is null
  window w as (order by t.at, t.recorded_seq) order by t.at, t.recorded_seq`;

export interface ItemMove {
  at: string;
  stage: string;
  stageName: string;
  kind: string | null;
  team: string | null;
  days: number | null;
}

export const readMoves = (manager: EntityManager, id: string): Promise<ItemMove[]> =>
  named<ItemMove>(manager, 'moves of a work item', MOVES, [id]);

/** One row is a stage. */
const STAGES = `
  select s.id, s.version, s.code, s.name, s.kind, s.position, coalesce(m.standing, 0)::int as standing, coalesce(m.moves, 0)::int as moves
  from stages s
    left join (
      select stage_id, count(*) as moves, count(*) filter (where is_last) as standing
      from (
        select t.stage_id, row_number() over (partition by t.work_item_id order by t.at desc, t.recorded_seq desc) = 1 as is_last
        from work_item_transitions t join work_items i on i.id = t.work_item_id and i.archived_at is null
        where t.archived_at is null
      ) t group by stage_id
    ) m on m.stage_id = s.id
  where s.archived_at is null order by s.position nulls last, s.code`;

/** The stages in their order, with the items that stand in them and the moves that led into them. */
export const readStagesInUse = (manager: EntityManager): Promise<StagesInUse['items']> =>
  named(manager, 'stages in use', STAGES);
