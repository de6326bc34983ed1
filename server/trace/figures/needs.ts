import type { CapabilityState } from '../../capabilities/mismatch.service.js';
import { type FigureDefinition, type Listed, SHARE } from '../figure.js';
import { ASSESSED, asked, LEVEL, listed, named, reasonIn } from './maturity.js';

/** What capabilities of the map lack, by importance, and how much of it each of them does. */

/** Question: what part of all that is missing is missing here? A fraction; null where nothing is missing anywhere. */
const needShare: FigureDefinition = {
  id: 'maturity.need_share',
  formula: {
    text: 'The maturity gap of the capability divided by the gaps of all capabilities of the map. The gap of a strategic capability counts twice.',
    expression: 'weight × gap ÷ Σ (weight × gap), weight 2 where strategic, else 1',
  },
  forStakeholders: false,
  history: ASSESSED,
  async work(context) {
    const state = await asked(context);
    const { needs, unassessed } = await context.capabilities();
    return {
      title: `Share of all gaps at ${named(state)}`,
      unit: SHARE,
      value: state.need.needShare,
      nullReason: await reasonIn(context, state.need.weightedGap === null ? 'not_assessed' : 'no_gap'),
      inputs: [
        { label: 'Gap, by importance', value: state.need.weightedGap, unit: LEVEL, trace: null },
        {
          label: 'All gaps, by importance',
          value: unassessed ? null : needs.weightedGaps,
          unit: LEVEL,
          trace: context.path('weighted_gaps'),
        },
        {
          label: 'Gap',
          value: state.gap,
          unit: LEVEL,
          trace: context.path('maturity.gap', { type: 'capability', ref: state.row.code }),
        },
      ],
      quality: [
        state.row.strategic === true
          ? 'It is strategic: its gap counts twice.'
          : 'It is not strategic: its gap counts once.',
      ],
    };
  },
  async records(context) {
    const state = await asked(context);
    return { of: 'list', title: 'Numerator: the gap, by importance', unit: LEVEL, items: weighted([state]) };
  },
};

/** Of each capability that has a gap, or none to its target, that gap by importance. */
const weighted = (states: readonly CapabilityState[]): Listed[] =>
  states.flatMap((state) => {
    const { weightedGap } = state.need;
    const note = state.row.strategic === true ? 'strategic, counts twice' : 'counts once';
    return weightedGap === null ? [] : [listed(state, note, weightedGap)];
  });

/** Question: how much is missing on the whole map? Levels, those of strategic capabilities twice; null in a portfolio, where none are known. */
const weightedGaps: FigureDefinition = {
  id: 'weighted_gaps',
  formula: {
    text: 'The maturity gaps of all capabilities of the map, added up. The gap of a strategic capability counts twice.',
    expression: 'Σ (weight × gap), weight 2 where strategic, else 1',
  },
  forStakeholders: false,
  history: ASSESSED,
  async work(context) {
    const { needs, unassessed } = await context.capabilities();
    const value = unassessed ? null : needs.weightedGaps;
    return {
      title: 'All gaps, by importance',
      ...{ unit: LEVEL, value, inputs: [], quality: [] },
      ...(unassessed && { nullReason: unassessed }),
    };
  },
  records: async (context) => ({
    of: 'list',
    title: 'Gaps of capabilities, by importance',
    unit: LEVEL,
    items: weighted((await context.capabilities()).items),
  }),
};

export const needFigures: readonly FigureDefinition[] = [weightedGaps, needShare];
