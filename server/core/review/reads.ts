import type { MetricId } from '../../contract/metric.js';

/**
 * What figures are made of, finer than their histories tell it: which fields of the months of values and costs, which settings, which months.
 * So a change is named as a cause only where it can have been one.
 */

/** What of money a metric reads. Others read whole sets of facts, as `needs` says. */
interface MoneyRead {
  readonly types: readonly string[];
  readonly fields: readonly string[];
  /** Months of the period, of it and the one before, or all up to its end. */
  readonly months: 'period' | 'both' | 'all';
}

const CONFIRMED = ['realised', 'confirmed'];
const COSTS = ['investment_cost', 'investment', 'exchange_rate'];
const VALUES = ['benefit_value', 'benefit', 'exchange_rate'];
const read = (types: readonly string[], fields: readonly string[], months: MoneyRead['months']): MoneyRead => ({
  types,
  fields,
  months,
});
const realised = read(VALUES, ['realised'], 'period');

/** Metrics of money, by id. */
export const MONEY_READ: Readonly<Partial<Record<MetricId, MoneyRead>>> = {
  'alignment.strategic_spend_share': read([...COSTS, 'link', 'capability', 'initiative'], ['actual'], 'period'),
  'alignment.top_priority_spend_share': read([...COSTS, 'priority', 'priority_ranking'], ['actual'], 'period'),
  'alignment.priority_stability': read(['priority', 'priority_ranking'], [], 'both'),
  'alignment.funding_shift': read([...COSTS, 'priority'], ['actual'], 'both'),
  'alignment.traced_spend_share': read([...COSTS, 'link', 'benefit'], ['actual'], 'period'),
  'capability.skills_investment': read(COSTS, ['actual'], 'period'),
  'efficiency.cost_per_capability': read(
    [...COSTS, 'link', 'capability', 'maturity_assessment', 'competency'],
    ['actual'],
    'all',
  ),
  'efficiency.cost_per_outcome': read([...COSTS, 'link', 'outcome', 'outcome_measurement'], ['actual'], 'all'),
  'efficiency.duplicate_effort_share': read([...COSTS, 'link', 'initiative'], ['actual'], 'period'),
  'efficiency.return_on_spend': read([...COSTS, ...VALUES, 'link'], ['actual', 'realised'], 'all'),
  'outcome.revenue_enabled': realised,
  'outcome.cost_saved': realised,
  'outcome.risk_reduced': realised,
  'outcome.realisation_rate': read(VALUES, ['planned', 'realised'], 'all'),
  'outcome.confirmed_share': read(VALUES, CONFIRMED, 'all'),
};

/** Fields of months by the beginning of a figure's name, the longest first; figures that none names read all. */
const FIELDS: readonly (readonly [name: RegExp, fields: readonly string[]])[] = [
  [/^(node\.|value\.)?planned$|^budget$/, ['planned']],
  [/^(node\.|value\.)?realised$|^traced$|^untraced$|^node\.untraced$/, ['realised']],
  [/^(node\.|value\.)?(un)?confirmed$/, CONFIRMED],
  [/^evidenced$|^unevidenced_share$/, ['realised', 'evidence']],
  [/^(node\.|value\.)?forecast$/, ['forecast']],
  [/^outlook$|^node\.outlook$|^variance\.outlook$/, ['forecast', 'planned']],
  [/^(node\.)?unrealised$|^variance(_share)?\.realised$|^node\.variance(_share)?$/, ['planned', 'realised']],
  [/^(node\.)?(realisation_rate|measured_rate|coverage)$/, ['planned', 'realised']],
  [
    /^spend$|traced_spend|^(reached|unreached|lost)\.|^node\.(cost|unallocated)$|^path\.|^view\.|^link\.spend$/,
    ['actual'],
  ],
  [/^maturity\.|^strategic_|^sign\.widest_gap/, ['actual']],
  [/expected|calibrat|claimed/, ['planned', 'forecast', 'realised']],
  [/^variance(_share)?\.spend$|^unreported_costs$/, ['actual', 'planned']],
];

/** Fields of the months of values and costs that a figure reads; null of one that may read all of them. */
export const fieldsRead = (figure: string): ReadonlySet<string> | null => {
  const fields = MONEY_READ[figure as MetricId]?.fields ?? FIELDS.find(([name]) => name.test(figure))?.[1];
  return fields === undefined ? null : new Set(fields);
};

/** Figures of instants, which a time zone puts on days. */
const BY_DAY = /^(decision|flow|quality|stakeholder|perception|open_actions|overdue_actions)|calibrat|claimed/;
const THRESHOLDS = /^status$|^needs_action$|^declared_|^status_mismatch|non_financial|^open_actions/;

/** Settings that a figure reads: all are of periods, some of days, some judge by thresholds; until when values are locked or due moves none. */
export const settingsRead = (figure: string): ReadonlySet<string> =>
  new Set([
    ...['reportingCurrency', 'fiscalYearStartMonth'],
    ...(BY_DAY.test(figure) ? ['reportingTimeZone'] : []),
    ...(THRESHOLDS.test(figure) ? ['onTrackFrom', 'atRiskFrom'] : []),
    ...(/^(case|scenario)\./.test(figure) ? ['discountRate'] : []),
  ]);

/** Fields of records that only some figures read; what a record is called no figure does. */
const READ_BY: Readonly<Record<string, RegExp | null>> = {
  ...{ name: null, title: null, description: null, note: null, notes: null, rationale: null },
  ...{ category: null, givenUp: null },
  priorityCode: /priority|priorities|funding/,
  strategic: /strategic|^maturity\.|^sign\./,
  ownerEmail: /owner|^gap|^sign\.|declared|actions?$/,
  declaredStatus: /declared|status_mismatch/,
  declaredNote: null,
};

/** Fields of records that a figure does not read. */
export const unread = (figure: string): ReadonlySet<string> =>
  new Set(Object.entries(READ_BY).flatMap(([field, by]) => (by?.test(figure) ? [] : [field])));

/** Whether a figure looks at months beyond its span: what is still to come, whole lives. */
export const looksAhead = (figure: string): boolean =>
  /calibrat|claimed|expected|outlook|forecast|baseline|plan_|delay|^case\.|^scenario\.|^node\.action|^claims/.test(
    figure,
  );

/** Whether a record of the figure hangs on values of others, too: it is calibrated by how forecasts of its type and portfolio came true. */
export const isMixed = (figure: string): boolean => /calibrated_(expected|forecast)$/.test(figure);

/** Types of events that say which of the records listed count, each held against all others: the widest gaps are those of the mean or more. */
export const deciding = (figure: string): ReadonlySet<string> =>
  new Set(figure === 'sign.widest_gap_spend_share' ? ['maturity_assessment', 'capability'] : []);

/** Types of events beside those of its history that can have moved a figure. */
export const alsoRead = (figure: string): string[] => [
  ...(/evidenc/.test(figure) ? ['evidence_item'] : []),
  ...(figure === 'gap_at_stake' || figure === 'sign.widest_gap_spend_share' ? ['exchange_rate'] : []),
];
