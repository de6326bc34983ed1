import { isMeasured, type RateKind, rateSums } from '../../benefits/rates.js';
import type { Figure } from '../../contract/trace.js';
import type { TraceContext } from '../context.js';
import { COUNT, type FigureDefinition, type Input, saidRate, SHARE } from '../figure.js';
import type { ValueColumn } from '../records.queries.js';
import { cellsOf, history, linesAsked, standInsAmong, unmeasuredAmong } from './listed.js';

/** How much of their plans came of the benefits of a list: a ratio of sums, over its money benefits. */

interface Rate {
  readonly id: Figure;
  readonly kind: RateKind;
  readonly title: string;
  readonly text: string;
  readonly expression: string;
  readonly column: ValueColumn;
  readonly labels: readonly [part: string, whole: string];
  readonly traces: readonly [Figure | null, Figure | null];
  readonly nullReason: string;
}

const RATES: readonly Rate[] = [
  {
    id: 'listed.realisation_rate',
    kind: 'current',
    title: 'Realisation rate of the listed benefits',
    text: 'Realised value of the money benefits that pass the filters, divided by their planned value. A month without a report counts as planned and not as realised.',
    expression: 'Σ realised ÷ Σ planned, of the listed benefits',
    column: 'realised',
    labels: ['Realised value', 'Planned value'],
    traces: ['listed.realised', 'listed.planned'],
    nullReason: 'nothing_planned',
  },
  {
    id: 'listed.baseline_realisation_rate',
    kind: 'baseline',
    title: 'Realisation rate of the listed benefits against the baseline plan',
    text: 'Realised value of the money benefits that pass the filters, divided by the planned value of their baseline plans: of each the one in force at the approval. Of a benefit that is not approved the current plan counts.',
    expression: 'Σ realised ÷ Σ baseline planned, of the listed benefits',
    column: 'realised',
    labels: ['Realised value', 'Planned value of the baseline plan'],
    traces: ['listed.realised', 'listed.baseline_planned'],
    nullReason: 'nothing_planned',
  },
  {
    id: 'listed.measured_rate',
    kind: 'measured',
    title: 'Realisation rate of the measured months of the listed benefits',
    text: 'Realised value of the money benefits that pass the filters, divided by their planned value, over the months that have both.',
    expression: 'Σ realised ÷ Σ planned, over months with both, of the listed benefits',
    column: 'coveredRealised',
    labels: ['Realised value of months with both', 'Planned value of months with both'],
    traces: [null, null],
    nullReason: 'nothing_measured',
  },
  {
    id: 'listed.coverage',
    kind: 'coverage',
    title: 'Coverage of the listed benefits',
    text: 'Planned months of the money benefits that pass the filters that have a realised value, divided by their planned months.',
    expression: 'n(planned and realised) ÷ n(planned), of the listed benefits',
    column: 'coveredMonths',
    labels: ['Planned months with a realised value', 'Planned months'],
    traces: [null, null],
    nullReason: 'nothing_planned',
  },
];

const rateOf = (rate: Rate): FigureDefinition => ({
  id: rate.id,
  formula: { text: rate.text, expression: rate.expression },
  forStakeholders: true,
  history,
  async work(context) {
    const lines = await linesAsked(context);
    const rows = lines.map(({ of }) => of.row);
    const { part, whole } = rateSums(rows, rate.kind);
    return {
      title: rate.title,
      unit: SHARE,
      // That nothing is measured is what coverage says.
      ...saidRate(part, whole, rate.nullReason, rate.kind === 'coverage' || isMeasured(rows)),
      inputs: [part, whole].map((input, at) => inputOf(context, rate, at, input)),
      quality: rate.kind === 'baseline' ? [...standInsAmong(lines), ...unmeasuredAmong(lines)] : unmeasuredAmong(lines),
    };
  },
  records: async (context) => ({
    ...(await cellsOf(context, `Numerator: ${rate.labels[0].toLowerCase()}`, rate.column, await linesAsked(context))),
    ...(rate.kind === 'coverage' && { unit: COUNT }),
  }),
});

const inputOf = (context: TraceContext, rate: Rate, at: number, value: Input['value']): Input => {
  const figure = rate.traces[at]!;
  const { among = '' } = context.query;
  return {
    label: rate.labels[at]!,
    value,
    unit: rate.kind === 'coverage' ? COUNT : context.money,
    trace: figure && context.path(figure, { among }),
  };
};

export const listedRateFigures: readonly FigureDefinition[] = RATES.map(rateOf);
