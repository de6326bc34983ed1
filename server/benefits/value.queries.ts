import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** Values of one month over the scope's money benefits, in the reporting currency, exact. */
export interface MonthRow {
  month: string;
  planned: string | null;
  forecast: string | null;
  realised: string | null;
  confirmed: string | null;
}

/** One row is one month to date in which a money benefit of the scope has a value of any kind, oldest first. */
const MONTHS = `
  select to_char(v.month, 'YYYY-MM') as month, trim_scale(sum(v.planned * x.rate)) as planned, trim_scale(sum(v.forecast * x.rate)) as forecast,
    trim_scale(sum(v.realised * x.rate)) as realised, trim_scale(sum(v.confirmed_amount * x.rate)) as confirmed
  from benefit_values v
    join benefits b on b.id = v.benefit_id and b.archived_at is null and b.currency is not null and b.nature is distinct from 'non_financial'
    left join exchange_rates r on r.currency = b.currency and r.month = v.month and r.archived_at is null
    cross join lateral (select case when b.currency = $1 then 1 else r.rate end as rate) x
  where v.archived_at is null and v.month < $2 and coalesce(v.planned, v.forecast, v.realised) is not null
    and ($3::uuid is null or b.portfolio_id = $3) and ($4::uuid[] is null or b.org_unit_id = any ($4))
  group by v.month order by v.month`;

/** Values by month to date. A missing rate is found by the query on benefits, which is asked in the same snapshot. */
export const valueByMonth = (manager: EntityManager, { currency, end, scope }: Reading): Promise<MonthRow[]> =>
  named<MonthRow>(manager, 'value by month', MONTHS, [currency, end, scope.portfolioId, scope.unitIds]);
