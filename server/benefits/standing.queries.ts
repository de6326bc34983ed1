import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** A benefit and its values to date: of a money benefit in the reporting currency, of others in their own unit. Exact text; null where no month has any. */
export interface BenefitRow {
  id: string;
  code: string;
  name: string;
  type: string | null;
  nature: string | null;
  owner: string | null;
  money: boolean;
  unit: string | null;
  aggregation: 'sum' | 'average' | 'latest' | null;
  better: 'higher' | 'lower' | null;
  declaredStatus: string | null;
  plannedMonths: number;
  planned: string | null;
  latestPlanned: string | null;
  forecastMonths: number;
  forecast: string | null;
  latestForecast: string | null;
  /** Forecast, in a month without one the plan; and in how many months the plan stands in. */
  outlookMonths: number;
  outlook: string | null;
  outlookPlanMonths: number;
  realisedMonths: number;
  realised: string | null;
  latestRealised: string | null;
  confirmedMonths: number;
  confirmed: string | null;
  latestConfirmed: string | null;
  /** Over the months with a planned and a realised value. */
  coveredMonths: number;
  coveredPlanned: string | null;
  coveredRealised: string | null;
  latestCoveredPlanned: string | null;
  latestCoveredRealised: string | null;
  /** Realised months with evidence, or confirmed; and Σ of their realised value. */
  evidencedMonths: number;
  evidenced: string | null;
  /** The approval has fixed the baseline plan; where it has not, the current plan stands in. */
  isPlanFixed: boolean;
  baselineMonths: number;
  baseline: string | null;
  latestBaseline: string | null;
  /** Over the months with a baseline plan and a realised value. */
  baselineCoveredMonths: number;
  baselineCoveredPlanned: string | null;
  baselineCoveredRealised: string | null;
  latestBaselineCoveredPlanned: string | null;
  latestBaselineCoveredRealised: string | null;
}

const both = 'planned is not null and realised is not null';
const bothOfBaseline = 'baseline is not null and realised is not null';
const proven = `realised is not null and (evidenced_until >= $6 or confirmed is not null)`;
const latest = (kind: string, condition: string): string =>
  `trim_scale((array_agg(${kind} order by month desc) filter (where ${condition}))[1])`;

/**
 * One row is one benefit of the scope, with or without values in the span. A money benefit has a currency and is not `non_financial`;
 * its amounts are converted at the rate of their month, exactly. The totals are made once: a planner without statistics, as after a first import,
 * would make them again for each benefit. `offset 0` keeps the planner from working out a cell again for each of its totals.
 */
const BENEFITS = `
  with benefit as (
    select b.*, b.currency is not null and b.nature is distinct from 'non_financial' as money from benefits b
    where b.archived_at is null and ($4::uuid is null or b.portfolio_id = $4) and ($5::uuid[] is null or b.org_unit_id = any ($5))
  ), rated as (
    select v.benefit_id, v.month, v.planned, v.baseline_planned, v.forecast, v.realised, v.confirmed_amount, v.evidenced_until,
      case when not b.money or b.currency = $1 then 1 else r.rate end as rate
    from values_with_baseline v
      join benefit b on b.id = v.benefit_id
      left join exchange_rates r on b.money and r.currency = b.currency and r.month = v.month and r.archived_at is null
    where v.month >= $2 and v.month < $3
  ), cell as (
    select benefit_id, month, evidenced_until, rate is null and coalesce(planned, forecast, realised) is not null as unconverted,
      planned * rate as planned, baseline_planned * rate as baseline, forecast * rate as forecast, realised * rate as realised,
      confirmed_amount * rate as confirmed
    from rated offset 0
  ), total as materialized (
    select benefit_id,
      count(*) filter (where unconverted)::int as unconverted,
      count(planned)::int as "plannedMonths", trim_scale(sum(planned)) as planned, ${latest('planned', 'planned is not null')} as "latestPlanned",
      count(forecast)::int as "forecastMonths", trim_scale(sum(forecast)) as forecast,
      ${latest('forecast', 'forecast is not null')} as "latestForecast",
      count(coalesce(forecast, planned))::int as "outlookMonths", trim_scale(sum(coalesce(forecast, planned))) as outlook,
      count(*) filter (where forecast is null and planned is not null)::int as "outlookPlanMonths",
      count(realised)::int as "realisedMonths", trim_scale(sum(realised)) as realised,
      ${latest('realised', 'realised is not null')} as "latestRealised",
      count(confirmed)::int as "confirmedMonths", trim_scale(sum(confirmed)) as confirmed,
      ${latest('confirmed', 'confirmed is not null')} as "latestConfirmed",
      count(*) filter (where ${both})::int as "coveredMonths",
      trim_scale(sum(planned) filter (where ${both})) as "coveredPlanned", trim_scale(sum(realised) filter (where ${both})) as "coveredRealised",
      ${latest('planned', both)} as "latestCoveredPlanned", ${latest('realised', both)} as "latestCoveredRealised",
      count(baseline)::int as "baselineMonths", trim_scale(sum(baseline)) as baseline, ${latest('baseline', 'baseline is not null')} as "latestBaseline",
      count(*) filter (where ${bothOfBaseline})::int as "baselineCoveredMonths",
      trim_scale(sum(baseline) filter (where ${bothOfBaseline})) as "baselineCoveredPlanned",
      trim_scale(sum(realised) filter (where ${bothOfBaseline})) as "baselineCoveredRealised",
      ${latest('baseline', bothOfBaseline)} as "latestBaselineCoveredPlanned", ${latest('realised', bothOfBaseline)} as "latestBaselineCoveredRealised",
      count(*) filter (where ${proven})::int as "evidencedMonths", trim_scale(sum(realised) filter (where ${proven})) as evidenced
    from cell group by benefit_id
  )
  select b.id, b.code, b.name, b.type, b.nature, b.owner_email as owner, b.money, case when b.money then $1 else b.unit end as unit,
    b.aggregation, b.better, b.declared_status as "declaredStatus", coalesce(t.unconverted, 0) as unconverted,
    coalesce(t."plannedMonths", 0) as "plannedMonths", t.planned, t."latestPlanned",
    coalesce(t."forecastMonths", 0) as "forecastMonths", t.forecast, t."latestForecast",
    coalesce(t."outlookMonths", 0) as "outlookMonths", t.outlook, coalesce(t."outlookPlanMonths", 0) as "outlookPlanMonths",
    coalesce(t."realisedMonths", 0) as "realisedMonths", t.realised, t."latestRealised",
    coalesce(t."confirmedMonths", 0) as "confirmedMonths", t.confirmed, t."latestConfirmed",
    coalesce(t."coveredMonths", 0) as "coveredMonths", t."coveredPlanned", t."coveredRealised", t."latestCoveredPlanned", t."latestCoveredRealised",
    coalesce(t."evidencedMonths", 0) as "evidencedMonths", t.evidenced,
    b.baseline_at is not null as "isPlanFixed", coalesce(t."baselineMonths", 0) as "baselineMonths", t.baseline, t."latestBaseline",
    coalesce(t."baselineCoveredMonths", 0) as "baselineCoveredMonths", t."baselineCoveredPlanned", t."baselineCoveredRealised",
    t."latestBaselineCoveredPlanned", t."latestBaselineCoveredRealised"
  from benefit b left join total t on t.benefit_id = b.id`;

/** Benefits of the scope with their values in the span [from, to). */
export const benefitRows = async (
  manager: EntityManager,
  reading: Reading,
  from: string,
  to: string,
): Promise<BenefitRow[]> => {
  const { portfolioId, unitIds } = reading.scope;
  const rows = await named<BenefitRow & { unconverted: number }>(manager, 'benefits with values', BENEFITS, [
    reading.currency,
    from,
    to,
    portfolioId,
    unitIds,
    reading.today,
  ]);
  if (rows.some((row) => row.unconverted > 0))
    throw new Error('A benefit value in a foreign currency has no exchange rate for its month.');
  return rows;
};
