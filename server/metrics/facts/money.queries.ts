import type { EntityManager } from 'typeorm';
import { named } from '../../database/named.js';
import { isMoneyBenefit, isWithin, joinRates, rateOf, refuseUnconverted } from '../../http/conversion.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

/**
 * Buckets of time: 0 is what lies before the first period, then one a period. What comes after the last is not read.
 * $1 reporting currency, $2 the day after the last period, $3 portfolio, $4 org units (null for all), $5 first days of the periods.
 */
const bucketOf = (month: string): string => `width_bucket(${month}, $5::date[])`;
export const questionOf = (reading: Reading, periods: readonly Bounds[]): unknown[] => [
  reading.currency,
  periods.at(-1)!.end,
  reading.scope.portfolioId,
  reading.scope.unitIds,
  periods.map(({ start }) => start),
];

/** One row is one stated actual cost of an investment in a month, by kind, converted; an investment without one has a row with no month. */
const COST_ROWS = `
  select i.id, i.code, i.name, p.code as priority, c.month, c.kind, c.actual * ${rateOf('i', '$1')} as cost,
    c.actual is not null and ${rateOf('i', '$1')} is null as unconverted
  from investments i
    left join priorities p on p.id = i.priority_id and p.archived_at is null
    left join investment_costs c on c.investment_id = i.id and c.archived_at is null and c.actual is not null and c.month < $2
    ${joinRates('i', 'c')}
  where i.archived_at is null and ${isWithin('i', '$3', '$4')}`;

/** One row is one investment in one bucket of time; one without a stated cost has a row with no bucket. */
const COSTS = `
  select id, priority, ${bucketOf('month')} as bucket, trim_scale(sum(cost)) as cost,
    trim_scale(sum(cost) filter (where kind = 'skills')) as skills, count(*) filter (where kind = 'skills')::int as "skillsRows",
    count(*) filter (where unconverted)::int as unconverted
  from (${COST_ROWS}) cost group by 1, 2, 3`;

export interface CostRow {
  id: string;
  /** Code; null where it serves none. */
  priority: string | null;
  bucket: number | null;
  cost: string | null;
  skills: string | null;
  skillsRows: number;
}

/** Actual cost by investment of the scope and bucket of time, exact. */
export const costRows = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<CostRow[]> =>
  refuseUnconverted(
    await named<CostRow & { unconverted: number }>(manager, 'costs of metrics', COSTS, questionOf(reading, periods)),
  );

/** One row is one cost of kind `skills` in the last period. */
const SKILLS = `
  select id, code, name, to_char(month, 'YYYY-MM') as month, cost::text as cost, unconverted::int as unconverted
  from (${COST_ROWS}) cost where kind = 'skills' and month >= ($5::date[])[array_upper($5::date[], 1)] order by code, month, id`;

export interface SkillsRow {
  id: string;
  code: string;
  name: string;
  month: string;
  cost: string;
}

export const skillsRows = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<SkillsRow[]> =>
  refuseUnconverted(
    await named<SkillsRow & { unconverted: number }>(
      manager,
      'costs of skills of metrics',
      SKILLS,
      questionOf(reading, periods),
    ),
  );

/** One row is one month of a money benefit of the scope, in its own currency. */
const VALUE_CELLS = `
  select b.id as benefit_id, b.type, b.currency, v.month, v.planned, v.realised, v.confirmed_amount as confirmed
  from benefit_values v join benefits b on b.id = v.benefit_id and b.archived_at is null and ${isMoneyBenefit('b')}
  where v.archived_at is null and v.month < $2 and ${isWithin('b', '$3', '$4')}`;

/**
 * One row is one type of benefit in one bucket of time: with sums, or with counts of benefits; a benefit is counted where it is first planned and
 * where it is first realised, so that counts to date are sums, too. $6, $7: what of each benefit's value is credited to investments, as integers.
 *
 * A million values are read once and not sorted: added up by currency and month, so that few sums are converted, and by benefit, as bits of the
 * buckets in which it has values.
 */
const VALUES = `
  with summed as (
    select type, currency, month, benefit_id, sum(planned) as planned, sum(realised) as realised, sum(confirmed) as confirmed,
      sum(realised * w.weight) as credited, count(*) filter (where coalesce(planned, realised) is not null) as stated,
      bit_or(1 << ${bucketOf('month')}) filter (where planned is not null) as planned_in,
      bit_or(1 << ${bucketOf('month')}) filter (where realised is not null) as realised_in
    from (${VALUE_CELLS}) cell left join unnest($6::uuid[], $7::numeric[]) as w (benefit_id, weight) using (benefit_id)
    group by grouping sets ((type, currency, month), (benefit_id))
  ), rated as (
    select s.*, ${rateOf('s', '$1')} as rate from summed s ${joinRates('s', 's')} where s.month is not null
  )
  select type, ${bucketOf('month')} as bucket, trim_scale(sum(planned * rate)) as planned, trim_scale(sum(realised * rate)) as realised,
    trim_scale(sum(confirmed * rate)) as confirmed, trim_scale(sum(credited * rate)) as credited,
    0 as "newlyPlanned", 0 as "benefitsRealised", 0 as "newlyRealised",
    coalesce(sum(stated) filter (where rate is null), 0)::int as unconverted
  from rated group by 1, 2
  union all
  select b.type, bucket, null, null, null, null, count(*) filter (where planned_in & ((2 << bucket) - 1) = 1 << bucket)::int,
    count(*) filter (where realised_in & (1 << bucket) <> 0)::int, count(*) filter (where realised_in & ((2 << bucket) - 1) = 1 << bucket)::int, 0
  from summed join benefits b on b.id = benefit_id cross join generate_series(0, cardinality($5::date[])) bucket group by 1, 2`;

export interface ValueRow {
  type: string | null;
  bucket: number;
  planned: string | null;
  newlyPlanned: number;
  realised: string | null;
  benefitsRealised: number;
  newlyRealised: number;
  confirmed: string | null;
  /** Times the denominator of the weights. */
  credited: string | null;
}

/** Values of money benefits of the scope by type and bucket of time, exact. `weights`: integers by benefit; one that is not named has 0. */
export const valueRows = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
  weights: ReadonlyMap<string, bigint>,
): Promise<ValueRow[]> =>
  refuseUnconverted(
    await named<ValueRow & { unconverted: number }>(manager, 'values of metrics', VALUES, [
      ...questionOf(reading, periods),
      [...weights.keys()],
      [...weights.values()].map(String),
    ]),
  );

/** One row is one benefit in one bucket of time. */
const BENEFITS = `
  select b.id, b.code, b.name, c.type, ${bucketOf('c.month')} as bucket, trim_scale(sum(c.planned * ${rateOf('c', '$1')})) as planned,
    trim_scale(sum(c.realised * ${rateOf('c', '$1')})) as realised, trim_scale(sum(c.confirmed * ${rateOf('c', '$1')})) as confirmed,
    count(*) filter (where ${rateOf('c', '$1')} is null and coalesce(c.planned, c.realised) is not null)::int as unconverted
  from (${VALUE_CELLS}) c join benefits b on b.id = c.benefit_id ${joinRates('c', 'c')}
  group by b.id, c.type, 5`;

export interface BenefitRow {
  id: string;
  code: string;
  name: string;
  type: string | null;
  bucket: number;
  planned: string | null;
  realised: string | null;
  confirmed: string | null;
}

/** The same values by benefit: the records behind the sums. */
export const benefitRows = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<BenefitRow[]> =>
  refuseUnconverted(
    await named<BenefitRow & { unconverted: number }>(
      manager,
      'values of metrics by benefit',
      BENEFITS,
      questionOf(reading, periods),
    ),
  );

/** One row is one capability marked strategic, or one initiative marked as duplicating another: of the enterprise, as links are. */
const MARKED = `
  select id from capabilities where strategic and archived_at is null
  union all select id from initiatives where duplicate_of_id is not null and archived_at is null`;

export const markedRecords = async (manager: EntityManager): Promise<string[]> =>
  (await named<{ id: string }>(manager, 'records marked for metrics', MARKED)).map(({ id }) => id);

/** One row is one priority's rank in a period. */
const RANKINGS = `
  select k.period, p.code, p.name, k.rank
  from priority_rankings k join priorities p on p.id = k.priority_id and p.archived_at is null
  where k.archived_at is null and k.rank is not null and k.period = any ($1) order by k.period, k.rank, p.code`;

export interface RankingRow {
  period: string;
  code: string;
  name: string;
  rank: number;
}

export const rankingRows = (manager: EntityManager, periods: readonly Bounds[]): Promise<RankingRow[]> =>
  named<RankingRow>(manager, 'rankings of metrics', RANKINGS, [periods.map(({ period }) => period)]);

/** By initiative that is marked as duplicating another: the code of that one. */
export const duplicatesOf = async (manager: EntityManager): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await named<{ id: string; of: string }>(
        manager,
        'duplicates of metrics',
        `select i.id, d.code as "of" from initiatives i join initiatives d on d.id = i.duplicate_of_id where i.archived_at is null`,
      )
    ).map(({ id, of }) => [id, of]),
  );

/** Names of priorities by code. */
export const priorityNames = async (manager: EntityManager): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await named<{ code: string; name: string }>(
        manager,
        'priorities of metrics',
        'select code, name from priorities where archived_at is null',
      )
    ).map(({ code, name }) => [code, name]),
  );
