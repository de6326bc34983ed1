import { describe, expect, test } from '@jest/globals';
import { METRIC_IDS } from '../../contract/metric.js';
import { SURVEY_QUESTIONS } from '../../contract/survey.js';
import { METRICS } from './catalogue.js';
import { definitionsOf } from './definitions.js';
import { addsUpOverParts } from './metric.js';

describe('The catalogue of metrics', () => {
  test('defines every metric of the contract, once and in its order', () => {
    expect(METRICS.map(({ id }) => id)).toEqual(METRIC_IDS);
  });

  test('has a history of each definition that ends with the version in force', () => {
    for (const { id, formula } of METRICS)
      expect({ id, version: definitionsOf(id).at(-1)!.version }).toEqual({ id, version: formula.version });
  });

  test('tells of each question of the survey the words that people answer, with both ends', () => {
    const texts = SURVEY_QUESTIONS.map(
      ({ id }) =>
        METRICS.find((metric) => metric.id === `stakeholder.${id === 'recommend' ? 'nps' : id}`)!.formula.text,
    );
    for (const [at, { text, low, high }] of SURVEY_QUESTIONS.entries())
      for (const word of [`“${text}”`, low, high]) expect(texts[at]).toContain(word);
    expect(texts[0]).toMatch(/^Asked in a round: “How satisfied are you with IT\?” 1 Not at all – 5 Very\. Mean/);
    expect(texts[5]).toMatch(/ 0 Not at all – 10 Certainly\. Share/);
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

  test('knows what adds up over parts of the enterprise: these, and counts at the end of a quarter, but no share', () => {
    expect(METRICS.filter(addsUpOverParts).map(({ id }) => id)).toEqual([
      'decision.overdue_open',
      'flow.wip',
      'flow.throughput',
      'capability.skills_investment',
      'outcome.revenue_enabled',
      'outcome.cost_saved',
      'outcome.risk_reduced',
    ]);
  });
});
