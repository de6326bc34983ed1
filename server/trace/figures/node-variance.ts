import type { TraceContext } from '../context.js';
import { divided, type FigureDefinition, type Records, SHARE, type Unit, type Worked } from '../figure.js';
import { varianceOf } from '../../core/benefit-status.js';
import { type Fraction, negated, ZERO } from '../../core/exact-amounts.js';
import { wholeNodes, weightsAt } from '../../core/weights.js';
import { askedBenefit } from './losses.js';
import { asked, ownRecords, ownUnit, ownUnitBenefit } from './nodes.js';

const history = ['benefit_value', 'exchange_rate', 'import'];
const BENEFIT_LAYER = 4;

/** A benefit's plan and realised value, and the difference where there are both. */
interface Compared {
  readonly code: string;
  readonly name: string;
  readonly unit: Unit;
  readonly planned: Fraction | null;
  readonly realised: Fraction | null;
  readonly value: Fraction | null;
  readonly nullReason: string;
}

/**
 * What is planned and realised of a benefit, by the rule of its status: of a money benefit sums in the reporting currency, of others by their
 * aggregation in their own unit. One that nobody measured lies nowhere against its plan; what it lacks is told by the losses of the funnel.
 */
const compared = async (context: TraceContext): Promise<Compared> => {
  const { id, code, name } = await askedBenefit(context);
  const of = (await context.standings()).find(({ row }) => row.id === id);
  if (!of)
    return {
      code,
      name,
      unit: context.money,
      planned: null,
      realised: null,
      value: null,
      nullReason: 'outside_scope',
    };
  const { planned, realised, status } = of.standing;
  const unit = of.row.money ? context.money : ownUnit(of);
  return {
    code,
    name,
    unit,
    planned,
    realised,
    value: varianceOf(of.standing),
    nullReason: status === 'not_due' ? 'nothing_planned' : 'nothing_measured',
  };
};

const inputsOf = (context: TraceContext, { code, unit, planned, realised }: Compared): Worked['inputs'] =>
  (['realised', 'planned'] as const).map((kind) => ({
    label: kind === 'realised' ? 'Realised value' : 'Planned value',
    value: (kind === 'realised' ? realised : planned) ?? ZERO,
    unit,
    trace: context.path(`node.${kind}`, { type: 'benefit', ref: code }),
  }));

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
    const of = await compared(context);
    return {
      title: `Realised less planned value of ${of.code} ${of.name}`,
      unit: of.unit,
      value: of.value,
      ...(of.value === null && { nullReason: of.nullReason }),
      inputs: inputsOf(context, of),
      quality: [],
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
    const of = await compared(context);
    const plan = of.planned ?? ZERO;
    const value = of.value && divided(of.value, plan.n < 0n ? negated(plan) : plan);
    const [, planned] = inputsOf(context, of);
    return {
      title: `Realised less planned value of ${of.code} ${of.name}, as a share of the plan`,
      unit: SHARE,
      value,
      ...(value === null && { nullReason: of.value === null ? of.nullReason : 'nothing_planned' }),
      inputs: [
        {
          label: 'Realised less planned value',
          value: of.value,
          unit: of.unit,
          trace: context.path('node.variance', { type: 'benefit', ref: of.code }),
        },
        planned!,
      ],
      quality: [],
    };
  },
  async records(context) {
    const behind = await records(context);
    return { ...behind, title: `Numerator: ${behind.title}` };
  },
};

/** How far one benefit lies from its plan. */
export const nodeVarianceFigures: readonly FigureDefinition[] = [variance, varianceShare];
