import { describe, expect, test } from '@jest/globals';
import { type DecisionFacts, decisionMetrics } from './decision.js';
import type { MetricFacts } from './facts.js';
import { involvementMetrics } from './involvement.js';
import type { Computed } from './metric.js';

const nothing: DecisionFacts = {
  period: '2026-Q3',
  seen: 0,
  decided: 0,
  priorities: 0,
  priorityMedianDays: null,
  priorityP85Days: null,
  medianDays: null,
  escalations: 0,
  bothLevels: 0,
  atIntended: 0,
  aboveIntended: 0,
  reopened: 0,
  overdueOpen: 0,
  strategic: 0,
  involvedBefore: 0,
};

const compute = (id: string, facts: Partial<DecisionFacts>): Computed =>
  [...decisionMetrics, ...involvementMetrics]
    .find((metric) => metric.id === id)!
    .compute({ decisions: [nothing, { ...nothing, ...facts }] } as unknown as MetricFacts, 1);

describe('decision metrics', () => {
  test('time to decide is the median of priority decisions, beside their 85th percentile and the median of all kinds', () => {
    expect(
      compute('decision.time_to_decide', {
        decided: 9,
        priorities: 4,
        priorityMedianDays: 19.5,
        priorityP85Days: 40,
        medianDays: 22,
      }),
    ).toEqual({
      value: 19.5,
      n: 4,
      nullReason: null,
      detail: { p85: 40, allKinds: 22 },
      inputs: [
        { label: 'Priority decisions decided in the period', value: { n: 4n, d: 1n }, unit: 'count' },
        { label: 'Decisions decided in the period', value: { n: 9n, d: 1n }, unit: 'count' },
      ],
    });
  });

  test('without a priority decision there is no time to decide, but there is one of all kinds', () => {
    expect(compute('decision.time_to_decide', { decided: 2, medianDays: 22 })).toEqual({
      value: null,
      n: 0,
      nullReason: 'no_records',
      detail: { p85: null, allKinds: 22 },
    });
  });

  test.each([
    ['decision.escalation_levels', { decided: 3, escalations: 4 }, 4n, 3n],
    ['decision.at_intended_level_share', { decided: 5, bothLevels: 3, atIntended: 2 }, 2n, 3n],
    ['decision.reopened_share', { decided: 7, reopened: 1 }, 1n, 7n],
    ['stakeholder.strategic_involvement', { decided: 7, strategic: 3, involvedBefore: 0 }, 0n, 3n],
  ])('%s is an exact part of what was decided', (id, facts, n, d) => {
    expect(compute(id, facts)).toMatchObject({ value: { n, d }, n: Number(d), nullReason: null });
  });

  test.each([
    ['decision.escalation_levels', {}],
    ['decision.at_intended_level_share', { decided: 5 }],
    ['decision.reopened_share', {}],
    ['stakeholder.strategic_involvement', { decided: 5 }],
  ])('%s of nothing is not known', (id, facts) => {
    expect(compute(id, facts)).toMatchObject({ value: null, n: 0, nullReason: 'no_records' });
  });

  test('no decision past its date is 0, not unknown; blank only where no decision was seen at all', () => {
    const none = compute('decision.overdue_open', {});
    expect(none).toMatchObject({ value: { n: 0n, d: 1n }, n: 0, nullReason: null, isBlank: true });
    expect(compute('decision.overdue_open', { seen: 12 })).toMatchObject({ value: { n: 0n, d: 1n }, isBlank: false });
    expect(compute('decision.overdue_open', { overdueOpen: 4 })).toMatchObject({ value: { n: 4n, d: 1n }, n: 4 });
  });
});
