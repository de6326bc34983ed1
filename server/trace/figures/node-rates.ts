import { RATE_PARTS, type RateKind } from '../../benefits/rates.js';
import type { Figure } from '../../contract/trace.js';
import { weightsAt, wholeNodes } from '../../core/weights.js';
import type { BenefitStanding } from '../../benefits/standing.service.js';
import type { TraceContext } from '../context.js';
import {
  COUNT,
  divided,
  type FigureDefinition,
  type Input,
  type Records,
  saidRate,
  SHARE,
  type Unit,
  whole,
} from '../figure.js';
import { askedBenefit } from './losses.js';
import { asked, ownRecords, ownUnit, ownUnitBenefit } from './nodes.js';

/** How much of one benefit's plan came. Only where its months add up: of money, and of own units that are summed. */

const history = ['benefit_value', 'benefit', 'exchange_rate', 'import'];
const BENEFIT_LAYER = 4;

interface Found {
  readonly title: string;
  readonly code: string;
  readonly of: BenefitStanding | null;
  readonly unit: Unit;
  readonly addsUp: boolean;
}

const benefitOf = async (context: TraceContext): Promise<Found> => {
  const { id, code, name } = await askedBenefit(context);
  const of = (await context.standings()).find(({ row }) => row.id === id) ?? null;
  return {
    title: `${code} ${name}`,
    code,
    of,
    unit: of && !of.row.money ? ownUnit(of) : context.money,
    addsUp: of !== null && (of.row.money || (of.row.aggregation ?? 'sum') === 'sum'),
  };
};

interface Rate {
  readonly id: Figure;
  readonly kind: RateKind;
  readonly title: string;
  readonly text: string;
  readonly expression: string;
  readonly column: 'realised' | 'coveredRealised';
  readonly labels: readonly [part: string, whole: string];
  readonly traces: readonly [Figure | null, Figure | null];
  readonly nullReason: string;
}

const RATES: readonly Rate[] = [
  {
    id: 'node.realisation_rate',
    kind: 'current',
    title: 'Realisation rate',
    text: 'Realised value of one benefit divided by its planned value. A month without a report counts as planned and not as realised.',
    expression: 'Σ realised ÷ Σ planned',
    column: 'realised',
    labels: ['Realised value', 'Planned value'],
    traces: ['node.realised', 'node.planned'],
    nullReason: 'nothing_planned',
  },
  {
    id: 'node.baseline_realisation_rate',
    kind: 'baseline',
    title: 'Realisation rate against the baseline plan',
    text: 'Realised value of one benefit divided by the planned value of its baseline plan: the one in force at the approval, or the first one where that came later. Of a benefit that is not approved the current plan counts.',
    expression: 'Σ realised ÷ Σ baseline planned',
    column: 'realised',
    labels: ['Realised value', 'Planned value of the baseline plan'],
    traces: ['node.realised', 'node.baseline_planned'],
    nullReason: 'nothing_planned',
  },
  {
    id: 'node.measured_rate',
    kind: 'measured',
    title: 'Realisation rate of the measured months',
    text: 'Realised value of one benefit divided by its planned value, over the months that have both.',
    expression: 'Σ realised ÷ Σ planned, over months with both',
    column: 'coveredRealised',
    labels: ['Realised value of months with both', 'Planned value of months with both'],
    traces: [null, null],
    nullReason: 'nothing_measured',
  },
];

const rateOf = (rate: Rate): FigureDefinition => ({
  id: rate.id,
  formula: { text: rate.text, expression: rate.expression },
  forStakeholders: true,
  history,
  async work(context) {
    const { of, code, title, unit, addsUp } = await benefitOf(context);
    const { part, whole: all } = RATE_PARTS[rate.kind];
    const values = of && addsUp ? ([part(of.row), all(of.row)] as const) : null;
    const said = values && saidRate(...values, rate.nullReason, of!.row.realisedMonths > 0);
    const { value, nullReason } = said ?? { value: null, nullReason: of === null ? 'outside_scope' : 'not_added' };
    return {
      title: `${rate.title} of ${title}`,
      unit: SHARE,
      value,
      ...(nullReason !== undefined && { nullReason }),
      inputs: (values ?? []).map((input, at): Input => {
        const figure = rate.traces[at]!;
        const trace = figure && context.path(figure, { type: 'benefit', ref: code });
        return { label: rate.labels[at]!, value: input, unit, trace };
      }),
      quality:
        of && rate.kind === 'baseline' && !of.row.isPlanFixed
          ? [`${code} is not approved: its current plan stands in.`]
          : [],
    };
  },
  async records(context): Promise<Records> {
    const node = await asked(context);
    const { title, unit, addsUp } = await benefitOf(context);
    const own = await ownUnitBenefit(context, node);
    const named = `Numerator: realised values of ${title}${rate.column === 'realised' ? '' : ', of months with both'}`;
    if (!addsUp) return { of: 'list', title: named, unit, items: [] };
    if (own) {
      const records = await ownRecords(context, own, 'realised');
      const planned = new Set((await ownRecords(context, own, 'planned')).items.map((item) => item.at));
      const items = rate.column === 'realised' ? records.items : records.items.filter((item) => planned.has(item.at));
      return { ...records, title: named, items };
    }
    const weights = weightsAt(node.facts.whole.chain, 'contribution', wholeNodes(BENEFIT_LAYER, [node.index]));
    return { of: 'values', title: named, unit: context.money, column: rate.column, weights };
  },
});

/** Question: for how many of its planned months do we know what came? A fraction of months; null where none is planned. */
const coverage: FigureDefinition = {
  id: 'node.coverage',
  formula: {
    text: 'Planned months of one benefit that have a realised value, divided by its planned months.',
    expression: 'n(planned and realised) ÷ n(planned)',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const { of, title } = await benefitOf(context);
    const months = of && [RATE_PARTS.coverage.part(of.row), RATE_PARTS.coverage.whole(of.row)];
    const value = months && divided(months[0]!, months[1]!);
    return {
      title: `Coverage of ${title}`,
      unit: SHARE,
      value,
      ...(value === null && { nullReason: of ? 'nothing_planned' : 'outside_scope' }),
      inputs: (months ?? []).map((input, at) => ({
        label: at === 0 ? 'Planned months with a realised value' : 'Planned months',
        value: input,
        unit: COUNT,
        trace: null,
      })),
      quality: [],
    };
  },
  async records(context): Promise<Records> {
    const { of, title, code } = await benefitOf(context);
    const cells = of ? await context.cellsOf(of.row.id) : [];
    const items = cells
      .filter((cell) => `${cell.month}-01` < context.to && cell.planned !== null && cell.realised !== null)
      .map((cell) => ({
        type: 'benefit_value',
        code,
        name: of!.row.name,
        at: cell.month,
        note: null,
        amount: whole(1),
      }));
    return { of: 'list', title: `Numerator: planned months of ${title} with a realised value`, unit: COUNT, items };
  },
};

export const nodeRateFigures: readonly FigureDefinition[] = [...RATES.map(rateOf), coverage];
