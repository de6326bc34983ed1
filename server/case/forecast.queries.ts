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

/** A benefit of the scope with its forecast of the months to come: after the period, or neither over nor realised. Null where none is stated. */
export interface ClaimRow {
  id: string;
  code: string;
  name: string;
  type: string | null;
  portfolioId: string | null;
  money: boolean;
  claimed: string | null;
  /** Months with such a forecast, and months after the period with a plan and no forecast. */
  forecastMonths: number;
  planOnlyMonths: number;
}

/** The rate of the month, of rows that have the currency and the month. */
const rateOf = (currency: string, month: string): string =>
  `left join exchange_rates r on r.currency = ${currency} and r.month = ${month} and r.archived_at is null
    cross join lateral (select case when ${currency} = $1 then 1 else r.rate end as rate) x`;
const IN_SCOPE = `($3::uuid is null or b.portfolio_id = $3) and ($4::uuid[] is null or b.org_unit_id = any ($4))`;

/**
 * One row is one type and portfolio: Σ realised and Σ forecast over the months before the period's end that have a realised value and for which a
 * forecast was in force at the end of the third month before, in the reporting time zone. That of October is the one of 31 July, 24:00.
 */
const TRACK = `
  select early.type, early.portfolio_id as "portfolioId", count(*)::int as points, count(distinct early.month)::int as months,
    trim_scale(sum(early.realised * x.rate))::text as realised, trim_scale(sum(early.forecast * x.rate))::text as forecast
  from (
      select distinct on (e.benefit_value_id) b.type, b.portfolio_id, b.currency, v.month, v.realised, e.forecast, e.archived
      from benefit_values v
        join benefits b on b.id = v.benefit_id and b.archived_at is null and b.currency is not null and b.nature is distinct from 'non_financial'
        join benefit_value_revisions e on e.benefit_value_id = v.id
          and e.changed_at < (v.month - interval '2 months')::timestamp at time zone $5
      where v.archived_at is null and v.realised is not null and v.month < $2 and ${IN_SCOPE}
      order by e.benefit_value_id, e.version desc) early
    ${rateOf('early.currency', 'early.month')}
  where early.forecast is not null and not early.archived
  group by early.type, early.portfolio_id`;

/**
 * One row is one benefit: what is still to come of it, as in what is expected of its whole life. A missing rate makes the sum null, which the
 * database refuses at the door.
 */
const CLAIMS = `
  select b.id, b.code, b.name, b.type, b.portfolio_id as "portfolioId",
    b.currency is not null and b.nature is distinct from 'non_financial' as money,
    trim_scale(sum(v.forecast * x.rate))::text as claimed, count(v.forecast)::int as "forecastMonths",
    count(*) filter (where v.month >= $2 and v.forecast is null and v.planned is not null)::int as "planOnlyMonths"
  from benefits b
    left join benefit_values v on v.benefit_id = b.id and v.archived_at is null and (v.month >= $2 or v.month >= $5 and v.realised is null)
    ${rateOf('b.currency', 'v.month')}
  where b.archived_at is null and ${IN_SCOPE}
  group by b.id order by b.code collate "C"`;

const valuesOf = ({ currency, end, scope }: Reading): unknown[] => [currency, end, scope.portfolioId, scope.unitIds];

/** What became of earlier forecasts in the scope, by type and portfolio. */
export const trackRecords = (manager: EntityManager, reading: Reading): Promise<TrackRecord[]> =>
  named<TrackRecord>(manager, 'track record of forecasts', TRACK, [...valuesOf(reading), reading.timeZone]);

/** Benefits of the scope with what they claim for the months to come, by code. */
export const claims = (manager: EntityManager, reading: Reading): Promise<ClaimRow[]> =>
  named<ClaimRow>(manager, 'claimed forecasts', CLAIMS, [...valuesOf(reading), reading.underWay]);
