import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** A cost row of an investment: in the reporting currency at the month's rate, exact. */
export interface CostRow {
  id: string;
  month: string;
  /** capex, opex, skills. */
  kind: string;
  currency: string;
  /** Spent, of a month to the period's end; planned, of a later one. */
  amount: string;
  /** As entered. */
  entered: string;
  isSpent: boolean;
}

/** A benefit of the scope whose value is credited to what is changed. */
export interface BenefitRow {
  id: string;
  isMoney: boolean;
  /** A currency code, or its own unit. */
  unit: string | null;
  aggregation: string | null;
  better: string | null;
}

/** What is expected of a month after the period: the forecast, without one the plan. Of a money benefit in the reporting currency. */
export interface ValueRow {
  id: string;
  month: string;
  amount: string;
  entered: string;
  isPlan: boolean;
}

/** $1 reporting currency, $2 investments, $3 first day after the period, $4 portfolio, $5 units. One row is one cost row that counts, oldest first. */
const COSTS = `
  select i.id, to_char(c.month, 'YYYY-MM') as month, c.kind, coalesce(i.currency, $1) as currency, n.spent as "isSpent",
    trim_scale(n.amount * x.rate)::text as amount, trim_scale(n.amount)::text as entered, x.rate is null as unconverted
  from investment_costs c
    join investments i on i.id = c.investment_id and i.archived_at is null
    left join exchange_rates r on r.currency = i.currency and r.month = c.month and r.archived_at is null
    cross join lateral (select case when i.currency is null or i.currency = $1 then 1 else r.rate end as rate) x
    cross join lateral (select c.month < $3::date as spent, case when c.month < $3::date then c.actual else c.planned end as amount) n
  where c.archived_at is null and c.investment_id = any ($2::uuid[]) and n.amount is not null
    and ($4::uuid is null or i.portfolio_id = $4) and ($5::uuid[] is null or i.org_unit_id = any ($5))
  order by c.month, c.kind`;

const IS_MONEY = `b.currency is not null and b.nature is distinct from 'non_financial'`;

/** $1 benefits, $2 portfolio, $3 units. One row is one benefit of the scope. */
const BENEFITS = `
  select b.id, ${IS_MONEY} as "isMoney", case when ${IS_MONEY} then b.currency else b.unit end as unit, b.aggregation, b.better
  from benefits b
  where b.archived_at is null and b.id = any ($1::uuid[])
    and ($2::uuid is null or b.portfolio_id = $2) and ($3::uuid[] is null or b.org_unit_id = any ($3))`;

/** $1 reporting currency, $2 benefits, $3 first day after the period. One row is one month with something expected, oldest first. */
const VALUES = `
  select b.id, to_char(v.month, 'YYYY-MM') as month, v.forecast is null as "isPlan",
    trim_scale(n.amount * x.rate)::text as amount, trim_scale(n.amount)::text as entered, x.rate is null as unconverted
  from benefit_values v
    join benefits b on b.id = v.benefit_id and b.archived_at is null
    left join exchange_rates r on ${IS_MONEY} and r.currency = b.currency and r.month = v.month and r.archived_at is null
    cross join lateral (select case when not (${IS_MONEY}) or b.currency = $1 then 1 else r.rate end as rate) x
    cross join lateral (select coalesce(v.forecast, v.planned) as amount) n
  where v.archived_at is null and v.benefit_id = any ($2::uuid[]) and v.month >= $3::date and n.amount is not null
  order by v.month`;

/** The last month with a plan or forecast of any benefit, whatever the scope: a scenario has one horizon. */
const HORIZON = `
  select to_char(max(v.month), 'YYYY-MM') as month from benefit_values v join benefits b on b.id = v.benefit_id and b.archived_at is null
  where v.archived_at is null and coalesce(v.forecast, v.planned) is not null`;

/** The database refuses an amount without its rate, so this is a fault of ours and never a silent 1. */
const converted = <Row extends object>(rows: (Row & { unconverted: boolean })[]): Row[] => {
  if (rows.some((row) => row.unconverted))
    throw new Error('An amount in a foreign currency has no exchange rate for its month.');
  return rows;
};

/** What was spent to the period's end, and what is planned to be spent after it, of investments of the scope. */
export const costRows = async (
  manager: EntityManager,
  reading: Reading,
  ids: readonly string[],
): Promise<CostRow[]> => {
  const { currency, end, scope } = reading;
  const values = [currency, ids, end, scope.portfolioId, scope.unitIds];
  return converted(await named<CostRow & { unconverted: boolean }>(manager, 'costs of a what-if', COSTS, values));
};

export const benefitRows = (
  manager: EntityManager,
  { scope }: Reading,
  ids: readonly string[],
): Promise<BenefitRow[]> =>
  named<BenefitRow>(manager, 'benefits of a what-if', BENEFITS, [ids, scope.portfolioId, scope.unitIds]);

export const valueRows = async (
  manager: EntityManager,
  { currency, end }: Reading,
  ids: readonly string[],
): Promise<ValueRow[]> =>
  converted(
    await named<ValueRow & { unconverted: boolean }>(manager, 'values of a what-if', VALUES, [currency, ids, end]),
  );

export const horizonOf = async (manager: EntityManager): Promise<string | null> => {
  const [row] = await named<{ month: string | null }>(manager, 'horizon of a what-if', HORIZON);
  return row?.month ?? null;
};
