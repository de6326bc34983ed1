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
  code: string;
  from: string;
  target: number | null;
  amber: number | null;
}

/** One row is one target of an own indicator: a metric target whose id is the indicator's code. */
const TARGETS = `
  select lower(t.metric_id) as code, t.from_period as "from", t.target::float8 as target, t.amber::float8 as amber
  from metric_targets t join indicators i on lower(i.code) = lower(t.metric_id) and i.archived_at is null
  where t.archived_at is null`;

export const indicatorTargets = (manager: EntityManager): Promise<TargetRow[]> =>
  named<TargetRow>(manager, 'targets of own indicators', TARGETS);
