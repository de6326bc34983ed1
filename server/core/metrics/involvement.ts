import { partOf } from './decision.js';
import type { Metric } from './metric.js';

/** What decisions say of the place that IT has among those who decide. */
export const involvementMetrics: readonly Metric[] = [
  {
    id: 'stakeholder.strategic_involvement',
    name: 'IT involved before strategic decisions',
    question: 'Is IT at the table before strategy is decided?',
    why: 'Where IT hears of a decision afterwards, it can only carry out or object.',
    unit: 'share',
    better: 'higher',
    distance: 1,
    formula: {
      text: 'Strategic decisions decided in the period in which IT was involved before, divided by the strategic decisions decided in the period that state when IT was involved.',
      expression: '|IT involved before| ÷ |involvement stated|, kind = strategic, decided in P',
      version: '1',
    },
    fold: { of: 'mean', a: 'before', b: null },
    scopes: { portfolio: true, unit: true },
    needs: ['decisions'],
    compute: ({ decisions }, at) =>
      partOf(decisions[at]!.involvedBefore, decisions[at]!.strategic, [
        'Strategic decisions with IT involved before',
        'Strategic decisions that state when IT was involved',
      ]),
  },
];
