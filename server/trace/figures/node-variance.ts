import type { TraceContext } from '../context.js';
import {
  divided,
  type FigureDefinition,
  minus,
  negated,
  type Records,
  SHARE,
  type Unit,
  type Worked,
} from '../figure.js';
import type { Fraction } from '../../core/exact-amounts.js';
import { wholeNodes, weightsAt } from '../../core/weights.js';
import { askedBenefit } from './losses.js';
import { asked, ownRecords, ownUnit, ownUnitBenefit } from './nodes.js';

const history = ['benefit_value', 'exchange_rate', 'import'];
const BENEFIT_LAYER = 4;

interface Compared {
  code: string;
  name: string;
  unit: Unit;
  planned: Fraction | null;
  realised: Fraction | null;
}

/** Plan and realised value of a benefit: of a money benefit in the reporting currency, of others by their aggregation in their own unit. */
const compared = async (context: TraceContext): Promise<Compared> => {
  const { id, code, name, index } = await askedBenefit(context);
  const node = await asked(context);
  const own = await ownUnitBenefit(context, node);
  if (own) return { code, name, unit: ownUnit(own), planned: own.standing.planned, realised: own.standing.realised };
  const row = (await context.moneyBenefits()).find((each) => each.id === id);
  const { values } = node.facts.whole;
  const value = (kind: 'planned' | 'realised'): Fraction | null =>
    row?.[kind] === null ? null : values[kind].at(index);
  // What was not reported is not realised, so a plan alone is a difference; of means and latest values it is none.
  return { code, name, unit: context.money, planned: value('planned'), realised: value('realised') };
};

const ZERO: Fraction = { n: 0n, d: 1n };
const isSum = async (context: TraceContext): Promise<boolean> => {
  const own = await ownUnitBenefit(context, await asked(context));
  return own === null || (own.row.aggregation ?? 'sum') === 'sum';
};

const differenceOf = async (context: TraceContext): Promise<Compared & { value: Fraction | null }> => {
  const of = await compared(context);
  const isKnown =
    of.planned !== null && of.realised !== null
      ? true
      : (of.planned !== null || of.realised !== null) && (await isSum(context));
  return { ...of, value: isKnown ? minus(of.realised ?? ZERO, of.planned ?? ZERO) : null };
};

const inputsOf = (context: TraceContext, { code, unit, planned, realised }: Compared): Worked['inputs'] =>
  (['realised', 'planned'] as const).map((kind) => ({
    label: kind === 'realised' ? 'Realised value' : 'Planned value',
    value: (kind === 'realised' ? realised : planned) ?? ZERO,
    unit,
    trace: context.path(`node.${kind}`, { type: 'benefit', ref: code }),
  }));

const silence = ({ realised, planned }: Compared): string[] =>
  realised === null && planned !== null
    ? ['Nothing is reported as realised: the whole plan counts as missing.']
    : planned === null && realised !== null
      ? ['Nothing is planned in these months.']
      : [];

const records = async (context: TraceContext): Promise<Records> => {
  const { index, code, name } = await askedBenefit(context);
  const title = `Realised less planned values of ${code} ${name}`;
  const node = await asked(context);
  const own = await ownUnitBenefit(context, node);
  if (own) {
    const realised = await ownRecords(context, own, 'realised');
    const planned = await ownRecords(context, own, 'planned');
    const items = [...realised.items, ...planned.items.map((item) => ({ ...item, amount: negated(item.amount) }))];
    return { of: 'list', title, unit: realised.unit, items };
  }
  const weights = weightsAt(node.facts.whole.chain, 'contribution', wholeNodes(BENEFIT_LAYER, [index]));
  return { of: 'values', title, unit: context.money, column: 'varianceRealised', weights };
};

/** Question: how far is this benefit from its plan? In its unit; null where there is nothing to compare. */
const variance: FigureDefinition = {
  id: 'node.variance',
  formula: {
    text: 'Realised value of the benefit less its planned value. Of a benefit that is not money by its own sum, mean or latest value.',
    expression: 'realised − planned',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const of = await differenceOf(context);
    return {
      title: `Realised less planned value of ${of.code} ${of.name}`,
      unit: of.unit,
      value: of.value,
      ...(of.value === null && { nullReason: 'nothing_to_compare' }),
      inputs: inputsOf(context, of),
      quality: silence(of),
    };
  },
  records,
};

/** The same as a share of the size of the plan; null where that is 0. */
const varianceShare: FigureDefinition = {
  id: 'node.variance_share',
  formula: {
    text: 'Realised less planned value of the benefit, divided by the size of its planned value.',
    expression: '(realised − planned) ÷ |planned|',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const of = await differenceOf(context);
    const plan = of.planned ?? ZERO;
    const value = of.value && divided(of.value, plan.n < 0n ? negated(plan) : plan);
    const [, planned] = inputsOf(context, of);
    return {
      title: `Realised less planned value of ${of.code} ${of.name}, as a share of the plan`,
      unit: SHARE,
      value,
      ...(value === null && { nullReason: of.value === null ? 'nothing_to_compare' : 'nothing_planned' }),
      inputs: [
        {
          label: 'Realised less planned value',
          value: of.value,
          unit: of.unit,
          trace: context.path('node.variance', { type: 'benefit', ref: of.code }),
        },
        planned!,
      ],
      quality: silence(of),
    };
  },
  async records(context) {
    const behind = await records(context);
    return { ...behind, title: `Numerator: ${behind.title}` };
  },
};

/** How far one benefit lies from its plan. */
export const nodeVarianceFigures: readonly FigureDefinition[] = [variance, varianceShare];
