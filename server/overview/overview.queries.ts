import type { EntityManager } from 'typeorm';
import type { Weights } from '../core/weights.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/**
 * Figures by quarter, all quarters in one statement. `ago` counts quarters before the period that is asked about: 0 is itself, 1 the one
 * before, −1 the one after. The traced figures of each quarter are the measure; a test holds the two together.
 */
const ago = (month: string, end: string): string =>
  `floor(((extract(year from ${end}::date) - extract(year from ${month})) * 12
    + extract(month from ${end}::date) - extract(month from ${month}) - 1) / 3)::int`;

/** Values of money benefits in one quarter: how many there are, and their exact sum in the reporting currency. */
export interface ValueQuarter {
  ago: number;
  plannedCount: number;
  planned: string | null;
  forecastCount: number;
  outlookCount: number;
  outlook: string | null;
  realisedCount: number;
  realised: string | null;
  evidencedCount: number;
  evidenced: string | null;
  /** Planned months of benefits without a realised value. */
  unmeasuredCount: number;
  /** Outlook of months that are not over and have no realised value. */
  pendingCount: number;
  pending: string | null;
}

/** One row is one quarter in which a money benefit of the scope has a value, past or to come. */
const VALUES = `
  select ${ago('v.month', '$2')} as ago,
    count(v.planned)::int as "plannedCount", trim_scale(sum(v.planned * x.rate)) as planned,
    count(v.forecast)::int as "forecastCount",
    count(coalesce(v.forecast, v.planned))::int as "outlookCount", trim_scale(sum(coalesce(v.forecast, v.planned) * x.rate)) as outlook,
    count(v.realised)::int as "realisedCount", trim_scale(sum(v.realised * x.rate)) as realised,
    count(v.realised) filter (where v.evidenced_until >= $7 or v.confirmed_amount is not null)::int as "evidencedCount",
    trim_scale(sum(v.realised * x.rate) filter (where v.evidenced_until >= $7 or v.confirmed_amount is not null)) as evidenced,
    count(*) filter (where v.planned is not null and v.realised is null)::int as "unmeasuredCount",
    count(coalesce(v.forecast, v.planned)) filter (where v.month >= $6 and v.realised is null)::int as "pendingCount",
    trim_scale(sum(coalesce(v.forecast, v.planned) * x.rate) filter (where v.month >= $6 and v.realised is null)) as pending
  from values_with_evidence v
    join benefits b on b.id = v.benefit_id and b.archived_at is null and b.currency is not null and b.nature is distinct from 'non_financial'
    left join exchange_rates r on r.currency = b.currency and r.month = v.month and r.archived_at is null
    cross join lateral (select case when b.currency = $1 then 1 else r.rate end as rate) x
  where coalesce(v.planned, v.forecast, v.realised) is not null
    and ($3::uuid is null or b.portfolio_id = $3) and ($4::uuid[] is null or b.org_unit_id = any ($4)) and ($5::text is null or b.nature = $5)
  group by 1`;

/** Values of the scope's money benefits by quarter, of all quarters that have any. */
export const valuesByQuarter = (
  manager: EntityManager,
  { currency, end, underWay, today, scope }: Reading,
  nature: string | null,
): Promise<ValueQuarter[]> =>
  named<ValueQuarter>(manager, 'values by quarter', VALUES, [
    currency,
    end,
    scope.portfolioId,
    scope.unitIds,
    nature,
    underWay,
    today,
  ]);

/** Actual cost of one quarter in the reporting currency, and the weighted part of it over the denominator of the weights. */
export interface CostQuarter {
  ago: number;
  actual: string;
  weighted: string;
}

/** One row is one quarter in which an investment of the scope has an actual cost. */
const COSTS = `
  select ${ago('c.month', '$3')} as ago, trim_scale(sum(c.actual * x.rate)) as actual, trim_scale(sum(c.actual * x.rate * coalesce(w.n, 0))) as weighted
  from investment_costs c
    join investments i on i.id = c.investment_id and i.archived_at is null
    left join exchange_rates r on r.currency = i.currency and r.month = c.month and r.archived_at is null
    left join unnest($6::uuid[], $7::numeric[]) as w (id, n) on w.id = i.id
    cross join lateral (select case when i.currency is null or i.currency = $1 then 1 else r.rate end as rate) x
  where c.archived_at is null and c.actual is not null and c.month >= $2 and c.month < $3
    and ($4::uuid is null or i.portfolio_id = $4) and ($5::uuid[] is null or i.org_unit_id = any ($5))
  group by 1`;

/** Actual costs of the scope's investments by quarter, from a day to the period's end. */
export const costsByQuarter = (
  manager: EntityManager,
  { currency, end, scope }: Reading,
  from: string,
  nodes: readonly { readonly id: string }[],
  { numerators }: Weights,
): Promise<CostQuarter[]> => {
  const weighted = nodes.flatMap(({ id }, index) => (numerators[index] ? [{ id, n: String(numerators[index]) }] : []));
  return named<CostQuarter>(manager, 'costs by quarter', COSTS, [
    currency,
    from,
    end,
    scope.portfolioId,
    scope.unitIds,
    weighted.map(({ id }) => id),
    weighted.map(({ n }) => n),
  ]);
};

/** What a benefit that is not money has in one quarter, in its own unit. `both…`: of the months with a planned and a realised value. */
export interface OwnUnitQuarter {
  id: string;
  aggregation: 'sum' | 'average' | 'latest' | null;
  better: 'higher' | 'lower' | null;
  ago: number;
  plannedCount: number;
  plannedSum: string | null;
  plannedLatest: string | null;
  realisedCount: number;
  realisedSum: string | null;
  realisedLatest: string | null;
  bothCount: number;
  bothPlannedSum: string | null;
  bothPlannedLatest: string | null;
  bothRealisedSum: string | null;
  bothRealisedLatest: string | null;
}

const BOTH = 'v.planned is not null and v.realised is not null';
const latest = (kind: string, condition: string): string =>
  `(array_agg(v.${kind} order by v.month desc) filter (where ${condition}))[1]`;

/** One row is one benefit and quarter to date; what lies `$5` quarters back or further stands together in the row of that quarter. */
const OWN_UNITS = `
  select b.id, b.aggregation, b.better, least(${ago('v.month', '$1')}, $5::int) as ago,
    count(v.planned)::int as "plannedCount", sum(v.planned) as "plannedSum", ${latest('planned', 'v.planned is not null')} as "plannedLatest",
    count(v.realised)::int as "realisedCount", sum(v.realised) as "realisedSum", ${latest('realised', 'v.realised is not null')} as "realisedLatest",
    count(*) filter (where ${BOTH})::int as "bothCount",
    sum(v.planned) filter (where ${BOTH}) as "bothPlannedSum", ${latest('planned', BOTH)} as "bothPlannedLatest",
    sum(v.realised) filter (where ${BOTH}) as "bothRealisedSum", ${latest('realised', BOTH)} as "bothRealisedLatest"
  from benefit_values v
    join benefits b on b.id = v.benefit_id and b.archived_at is null and (b.currency is null or b.nature = 'non_financial')
  where v.archived_at is null and v.month < $2
    and ($3::uuid is null or b.portfolio_id = $3) and ($4::uuid[] is null or b.org_unit_id = any ($4))
  group by b.id, 4`;

/** Values of the scope's benefits that are not money, by quarter. */
export const ownUnitsByQuarter = (
  manager: EntityManager,
  { end, scope }: Reading,
  furthest: number,
): Promise<OwnUnitQuarter[]> =>
  named<OwnUnitQuarter>(manager, 'own units by quarter', OWN_UNITS, [
    end,
    end,
    scope.portfolioId,
    scope.unitIds,
    furthest,
  ]);

/** One row: whether the scope holds a record of the chain. Capabilities and outcomes belong to no portfolio. */
const ANY_RECORD = ['investments', 'initiatives', 'benefits', 'capabilities', 'outcomes']
  .map((table) => {
    const portfolio = ['capabilities', 'outcomes'].includes(table)
      ? '$1::uuid is null'
      : '($1::uuid is null or portfolio_id = $1)';
    return `exists (select from ${table} where archived_at is null and ${portfolio} and ($2::uuid[] is null or org_unit_id = any ($2)))`;
  })
  .join(' or ');

/** Whether the scope holds any record of the chain. */
export const holdsAnyRecord = async (manager: EntityManager, { scope }: Reading): Promise<boolean> =>
  (
    await named<{ found: boolean }>(manager, 'any record of the chain', `select ${ANY_RECORD} as found`, [
      scope.portfolioId,
      scope.unitIds,
    ])
  )[0]!.found;
