import { describe, expect, test } from '@jest/globals';
import type { MetricId } from '../../contract/metric.js';
import { ratio } from '../money.js';
import { type CapabilityFacts, capabilityMetrics } from './capability.js';
import type { MetricFacts } from './facts.js';

const NOTHING: CapabilityFacts = {
  period: '2026-Q3',
  strategic: 0,
  assessed: 0,
  level: { n: 0n, d: 1n },
  withTarget: 0,
  gap: { n: 0n, d: 1n },
  reachedTarget: [],
  competencies: 0,
  filled: { n: 0n, d: 1n },
  required: { n: 0n, d: 1n },
};

const figure = (id: MetricId, facts: Partial<CapabilityFacts>) => {
  const metric = capabilityMetrics.find((each) => each.id === id)!;
  const found = metric.compute({ capabilities: [NOTHING, { ...NOTHING, ...facts }] } as unknown as MetricFacts, 1);
  const value =
    found.value === null || typeof found.value === 'number' ? found.value : ratio(found.value.n, found.value.d);
  return [value, found.n, found.nullReason];
};

describe('the metrics of capability', () => {
  test('maturity is the mean of the latest levels of strategic capabilities that have one', () => {
    expect(figure('capability.strategic_maturity', { strategic: 4, assessed: 3, level: { n: 75n, d: 10n } })).toEqual([
      2.5,
      3,
      null,
    ]);
  });

  test('the gap is the mean over those that have a target, too', () => {
    expect(
      figure('capability.maturity_gap', { strategic: 4, assessed: 3, withTarget: 2, gap: { n: 14n, d: 10n } }),
    ).toEqual([0.7, 2, null]);
  });

  test('a gap of nothing is a figure: 0', () => {
    expect(figure('capability.maturity_gap', { strategic: 1, assessed: 1, withTarget: 1 })).toEqual([0, 1, null]);
  });

  test('nothing strategic and nothing assessed are different reasons for no value', () => {
    expect(figure('capability.strategic_maturity', {})).toEqual([null, 0, 'nothing_strategic']);
    expect(figure('capability.strategic_maturity', { strategic: 2 })).toEqual([null, 0, 'no_records']);
    expect(figure('capability.maturity_gap', { strategic: 2, assessed: 1 })).toEqual([null, 0, 'no_records']);
  });

  test('coverage is a ratio of sums; no need at all is no denominator', () => {
    expect(
      figure('capability.competency_coverage', {
        competencies: 2,
        filled: { n: 7n, d: 2n },
        required: { n: 5n, d: 1n },
      }),
    ).toEqual([0.7, 2, null]);
    expect(figure('capability.competency_coverage', { competencies: 2 })).toEqual([null, 2, 'zero_denominator']);
    expect(figure('capability.competency_coverage', {})).toEqual([null, 0, 'no_records']);
  });
});
