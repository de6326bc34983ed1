import type { EntityManager } from 'typeorm';
import type { ServiceFacts } from '../core/metrics/quality.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';
import type { Bounds } from './bounds.js';

/** Sums over service months: a month counts in a figure only where it states both of its sides. */
const sumsOver = (name: string, a: string, b: string): string => {
  const both = `filter (where m.${a} is not null and m.${b} is not null)`;
  return `(count(*) ${both})::int as ${name}_months, coalesce(sum(m.${a}) ${both}, 0)::text as ${name}_a,
    coalesce(sum(m.${b}) ${both}, 0)::text as ${name}_b`;
};
const SUMS = `
  ${sumsOver('availability', 'downtime_minutes', 'agreed_minutes')},
  ${sumsOver('performance', 'requests_within_target', 'requests')},
  ${sumsOver('changes', 'failed_changes', 'changes')},
  count(m.incidents)::int as incidents_months, coalesce(sum(m.incidents), 0)::text as incidents_a`;

/** Months of services in the scope ($1 units). */
export const SERVICE_MONTHS = `
  from service_months m join services s on s.id = m.service_id and s.archived_at is null
  where m.archived_at is null and ($1::uuid[] is null or s.org_unit_id = any ($1))`;

const PERIOD = `width_bucket(m.month, $2::date[])`;
const WITHIN = `m.month >= ($2::date[])[1] and m.month < ($2::date[])[cardinality($2::date[])]`;

/** One row is a period. */
const FACTS = `select ${PERIOD} as period, ${SUMS} ${SERVICE_MONTHS} and ${WITHIN} group by 1`;
/** One row is a service in a period. */
const FACTS_BY_SERVICE = `select s.code, ${PERIOD} as period, ${SUMS} ${SERVICE_MONTHS} and ${WITHIN} group by 1, 2`;

type Row = { period: number } & Record<`${'availability' | 'performance' | 'changes' | 'incidents'}_months`, number> &
  Record<`${'availability' | 'performance' | 'changes'}_${'a' | 'b'}` | 'incidents_a', string>;

const parameters = ({ scope }: Reading, periods: readonly Bounds[]): unknown[] => [
  scope.unitIds,
  [...periods.map(({ start }) => start), periods.at(-1)!.end],
];

const factsOf = (period: string, row: Row | undefined): ServiceFacts => ({
  period,
  availability: {
    months: row?.availability_months ?? 0,
    downtimeMinutes: BigInt(row?.availability_a ?? 0),
    agreedMinutes: BigInt(row?.availability_b ?? 0),
  },
  performance: {
    months: row?.performance_months ?? 0,
    withinTarget: BigInt(row?.performance_a ?? 0),
    requests: BigInt(row?.performance_b ?? 0),
  },
  changes: {
    months: row?.changes_months ?? 0,
    failed: BigInt(row?.changes_a ?? 0),
    changes: BigInt(row?.changes_b ?? 0),
  },
  incidents: { months: row?.incidents_months ?? 0, incidents: BigInt(row?.incidents_a ?? 0) },
});

const byPeriod = (periods: readonly Bounds[], rows: readonly Row[]): ServiceFacts[] =>
  periods.map(({ period }, index) =>
    factsOf(
      period,
      rows.find((row) => row.period === index + 1),
    ),
  );

/** Facts of all services of the scope together, by period. */
export const readServiceSums = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<ServiceFacts[]> =>
  byPeriod(periods, await named<Row>(manager, 'facts of services', FACTS, parameters(reading, periods)));

/** The same sums for each service that states a month in one of the periods, by its code. */
export const readSumsByService = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<ReadonlyMap<string, ServiceFacts[]>> => {
  const rows = await named<Row & { code: string }>(
    manager,
    'facts of each service',
    FACTS_BY_SERVICE,
    parameters(reading, periods),
  );
  const own = new Map<string, Row[]>();
  for (const row of rows) own.set(row.code, [...(own.get(row.code) ?? []), row]);
  return new Map([...own].map(([code, found]) => [code, byPeriod(periods, found)]));
};
