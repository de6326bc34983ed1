import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import { IS_EXPECTED } from './due.service.js';

/** One month of one benefit: of a money benefit in the reporting currency, of others in their own unit. Exact text; null where nothing stands. */
export interface BenefitCell {
  month: string;
  planned: string | null;
  /** The baseline plan; the current one where nothing is approved. */
  baseline: string | null;
  forecast: string | null;
  realised: string | null;
  confirmed: string | null;
  /** As it was entered, whether or not there is a rate: it is planned; a value is to be reported; and it is. */
  isPlanned: boolean;
  isExpected: boolean;
  isReported: boolean;
}

/** One row is one month of one benefit, oldest first. */
const CELLS = `
  select to_char(v.month, 'YYYY-MM') as month, trim_scale(v.planned * x.rate)::text as planned,
    trim_scale(v.baseline_planned * x.rate)::text as baseline, trim_scale(v.forecast * x.rate)::text as forecast,
    trim_scale(v.realised * x.rate)::text as realised, trim_scale(v.confirmed_amount * x.rate)::text as confirmed,
    v.planned is not null as "isPlanned", ${IS_EXPECTED} as "isExpected", v.realised is not null as "isReported"
  from values_with_baseline v
    join benefits b on b.id = v.benefit_id
    cross join lateral (select b.currency is not null and b.nature is distinct from 'non_financial' as money) m
    left join exchange_rates r on m.money and r.currency = b.currency and r.month = v.month and r.archived_at is null
    cross join lateral (select case when not m.money or b.currency = $1 then 1 else r.rate end as rate) x
  where v.benefit_id = $2 order by v.month`;

/** All months of one benefit that hold anything. */
export const benefitCells = (manager: EntityManager, currency: string, benefitId: string): Promise<BenefitCell[]> =>
  named<BenefitCell>(manager, 'cells of one benefit', CELLS, [currency, benefitId]);
