import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** One month of one benefit, in its own currency or unit; `reporting` is its realised value in the reporting currency, null where it is not money. */
export interface BenefitMonthRow {
  benefitId: string;
  code: string;
  name: string;
  currency: string | null;
  unit: string | null;
  isMoney: boolean;
  planned: string | null;
  forecast: string | null;
  /** What the baseline plan holds for it. */
  baseline: string | null;
  realised: string | null;
  confirmed: string | null;
  evidence: string | null;
  confirmedBy: string | null;
  /** Of the currency in that month; null where none is needed. */
  rate: string | null;
  reporting: string | null;
  isInScope: boolean;
}

/** Null where there is no such benefit; of a month of which nothing is stored nothing is known. */
export const monthOfBenefit = async (
  manager: EntityManager,
  { currency, scope }: Reading,
  ref: string,
  month: string,
): Promise<BenefitMonthRow | null> => {
  const [row] = await named<BenefitMonthRow>(
    manager,
    'one month of a benefit',
    `select f.*, trim_scale(f.realised::numeric * case when f.currency = $5 then 1 else f.rate::numeric end)::text as reporting from (
       select b.id as "benefitId", b.code, b.name, b.currency, b.unit,
         b.currency is not null and b.nature is distinct from 'non_financial' as "isMoney",
         trim_scale(v.planned)::text as planned, trim_scale(v.forecast)::text as forecast,
         trim_scale(w.baseline_planned)::text as baseline, trim_scale(v.realised)::text as realised, trim_scale(v.confirmed_amount)::text as confirmed,
         v.evidence, v.confirmed_by as "confirmedBy",
         case when b.currency <> $5 and b.nature is distinct from 'non_financial' then trim_scale(r.rate)::text end as rate,
         ($3::uuid is null or coalesce(b.portfolio_id = $3, false)) and ($4::uuid[] is null or coalesce(b.org_unit_id = any ($4), false)) as "isInScope"
       from benefits b left join benefit_values v on v.benefit_id = b.id and v.month = $2 and v.archived_at is null
         left join values_with_baseline w on w.id = v.id
         left join exchange_rates r on r.currency = b.currency and r.month = $2 and r.archived_at is null
       where b.archived_at is null and (b.id::text = lower($1) or lower(b.code) = lower($1))
     ) f`,
    [ref, `${month}-01`, scope.portfolioId, scope.unitIds, currency],
  );
  return row ? { ...row, reporting: row.isMoney ? row.reporting : null } : null;
};
