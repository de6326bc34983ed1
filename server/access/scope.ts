import type { RecordType } from '../contract/columns.js';
import { readsOwnUnitsOnly, writesEverywhere } from './policy.js';
import { managedPortfolios, representedUnits, type Principal } from './principal.js';

/**
 * A condition in SQL and its values. `$` stands for the number of the first value: `conditionText(2)` begins with `$2`.
 * Every query on records takes one, so that what is out of sight does not exist for filters, counts and exports either.
 */
export interface Condition {
  text: (firstValue: number) => string;
  values: readonly unknown[];
}

export const everything: Condition = { text: () => 'true', values: [] };
const nothing: Condition = { text: () => 'false', values: [] };

/** Ids of the given units and of all below them, as a subquery. */
export const unitsBelow = (value: string): string => `(
  with recursive unit_tree as (
    select id from org_units where id = any (${value}::uuid[])
    union select u.id from org_units u join unit_tree t on u.parent_id = t.id)
  select id from unit_tree)`;

const READ_BY_UNIT: Partial<Record<RecordType, (units: string) => string>> = {
  org_unit: (units) => `t.id in ${units}`,
  outcome: (units) => `t.org_unit_id in ${units}`,
  outcome_measurement: (units) => `t.outcome_id in (select id from outcomes where org_unit_id in ${units})`,
  benefit: (units) => `t.org_unit_id in ${units}`,
  benefit_value: (units) => `t.benefit_id in (select id from benefits where org_unit_id in ${units})`,
};

/**
 * Which rows of a type the person may see; the table is aliased `t`.
 * Whether they may read the type at all is the policy's question, asked before.
 */
export const readCondition = (principal: Principal, type: RecordType): Condition => {
  if (!readsOwnUnitsOnly(principal)) return everything;
  const byUnit = READ_BY_UNIT[type];
  if (!byUnit) return nothing;
  return { text: (first) => byUnit(unitsBelow(`$${first}`)), values: [representedUnits(principal)] };
};

const inPortfolio = (column: string) => (own: string) => `${column} = any (${own}::uuid[])`;
const through = (column: string, table: string) => (own: string) =>
  `${column} in (select id from ${table} where portfolio_id = any (${own}::uuid[]))`;
/** A capability or outcome that lies in no portfolio yet is anybody's to begin with. */
const ownOrUnlinked = (type: string, id: string) => (own: string) =>
  `(portfolios_of(${type}, ${id}) && ${own}::uuid[] or portfolios_of(${type}, ${id}) = '{}')`;

const ofOwnDecision = (own: string) =>
  `t.decision_id in (select id from decisions d where portfolios_of(d.about_type, d.about_id) && ${own}::uuid[])`;

const WRITE_BY_PORTFOLIO: Partial<Record<RecordType, (own: string) => string>> = {
  investment: inPortfolio('t.portfolio_id'),
  investment_cost: through('t.investment_id', 'investments'),
  initiative: inPortfolio('t.portfolio_id'),
  capability: ownOrUnlinked(`'capability'`, 't.id'),
  maturity_assessment: ownOrUnlinked(`'capability'`, 't.capability_id'),
  competency: ownOrUnlinked(`'capability'`, 't.capability_id'),
  outcome: ownOrUnlinked(`'outcome'`, 't.id'),
  outcome_measurement: ownOrUnlinked(`'outcome'`, 't.outcome_id'),
  benefit: inPortfolio('t.portfolio_id'),
  benefit_value: through('t.benefit_id', 'benefits'),
  // A link spends the money of its `from` and claims the value of its `to`: whoever answers for that end writes it. Between capability and
  // outcome, which lie in no portfolio themselves, either end will do.
  link: (own) => `case t.from_type
    when 'outcome' then portfolios_of(t.to_type, t.to_id) && ${own}::uuid[]
    when 'capability' then portfolios_of(t.from_type, t.from_id) && ${own}::uuid[] or portfolios_of(t.to_type, t.to_id) && ${own}::uuid[]
    else portfolios_of(t.from_type, t.from_id) && ${own}::uuid[] end`,
  corrective_action: through('t.benefit_id', 'benefits'),
  assumption: through('t.benefit_id', 'benefits'),
  decision: (own) => `portfolios_of(t.about_type, t.about_id) && ${own}::uuid[]`,
  decision_escalation: ofOwnDecision,
  decision_option: ofOwnDecision,
  decision_reopening: ofOwnDecision,
  work_item: through('t.initiative_id', 'initiatives'),
  work_item_transition: (own) =>
    `t.work_item_id in (select w.id from work_items w join initiatives i on i.id = w.initiative_id where i.portfolio_id = any (${own}::uuid[]))`,
};

/**
 * Which rows of a type the person may write; the table is aliased `t`. Asked of a row as it was and as it will be, so that nothing is moved
 * into or out of a foreign portfolio.
 */
export const writeCondition = (principal: Principal, type: RecordType): Condition => {
  if (writesEverywhere(principal, type)) return everything;
  const byPortfolio = WRITE_BY_PORTFOLIO[type];
  if (!byPortfolio) return nothing;
  return { text: (first) => byPortfolio(`$${first}`), values: [managedPortfolios(principal)] };
};

/** SQL for the portfolio that a row's figures belong to, for the data version; null where it is the enterprise's. */
const PORTFOLIO_OF: Partial<Record<RecordType, string>> = {
  investment: 't.portfolio_id',
  investment_cost: '(select portfolio_id from investments where id = t.investment_id)',
  initiative: 't.portfolio_id',
  benefit: 't.portfolio_id',
  benefit_value: '(select portfolio_id from benefits where id = t.benefit_id)',
  corrective_action: '(select portfolio_id from benefits where id = t.benefit_id)',
  assumption: '(select portfolio_id from benefits where id = t.benefit_id)',
};

/** Expression over `t` for the scope of the data version that a change of this row moves on. */
export const dataVersionScope = (type: RecordType): string =>
  PORTFOLIO_OF[type] ? `coalesce(${PORTFOLIO_OF[type]}::text, 'enterprise')` : `'enterprise'`;
