import { forWhom } from '../database/for-whom.js';

/** Lists of items behind the figures of the signs that are no metric: `of` counts all of them, `part` those that count. */

const SCOPE = (alias: string): string =>
  `${alias}.archived_at is null and ($1::uuid is null or ${alias}.portfolio_id = $1) and ($2::uuid[] is null or ${alias}.org_unit_id = any ($2))`;
/** Capabilities and outcomes lie in no portfolio. */
const UNIT = (alias: string): string =>
  `${alias}.archived_at is null and $1::uuid is null and ($2::uuid[] is null or ${alias}.org_unit_id = any ($2))`;

/** One item is one record of the chain; an investment without an owner counts as any other. */
export const UNOWNED = `
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
export const SHARED = `
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
export const UNEXPLAINED = `
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
export const UNSERVING = `
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
export const UNMEASURED = `
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
export const OVERLAPS = `
  select 1 as at, 'forum' as type, min(f.code) as code,
    initcap(d.kind) || ': ' || string_agg(f.code || ' ' || f.name, ', ' order by f.level, f.code) as name,
    coalesce(nullif(trim(min(f.scope)), ''), 'no scope stated') as note, count(*) > 1 as counts
  from forums f cross join lateral (select distinct unnest(f.decides) as kind) d
  where f.archived_at is null
  group by d.kind, ${forWhom('f')}`;

/** One item is one metric with a target in force at the end of a period; it counts where it lies furthest from business impact. */
export const FAR_TARGETS = `
  select k.at::int as at, 'metric' as type, m.id as code, m.name, 'distance ' || m.distance as note, m.distance = 4 as counts
  from unnest($1::text[]) with ordinality as k (period, at)
    cross join unnest($2::text[], $3::text[], $4::int[]) as m (id, name, distance)
    cross join lateral (
      select t.target from metric_targets t
      where t.metric_id = m.id and t.from_period <= k.period and t.archived_at is null order by t.from_period desc limit 1) t
  where t.target is not null`;

/** One item is one outcome. It counts where nothing was measured before the end of a period. */
export const UNMEASURED_OUTCOMES = `
  select p.at::int as at, 'outcome' as type, o.code, o.name, o.owner_email as note, coalesce(m.first >= p.ends_on, true) as counts
  from outcomes o
    left join lateral (
      select min(measured_on) as first from outcome_measurements where outcome_id = o.id and archived_at is null and value is not null) m on true
    cross join unnest($3::date[]) with ordinality as p (ends_on, at)
  where ${UNIT('o')}`;

/** One item is one benefit with a realised value before the end of a period. It counts where none of them has evidence that holds, or is confirmed. */
export const UNEVIDENCED = `
  with benefit as (
    select b.id, b.code, b.name, b.owner_email, min(v.month) as realised_from,
      min(v.month) filter (where v.confirmed_amount is not null or v.evidenced_until >= $4::date) as proven_from
    from benefits b join values_with_evidence v on v.benefit_id = b.id and v.realised is not null
    where ${SCOPE('b')}
    group by b.id)
  select p.at::int as at, 'benefit' as type, b.code, b.name, b.owner_email as note, coalesce(b.proven_from >= p.ends_on, true) as counts
  from benefit b cross join unnest($3::date[]) with ordinality as p (ends_on, at)
  where b.realised_from < p.ends_on`;
