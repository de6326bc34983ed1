import type { EntityManager } from 'typeorm';
import { fractionOf } from '../../core/benefit-status.js';
import type { CapabilityFacts } from '../../core/metrics/capability.js';
import { named } from '../../database/named.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

/**
 * One row is one assessed level of a capability of the scope, in force from `assessed_on` up to, and without, `until`; null is for good.
 * Assessments that state no level say nothing. $1: ids of the units, or null for all.
 */
export const ASSESSED_LEVELS = `
  select a.id, a.capability_id, c.code, c.name, c.strategic, c.target_maturity, a.assessed_on, a.level, a.assessor_email,
    lead(a.assessed_on) over (partition by a.capability_id order by a.assessed_on) as until
  from maturity_assessments a join capabilities c on c.id = a.capability_id
  where a.archived_at is null and c.archived_at is null and a.level is not null
    and ($1::uuid[] is null or c.org_unit_id = any ($1::uuid[]))`;

/**
 * One row is one count of a competency, in force from `as_of` up to, and without, `until`. A count that lacks either side says nothing.
 * In a unit only counts for its capabilities are looked at, and the latest of those holds. $1: ids of the units, or null for all.
 */
export const COUNTED_COMPETENCIES = `
  select t.id, t.code, t.name, c.code as capability_code, t.as_of, t.required_fte, least(t.available_fte, t.required_fte) as filled_fte,
    lead(t.as_of) over (partition by lower(t.code) order by t.as_of) as until
  from competencies t left join capabilities c on c.id = t.capability_id
  where t.archived_at is null and c.archived_at is null and t.required_fte is not null and t.available_fte is not null
    and ($1::uuid[] is null or c.org_unit_id = any ($1::uuid[]))`;

/** One row is one period, with what is known at its end. $2, $3: first days of the periods, and the days after their last. */
const BY_PERIOD = `
  with bounds as (select * from unnest($2::date[], $3::date[]) with ordinality as b (starts, ends, at)),
    assessed as materialized (${ASSESSED_LEVELS}),
    maturity as (
      select b.at, count(*)::int as levels, sum(a.level) as level, count(a.target_maturity)::int as gaps,
        sum(greatest(0, a.target_maturity - a.level)) as gap
      from bounds b join assessed a on a.assessed_on < b.ends and (a.until is null or a.until >= b.ends)
      where a.strategic group by b.at),
    reached as (
      select b.at, array_agg(r.capability_id order by r.capability_id) as ids
      from (select capability_id, min(assessed_on) as reached_on from assessed where level >= target_maturity group by capability_id) r
        join bounds b on r.reached_on >= b.starts and r.reached_on < b.ends
      group by b.at),
    counted as (${COUNTED_COMPETENCIES}),
    coverage as (
      select b.at, count(*)::int as competencies, sum(c.filled_fte) as filled, sum(c.required_fte) as required
      from bounds b join counted c on c.as_of < b.ends and (c.until is null or c.until >= b.ends)
      group by b.at),
    strategic as (
      select count(*)::int as capabilities from capabilities
      where strategic and archived_at is null and ($1::uuid[] is null or org_unit_id = any ($1::uuid[])))
  select s.capabilities as strategic, coalesce(m.levels, 0) as levels, coalesce(m.level, 0) as level, coalesce(m.gaps, 0) as gaps,
    coalesce(m.gap, 0) as gap, coalesce(r.ids, '{}') as reached, coalesce(c.competencies, 0) as competencies,
    coalesce(c.filled, 0) as filled, coalesce(c.required, 0) as required
  from bounds b cross join strategic s
    left join maturity m using (at) left join reached r using (at) left join coverage c using (at)
  order by b.at`;

interface Row {
  strategic: number;
  levels: number;
  level: string;
  gaps: number;
  gap: string;
  reached: string[];
  competencies: number;
  filled: string;
  required: string;
}

/** Facts of the scope by period, in the order of `periods`. */
export const readCapabilityFacts = async (
  manager: EntityManager,
  { scope }: Reading,
  periods: readonly Bounds[],
): Promise<CapabilityFacts[]> => {
  const rows = await named<Row>(manager, 'capability facts of metrics', BY_PERIOD, [
    scope.unitIds,
    periods.map(({ start }) => start),
    periods.map(({ end }) => end),
  ]);
  return rows.map((row, index) => ({
    period: periods[index]!.period,
    strategic: row.strategic,
    assessed: row.levels,
    level: fractionOf(row.level),
    withTarget: row.gaps,
    gap: fractionOf(row.gap),
    reachedTarget: row.reached,
    competencies: row.competencies,
    filled: fractionOf(row.filled),
    required: fractionOf(row.required),
  }));
};
