import { type Layer, LAYERS } from '../../core/shares.js';
import { leftOverOf, weightsAt, wholeLayer } from '../../core/weights.js';
import { LAYER_WORDS as AT } from './words.js';
import type { FigureDefinition } from '../figure.js';
import { assumedLinks } from './sentences.js';

const GIVING = ['investment', 'initiative', 'capability', 'outcome'] as const;
const history = ['link', 'investment_cost', 'exchange_rate', 'import'];

/** Question: how much of the spend reaches this layer? Unit: reporting currency; 0 where nothing does. */
const reached = (layer: Layer, index: number): FigureDefinition => {
  const before = GIVING[index - 1] ?? null;
  return {
    id: `reached.${layer}`,
    formula:
      before === null
        ? { text: 'All spend begins at investments.', expression: 'Σ C(investments) = spend' }
        : {
            text: `What reaches ${AT[before]}, less what it leaves unallocated.`,
            expression: `Σ C(${layer}) = Σ C(${before}) − Σ unallocated(${before})`,
          },
    forStakeholders: false,
    history,
    async work(context) {
      const { whole } = await context.chain();
      const input = (label: string, value: { n: bigint; d: bigint }, trace: string) => ({
        label,
        value,
        unit: context.money,
        trace,
      });
      return {
        title: `Spend that reaches ${AT[layer]}`,
        unit: context.money,
        value: whole.cost.total(index),
        isNone: (await context.investments()).actual === 0,
        inputs:
          before === null
            ? [input('Spend', whole.cost.total(0), context.path('spend'))]
            : [
                input(
                  `Spend that reaches ${AT[before]}`,
                  whole.cost.total(index - 1),
                  context.path(`reached.${before}`),
                ),
                input(
                  `Left unallocated at ${AT[before]}`,
                  whole.unallocated.total(index - 1),
                  context.path(`lost.${before}`),
                ),
              ],
        quality: await assumedLinks(context),
      };
    },
    async records(context) {
      const { chain } = (await context.chain()).whole;
      return {
        of: 'costs',
        title: `Actual cost, the part that reaches ${AT[layer]}`,
        unit: context.money,
        column: 'actual',
        weights: weightsAt(chain, 'allocation', wholeLayer(chain, index)),
      };
    },
  };
};

/** Question: how much money does this layer lose on the way? Unit: reporting currency. */
const lost = (layer: (typeof GIVING)[number], index: number): FigureDefinition => ({
  id: `lost.${layer}`,
  formula: {
    text: `Cost of ${AT[layer]} that no link leads on: of each record its cost, less the allocated shares of it.`,
    expression: 'Σ unallocated(u) = Σ (C(u) − Σ allocation(u→v) · C(u))',
  },
  forStakeholders: false,
  history,
  async work(context) {
    const { rows, whole } = await context.chain();
    const inputs = whole.chain.nodesByLayer[index]!.flatMap((node) => {
      const value = whole.unallocated.at(node)!;
      const { code, name } = rows[node]!;
      const trace = context.path('node.unallocated', { type: layer, ref: code });
      return value.n === 0n ? [] : [{ label: `${code} ${name}`, value, unit: context.money, trace }];
    });
    return {
      title: `Spend left unallocated at ${AT[layer]}`,
      unit: context.money,
      value: whole.unallocated.total(index),
      inputs: context.largest(inputs),
      quality: await assumedLinks(context),
    };
  },
  async records(context) {
    const { chain } = (await context.chain()).whole;
    const place = leftOverOf(chain, 'allocation', index, chain.nodesByLayer[index]!);
    return {
      of: 'costs',
      title: `Actual cost, the part that ${AT[layer]} leave unallocated`,
      unit: context.money,
      column: 'actual',
      weights: weightsAt(chain, 'allocation', place),
    };
  },
});

/** One figure a layer. */
export const layerFigures: readonly FigureDefinition[] = [...LAYERS.map(reached), ...GIVING.map(lost)];
