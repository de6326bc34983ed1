import { fractionOf } from '../../core/benefit-status.js';
import { weightsAt, wholeLayer } from '../../core/weights.js';
import type { TraceContext } from '../context.js';
import { divided, type FigureDefinition, type Input, SHARE, whole } from '../figure.js';
import { COUNT, type Records } from '../figure.js';
import { entryTotal } from '../records.queries.js';
import { LAYER_WORDS as AT } from './words.js';
import { assumedLinks } from './sentences.js';

/** Question: what did we spend? Unit: reporting currency; 0 where no cost is recorded. Months from the span's first day to the day before its end. */
export const spend: FigureDefinition = {
  id: 'spend',
  formula: {
    text: 'Actual cost of all investments: each cost row at the exchange rate of its month, added up.',
    expression: 'Σ actual × rate(currency, month)',
  },
  forStakeholders: false,
  history: ['investment_cost', 'investment', 'exchange_rate', 'import'],
  async work(context) {
    const { rows, whole: figures } = await context.chain();
    const inputs = figures.chain.nodesByLayer[0]!.flatMap((node): (Input & { value: { n: bigint; d: bigint } })[] => {
      const { code, type, name } = rows[node]!;
      const value = figures.cost.at(node)!;
      return value.n === 0n
        ? []
        : [
            {
              label: `${code} ${name}`,
              value,
              unit: context.money,
              trace: context.path('node.cost', { type, ref: code }),
            },
          ];
    });
    const counts = await context.investments();
    return {
      title: 'Spend',
      unit: context.money,
      value: figures.cost.total(0),
      isNone: counts.actual === 0,
      inputs: context.largest(inputs),
      quality: without(counts.investments - counts.actual, counts.investments, 'actual'),
    };
  },
  records: async (context): Promise<Records> => ({
    of: 'costs',
    title: 'Actual cost',
    unit: context.money,
    column: 'actual',
    weights: null,
  }),
};

/** Question: what did we plan to spend? Unit and interval as for spend. */
export const budget: FigureDefinition = {
  id: 'budget',
  formula: {
    text: 'Planned cost of all investments: each cost row at the exchange rate of its month, added up.',
    expression: 'Σ planned × rate(currency, month)',
  },
  forStakeholders: false,
  history: ['investment_cost', 'investment', 'exchange_rate', 'import'],
  async work(context) {
    const { reading, from, to, manager } = context;
    const total = await entryTotal(manager, 'costs', 'planned', { reading, from, to, nature: null, weights: null });
    const counts = await context.investments();
    return {
      title: 'Budget',
      unit: context.money,
      value: fractionOf(total.amount),
      isNone: counts.planned === 0,
      inputs: [{ label: 'Rows of planned cost', value: whole(total.count), unit: COUNT, trace: null }],
      quality: without(counts.investments - counts.planned, counts.investments, 'planned'),
    };
  },
  records: async (context): Promise<Records> => ({
    of: 'costs',
    title: 'Planned cost',
    unit: context.money,
    column: 'planned',
    weights: null,
  }),
};

const without = (missing: number, all: number, kind: string): string[] =>
  missing === 0 ? [] : [`${missing} of ${all} investments have no ${kind} cost in these months.`];

/** Question: how much of the budget has nobody reported on? A count of planned costs, each of one investment, month and kind. */
export const unreportedCosts: FigureDefinition = {
  id: 'unreported_costs',
  formula: {
    text: 'Planned costs, each of one investment, month and kind, for which no actual cost is recorded. Where there are any, spend below budget may be spend that nobody reported.',
    expression: 'n(planned cost without actual cost)',
  },
  forStakeholders: false,
  history: ['investment_cost', 'investment', 'import'],
  async work(context) {
    const counts = await context.investments();
    return {
      title: 'Planned costs without an actual',
      unit: COUNT,
      value: whole(await context.unreportedCosts()),
      isNone: counts.planned === 0,
      inputs: [],
      quality: [],
    };
  },
  records: async (): Promise<Records> => ({
    of: 'costs',
    title: 'Planned costs without an actual',
    unit: COUNT,
    column: 'unreported',
    weights: null,
  }),
};

const costAtBenefits = async (context: TraceContext, title: string): Promise<Records> => {
  const { chain } = (await context.chain()).whole;
  const weights = weightsAt(chain, 'allocation', wholeLayer(chain, 4));
  return { of: 'costs', title, unit: context.money, column: 'actual', weights };
};

/** Question: how much of the spend reaches a benefit? Unit: reporting currency. */
export const tracedSpend: FigureDefinition = {
  id: 'traced_spend',
  formula: {
    text: 'Spend that the links lead all the way to a benefit: spend less what each layer leaves unallocated.',
    expression: 'Σ C(benefits) = spend − Σ unallocated',
  },
  forStakeholders: false,
  history: ['link', 'investment_cost', 'exchange_rate', 'import'],
  async work(context) {
    const { whole: figures } = await context.chain();
    const layers = ['investment', 'initiative', 'capability', 'outcome'] as const;
    return {
      title: 'Spend that reaches a benefit',
      unit: context.money,
      value: figures.cost.total(4),
      isNone: (await context.investments()).actual === 0,
      inputs: [
        { label: 'Spend', value: figures.cost.total(0), unit: context.money, trace: context.path('spend') },
        ...layers.map((layer, index) => ({
          label: `Left unallocated at ${AT[layer]}`,
          value: figures.unallocated.total(index),
          unit: context.money,
          trace: context.path(`lost.${layer}`),
        })),
      ],
      quality: await assumedLinks(context),
    };
  },
  records: (context) => costAtBenefits(context, 'Actual cost, the part that reaches a benefit'),
};

/** Question: what part of the spend reaches a benefit? A fraction; null where nothing was spent. */
export const tracedSpendShare: FigureDefinition = {
  id: 'traced_spend_share',
  formula: { text: 'Spend that reaches a benefit, divided by spend.', expression: 'Σ C(benefits) ÷ spend' },
  forStakeholders: false,
  history: ['link', 'investment_cost', 'exchange_rate', 'import'],
  async work(context) {
    const { whole: figures } = await context.chain();
    const [part, all] = [figures.cost.total(4), figures.cost.total(0)];
    const value = divided(part, all);
    return {
      title: 'Share of spend that reaches a benefit',
      unit: SHARE,
      value,
      ...(value === null && { nullReason: 'no_spend' }),
      inputs: [
        {
          label: 'Spend that reaches a benefit',
          value: part,
          unit: context.money,
          trace: context.path('traced_spend'),
        },
        { label: 'Spend', value: all, unit: context.money, trace: context.path('spend') },
      ],
      quality: await assumedLinks(context),
    };
  },
  records: (context) => costAtBenefits(context, 'Numerator: actual cost, the part that reaches a benefit'),
};
