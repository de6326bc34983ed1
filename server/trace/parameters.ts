import { isMetric } from '../contract/metric.js';
import { type Naming, NAMINGS } from '../contract/namings.js';
import { type Figure, TRACE_SPANS, type TraceQuery } from '../contract/trace.js';
import { comparePeriods } from '../core/period.js';
import { invalidField } from '../http/problem.js';

/** Which spans a figure can be asked in, whether it can end at a period (`until`) and hold one nature of money only, and what it is of. */
export interface Parameters {
  readonly spans: readonly TraceQuery['span'][];
  readonly until: boolean;
  readonly nature: boolean;
  /** One record, named by `type` and `ref`. */
  readonly record: boolean;
  /** Records of one `kind`. */
  readonly kind: boolean;
  /** What else names it. */
  readonly names: readonly Naming[];
}

const NAMES: Partial<Record<Figure, readonly Naming[]>> = {
  'node.planned': ['month'],
  'node.forecast': ['month'],
  'node.realised': ['month'],
  'node.confirmed': ['month'],
  'node.baseline_planned': ['month'],
  'node.variance': ['month'],
  'node.outlook': ['month'],
  'node.expected': ['month'],
  'node.variance_outlook': ['month'],
  'node.variance_expected': ['month'],
  'node.credited_planned': ['to'],
  'node.credited_realised': ['to'],
  'node.plan_version': ['version'],
  'node.plan_change': ['version'],
  'node.credited_share': ['to'],
  'node.action_effect': ['action'],
  'decision.delay_cost': ['decision'],
  'indicator.value': ['indicator', 'month'],
  'perception.it': ['question'],
  'perception.business': ['question'],
  'perception.gap': ['question'],
  'measure.value': ['on'],
  'link.spend': ['to'],
  'link.allocation': ['to'],
  'link.contribution': ['to'],
  'path.spend': ['path'],
  'view.spend': ['min'],
  'view.unreached': ['layer'],
  'view.smaller': ['layer', 'min', 'expand'],
  'view.link': ['from', 'to', 'min', 'expand'],
  'case.npv': ['rate'],
  'case.cumulative': ['month'],
  'case.driver_low': ['driver', 'rate'],
  'case.driver_high': ['driver', 'rate'],
  'case.claimed_forecast': ['to'],
  'case.calibrated_forecast': ['to'],
  'scenario.cost': ['changes'],
  'scenario.credited': ['changes'],
  'scenario.net': ['changes'],
  'scenario.sunk': ['changes'],
  'scenario.value': ['changes', 'from', 'to'],
  'scenario.delayed': ['changes'],
  'scenario.share': ['changes'],
  'scenario.credited_share': ['changes'],
  'value.realised': ['month'],
  'value.planned': ['month'],
  'value.forecast': ['month'],
  'value.baseline': ['month'],
  'value.confirmed': ['month'],
  'value.verdict': ['month', 'version'],
  'value.variance': ['month'],
  'value.reporting': ['month'],
};
/** Those of them that have two sides and a difference. */
const SIDED: readonly Figure[] = ['scenario.cost', 'scenario.credited', 'scenario.net', 'scenario.value'];

const SUMS: readonly Figure[] = [
  'planned',
  'baseline_planned',
  'realised',
  'confirmed',
  'evidenced',
  'forecast',
  'outlook',
  'variance.realised',
  'variance_share.realised',
  'variance.outlook',
];
/** Of one record: its own values in any span, whatever the nature. */
const NODE_SUMS: readonly Figure[] = [
  'node.planned',
  'node.forecast',
  'node.realised',
  'node.confirmed',
  'node.baseline_planned',
  'node.outlook',
  'node.variance_outlook',
];
/** What was realised to the period's end and what is expected after it: always the whole life, up to `until`. */
const EXPECTATIONS: readonly Figure[] = ['expected', 'expected_share', 'variance.expected', 'variance_share.expected'];
/** The same of one benefit. */
const NODE_EXPECTATIONS: readonly Figure[] = ['node.expected', 'node.variance_expected'];
/** Of one benefit, always to date: its rates, and to whom its value is credited; a version of its plan is of its whole life. */
const NODE_TO_DATE: readonly Figure[] = [
  'node.realisation_rate',
  'node.baseline_realisation_rate',
  'node.measured_rate',
  'node.coverage',
  'node.credited_planned',
  'node.credited_realised',
  'node.uncredited_planned',
  'node.uncredited_realised',
  'node.plan_version',
  'node.plan_change',
  'node.credited_share',
  'node.uncredited_share',
  'node.credit_shares',
  'node.action_effect',
  'node.calibrated_expected',
];
const STANDINGS: readonly Figure[] = [
  'measured',
  'due',
  'non_financial',
  'non_financial_on_track',
  'change.non_financial_on_track',
  'unevidenced_share',
  'calibrated_expected',
  'expected_of_calibrated',
  'variance.calibrated_expected',
  'variance_share.calibrated_expected',
  'declared',
  'declared_otherwise',
  'declared_better',
  'status_mismatch_share',
  'needs_action',
  'open_actions',
  'overdue_actions',
  'open_actions_effect',
];

/** Figures of records of one kind: benefits of a status, breaks of a kind, values by what finance said of them. */
const BY_KIND: readonly Figure[] = ['status', 'gap', 'gap_at_stake', 'claims', 'claims_amount'];

/** Of one named month, of all months, or (metrics) of what their formula says: no span says more. */
const isOfNoSpan = (figure: Figure): boolean =>
  /^(value\.|measure\.|claims|sign\.|decision\.|indicator\.|perception\.)/.test(figure) || isMetric(figure);

/** Of months after the period, for one benefit or for the scope. */
const FORECASTS: readonly Figure[] = ['claimed_forecast', 'calibrated_forecast'];
/** Of benefits of the register, named by its filters. */
const isListed = (figure: Figure): boolean => figure.startsWith('listed.');
const isCase = (figure: Figure): boolean => figure.startsWith('case.');
const isScenario = (figure: Figure): boolean => figure.startsWith('scenario.');
/** What moves a case and what is forecast for it are of none of the three cases. */
const isOfOneCase = (figure: Figure): boolean => isCase(figure) && !/driver_|_forecast$|_of_calibrated$/.test(figure);

const ofMonths = (figure: Figure): Pick<Parameters, 'spans' | 'until' | 'nature'> => {
  if (SUMS.includes(figure)) return { spans: TRACE_SPANS, until: true, nature: true };
  if (NODE_SUMS.includes(figure)) return { spans: TRACE_SPANS, until: true, nature: false };
  if (EXPECTATIONS.includes(figure)) return { spans: ['to_date'], until: true, nature: true };
  if (NODE_EXPECTATIONS.includes(figure)) return { spans: ['to_date'], until: true, nature: false };
  if (NODE_TO_DATE.includes(figure)) return { spans: ['to_date'], until: false, nature: false };
  if (isCase(figure) || isScenario(figure) || FORECASTS.includes(figure))
    return { spans: ['to_date'], until: false, nature: false };
  if (STANDINGS.includes(figure) || isListed(figure) || isOfNoSpan(figure))
    return { spans: ['to_date'], until: false, nature: false };
  return { spans: ['period', 'to_date'], until: false, nature: false };
};

/** What a figure can be asked for beside period and scope. */
export const parametersOf = (figure: Figure): Parameters => ({
  ...ofMonths(figure),
  record: /^(node|link|view|case|scenario|value|measure|maturity)\./.test(figure) || FORECASTS.includes(figure),
  kind: BY_KIND.includes(figure) || figure.startsWith('view.') || isOfOneCase(figure) || SIDED.includes(figure),
  names: NAMES[figure] ?? (isListed(figure) ? ['among'] : []),
});

/**
 * Refuses a question that the figure has no answer to.
 *
 * @param period the period that is asked about, settled
 * @throws Problem 422
 */
export const checkParameters = (figure: Figure, query: TraceQuery, period: string): void => {
  const { span, until, nature } = query;
  const knows = parametersOf(figure);
  const refuse = (field: string, message: string): never => {
    throw invalidField(field, 'field.invalid', message);
  };
  for (const name of ['type', 'ref'] as const)
    if (query[name] !== undefined && !knows.record)
      refuse(name, `The figure ${figure} is not of one record. Leave ${name} out.`);
  if (query.kind !== undefined && !knows.kind)
    refuse('kind', `The figure ${figure} is not split by kind. Leave kind out.`);
  for (const name of NAMINGS)
    if (query[name] !== undefined && !knows.names.includes(name))
      refuse(name, `The figure ${figure} is not named by ${name}. Leave it out.`);
  if (!knows.spans.includes(span))
    refuse('span', `The figure ${figure} is known for the spans ${knows.spans.join(', ')} only.`);
  if (nature !== undefined && !knows.nature)
    refuse('nature', `The figure ${figure} is not split by nature. Leave nature out.`);
  if (until === undefined) return;
  if (!knows.until) refuse('until', `The figure ${figure} always ends with its period. Leave until out.`);
  if (knows.spans.length > 1 && span !== 'later' && span !== 'life')
    refuse('until', 'Only the spans later and life end at another period. Name one of them, or leave until out.');
  if (comparePeriods(until, period) < 0) refuse('until', `until must not lie before the period ${period}.`);
};
