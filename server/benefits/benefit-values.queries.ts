import type { DataSource, EntityManager } from 'typeorm';
import type { BenefitMonth } from '../contract/benefit.js';
import { named } from '../database/named.js';
import { plainDecimal } from '../core/money.js';

type MonthRow = BenefitMonth;

const amount = (stored: string | null): string | null => (stored === null ? null : plainDecimal(stored, true));

/** One row is one month of a benefit. */
const MONTHS = `
  select id, version, to_char(month, 'YYYY-MM') as month, planned, forecast, realised, evidence, reported_by as "reportedBy",
    confirmed_amount as confirmed, confirmed_by as "confirmedBy", confirmed_at as "confirmedAt", confirmed_how as "confirmedHow",
    updated_at as "updatedAt"
  from benefit_values where benefit_id = $1 and archived_at is null`;

const toMonth = (row: MonthRow): BenefitMonth => ({
  ...row,
  planned: amount(row.planned),
  forecast: amount(row.forecast),
  realised: amount(row.realised),
  confirmed: amount(row.confirmed),
});

/** All months of a benefit that have a value, oldest first. */
export const monthsOf = async (on: DataSource | EntityManager, benefitId: string): Promise<BenefitMonth[]> =>
  (await named<MonthRow>(on, 'months of benefit', `${MONTHS} order by month`, [benefitId])).map(toMonth);

/** One month of a benefit, locked until the transaction ends; null where it has no value. */
export const lockMonth = async (
  manager: EntityManager,
  benefitId: string,
  month: string,
): Promise<BenefitMonth | null> => {
  const [row] = await named<MonthRow>(manager, 'lock month of benefit', `${MONTHS} and month = $2 for update`, [
    benefitId,
    `${month}-01`,
  ]);
  return row ? toMonth(row) : null;
};
