import type { EntityManager } from 'typeorm';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';
import { asOf } from '../http/as-of.js';
import type { Reading } from '../http/reading.js';
import type { Bounds } from './bounds.js';

/**
 * Work items move by move: the one definition of cycle time, waiting, handoffs, rework, delivery and work in progress (`model.md` §4), which the
 * metrics, the records behind them and the page of flow share.
 */

/**
 * Common table expressions over moves before $3 of items in the scope ($1 portfolio, $2 units).
 *
 * `steps`: one row is one move, with what had happened to its item by then, this move included. Moves at one instant stand in the order in which
 * they were recorded. `holder` is the team of the item: the last that was named, and of an item that is done the last that was named up to its
 * delivery.
 *
 * Every window runs over the same order, so that the moves are sorted once.
 *
 * @param among more conditions on items `i`, as SQL
 */
export const stepsOf = (among = ''): string => `
  moves as (
    select t.work_item_id, t.at, t.recorded_seq, t.stage_id, t.team, s.kind, s.position, i.type, i.depends_on,
      row_number() over w as place, lead(t.at) over w as next_at, lag(t.at) over w as at_before,
      lag(s.kind) over w as kind_before, lag(s.position) over w as position_before
    from work_items i
      join work_item_transitions t on t.work_item_id = i.id and t.archived_at is null and t.at < $3::timestamptz
      join stages s on s.id = t.stage_id
      left join initiatives n on n.id = i.initiative_id
    where i.archived_at is null and ($1::uuid is null or n.portfolio_id = $1) and ($2::uuid[] is null or n.org_unit_id = any ($2)) ${among}
    window w as (partition by t.work_item_id order by t.at, t.recorded_seq)
  ),
  named as (
    select *,
      substr(max(case when team is not null then lpad(place::text, 9, '0') || team end collate "C")
        over (w rows between unbounded preceding and 1 preceding), 10) as team_before,
      substr(max(case when team is not null and not coalesce(kind = 'done' and kind_before = 'done', false)
        then lpad(place::text, 9, '0') || team end collate "C") over (w rows unbounded preceding), 10) as holder
    from moves
    window w as (partition by work_item_id order by at, recorded_seq)
  ),
  tallied as (
    select *, min(at) over w as first_at, at_before is null as is_first,
      coalesce(sum(at - at_before) filter (where kind_before = 'waiting') over w, interval '0') as waited,
      count(*) filter (where team <> team_before) over w as handoffs,
      coalesce(bool_or(position < position_before) over w, false) as is_reworked,
      coalesce(kind = 'done', false) as is_done, coalesce(kind_before = 'done', false) as was_done,
      coalesce(bool_or(kind = 'active') over w and coalesce(kind not in ('done', 'cancelled'), true), false) as is_in_progress,
      coalesce(bool_or(kind_before = 'active') over w and coalesce(kind_before not in ('done', 'cancelled'), true), false) as was_in_progress
    from named
    window w as (partition by work_item_id order by at, recorded_seq rows between unbounded preceding and current row)
  ),
  steps as (
    select *, extract(epoch from at - first_at) as seconds, extract(epoch from waited) as waiting_seconds from tallied
  )`;

/**
 * Of the steps, where an item starts, is done or no longer, is in progress or no longer. After the turn at which a run of done moves begins, the
 * next is the one that leaves it (`next_turn_at`).
 */
export const TURNS = `
  turns as (
    select *, lead(at) over (partition by work_item_id order by at, recorded_seq) as next_turn_at
    from steps where is_first or is_done <> was_done or is_in_progress <> was_in_progress
  )`;

/**
 * Whether a turn delivers its item in the period `period` (1 to their number) of the bounds $4, in which it lies: a run of done moves begins, and is
 * not left before the period ends.
 */
export const DELIVERS = `
  is_done and not was_done and period between 1 and cardinality($4::timestamptz[]) - 1
    and (next_turn_at is null or next_turn_at >= ($4::timestamptz[])[period + 1])`;

/** Distinct other items that an item depends on. */
export const dependencies = (dependsOn: string): string =>
  `(select count(distinct other)::int from unnest(${dependsOn}) other)`;

/** Parameters $1 to $4 of the statements above, for periods that follow each other. */
export const itemParameters = ({ scope }: Reading, periods: readonly Bounds[]): unknown[] => {
  const edges = [...periods.map(({ startsAt }) => startsAt), periods.at(-1)!.endsAt];
  return [scope.portfolioId, scope.unitIds, edges.at(-1), edges];
};

/** Days with the decimals of a microsecond. */
export const DAYS = (seconds: string): string => `((${seconds}) / 86400)::numeric(24, 12)::text`;
export const ITEM = `
  i.code, coalesce(i.title, i.code) as title, i.type, n.code as "initiativeCode", n.owner_email as "ownerEmail", f.holder as team`;
export const ITEM_JOINS = `
  join work_items i on i.id = f.work_item_id
  left join initiatives n on n.id = i.initiative_id`;

export interface ItemRow {
  readonly code: string;
  /** Its title; the code where it has none. */
  readonly title: string;
  /** `feature`, `defect`, `change`, `incident` or `task`; null where it is not stated. */
  readonly type: string | null;
  readonly initiativeCode: string | null;
  /** Who answers for its initiative. */
  readonly ownerEmail: string | null;
  /** The team that holds it, or delivered it; null where none was ever named. */
  readonly team: string | null;
}

/** An item delivered in one of the periods that were asked for. Days are decimal text, elapsed. */
export interface DeliveredItem extends ItemRow {
  /** Which of the periods, from 0. */
  readonly at: number;
  /** First move, and the one that began the run of done moves. ISO, UTC. */
  readonly firstAt: string;
  readonly deliveredAt: string;
  readonly cycleDays: string;
  readonly waitingDays: string;
  readonly handoffs: number;
  readonly isReworked: boolean;
  readonly dependencies: number;
}

/** One row is one item delivered in a period. */
const DELIVERED = `
  with ${stepsOf()}, ${TURNS},
  placed as (select *, width_bucket(at, $4::timestamptz[]) as period from turns),
  found as (select * from placed where ${DELIVERS})
  select ${ITEM}, f.period - 1 as at, ${isoInstant('f.first_at')} as "firstAt", ${isoInstant('f.at')} as "deliveredAt",
    ${DAYS('f.seconds')} as "cycleDays", ${DAYS('f.waiting_seconds')} as "waitingDays", f.handoffs::int as handoffs,
    f.is_reworked as "isReworked", ${dependencies('f.depends_on')} as dependencies
  from found f ${ITEM_JOINS}
  order by f.at, i.code`;

/** Items of the scope delivered in periods that follow each other, in the order in which they were delivered. */
export const readDelivered = (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<DeliveredItem[]> =>
  named<DeliveredItem>(manager, 'work items delivered', DELIVERED, itemParameters(reading, periods));

/** An item that has entered an active stage and is neither done nor cancelled. Days are decimal text, elapsed. */
export interface ItemInProgress extends ItemRow {
  readonly stageCode: string;
  readonly stageName: string;
  readonly stageKind: string | null;
  /** First move, and the last. ISO, UTC. */
  readonly firstAt: string;
  readonly movedAt: string;
  /** Since its first move, on the clock of cycle time; and since its last. */
  readonly ageDays: string;
  readonly stageDays: string;
  /** Days in waiting stages, the one that it stands in included. */
  readonly waitingDays: string;
  readonly handoffs: number;
}

/**
 * Seconds of a step `f` on the clock that a parameter holds: since its item first moved, since this move, and in waiting stages. To a move that is
 * recorded ahead of the clock the clock has run.
 */
export const AGE = (clock: string): string => `extract(epoch from greatest(${clock}::timestamptz, f.at) - f.first_at)`;
export const SINCE_MOVE = (clock: string): string => `extract(epoch from greatest(${clock}::timestamptz, f.at) - f.at)`;
export const WAITED = (clock: string): string =>
  `f.waiting_seconds + case when f.kind = 'waiting' then ${SINCE_MOVE(clock)} else 0 end`;

/** One row is one item in progress by $3, with ages to $4. */
const IN_PROGRESS = `
  with ${stepsOf()},
  found as (select * from steps where next_at is null and is_in_progress)
  select ${ITEM}, s.code as "stageCode", s.name as "stageName", s.kind as "stageKind", ${isoInstant('f.first_at')} as "firstAt",
    ${isoInstant('f.at')} as "movedAt", ${DAYS(AGE('$4'))} as "ageDays", ${DAYS(SINCE_MOVE('$4'))} as "stageDays",
    ${DAYS(WAITED('$4'))} as "waitingDays", f.handoffs::int as handoffs
  from found f join stages s on s.id = f.stage_id ${ITEM_JOINS}
  order by f.first_at, i.code`;

/**
 * Items of the scope in progress at the end of a period, the oldest first, as all moves before it have them.
 *
 * @param until ISO; a move at it has not happened yet. Where it lies ahead, ages run to the end of today.
 */
export const readInProgress = (manager: EntityManager, reading: Reading, until: string): Promise<ItemInProgress[]> =>
  named<ItemInProgress>(manager, 'work items in progress', IN_PROGRESS, [
    reading.scope.portfolioId,
    reading.scope.unitIds,
    until,
    asOf(reading, until),
  ]);

/** One row is one defect whose first move lies in a period of the bounds $4. */
const DEFECTS = `
  with ${stepsOf()}, ${TURNS}
  select i.code, coalesce(i.title, i.code) as title
  from turns f join work_items i on i.id = f.work_item_id
  where f.is_first and f.type = 'defect' and width_bucket(f.at, $4::timestamptz[]) between 1 and cardinality($4::timestamptz[]) - 1
  order by f.at, i.code`;

/** Defects of the scope that first moved in periods that follow each other. */
export const readDefects = (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<Pick<ItemRow, 'code' | 'title'>[]> =>
  named(manager, 'defects found', DEFECTS, itemParameters(reading, periods));
