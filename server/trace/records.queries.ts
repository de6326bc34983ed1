import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** `skills`: actual, of that kind. `variance`: actual − planned. `unreported` counts rows with a plan and no actual. */
export type CostColumn = 'actual' | 'skills' | 'planned' | 'variance' | 'unreported';
/**
 * `evidenced`: realised with evidence or confirmed. `covered…`: of months with a planned and a realised value; `coveredMonths` counts them.
 * `outlook`: forecast, without one the plan. `pending`: outlook of months that are not over and have
 * no realised value. `claimed`: forecast of later months, and of what is pending. `expected`: realised to the period's end; outlook after it, and of what is pending. `variance…`: less the plan.
 */
export type ValueColumn =
  | 'planned'
  | 'baselinePlanned'
  | 'forecast'
  | 'realised'
  | 'confirmed'
  | 'evidenced'
  | 'unevidenced'
  | 'coveredRealised'
  | 'coveredMonths'
  | 'outlook'
  | 'claimed'
  | 'pending'
  | 'expected'
  | 'varianceRealised'
  | 'varianceBaseline'
  | 'varianceOutlook'
  | 'varianceExpected'
  | 'unrealised'
  | 'unconfirmed';

/** One cost row or value cell as it adds to a figure. */
export interface EntryRow {
  type: 'investment_cost' | 'benefit_value';
  id: string;
  ownerId: string;
  code: string;
  name: string;
  month: string;
  /** Kind of cost; of a value the evidence text. */
  kind: string | null;
  confirmedBy: string | null;
  entered: string;
  enteredUnit: string;
  rate: string;
  /** Converted and weighted, Σ up to and with this row: over the denominator of the weights. */
  upTo: string;
  amount: string;
}

export interface EntryTotal {
  count: number;
  /** Over the denominator of the weights. */
  amount: string;
}

/** Which entries, in which order, and how much of each. */
export interface Entries {
  readonly reading: Reading;
  /** First day that counts, and the day after the last. */
  readonly from: string;
  readonly to: string;
  /** Of values: only those of money benefits of one nature. */
  readonly nature: string | null;
  /** Numerators by owner; null: all owners, whole. */
  readonly weights: { readonly ids: readonly string[]; readonly numerators: readonly string[] } | null;
}

/** Where a page ended: code, month (or month and kind), id. */
export type EntryPlace = readonly [code: string, month: string, kind: string, id: string];

const WEIGHT = `left join unnest($6::uuid[], $7::numeric[]) as w (id, n) on w.id = o.id`;
const RATE = `cross join lateral (select case when o.currency is null or o.currency = $1 then 1 else r.rate end as rate,
      case when $6::uuid[] is null then 1 else w.n end as weight) x`;
const SCOPE = `($4::uuid is null or o.portfolio_id = $4) and ($5::uuid[] is null or o.org_unit_id = any ($5)) and x.weight <> 0`;

const COST_COLUMNS: Record<CostColumn, { entered: string; condition: string; amount?: string }> = {
  actual: { entered: 'f.actual', condition: 'f.actual is not null' },
  skills: { entered: 'f.actual', condition: `f.actual is not null and f.kind = 'skills'` },
  planned: { entered: 'f.planned', condition: 'f.planned is not null' },
  variance: {
    entered: '(coalesce(f.actual, 0) - coalesce(f.planned, 0))',
    condition: 'coalesce(f.actual, f.planned) is not null',
  },
  unreported: {
    entered: 'f.planned',
    condition: 'f.planned is not null and f.planned <> 0 and f.actual is null',
    amount: '1::numeric',
  },
};

const costEntries = (column: CostColumn): string => `
  select 'investment_cost' as type, f.id, o.id as owner_id, o.code, o.name, f.month, f.kind, f.kind as place, null as confirmed_by,
    ${COST_COLUMNS[column].entered} as entered, coalesce(o.currency, $1) as entered_unit, x.rate, ${COST_COLUMNS[column].amount ?? `${COST_COLUMNS[column].entered} * x.rate`} * x.weight as amount
  from investment_costs f
    join investments o on o.id = f.investment_id and o.archived_at is null
    left join exchange_rates r on r.currency = o.currency and r.month = f.month and r.archived_at is null
    ${WEIGHT} ${RATE}
  where f.archived_at is null and ${COST_COLUMNS[column].condition} and f.month >= $2 and f.month < $3 and ${SCOPE}`;

interface Column {
  readonly entered: string;
  readonly condition: string;
  readonly amount: string;
}
/** A value of the cell, where it has one, at the rate of its month. */
const valueOf = (entered: string, condition = `${entered} is not null`): Column => ({
  entered,
  condition,
  amount: `${entered} * x.rate`,
});
/** One value less another, where the cell has either; the one that it has not adds nothing. */
const lessOf = (a: string, b: string): Column =>
  valueOf(`(coalesce(${a}, 0) - coalesce(${b}, 0))`, `coalesce(${a}, ${b}) is not null`);

const OUTLOOK = 'coalesce(f.forecast, f.planned)';
const PENDING = 'f.month >= known.under_way and f.realised is null';
const EXPECTED = `(case when f.month < known.until and not (${PENDING}) then f.realised else ${OUTLOOK} end)`;
const COVERED = 'f.planned is not null and f.realised is not null';
const EVIDENCED = '(f.evidenced_until >= known.today or f.confirmed_amount is not null)';
const VALUE_COLUMNS: Record<ValueColumn, Column> = {
  planned: valueOf('f.planned'),
  baselinePlanned: valueOf('f.baseline_planned'),
  forecast: valueOf('f.forecast'),
  realised: valueOf('f.realised'),
  confirmed: valueOf('f.confirmed_amount'),
  evidenced: valueOf('f.realised', `f.realised is not null and ${EVIDENCED}`),
  unevidenced: valueOf('f.realised', `f.realised is not null and not coalesce(${EVIDENCED}, false)`),
  coveredRealised: valueOf('f.realised', COVERED),
  coveredMonths: { entered: 'f.realised', condition: COVERED, amount: '1::numeric' },
  outlook: valueOf(OUTLOOK),
  claimed: valueOf('f.forecast', `f.forecast is not null and (f.month >= known.until or ${PENDING})`),
  pending: valueOf(OUTLOOK, `${PENDING} and ${OUTLOOK} is not null`),
  expected: valueOf(EXPECTED),
  varianceRealised: lessOf('f.realised', 'f.planned'),
  varianceBaseline: lessOf('f.realised', 'f.baseline_planned'),
  varianceOutlook: lessOf(OUTLOOK, 'f.planned'),
  varianceExpected: lessOf(EXPECTED, 'f.planned'),
  unrealised: lessOf('f.planned', 'f.realised'),
  unconfirmed: lessOf('f.realised', 'f.confirmed_amount'),
};

/** Columns that a view works out from more than the cell. */
const VIEWS: Partial<Record<ValueColumn, string>> = {
  baselinePlanned: 'values_with_baseline',
  varianceBaseline: 'values_with_baseline',
  evidenced: 'values_with_evidence',
  unevidenced: 'values_with_evidence',
};

const valueEntries = (column: ValueColumn): string => `
  select 'benefit_value' as type, f.id, o.id as owner_id, o.code, o.name, f.month, left(f.evidence, 200) as kind, '' as place, f.confirmed_by,
    ${VALUE_COLUMNS[column].entered} as entered, o.currency as entered_unit, x.rate, ${VALUE_COLUMNS[column].amount} * x.weight as amount
  from ${VIEWS[column] ?? '(select * from benefit_values where archived_at is null)'} f
    join benefits o on o.id = f.benefit_id and o.archived_at is null and o.currency is not null and o.nature is distinct from 'non_financial'
    left join exchange_rates r on r.currency = o.currency and r.month = f.month and r.archived_at is null
    cross join lateral (select $9::date as until, $10::date as under_way, $11::date as today) known
    ${WEIGHT} ${RATE}
  where ${VALUE_COLUMNS[column].condition} and f.month >= $2 and f.month < $3 and ${SCOPE}
    and ($8::text is null or o.nature = $8)`;

const ORDER = `code collate "C", month, place collate "C", id`;

/** One row: how many entries there are, and what they add up to. */
const total = (entries: string): string =>
  `select count(*)::int as count, coalesce(sum(amount), 0)::text as amount from (${entries}) e`;

/** One row is one entry, with the sum up to it, so that a page can be rounded as part of the whole. `$n` to `$n+4`: place and length. */
const page = (entries: string, n: number): string => `
  select type, id, owner_id as "ownerId", code, name, to_char(month, 'YYYY-MM') as month, kind, confirmed_by as "confirmedBy",
    trim_scale(entered)::text as entered, entered_unit as "enteredUnit", trim_scale(rate)::text as rate, amount::text, up_to::text as "upTo"
  from (select e.*, sum(amount) over (order by ${ORDER} rows unbounded preceding) as up_to from (${entries}) e) running
  where $${n}::text is null
    or (code collate "C", month, place collate "C", id) > ($${n} collate "C", $${n + 1}::date, $${n + 2} collate "C", $${n + 3}::uuid)
  order by ${ORDER} limit $${n + 4}`;

const valuesOf = (of: 'costs' | 'values', { reading, from, to, weights, nature }: Entries): unknown[] => [
  reading.currency,
  from,
  to,
  reading.scope.portfolioId,
  reading.scope.unitIds,
  weights?.ids ?? null,
  weights?.numerators ?? null,
  ...(of === 'values' ? [nature, reading.end, reading.underWay, reading.today] : []),
];

const entriesOf = (of: 'costs' | 'values', column: CostColumn | ValueColumn): string =>
  of === 'costs' ? costEntries(column as CostColumn) : valueEntries(column as ValueColumn);

/** How many cost rows or value cells stand behind a figure, and their sum. */
export const entryTotal = async (
  manager: EntityManager,
  of: 'costs' | 'values',
  column: CostColumn | ValueColumn,
  entries: Entries,
): Promise<EntryTotal> => {
  const text = total(entriesOf(of, column));
  return (await named<EntryTotal>(manager, `total of ${column} ${of}`, text, valuesOf(of, entries)))[0]!;
};

/** One page of cost rows or value cells by code and month. */
export const entryPage = (
  manager: EntityManager,
  of: 'costs' | 'values',
  column: CostColumn | ValueColumn,
  entries: Entries,
  after: EntryPlace | null,
  limit: number,
): Promise<EntryRow[]> => {
  const values = valuesOf(of, entries);
  return named<EntryRow>(manager, `page of ${column} ${of}`, page(entriesOf(of, column), values.length + 1), [
    ...values,
    after?.[0] ?? null,
    after ? `${after[1]}-01` : null,
    after?.[2] ?? null,
    after?.[3] ?? null,
    limit,
  ]);
};

/** A value cell of one benefit that is not money, in its own unit. */
export interface OwnCell {
  month: string;
  planned: string | null;
  baseline: string | null;
  forecast: string | null;
  /** Forecast, in a month without one the plan. */
  outlook: string | null;
  realised: string | null;
  confirmed: string | null;
}

/** One row is one month of one benefit in its own unit, oldest first. */
export const ownCells = (manager: EntityManager, benefitId: string, from: string, to: string): Promise<OwnCell[]> =>
  named<OwnCell>(
    manager,
    'own cells of a benefit',
    `select to_char(month, 'YYYY-MM') as month, planned, baseline_planned as baseline, forecast, coalesce(forecast, planned) as outlook, realised,
       confirmed_amount as confirmed
     from values_with_baseline where benefit_id = $1 and month >= $2 and month < $3 order by month`,
    [benefitId, from, to],
  );

export interface InvestmentCounts {
  investments: number;
  /** With an actual cost, and with a planned one. */
  actual: number;
  planned: number;
}

/** One row: the scope's investments, and how many of them have an actual and a planned cost from a day to the period's end. */
export const investmentCounts = async (
  manager: EntityManager,
  { end, scope }: Reading,
  from: string,
): Promise<InvestmentCounts> =>
  (
    await named<InvestmentCounts>(
      manager,
      'investments with cost',
      `select count(*)::int as investments, count(*) filter (where c.actual)::int as actual, count(*) filter (where c.planned)::int as planned
       from investments i left join lateral (
         select bool_or(actual is not null) as actual, bool_or(planned is not null) as planned from investment_costs
         where investment_id = i.id and archived_at is null and month >= $1 and month < $2) c on true
       where i.archived_at is null and ($3::uuid is null or i.portfolio_id = $3) and ($4::uuid[] is null or i.org_unit_id = any ($4))`,
      [from, end, scope.portfolioId, scope.unitIds],
    )
  )[0]!;
