import { describe, expect, test } from '@jest/globals';
import { METRIC_IDS } from '../../contract/metric.js';
import { METRICS } from './catalogue.js';
import { definitionsOf } from './definitions.js';

describe('The catalogue of metrics', () => {
  test('defines every metric of the contract, once and in its order', () => {
    expect(METRICS.map(({ id }) => id)).toEqual(METRIC_IDS);
  });

  test('has a history of each definition that ends with the version in force', () => {
    for (const { id, formula } of METRICS)
      expect({ id, version: definitionsOf(id).at(-1)!.version }).toEqual({ id, version: formula.version });
  });

  test('knows what adds up over a quarter: sums of money, and what is finished', () => {
    expect(METRICS.filter(({ accumulates }) => accumulates).map(({ id }) => id)).toEqual([
      'flow.throughput',
      'capability.skills_investment',
      'outcome.revenue_enabled',
      'outcome.cost_saved',
      'outcome.risk_reduced',
    ]);
  });
});
