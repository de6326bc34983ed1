import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** How many items more stand in a stage after one of the points than after the one before; point 0 is before the first. */
export interface StageChange {
  code: string;
  name: string;
  kind: string | null;
  point: number;
  change: number;
}

/** One row is a stage at a point: items that entered it since the point before, less those that left it. */
const CHANGES = `
  with moves as (
    select t.stage_id, t.at, lead(t.at) over (partition by t.work_item_id order by t.at, t.recorded_seq) as next_at
    from work_items i
      join work_item_transitions t on t.work_item_id = i.id and t.archived_at is null and t.at < $3::timestamptz
      left join initiatives n on n.id = i.initiative_id
    where i.archived_at is null and ($1::uuid is null or n.portfolio_id = $1) and ($2::uuid[] is null or n.org_unit_id = any ($2))
      and ($5::text is null or i.type = $5)
      and ($6::text is null or $6 = (
        select h.team from work_item_transitions h
        where h.work_item_id = i.id and h.archived_at is null and h.team is not null and h.at < $3::timestamptz
        order by h.at desc, h.recorded_seq desc limit 1))
  ),
  changes as (
    select stage_id, width_bucket(at, $4::timestamptz[]) as point, 1 as change from moves
    union all
    select stage_id, width_bucket(next_at, $4::timestamptz[]), -1 from moves where next_at is not null
  )
  select s.code, s.name, s.kind, c.point, sum(c.change)::int as change
  from changes c join stages s on s.id = c.stage_id
  group by s.id, c.point having sum(c.change) <> 0 order by s.position nulls last, s.code, c.point`;

/**
 * @param until ISO; moves from it on have not happened yet
 * @param points ISO, ascending: a move at a point counts after it
 */
export const readStageChanges = (
  manager: EntityManager,
  { scope }: Reading,
  { type, team }: { type?: string | undefined; team?: string | undefined },
  until: string,
  points: readonly string[],
): Promise<StageChange[]> =>
  named<StageChange>(manager, 'cumulative flow', CHANGES, [
    scope.portfolioId,
    scope.unitIds,
    until,
    points,
    type ?? null,
    team ?? null,
  ]);

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
