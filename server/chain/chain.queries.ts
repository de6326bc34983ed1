import type { EntityManager } from 'typeorm';
import type { Layer } from '../contract/chain.js';
import { named } from '../database/named.js';
import { isMoneyBenefit, isWithin, joinRates, rateOf, refuseUnconverted } from '../http/conversion.js';
import type { Reading } from '../http/reading.js';

/** A record of the chain that is not archived. */
export interface NodeRow {
  type: Layer;
  id: string;
  code: string;
  name: string;
  owner: string | null;
  portfolio: string | null;
}

export interface LinkRow {
  from: string;
  to: string;
  /** Percent as text, null where left blank. */
  allocation: string | null;
  contribution: string | null;
}

/** Actual cost of an investment in the reporting currency, exact. */
export interface CostRow {
  id: string;
  cost: string;
}

/** The four kinds of value of a money benefit in the reporting currency, exact; null where no month has the kind. */
export interface ValueRow {
  id: string;
  planned: string | null;
  forecast: string | null;
  realised: string | null;
  confirmed: string | null;
}

/** The months that count: from the first (included) to the last bound (not included), as days. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** `period`: the months in it. `to_date`: all months that begin before its end. */
export const spanOf = (reading: Reading, span: 'period' | 'to_date'): Span => ({
  from: span === 'period' ? reading.start : '-infinity',
  to: reading.end,
});

/** One row is one record of the chain. */
const NODES = `
  with node as (
    select 'investment' as type, id, code, name, owner_email, portfolio_id from investments where archived_at is null
    union all select 'initiative', id, code, name, owner_email, portfolio_id from initiatives where archived_at is null
    union all select 'capability', id, code, name, owner_email, null from capabilities where archived_at is null
    union all select 'outcome', id, code, name, owner_email, null from outcomes where archived_at is null
    union all select 'benefit', id, code, name, owner_email, portfolio_id from benefits where archived_at is null
  )
  select n.type, n.id, n.code, n.name, n.owner_email as owner, p.code as portfolio from node n left join portfolios p on p.id = n.portfolio_id`;

/** One row is one link. */
const LINKS = `select from_id as "from", to_id as "to", allocation, contribution from links where archived_at is null`;

/**
 * One row is one investment that has actual cost in the span: Σ actual × the month's rate, exact.
 * A blank currency of an investment is the reporting currency.
 */
const COSTS = `
  select c.investment_id as id, trim_scale(sum(c.actual * ${rateOf('i', '$1')})) as cost,
    count(*) filter (where ${rateOf('i', '$1')} is null)::int as unconverted
  from investment_costs c
    join investments i on i.id = c.investment_id and i.archived_at is null
    ${joinRates('i', 'c')}
  where c.archived_at is null and c.actual is not null and c.month >= $2 and c.month < $3
    and ${isWithin('i', '$4', '$5')}
  group by c.investment_id`;

/** One row is one money benefit with a value in the span: Σ value × the month's rate by kind, exact. Confirmed is the amount that was confirmed. */
const VALUES = `
  select v.benefit_id as id, trim_scale(sum(v.planned * ${rateOf('b', '$1')})) as planned,
    trim_scale(sum(v.forecast * ${rateOf('b', '$1')})) as forecast, trim_scale(sum(v.realised * ${rateOf('b', '$1')})) as realised,
    trim_scale(sum(v.confirmed_amount * ${rateOf('b', '$1')})) as confirmed,
    count(*) filter (where ${rateOf('b', '$1')} is null and coalesce(v.planned, v.forecast, v.realised) is not null)::int as unconverted
  from benefit_values v
    join benefits b on b.id = v.benefit_id and b.archived_at is null and ${isMoneyBenefit('b')}
    ${joinRates('b', 'v')}
  where v.archived_at is null and v.month >= $2 and v.month < $3
    and ${isWithin('b', '$4', '$5')}
  group by v.benefit_id`;

/** The scope as the queries take it, after the reporting currency and the span. */
export const scopeValues = (reading: Reading, span: Span): unknown[] => [
  reading.currency,
  span.from,
  span.to,
  reading.scope.portfolioId,
  reading.scope.unitIds,
];

/** Every record of the chain, whatever the scope. */
export const chainNodes = (manager: EntityManager): Promise<NodeRow[]> => named<NodeRow>(manager, 'chain nodes', NODES);

/** Every link, whatever the scope: a share means the same in every scope. */
export const chainLinks = (manager: EntityManager): Promise<LinkRow[]> => named<LinkRow>(manager, 'chain links', LINKS);

/** Cost by investment of the scope in the span. */
export const costByInvestment = async (manager: EntityManager, reading: Reading, span: Span): Promise<CostRow[]> =>
  refuseUnconverted(
    await named<CostRow & { unconverted: number }>(manager, 'cost by investment', COSTS, scopeValues(reading, span)),
  );

/** Values by money benefit of the scope in the span. */
export const valuesByBenefit = async (manager: EntityManager, reading: Reading, span: Span): Promise<ValueRow[]> =>
  refuseUnconverted(
    await named<ValueRow & { unconverted: number }>(manager, 'values by benefit', VALUES, scopeValues(reading, span)),
  );
