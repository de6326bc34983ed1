import { fractionOf } from '../../core/benefit-status.js';
import { weightsAt, wholeNodes } from '../../core/weights.js';
import { type FigureDefinition, type Records, saidRate, SHARE } from '../figure.js';
import { askedBenefit } from './losses.js';
import { asked, ownRecords, ownUnit, ownUnitBenefit } from './nodes.js';
import { plansStandingIn, unmeasuredBenefits } from './sentences.js';

const history = ['benefit_value', 'benefit', 'exchange_rate', 'import'];
const BENEFIT_LAYER = 4;
const RULE =
  'The baseline plan is the one in force at the approval, or the first one where that came later; re-planning does not change it. Of a benefit that is not approved the current plan counts.';

/** Question: what was promised when it was approved? Unit: reporting currency; 0 where nothing is planned. */
const baselinePlanned: FigureDefinition = {
  id: 'baseline_planned',
  formula: {
    text: `What the baseline plans of all money benefits promise: each month at its exchange rate, added up. ${RULE}`,
    expression: 'Σ baseline planned × rate(currency, month)',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const rows = (await context.moneyBenefits()).filter((row) => row.baseline !== null);
    const inputs = rows.map((row) => ({
      label: `${row.code} ${row.name}${row.isPlanFixed ? '' : ', current plan'}`,
      value: fractionOf(row.baseline!),
      unit: context.money,
      trace: context.path('node.baseline_planned', { type: 'benefit', ref: row.code }),
    }));
    return {
      title: 'Planned value of the baseline plan',
      unit: context.money,
      value: await context.sum('baseline'),
      isNone: await context.hasNone('baseline'),
      inputs: context.largest(inputs),
      quality: await plansStandingIn(context),
    };
  },
  records: async (context) => ({
    of: 'values',
    title: 'Planned value of the baseline plan, by benefit and month',
    unit: context.money,
    column: 'baselinePlanned',
    weights: null,
  }),
};

/** Question: how much of what was promised at the approval came? A fraction, a ratio of sums; null where Σ baseline planned is 0. */
const baselineRealisationRate: FigureDefinition = {
  id: 'baseline_realisation_rate',
  formula: {
    text: `Realised value divided by the planned value of the baseline plan. ${RULE} A month without a report counts as planned and not as realised.`,
    expression: 'Σ realised ÷ Σ baseline planned',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const [part, all] = [await context.sum('realised'), await context.sum('baseline')];
    const said = saidRate(part, all, 'nothing_planned', !(await context.hasNone('realised')));
    return {
      title: 'Realisation rate against the baseline plan',
      unit: SHARE,
      ...said,
      inputs: [
        { label: 'Realised value', value: part, unit: context.money, trace: context.path('realised') },
        {
          label: 'Planned value of the baseline plan',
          value: all,
          unit: context.money,
          trace: context.path('baseline_planned'),
        },
      ],
      quality: [...(await plansStandingIn(context)), ...(await unmeasuredBenefits(context))],
    };
  },
  records: async (context) => ({
    of: 'values',
    title: 'Numerator: realised value, by benefit and month',
    unit: context.money,
    column: 'realised',
    weights: null,
  }),
};

/** Question: what was promised of this benefit when it was approved? In its unit; 0 where nothing is planned. */
const nodeBaselinePlanned: FigureDefinition = {
  id: 'node.baseline_planned',
  formula: {
    text: `What the baseline plan of one benefit promises: of a money benefit each month at its exchange rate, added up; of others the sum, mean or latest value in its own unit. ${RULE}`,
    expression: 'Σ baseline planned',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const { id, code, name } = await askedBenefit(context);
    const of = (await context.standings()).find(({ row }) => row.id === id);
    const planned = of?.baseline.planned ?? null;
    return {
      title: `Planned value of the baseline plan of ${code} ${name}`,
      unit: of && !of.row.money ? ownUnit(of) : context.money,
      value: planned,
      ...(planned === null && { nullReason: of ? 'nothing_planned' : 'outside_scope' }),
      inputs: [],
      quality: of && !of.row.isPlanFixed ? [`${code} is not approved: its current plan stands in.`] : [],
    };
  },
  async records(context): Promise<Records> {
    const node = await asked(context);
    const own = await ownUnitBenefit(context, node);
    if (own) return ownRecords(context, own, 'baseline');
    const { index, code, name } = await askedBenefit(context);
    return {
      of: 'values',
      title: `Planned values of the baseline plan of ${code} ${name}`,
      unit: context.money,
      column: 'baselinePlanned',
      weights: weightsAt(node.facts.whole.chain, 'contribution', wholeNodes(BENEFIT_LAYER, [index])),
    };
  },
};

/** What was promised at the approval, and how much of it came. */
export const baselineFigures: readonly FigureDefinition[] = [
  baselinePlanned,
  baselineRealisationRate,
  nodeBaselinePlanned,
];
