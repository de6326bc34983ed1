import type { MetricId } from '../../contract/metric.js';
import { type Layer, LAYERS } from '../shares.js';
import { SIGN_TESTS } from '../sign-catalogue.js';
import type { Direction } from './link-states.js';

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

/** Fields of months by a figure's name, the first that it meets; null of figures that may read all of them. Every figure of months is named. */
const FIELDS: readonly (readonly [name: RegExp, fields: readonly string[] | null])[] = [
  [
    /baseline|^gap|^needs_action$|^case\.(?!claimed|calibrated)|^scenario\.|^node\.plan_|^claims|^value\.(ver|var|rep)/,
    null,
  ],
  [/^node\.(un)?credited_planned$|^decision\.delay_cost$|^listed\.planned$/, ['planned']],
  [/^node\.(un)?credited_realised$|^listed\.realised$/, ['realised']],
  [/^status|^declared|^measured$|^due$|non_financial|^sign\.unmeasured_share$/, ['planned', 'realised']],
  [/^listed\.(variance|realisation_rate|measured_rate|coverage)$/, ['planned', 'realised']],
  [/^node\.variance_outlook$/, ['planned', 'forecast', 'realised']],
  [/^sign\.unevidenced_benefit_share$/, [...CONFIRMED, 'evidence']],
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
  const fields = namedFields(figure);
  return fields ? new Set(fields) : null;
};

/** The same; undefined of a figure that nobody named: it is one of no months, or it was forgotten. */
export const namedFields = (figure: string): readonly string[] | null | undefined =>
  MONEY_READ[figure as MetricId]?.fields ?? FIELDS.find(([name]) => name.test(figure))?.[1];

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
  strategic: /strategic|^maturity\.|^weighted_gaps$|^sign\./,
  ownerEmail: /owner|^gap|^sign\.|declared|actions?$/,
  declaredStatus: /declared|status_mismatch/,
  declaredNote: null,
};

/** Fields of records that a figure does not read. */
export const unread = (figure: string): ReadonlySet<string> =>
  new Set(Object.entries(READ_BY).flatMap(([field, by]) => (by?.test(figure) ? [] : [field])));

/** What of links a figure reads. */
export interface LinksRead {
  /** Shares by which it goes, by what runs along them: cost by `allocation`, value by `contribution`. */
  readonly shares: readonly Direction[];
  /** Layers that links begin at which count by being there, whatever their shares. */
  readonly there: readonly Layer[];
  /** Of a figure of what comes through from investments: the layer that it has to reach. */
  readonly upTo: Layer | null;
}

const COST = { shares: ['allocation'], there: [], upTo: null } as const;
const VALUE = { shares: ['contribution'], there: [], upTo: null } as const;
const BOTH = { shares: ['allocation', 'contribution'], there: [], upTo: null } as const;
/** By a figure's name, the first that it meets. */
const LINKS: readonly (readonly [name: RegExp, read: LinksRead])[] = [
  [/^alignment\.strategic_spend_share$/, { ...COST, upTo: 'capability' }],
  [/^alignment\.traced_spend_share$/, { ...COST, upTo: 'benefit' }],
  [/^efficiency\.return_on_spend$|^case\.|^decision\.delay_cost$/, VALUE],
  [/^sign\.shared_capabilities$/, { shares: [], there: ['initiative'], upTo: null }],
  [/^assumed_share$|^gap_at_stake$|^scenario\./, BOTH],
  [/^gap$/, { shares: [], there: [], upTo: null }],
  [/^links$/, { shares: [], there: LAYERS.slice(0, -1), upTo: null }],
  [/^efficiency\.|^sign\.widest|^maturity\.|^strategic_|^view\.|^path\.|^link\.(spend|allocation)$/, COST],
  [/^(reached|lost|unreached)\.|spend|^node\.(cost|unallocated)$/, COST],
  [/^(un)?traced$|^link\.contribution$|^node\.(planned|forecast|realised|confirmed|untraced|(un)?credit)/, VALUE],
];

/** Layers whose links a kind of gap misses; all where no kind is named. */
const missedBy = (kind: string | undefined): readonly Layer[] => {
  if (kind === undefined) return LAYERS.slice(0, -1);
  const ends = kind.split('_without_').map((end) => LAYERS.findIndex((layer) => layer === end));
  return ends.length === 2 && !ends.includes(-1) ? [LAYERS[Math.min(...ends)]!] : [];
};

/**
 * What of links a figure reads; undefined of one that goes by none.
 * @param kind of the gaps that it is of
 */
export const linksRead = (figure: string, kind?: string): LinksRead | undefined => {
  const read = LINKS.find(([name]) => name.test(figure))?.[1];
  return read && /^gap/.test(figure) ? { ...read, there: missedBy(kind) } : read;
};

/** Tests of signs whose thresholds say what counts in a figure: others are held against it. */
export const thresholdsRead = (figure: string): ReadonlySet<string> =>
  new Set(SIGN_TESTS.flatMap((test) => (test.figure === figure && test.rule === 'any' ? test.id : [])));

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
