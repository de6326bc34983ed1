import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** What became of earlier forecasts of one type and portfolio, in the reporting currency, exact. */
export interface TrackRecord {
  type: string | null;
  portfolioId: string | null;
  /** Values that were forecast three months earlier and came, and the months that they are of. */
  points: number;
  months: number;
  realised: string;
  forecast: string;
}

/** A benefit of the scope with its forecast of the months after the period; null where none is stated. */
export interface ClaimRow {
  id: string;
  code: string;
  name: string;
  type: string | null;
  portfolioId: string | null;
  money: boolean;
  claimed: string | null;
  /** Months after the period with a forecast, and with a plan and no forecast. */
  forecastMonths: number;
  planOnlyMonths: number;
}

const RATE = `left join exchange_rates r on r.currency = b.currency and r.month = v.month and r.archived_at is null
    cross join lateral (select case when b.currency = $1 then 1 else r.rate end as rate) x`;
const IN_SCOPE = `($3::uuid is null or b.portfolio_id = $3) and ($4::uuid[] is null or b.org_unit_id = any ($4))`;

/**
 * One row is one type and portfolio: Σ realised and Σ forecast over the months before the period's end that have a realised value and for which a
 * forecast was in force at the end of the third month before, in the reporting time zone. That of October is the one of 31 July, 24:00.
 */
const TRACK = `
  select b.type, b.portfolio_id as "portfolioId", count(*)::int as points, count(distinct v.month)::int as months,
    trim_scale(sum(v.realised * x.rate))::text as realised, trim_scale(sum(early.forecast * x.rate))::text as forecast
  from (
      select distinct on (e.benefit_value_id) e.benefit_value_id, e.forecast, e.archived
      from benefit_value_revisions e join benefit_values v on v.id = e.benefit_value_id
      where e.changed_at < (v.month - interval '2 months')::timestamp at time zone $5
      order by e.benefit_value_id, e.version desc) early
    join benefit_values v on v.id = early.benefit_value_id
    join benefits b on b.id = v.benefit_id and b.archived_at is null and b.currency is not null and b.nature is distinct from 'non_financial'
    ${RATE}
  where v.archived_at is null and v.realised is not null and v.month < $2 and early.forecast is not null and not early.archived and ${IN_SCOPE}
  group by b.type, b.portfolio_id`;

/** One row is one benefit. A missing rate makes the sum null, which the database refuses at the door. */
const CLAIMS = `
  select b.id, b.code, b.name, b.type, b.portfolio_id as "portfolioId",
    b.currency is not null and b.nature is distinct from 'non_financial' as money,
    trim_scale(sum(v.forecast * x.rate))::text as claimed, count(v.forecast)::int as "forecastMonths",
    count(*) filter (where v.forecast is null and v.planned is not null)::int as "planOnlyMonths"
  from benefits b
    left join benefit_values v on v.benefit_id = b.id and v.archived_at is null and v.month >= $2
    ${RATE}
  where b.archived_at is null and ${IN_SCOPE}
  group by b.id order by b.code collate "C"`;

const valuesOf = ({ currency, end, scope }: Reading): unknown[] => [currency, end, scope.portfolioId, scope.unitIds];

/** What became of earlier forecasts in the scope, by type and portfolio. */
export const trackRecords = (manager: EntityManager, reading: Reading): Promise<TrackRecord[]> =>
  named<TrackRecord>(manager, 'track record of forecasts', TRACK, [...valuesOf(reading), reading.timeZone]);

/** Benefits of the scope with what they claim for the months after the period, by code. */
export const claims = (manager: EntityManager, reading: Reading): Promise<ClaimRow[]> =>
  named<ClaimRow>(manager, 'claimed forecasts', CLAIMS, valuesOf(reading));
