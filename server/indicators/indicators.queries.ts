import type { EntityManager } from 'typeorm';
import type { IndicatorTrend } from '../contract/indicator.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

export type IndicatorRow = Pick<IndicatorTrend, 'id' | 'version' | 'code' | 'name' | 'family' | 'unit' | 'serves'> & {
  better: 'higher' | 'lower' | null;
};

/**
 * One row is one own indicator. A unit holds those that serve an outcome or capability of it; no portfolio holds one.
 * What is served is told while it is not archived.
 */
const INDICATORS = `
  select i.id, i.version, i.code, i.name, i.family, i.unit, i.better,
    case when s.id is not null then json_build_object('type', i.serves_type, 'code', s.code, 'name', s.name) end as serves
  from indicators i
    left join lateral (
      select o.id, o.code, o.name, o.org_unit_id from outcomes o where i.serves_type = 'outcome' and o.id = i.serves_id and o.archived_at is null
      union all
      select c.id, c.code, c.name, c.org_unit_id from capabilities c where i.serves_type = 'capability' and c.id = i.serves_id and c.archived_at is null
    ) s on true
  where i.archived_at is null and $1::uuid is null and ($2::uuid[] is null or s.org_unit_id = any ($2))
  order by i.name, i.code`;

export const indicatorRows = (manager: EntityManager, { scope }: Reading): Promise<IndicatorRow[]> =>
  named<IndicatorRow>(manager, 'own indicators', INDICATORS, [scope.portfolioId, scope.unitIds]);

export interface PeriodValue {
  indicatorId: string;
  /** Index of the period, from 1. */
  at: number;
  month: string;
  value: string;
}

/** One row is the latest value of one indicator in one period; $1 holds the first days of the periods and the day after the last. */
const VALUES = `
  select distinct on (v.indicator_id, at) v.indicator_id as "indicatorId", width_bucket(v.month, $1::date[]) as at,
    to_char(v.month, 'YYYY-MM') as month, trim_scale(v.value)::text as value
  from indicator_values v
  where v.archived_at is null and v.value is not null and v.month >= ($1::date[])[1] and v.month < ($1::date[])[cardinality($1::date[])]
  order by v.indicator_id, at, v.month desc`;

export const periodValues = (manager: EntityManager, bounds: readonly string[]): Promise<PeriodValue[]> =>
  named<PeriodValue>(manager, 'values of own indicators', VALUES, [bounds]);

export interface TargetRow {
  id: string;
  version: number;
  code: string;
  from: string;
  /** Exact decimal text. */
  target: string | null;
  amber: string | null;
}

/** One row is one target of an own indicator: a metric target whose id is the indicator's code. */
const TARGETS = `
  select t.id, t.version, lower(t.metric_id) as code, t.from_period as "from", trim_scale(t.target)::text as target,
    trim_scale(t.amber)::text as amber
  from metric_targets t join indicators i on lower(i.code) = lower(t.metric_id) and i.archived_at is null
  where t.archived_at is null order by t.from_period desc`;

export const indicatorTargets = (manager: EntityManager): Promise<TargetRow[]> =>
  named<TargetRow>(manager, 'targets of own indicators', TARGETS);

/** A month of an indicator that has a value: who entered it last, how and when. Values are exact decimal text. */
export interface EnteredMonth {
  month: string;
  value: string;
  evidence: string | null;
  /** Null where neither an entry nor an import tells. */
  by: string | null;
  isImported: boolean;
  on: string;
}

/**
 * One row is one month with a value, the latest first. An import knows which version it wrote; whoever entered a month by hand stands in the audit.
 * $2: the first day, $3: the day after the last, or null for that month alone.
 */
const ENTERED = `
  select to_char(v.month, 'YYYY-MM') as month, trim_scale(v.value)::text as value, v.evidence, coalesce(f.user_email, e.actor) as by,
    f.user_email is not null as "isImported", to_char(v.updated_at at time zone 'UTC', 'YYYY-MM-DD') as "on"
  from indicator_values v
    left join lateral (
      select i.user_email from imports i
      where i.created_at <= v.updated_at and exists (
        select 1 from import_changes c
        where c.import_id = i.id and c.table_name = 'indicator_values' and c.record_id = v.id and c.version_after = v.version)
      order by i.created_at desc limit 1) f on true
    left join lateral (
      select a.actor from audit_events a
      where a.object_type = 'indicator_value' and a.object_id = v.indicator_id::text
        and a.canonical::jsonb -> 'after' -> 'items' @> jsonb_build_array(jsonb_build_object('month', to_char(v.month, 'YYYY-MM')))
      order by a.seq desc limit 1) e on true
  where v.indicator_id = $1 and v.archived_at is null and v.value is not null
    and v.month >= $2::date and v.month < coalesce($3::date, $2::date + interval '1 month')
  order by v.month desc`;

export const enteredMonths = (
  manager: EntityManager,
  id: string,
  from: string,
  to: string | null,
): Promise<EnteredMonth[]> =>
  named<EnteredMonth>(manager, 'months of an own indicator with who entered them', ENTERED, [id, from, to]);
