import { ZERO, minus, negated } from '../../core/exact-amounts.js';
import type { RegisterLine } from '../../benefits/register.lines.js';
import type { BenefitStanding } from '../../benefits/standing.service.js';
import { parseDecimal } from '../../core/money.js';
import type { TraceContext } from '../context.js';
import { type FigureDefinition, type Listed, type Records } from '../figure.js';
import { type OwnCell, ownCells } from '../records.queries.js';
import { cellsOf, history } from './listed.js';
import { askedBenefit } from './losses.js';
import { asked, ownUnit, ownUnitBenefit } from './nodes.js';

/** Figures of one line of the register that no other page shows. */

interface OwnValue {
  readonly month: string;
  readonly value: string;
}

/** The months that a figure in an own unit rests on; a mean takes of each month its part. */
const ownItems = ({ row }: BenefitStanding, values: readonly OwnValue[]): Listed[] => {
  const how = row.aggregation ?? 'sum';
  const counted = how === 'latest' ? values.slice(-1) : values;
  const note = how === 'average' ? `One of ${counted.length} months of the mean.` : null;
  const { code, name, unit } = row;
  return counted.map(({ month, value }) => {
    const { units, scale } = parseDecimal(value);
    const d = 10n ** BigInt(scale) * (how === 'average' ? BigInt(counted.length) : 1n);
    const own = { at: month, note, entered: value, enteredUnit: unit };
    return { type: 'benefit_value', code, name, ...own, amount: { n: units, d } };
  });
};

const lineAsked = async (context: TraceContext): Promise<RegisterLine | null> => {
  const { id } = await askedBenefit(context);
  return (await context.register({})).find(({ of }) => of.row.id === id) ?? null;
};

/** Question: how far is this benefit from what was promised when it was approved? In its unit; null where there is nothing to compare. */
const nodeBaselineVariance: FigureDefinition = {
  id: 'node.baseline_variance',
  formula: {
    text: 'Realised value of the benefit less what the plan promises that was in force at its approval; re-planning does not change it. Of a benefit that is not approved the current plan counts.',
    expression: 'realised − baseline planned',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const { id, code, name } = await askedBenefit(context);
    const of = (await context.standings()).find(({ row }) => row.id === id);
    const { planned = null, realised = null, status = 'not_due' } = of?.baseline ?? {};
    const isKnown = planned !== null && realised !== null && status !== 'unmeasured';
    const unit = of && !of.row.money ? ownUnit(of) : context.money;
    const one = { type: 'benefit', ref: code } as const;
    return {
      title: `Realised less baseline plan of ${code} ${name}`,
      unit,
      value: isKnown ? minus(realised, planned) : null,
      nullReason: of ? (status === 'not_due' ? 'nothing_planned' : 'nothing_measured') : 'outside_scope',
      inputs: [
        // In an own unit it is over the months of the baseline plan, which need not be those of the current one.
        {
          label: 'Realised value',
          value: realised ?? ZERO,
          unit,
          trace: of?.row.money ? context.path('node.realised', one) : null,
        },
        { label: 'Baseline plan', value: planned, unit, trace: context.path('node.baseline_planned', one) },
      ],
      quality: of && !of.row.isPlanFixed ? [`${code} is not approved: its current plan stands in.`] : [],
    };
  },
  async records(context) {
    const node = await asked(context);
    const title = `Realised less baseline plan of ${node.name}`;
    const own = await ownUnitBenefit(context, node);
    if (own) return ownBaselineRecords(context, own, title);
    const line = await lineAsked(context);
    return cellsOf(context, title, 'varianceBaseline', line ? [line] : []);
  },
};

const ownBaselineRecords = async (context: TraceContext, own: BenefitStanding, title: string): Promise<Records> => {
  const cells = await ownCells(context.manager, own.row.id, context.from, context.to);
  const isPaired = (own.row.aggregation ?? 'sum') !== 'sum' && own.row.baselineCoveredMonths > 0;
  const valuesOf = (kind: 'realised' | 'baseline'): OwnValue[] =>
    cells
      .filter((cell) => !isPaired || (cell.baseline !== null && cell.realised !== null))
      .flatMap((cell: OwnCell) => (cell[kind] === null ? [] : [{ month: cell.month, value: cell[kind] }]));
  const less = ownItems(own, valuesOf('baseline')).map((item) => ({ ...item, amount: negated(item.amount) }));
  return { of: 'list', title, unit: ownUnit(own), items: [...ownItems(own, valuesOf('realised')), ...less] };
};

export const registerNodeFigures: readonly FigureDefinition[] = [nodeBaselineVariance];
