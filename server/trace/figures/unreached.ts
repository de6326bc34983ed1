import { minus } from '../../core/exact-amounts.js';
import { LAYERS } from '../../core/shares.js';
import { type Weights, weightsAt, wholeLayer } from '../../core/weights.js';
import type { TraceContext } from '../context.js';
import { LAYER_WORDS as AT } from './words.js';
import type { FigureDefinition, Records } from '../figure.js';
import { difference, quotientOf } from './difference.js';
import { assumedLinks } from './sentences.js';
import { spend, tracedSpend } from './spend.js';

const history = ['link', 'investment_cost', 'exchange_rate', 'import'];

/** Actual cost, of each row the part that does not reach a layer; `sign` −1 takes it from the figure. */
export const costNotReaching = async (
  context: TraceContext,
  layer: number,
  title: string,
  sign: 1n | -1n = 1n,
): Promise<Records> => {
  const { chain } = (await context.chain()).whole;
  const reaching = weightsAt(chain, 'allocation', wholeLayer(chain, layer));
  const weights = restOf(reaching, chain.nodesByLayer[0]!, sign);
  return { of: 'costs', title, unit: context.money, column: 'actual', weights };
};

/** What the weights leave over of each of the nodes. */
export const restOf = ({ numerators, denominator }: Weights, nodes: Iterable<number>, sign: 1n | -1n = 1n): Weights => {
  const rest = numerators.map(() => 0n);
  for (const node of nodes) rest[node] = sign * (denominator - (numerators[node] ?? 0n));
  return { numerators: rest, denominator };
};

/** Question: how much of the spend is lost before this layer? Unit: reporting currency. */
const unreached = (index: 1 | 2 | 3 | 4): FigureDefinition => {
  const layer = LAYERS[index] as 'initiative' | 'capability' | 'outcome' | 'benefit';
  const before = LAYERS.slice(0, index) as readonly ('investment' | 'initiative' | 'capability' | 'outcome')[];
  const title = `Spend that does not reach ${AT[layer]}`;
  return {
    id: `unreached.${layer}`,
    formula: {
      text: `Spend less what reaches ${AT[layer]}: all that the layers before it leave unallocated.`,
      expression: `spend − Σ C(${layer})`,
    },
    forStakeholders: false,
    history,
    async work(context) {
      const { whole } = await context.chain();
      return {
        title,
        unit: context.money,
        value: minus(whole.cost.total(0), whole.cost.total(index)),
        isNone: (await context.investments()).actual === 0,
        inputs: before.map((each, at) => ({
          label: `Left unallocated at ${AT[each]}`,
          value: whole.unallocated.total(at),
          unit: context.money,
          trace: context.path(`lost.${each}`),
        })),
        quality: await assumedLinks(context),
      };
    },
    records: (context) => costNotReaching(context, index, `Actual cost, the part that does not reach ${AT[layer]}`),
  };
};

/** Question: how much of the spend serves no benefit that we know of? Unit: reporting currency. */
const untracedSpend = difference(
  {
    id: 'untraced_spend',
    title: 'Spend that reaches no benefit',
    text: 'Spend less what the links lead all the way to a benefit.',
    expression: 'spend − Σ C(benefits)',
    forStakeholders: false,
    history,
    quality: assumedLinks,
    of: { label: 'Spend', figure: spend },
    less: { label: 'Spend that reaches a benefit', figure: tracedSpend },
  },
  (context) => costNotReaching(context, 4, 'Actual cost, the part that reaches no benefit'),
);

const untracedSpendShare = quotientOf({
  id: 'untraced_spend_share',
  title: 'Share of spend that reaches no benefit',
  text: 'Spend that reaches no benefit, divided by spend.',
  expression: '(spend − Σ C(benefits)) ÷ spend',
  forStakeholders: false,
  history,
  of: { label: 'Spend that reaches no benefit', figure: untracedSpend },
  by: { label: 'Spend', figure: spend },
  nullReason: 'no_spend',
});

/** What of the spend is lost on the way. */
export const unreachedFigures: readonly FigureDefinition[] = [
  ...([1, 2, 3, 4] as const).map(unreached),
  untracedSpend,
  untracedSpendShare,
];
