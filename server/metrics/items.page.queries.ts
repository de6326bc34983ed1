import type { EntityManager } from 'typeorm';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';
import { AGE, DELIVERS, ITEM, ITEM_JOINS, SINCE_MOVE, stepsOf, WAITED } from './items.queries.js';

/** Work items as the page of flow shows them: all panels from one pass over the moves, and lists of items page by page. */

/** Which items are meant, and by when. */
export interface Asked {
  /** ISO instants, ascending: where the periods begin that follow each other, and the end of the last. Moves from that on have not happened. */
  readonly edges: readonly string[];
  /** ISO instant to which ages run. A move recorded ahead of it counts as in the metrics, and its item is as old as on that day. */
  readonly clock: string;
  readonly type: string | null;
  /** Who holds them, or delivered them. */
  readonly team: string | null;
}

/**
 * Whether an item is in a set, looked up in a hash: as long as the database has no statistics of a fresh import, it would take the set for small and
 * join it row by row.
 */
const IN = (id: string, set: string): string => `(${id} in (select work_item_id from ${set})) is true`;

/**
 * Only items that moved from the first edge of $4 on, or stood before it in a stage that is no end: all others are neither delivered in the
 * periods nor in progress, and stand where they stood. So the cost follows the window and not the whole history.
 */
const RELEVANT = `
  relevant as (
    select t.work_item_id from work_item_transitions t join stages s on s.id = t.stage_id
    where t.archived_at is null and t.at < $3::timestamptz
    group by t.work_item_id
    having max(t.at) >= ($4::timestamptz[])[1]
      or max(t.at) = max(t.at) filter (where s.kind is null or s.kind not in ('done', 'cancelled'))
  )`;
const AMONG_RELEVANT = `and ${IN('i.id', 'relevant')}`;

/** Of `moves`, where an item is done or no longer. */
const flipsOf = (moves: string): string => `
  flips as (
    select *, lead(at) over (partition by work_item_id order by at, recorded_seq) as next_turn_at, width_bucket(at, $4::timestamptz[]) as period
    from ${moves} where is_done <> was_done
  )`;

const NUMBER = (seconds: string): string => `((${seconds}) / 86400)::numeric(24, 12)::float8`;
/** What blocks an item at an instant: what its record says, if that had begun; a block without a beginning is as old as the last change of its record. */
const blocked = (column: string, clock: string): string =>
  `case when coalesce(i.blocked_since, i.updated_at) < ${clock}::timestamptz then ${column} end`;
/** @param clock the parameter that holds the instant to which ages run */
const openRow = (clock: string): string => `
  ${ITEM}, s.code as "stageCode", s.name as "stageName", ${isoInstant('f.at')} as "movedAt", null as "deliveredAt",
  ${blocked('i.blocked_reason', clock)} as "blockedReason", ${isoInstant(blocked('i.blocked_since', clock))} as "blockedSince",
  ${NUMBER(AGE(clock))} as days, ${NUMBER(SINCE_MOVE(clock))} as "stageDays", f.handoffs::int as handoffs,
  ${NUMBER(WAITED(clock))} as "waitingDays"`;
const list = (of: string): string => `(select coalesce(json_agg(x), '[]') from (${of}) x)`;

/** An item as lists show it. Days are elapsed. */
export interface ListedItem {
  readonly code: string;
  readonly title: string;
  readonly type: string | null;
  readonly team: string | null;
  readonly initiativeCode: string | null;
  readonly ownerEmail: string | null;
  readonly handoffs: number;
  readonly waitingDays: number;
  /** Cycle time, or age. */
  readonly days: number;
  /** ISO, UTC; null of work in progress. */
  readonly deliveredAt: string | null;
  /** The rest is null of what is delivered. */
  readonly stageCode: string | null;
  readonly stageName: string | null;
  readonly stageDays: number | null;
  readonly movedAt: string | null;
  /** Why it is blocked, and since when (ISO). */
  readonly blockedReason: string | null;
  readonly blockedSince: string | null;
}

interface Stage {
  readonly code: string;
  readonly name: string;
  readonly kind: string | null;
}

/** All that the page of flow draws. */
export interface FlowFacts {
  /** By delivery: when (ISO), days, handoffs; what and its code where they are at most as many as were asked for. */
  readonly finished: readonly {
    at: string;
    days: number;
    handoffs: number;
    code: string | null;
    title: string | null;
  }[];
  /** Of these, in waiting stages. */
  readonly waitingDays: number;
  /** Ages of all work in progress. */
  readonly ages: readonly number[];
  /** Stages in which work in progress stands, in their order, with the oldest of it. */
  readonly standing: readonly (Stage & { count: number; items: { code: string; title: string; days: number }[] })[];
  readonly oldest: readonly ListedItem[];
  /** Where the time of the delivered items went up to their delivery, in the order of stages: Σ days is that of their cycle times. */
  readonly stages: readonly (Stage & { items: number; days: number })[];
  /** Handoffs up to delivery, the most frequent first: their sum is that of the items' handoffs. */
  readonly handoffs: readonly { from: string; to: string; count: number }[];
  /** How many items more stand in a stage after one of the points than after the one before; point 0 is before the first. */
  readonly changes: readonly (Stage & { point: number; change: number })[];
  /** Whether a move of the window lies ahead of the clock. */
  readonly holdsAhead: boolean;
  /** Of all that is delivered and in progress, whatever kind and team were asked for. */
  readonly teams: readonly string[];
  readonly types: readonly string[];
}

const MEANT = '($5::text is null or type = $5) and ($6::text is null or holder = $6)';

/**
 * One row. `ways`: the moves of delivered items, with the number of deliveries that each leads to, its own included: an item that is delivered
 * twice has gone its first way twice. Each delivery stands as a row of its own before the moves that led to it.
 */
const FLOW = `
  with ${RELEVANT}, ${stepsOf(AMONG_RELEVANT)},
  told as materialized (
    select work_item_id, at, recorded_seq, next_at, stage_id, kind, type, team, team_before, holder, first_at, handoffs,
      seconds, waiting_seconds, is_done, was_done, is_in_progress
    from steps
  ),
  ${flipsOf('told')},
  every as materialized (select *, ${MEANT} as is_meant from flips where ${DELIVERS}),
  delivered as materialized (select * from every where is_meant),
  under_way as materialized (select *, ${MEANT} as is_meant from told where next_at is null and is_in_progress),
  open as (
    select f.*, i.code, coalesce(i.title, i.code) as title, ${NUMBER(AGE('$11'))} as days, count(*) over (partition by f.stage_id) as of_stage,
      row_number() over (partition by f.stage_id order by f.first_at, i.code) as place
    from under_way f join work_items i on i.id = f.work_item_id where f.is_meant
  ),
  ways as (
    select *, count(*) filter (where is_delivery) over w as ways, coalesce(lag(recorded_seq) over w = recorded_seq, false) as delivers
    from (
      select work_item_id, at, recorded_seq, stage_id, extract(epoch from next_at - at) as spent, team, team_before, false as is_delivery
      from told where ${IN('work_item_id', 'delivered')}
      union all select work_item_id, at, recorded_seq, null, null, null, null, true from delivered
    ) u
    window w as (partition by work_item_id order by at desc, recorded_seq desc, is_delivery desc rows unbounded preceding)
  ),
  gone as materialized (select * from ways where not is_delivery and ways > 0),
  meant as (select work_item_id from told where next_at is null and ${MEANT})
  select
    ${list(`select ${isoInstant('f.at')} as at, ${NUMBER('f.seconds')} as days, f.handoffs::int as handoffs, i.code, i.title
      from delivered f
        left join (select id, code, coalesce(title, code) as title from work_items where (select count(*) from delivered) <= $8::int) i
          on i.id = f.work_item_id
      order by f.at, i.code`)} as finished,
    (select coalesce(${NUMBER('sum(waiting_seconds)')}, 0) from delivered) as "waitingDays",
    (select coalesce(json_agg(days), '[]') from open) as ages,
    ${list(`select s.code, s.name, s.kind, max(f.of_stage)::int as count,
        json_agg(json_build_object('code', f.code, 'title', f.title, 'days', f.days) order by f.place) as items
      from open f join stages s on s.id = f.stage_id where f.place <= $9::int group by s.id order by s.position nulls last, s.code`)} as standing,
    ${list(`select ${openRow('$11')} from under_way f join stages s on s.id = f.stage_id ${ITEM_JOINS} where f.is_meant
      order by f.first_at, i.code limit $10::int`)} as oldest,
    ${list(`select s.code, s.name, s.kind, count(*)::int as items, ${NUMBER('sum(g.spent)')} as days
      from (
        select work_item_id, stage_id, sum(spent * (ways - delivers::int)) as spent from gone where ways > delivers::int group by 1, 2
      ) g
        join stages s on s.id = g.stage_id
      group by s.id order by s.position nulls last, s.code`)} as stages,
    ${list(`select team_before as "from", team as "to", sum(ways)::int as count from gone
      where team <> team_before group by 1, 2 order by 3 desc, 1, 2`)} as handoffs,
    ${list(`select s.code, s.name, s.kind, c.point, c.change
      from (
        select t.stage_id, least(width_bucket(e.at, $7::timestamptz[]), cardinality($7::timestamptz[]) - 1) as point, sum(e.change)::int as change
        from told t cross join lateral (values (t.at, 1), (t.next_at, -1)) e (at, change)
        where e.at is not null and (($5::text is null and $6::text is null) or ${IN('t.work_item_id', 'meant')})
        group by 1, 2 having sum(e.change) <> 0
      ) c join stages s on s.id = c.stage_id
      order by s.position nulls last, s.code, c.point`)} as changes,
    exists (select from told where at >= $11::timestamptz) as "holdsAhead",
    (select coalesce(json_agg(distinct holder) filter (where holder is not null), '[]')
      from (select holder from every union select holder from under_way) h) as teams,
    (select coalesce(json_agg(distinct type) filter (where type is not null), '[]')
      from (select type from every union select type from under_way) h) as types`;

/**
 * The flow of an asked time, in one pass over its moves.
 *
 * @param points ISO, ascending: a move at a point counts after it, and one at the last or ahead of it before that
 * @param most how many finished items are told one by one, how many in each stage, and how many of the oldest
 */
export const readFlow = async (
  manager: EntityManager,
  { scope }: Reading,
  { edges, clock, type, team }: Asked,
  points: readonly string[],
  most: { dots: number; inStage: number; oldest: number },
): Promise<FlowFacts> => {
  const [facts] = await named<FlowFacts>(manager, 'flow', FLOW, [
    ...[scope.portfolioId, scope.unitIds, edges.at(-1), edges, type, team],
    ...[points, most.dots, most.inStage, most.oldest, clock],
  ]);
  return facts!;
};

/** Which of the items behind a panel. */
export interface ListAsked extends Asked {
  /** Code of the stage in which they stand; of finished ones, in which they were before delivery. */
  readonly stage: string | null;
  /** At least so many days, and fewer than. */
  readonly least: number | null;
  readonly below: number | null;
  /** Of open ones, more than so many days. */
  readonly over: number | null;
  readonly limit: number;
  readonly offset: number;
}

interface Listed {
  readonly total: number;
  readonly items: readonly ListedItem[];
}

const OF_KIND = `${AMONG_RELEVANT} and ($5::text is null or i.type = $5)`;
const WITHIN = (days: string): string =>
  `($8::float8 is null or ${days} >= $8) and ($9::float8 is null or ${days} < $9)`;
const listed = (rows: string): string =>
  `select (select count(*)::int from found) as total, ${list(`${rows} limit $10::int offset $11::int`)} as items`;

/** One row is the asked part of the delivered items, the latest first. */
const FINISHED = `
  with ${RELEVANT}, ${stepsOf(OF_KIND)},
  told as (
    select *, bool_or(stage_id = (select id from stages where lower(code) = lower($7))) over (w rows between unbounded preceding and 1 preceding) as was_there,
      bool_or(team_before = $12 and team = $13) over (w rows unbounded preceding) as went
    from steps window w as (partition by work_item_id order by at, recorded_seq)
  ),
  ${flipsOf('told')},
  found as (
    select * from flips where ${DELIVERS} and ($6::text is null or holder = $6) and ${WITHIN(NUMBER('seconds'))}
      and ($7::text is null or was_there) and ($12::text is null or went)
  )
  ${listed(`select ${ITEM}, null as "stageCode", null as "stageName", null as "movedAt",
      null as "blockedReason", null as "blockedSince", ${isoInstant('f.at')} as "deliveredAt",
      ${NUMBER('f.seconds')} as days, null as "stageDays", f.handoffs::int as handoffs, ${NUMBER('f.waiting_seconds')} as "waitingDays"
    from found f ${ITEM_JOINS} order by f.at desc, i.code desc`)}`;

/** One row is the asked part of the items that are open by $3, the oldest first. */
const openOf = (condition: string): string => `
  with ${RELEVANT}, ${stepsOf(OF_KIND)},
  found as (
    select f.* from steps f join stages s on s.id = f.stage_id
    where f.next_at is null and ${condition} and ($6::text is null or f.holder = $6) and ($7::text is null or lower(s.code) = lower($7))
      and ${WITHIN(NUMBER(AGE('$12')))} and ($13::float8 is null or ${NUMBER(AGE('$12'))} > $13)
  )
  ${listed(`select ${openRow('$12')} from found f join stages s on s.id = f.stage_id ${ITEM_JOINS} order by f.first_at, i.code`)}`;
const IN_PROGRESS = openOf('f.is_in_progress');
const STANDING = openOf(`coalesce(f.kind not in ('done', 'cancelled'), true)`);

const parameters = (
  { scope }: Reading,
  { edges, type, team, ...asked }: Omit<ListAsked, 'clock' | 'over'>,
): unknown[] => [
  ...[scope.portfolioId, scope.unitIds, edges.at(-1), edges, type, team],
  ...[asked.stage, asked.least, asked.below, asked.limit, asked.offset],
];

/** Items delivered in periods that follow each other. @param hands only those that went from the one team to the other up to their delivery */
export const readFinished = async (
  manager: EntityManager,
  reading: Reading,
  asked: ListAsked,
  hands: { from: string; to: string } | null,
): Promise<Listed> => {
  const values = [...parameters(reading, asked), hands?.from ?? null, hands?.to ?? null];
  const [found] = await named<Listed>(manager, 'flow items finished', FINISHED, values);
  return found!;
};

/**
 * Items that are open at the last edge.
 * @param which in progress, or all that stand in a stage that is no end, whether they have begun or not
 */
export const readOpen = async (
  manager: EntityManager,
  reading: Reading,
  asked: ListAsked,
  which: 'in_progress' | 'standing',
): Promise<Listed> => {
  const [name, text] =
    which === 'in_progress' ? ['flow items in progress', IN_PROGRESS] : ['flow items open', STANDING];
  // Only what is open is relevant: no period is asked for.
  const now = { ...asked, edges: asked.edges.slice(-1) };
  const [found] = await named<Listed>(manager, name, text, [...parameters(reading, now), asked.clock, asked.over]);
  return found!;
};
