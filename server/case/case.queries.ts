import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** One cost row of the investment, or one month of a benefit's values: in the reporting currency at the month's rate, exact. */
export interface CostCell {
  month: string;
  /** capex, opex, skills. */
  kind: string;
  currency: string;
  planned: string | null;
  actual: string | null;
  /** As entered. */
  enteredPlanned: string | null;
  enteredActual: string | null;
}

export interface ValueCell {
  benefitId: string;
  code: string;
  name: string;
  month: string;
  currency: string;
  planned: string | null;
  forecast: string | null;
  realised: string | null;
  enteredPlanned: string | null;
  enteredForecast: string | null;
  enteredRealised: string | null;
}

/** $1 reporting currency, $2 what is asked for, $3 portfolio, $4 units. One row is one cost row, oldest first. */
const COSTS = `
  select to_char(c.month, 'YYYY-MM') as month, c.kind, coalesce(i.currency, $1) as currency,
    trim_scale(c.planned * x.rate)::text as planned, trim_scale(c.actual * x.rate)::text as actual,
    trim_scale(c.planned)::text as "enteredPlanned", trim_scale(c.actual)::text as "enteredActual", x.rate is null as unconverted
  from investment_costs c
    join investments i on i.id = c.investment_id and i.archived_at is null
    left join exchange_rates r on r.currency = i.currency and r.month = c.month and r.archived_at is null
    cross join lateral (select case when i.currency is null or i.currency = $1 then 1 else r.rate end as rate) x
  where c.archived_at is null and c.investment_id = $2 and coalesce(c.planned, c.actual) is not null
    and ($3::uuid is null or i.portfolio_id = $3) and ($4::uuid[] is null or i.org_unit_id = any ($4))
  order by c.month, c.kind`;

/** One row is one month of one money benefit with a value, by benefit and month. */
const VALUES = `
  select b.id as "benefitId", b.code, b.name, to_char(v.month, 'YYYY-MM') as month, b.currency,
    trim_scale(v.planned * x.rate)::text as planned, trim_scale(v.forecast * x.rate)::text as forecast, trim_scale(v.realised * x.rate)::text as realised,
    trim_scale(v.planned)::text as "enteredPlanned", trim_scale(v.forecast)::text as "enteredForecast", trim_scale(v.realised)::text as "enteredRealised",
    x.rate is null as unconverted
  from benefit_values v
    join benefits b on b.id = v.benefit_id and b.archived_at is null and b.currency is not null and b.nature is distinct from 'non_financial'
    left join exchange_rates r on r.currency = b.currency and r.month = v.month and r.archived_at is null
    cross join lateral (select case when b.currency = $1 then 1 else r.rate end as rate) x
  where v.archived_at is null and v.benefit_id = any ($2::uuid[]) and coalesce(v.planned, v.forecast, v.realised) is not null
    and ($3::uuid is null or b.portfolio_id = $3) and ($4::uuid[] is null or b.org_unit_id = any ($4))
  order by b.code collate "C", v.month`;

/** The database refuses an amount without its rate, so this is a fault of ours and never a silent 1. */
const converted = <Row extends { unconverted: boolean }>(rows: Row[]): Row[] => {
  if (rows.some((row) => row.unconverted))
    throw new Error('An amount in a foreign currency has no exchange rate for its month.');
  return rows;
};

const scoped = ({ currency, scope }: Reading, of: unknown): unknown[] => [
  currency,
  of,
  scope.portfolioId,
  scope.unitIds,
];

/** Costs of one investment, where it lies in the scope. */
export const costCells = async (manager: EntityManager, reading: Reading, id: string): Promise<CostCell[]> =>
  converted(await named<CostCell & { unconverted: boolean }>(manager, 'costs of a case', COSTS, scoped(reading, id)));

/** Values of money benefits of the scope. */
export const valueCells = async (
  manager: EntityManager,
  reading: Reading,
  ids: readonly string[],
): Promise<ValueCell[]> =>
  converted(
    await named<ValueCell & { unconverted: boolean }>(manager, 'values of a case', VALUES, scoped(reading, [...ids])),
  );

/** The discount rate of the settings, as text. */
export const settingsRate = async (manager: EntityManager): Promise<string> => {
  const text = 'select trim_scale(discount_rate)::text as rate from settings where id = 1';
  const [row] = await named<{ rate: string }>(manager, 'discount rate', text);
  if (!row) throw new Error('The settings are not set.');
  return row.rate;
};
