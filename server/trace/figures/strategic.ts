import type { CapabilityState } from '../../capabilities/mismatch.service.js';
import { sumOf } from '../../core/benefit-status.js';
import type { TraceContext } from '../context.js';
import { COUNT, divided, type FigureDefinition, SHARE, whole } from '../figure.js';
import { ASSESSED, costRecords, listed, MONEY, named, reasonIn, spendOnMap } from './maturity.js';

/** Strategic capabilities of the map: how many there are, how many lack strength, and whether the money is there. */

/** A count of capabilities of the map; null where it is of levels, and levels are not known in the scope. */
const counted = (
  id: 'strategic_capabilities' | 'strategic_below_target' | 'reachable_capabilities',
  title: string,
  text: string,
  counts: (state: CapabilityState) => boolean,
  isOfLevels = false,
): FigureDefinition => {
  const found = async (context: TraceContext): Promise<CapabilityState[]> =>
    (await context.capabilities()).items.filter(counts);
  return {
    id,
    formula: { text, expression: 'n(capabilities)' },
    forStakeholders: false,
    history: ASSESSED,
    async work(context) {
      const { unassessed } = await context.capabilities();
      if (isOfLevels && unassessed)
        return { title, unit: COUNT, value: null, nullReason: unassessed, inputs: [], quality: [] };
      return { title, unit: COUNT, value: whole((await found(context)).length), inputs: [], quality: [] };
    },
    records: async (context) => ({
      of: 'list',
      title,
      unit: COUNT,
      items: (await found(context)).map((state) =>
        listed(state, state.row.target === null ? 'no target' : `target ${state.row.target}`, whole(1)),
      ),
    }),
  };
};

const isBelow = ({ row, gap: missing }: CapabilityState): boolean =>
  row.strategic === true && missing !== null && missing.n > 0n;

/** Question: does the money go where the strategy needs more strength? A fraction of the spend on capabilities. */
const belowTargetShare: FigureDefinition = {
  id: 'strategic_below_target_share',
  formula: {
    text: 'Spend that reaches strategic capabilities below their target, divided by the spend that reaches all capabilities of the map.',
    expression: 'Σ C(strategic capabilities with level < target) ÷ Σ C(capabilities)',
  },
  forStakeholders: false,
  history: [...MONEY, ...ASSESSED],
  async work(context) {
    const { items, unassessed } = await context.capabilities();
    const states = items.filter(isBelow);
    const part = sumOf(states.map(({ cost }) => cost));
    const all = await spendOnMap(context);
    return {
      title: 'Share of spend that reaches strategic capabilities below target',
      unit: SHARE,
      value: unassessed ? null : divided(part, all.value!),
      nullReason: await reasonIn(context, 'no_spend'),
      inputs: [
        {
          label: 'Spend that reaches strategic capabilities below target',
          value: unassessed ? null : part,
          unit: context.money,
          trace: null,
        },
        all,
        ...states.map((state) => ({
          label: named(state),
          value: state.cost,
          unit: context.money,
          trace: context.path('node.cost', { type: 'capability', ref: state.row.code }),
        })),
      ],
      quality: [],
    };
  },
  async records(context) {
    const states = (await context.capabilities()).items.filter(isBelow);
    return costRecords(
      context,
      states,
      'Numerator: actual cost, the part that reaches strategic capabilities below target',
    );
  },
};

export const strategicFigures: readonly FigureDefinition[] = [
  counted(
    'strategic_capabilities',
    'Strategic capabilities',
    'Capabilities of the map that the strategy depends on, as stated with the record.',
    ({ row }) => row.strategic === true,
  ),
  counted(
    'strategic_below_target',
    'Strategic capabilities below target',
    'Strategic capabilities of the map whose latest level before the end of the period is below their target.',
    isBelow,
    true,
  ),
  counted(
    'reachable_capabilities',
    'Capabilities that money can reach',
    'Capabilities of the map that an initiative leads to, or that are not split into parts. An equal part of the spend is one of so many.',
    ({ row }) => !row.hasParts || row.initiatives > 0,
  ),
  belowTargetShare,
];
