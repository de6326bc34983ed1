import type { EntityManager } from 'typeorm';
import { METRICS } from '../core/metrics/catalogue.js';
import { BESIDE_FIGURES } from '../core/sign-beside.js';
import type { OwnFigureId } from '../core/sign-catalogue.js';
import { lastPeriods } from '../core/period.js';
import { forWhom } from '../database/for-whom.js';
import { named } from '../database/named.js';
import { type Reading, readingOf } from '../http/reading.js';

/**
 * Figures of the signs that are no metric. Each is one list of items: `of` counts all of them, `part` those that count. The figure and the records
 * behind it are read from the same list, so that they cannot differ.
 */

/** Figures that are counted in the database; the others are taken from metrics and services. */
export type CountedFigureId = Exclude<OwnFigureId, 'sign.widest_gap_spend_share' | 'sign.above_level_share'>;

export interface PartOf {
  readonly part: number;
  readonly of: number;
}

export interface ItemRow {
  readonly type: string;
  readonly code: string;
  readonly name: string;
  readonly note: string | null;
  /** Whether it is of the part that the figure is about. */
  readonly counts: boolean;
}

interface Source {
  readonly name: string;
  /** Columns `at` (index of the period, from 1), type, code, name, note, counts. */
  readonly items: string;
  /** Links and attributes are as of now: the same in each period. */
  readonly isOfNow: boolean;
  /** Whether its facts have a path to portfolios and units, or to units alone. */
  readonly isScoped: boolean | 'units';
  readonly values: (reading: Reading, periods: readonly string[], threshold: string | null) => unknown[];
}

const SCOPE = (alias: string): string =>
  `${alias}.archived_at is null and ($1::uuid is null or ${alias}.portfolio_id = $1) and ($2::uuid[] is null or ${alias}.org_unit_id = any ($2))`;
/** Capabilities and outcomes lie in no portfolio. */
const UNIT = (alias: string): string =>
  `${alias}.archived_at is null and $1::uuid is null and ($2::uuid[] is null or ${alias}.org_unit_id = any ($2))`;

/** One item is one record of the chain; an investment without an owner counts as any other. */
const UNOWNED = `
  select 1 as at, type, code, name, coalesce(owner_email, 'no owner') as note, owner_email is null as counts from (
    select 'investment' as type, r.code, r.name, r.owner_email from investments r where ${SCOPE('r')}
    union all select 'initiative', r.code, r.name, r.owner_email from initiatives r where ${SCOPE('r')}
    union all select 'capability', r.code, r.name, r.owner_email from capabilities r where ${UNIT('r')}
    union all select 'outcome', r.code, r.name, r.owner_email from outcomes r where ${UNIT('r')}
    union all select 'benefit', r.code, r.name, r.owner_email from benefits r where ${SCOPE('r')}) r`;

/**
 * One item is one capability that an initiative of the scope leads to. Links stay those of the enterprise: the org units are those of all
 * initiatives that lead to it, else none would be shared in a scope that holds one of them.
 */
const SHARED = `
  select 1 as at, 'capability' as type, c.code, c.name, string_agg(distinct u.name, ', ' order by u.name) as note,
    count(distinct u.id) >= $3::numeric as counts
  from links l
    join initiatives i on i.id = l.from_id and i.archived_at is null
    join capabilities c on c.id = l.to_id and c.archived_at is null
    join org_units u on u.id = i.org_unit_id
  where l.archived_at is null and l.from_type = 'initiative'
  group by c.id
  having bool_or(${SCOPE('i')})`;

/**
 * One item is one priority ranked in a period whose period before has a ranking, too. It counts where its rank is another than before, or it had none,
 * and nobody wrote why. A priority that is no longer ranked has no place for a rationale and does not count.
 */
const UNEXPLAINED = `
  with ranked as (
    select array_position($1::text[], r.period) as at, r.priority_id, r.rank, r.rationale, p.code, p.name
    from priority_rankings r join priorities p on p.id = r.priority_id and p.archived_at is null
    where r.archived_at is null and r.rank is not null and r.period = any ($1::text[]))
  select n.at - 1 as at, 'priority' as type, n.code, n.name,
    case when o.rank is null then format('rank %s, not ranked before', n.rank) else format('rank %s, was %s', n.rank, o.rank) end as note,
    o.rank is distinct from n.rank and coalesce(trim(n.rationale), '') = '' as counts
  from ranked n left join ranked o on o.at = n.at - 1 and o.priority_id = n.priority_id
  where n.at in (select at + 1 from ranked)`;

/** One item is one own indicator. It serves an outcome or a capability that is there. */
const UNSERVING = `
  select 1 as at, 'indicator' as type, i.code, i.name,
    coalesce('serves ' || coalesce(o.code, c.code), 'serves nothing') as note, o.id is null and c.id is null as counts
  from indicators i
    left join outcomes o on i.serves_type = 'outcome' and o.id = i.serves_id and o.archived_at is null
    left join capabilities c on i.serves_type = 'capability' and c.id = i.serves_id and c.archived_at is null
  where i.archived_at is null`;

/**
 * One item is one benefit with a plan before the end of a period. It counts where it is \`unmeasured\` (model §3): nothing realised, or, of an average
 * or a latest value that is not money, no month that is planned and realised.
 */
const UNMEASURED = `
  with benefit as (
    select b.id, b.code, b.name, b.owner_email,
      (b.currency is not null and b.nature is distinct from 'non_financial') or coalesce(b.aggregation, 'sum') = 'sum' as adds_up,
      min(v.month) filter (where v.planned is not null) as planned_from, min(v.month) filter (where v.realised is not null) as realised_from,
      min(v.month) filter (where v.planned is not null and v.realised is not null) as both_from
    from benefits b join benefit_values v on v.benefit_id = b.id and v.archived_at is null
    where ${SCOPE('b')}
    group by b.id)
  select p.at::int as at, 'benefit' as type, b.code, b.name, b.owner_email as note,
    coalesce(case when b.adds_up then b.realised_from else b.both_from end >= p.ends_on, true) as counts
  from benefit b cross join unnest($3::date[]) with ordinality as p (ends_on, at)
  where b.planned_from < p.ends_on`;

/** One item is one kind of decision in one scope that a forum decides; a blank scope is one scope: the whole enterprise. */
const OVERLAPS = `
  select 1 as at, 'forum' as type, min(f.code) as code,
    initcap(d.kind) || ': ' || string_agg(f.code || ' ' || f.name, ', ' order by f.level, f.code) as name,
    coalesce(nullif(trim(min(f.scope)), ''), 'no scope stated') as note, count(*) > 1 as counts
  from forums f cross join lateral (select distinct unnest(f.decides) as kind) d
  where f.archived_at is null
  group by d.kind, ${forWhom('f')}`;

/** One item is one metric with a target in force at the end of a period; it counts where it lies furthest from business impact. */
const FAR_TARGETS = `
  select k.at::int as at, 'metric' as type, m.id as code, m.name, 'distance ' || m.distance as note, m.distance = 4 as counts
  from unnest($1::text[]) with ordinality as k (period, at)
    cross join unnest($2::text[], $3::text[], $4::int[]) as m (id, name, distance)
    cross join lateral (
      select t.target from metric_targets t
      where t.metric_id = m.id and t.from_period <= k.period and t.archived_at is null order by t.from_period desc limit 1) t
  where t.target is not null`;

/** One item is one outcome. It counts where nothing was measured before the end of a period. */
const UNMEASURED_OUTCOMES = `
  select p.at::int as at, 'outcome' as type, o.code, o.name, o.owner_email as note, coalesce(m.first >= p.ends_on, true) as counts
  from outcomes o
    left join lateral (
      select min(measured_on) as first from outcome_measurements where outcome_id = o.id and archived_at is null and value is not null) m on true
    cross join unnest($3::date[]) with ordinality as p (ends_on, at)
  where ${UNIT('o')}`;

/** One item is one benefit with a realised value before the end of a period. It counts where none of them has evidence that holds, or is confirmed. */
const UNEVIDENCED = `
  select p.at::int as at, 'benefit' as type, b.code, b.name, b.owner_email as note,
    not exists (
      select from values_with_evidence v where v.benefit_id = b.id and v.realised is not null and v.month < p.ends_on
        and (v.confirmed_amount is not null or v.evidenced_until >= $4::date)) as counts
  from benefits b cross join unnest($3::date[]) with ordinality as p (ends_on, at)
  where ${SCOPE('b')} and exists (
    select from benefit_values v where v.benefit_id = b.id and v.archived_at is null and v.realised is not null and v.month < p.ends_on)`;

const endsOf = (reading: Reading, periods: readonly string[]): string[] =>
  periods.map((period) => readingOf(reading, period).end);

const ofScope = ({ scope }: Reading): unknown[] => [scope.portfolioId, scope.unitIds];

const SOURCES: Record<CountedFigureId, Source> = {
  'sign.unowned_share': {
    name: 'records without an owner',
    items: UNOWNED,
    isOfNow: true,
    isScoped: true,
    values: ofScope,
  },
  'sign.shared_capabilities': {
    name: 'capabilities of several units',
    items: SHARED,
    isOfNow: true,
    isScoped: true,
    values: (reading, _periods, threshold) => [...ofScope(reading), threshold],
  },
  'sign.unexplained_priorities': {
    name: 'unexplained priorities',
    items: UNEXPLAINED,
    isOfNow: false,
    isScoped: false,
    values: (_reading, periods) => [lastPeriods(periods.at(-1)!, periods.length + 1)],
  },
  'sign.unserving_share': {
    name: 'indicators that serve nothing',
    items: UNSERVING,
    isOfNow: true,
    isScoped: false,
    values: () => [],
  },
  'sign.unmeasured_share': {
    name: 'benefits without measurement',
    items: UNMEASURED,
    isOfNow: false,
    isScoped: true,
    values: (reading, periods) => [...ofScope(reading), endsOf(reading, periods)],
  },
  'sign.forum_overlaps': {
    name: 'forums that decide the same',
    items: OVERLAPS,
    isOfNow: true,
    isScoped: false,
    values: () => [],
  },
  'sign.far_target_share': {
    name: 'metrics with a target',
    items: FAR_TARGETS,
    isOfNow: false,
    isScoped: false,
    values: (_reading, periods) => [
      periods,
      METRICS.map(({ id }) => id),
      METRICS.map(({ name }) => name),
      METRICS.map(({ distance }) => distance),
    ],
  },
  'sign.unmeasured_outcome_share': {
    name: 'outcomes without a measurement',
    items: UNMEASURED_OUTCOMES,
    isOfNow: false,
    isScoped: 'units',
    values: (reading, periods) => [...ofScope(reading), endsOf(reading, periods)],
  },
  'sign.unevidenced_benefit_share': {
    name: 'benefits without evidence',
    items: UNEVIDENCED,
    isOfNow: false,
    isScoped: true,
    values: (reading, periods) => [...ofScope(reading), endsOf(reading, periods), reading.today],
  },
};

const isBeside = (figure: CountedFigureId): boolean => (BESIDE_FIGURES as readonly string[]).includes(figure);
/** Those that tests are about. */
export const COUNTED_FIGURES = (Object.keys(SOURCES) as CountedFigureId[]).filter((figure) => !isBeside(figure));
export const isInScope = (figure: CountedFigureId, { scope }: Reading): boolean => {
  const { isScoped } = SOURCES[figure];
  return (scope.portfolioId === null || isScoped === true) && (scope.unitIds === null || isScoped !== false);
};

/**
 * How many items there are and how many count, by period; one statement for all of them.
 * @param periods in order of time, without gaps
 * @param threshold decimal text, of figures whose counting depends on it
 */
export const countsOf = async (
  manager: EntityManager,
  reading: Reading,
  figure: CountedFigureId,
  periods: readonly string[],
  threshold: string | null,
): Promise<PartOf[]> => {
  const { name, items, isOfNow, values } = SOURCES[figure];
  const rows = await named<PartOf & { at: number }>(
    manager,
    `${name}, counted`,
    `select at, count(*)::int as "of", count(*) filter (where counts)::int as part from (${items}) i group by at`,
    values(reading, periods, threshold),
  );
  return periods.map((_, index) => {
    const found = rows.find(({ at }) => at === (isOfNow ? 1 : index + 1));
    return { part: found?.part ?? 0, of: found?.of ?? 0 };
  });
};

/**
 * The items in the period of the reading: those that count, by type and code, then the others.
 * @param isAll false: only those that count
 */
export const itemsOf = (
  manager: EntityManager,
  reading: Reading,
  figure: CountedFigureId,
  threshold: string | null,
  isAll: boolean,
): Promise<ItemRow[]> => {
  const { name, items, values } = SOURCES[figure];
  return named<ItemRow>(
    manager,
    isAll ? name : `${name}, those that count`,
    `select type, code, name, note, counts from (${items}) i ${isAll ? '' : 'where counts'}
     order by counts desc, array_position(array['investment', 'initiative', 'capability', 'outcome', 'benefit'], type), code, name`,
    values(reading, [reading.period], threshold),
  );
};
