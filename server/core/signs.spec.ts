import { describe, expect, test } from '@jest/globals';
import { THRESHOLD_IDS, type SignTestId } from '../contract/sign.js';
import { fractionOf } from './benefit-status.js';
import { SIGN_TESTS, SIGNS } from './sign-catalogue.js';
import { judge, type Point, stateOf } from './signs.js';

const known = (text: string): Point => ({ value: fractionOf(text), nullReason: null });
const unknown: Point = { value: null, nullReason: 'no_records' };

/** The state of a test of the catalogue, with the threshold it begins with; the last value is that of the period. */
const stateAt = (id: SignTestId, ...values: (string | null)[]): string => {
  const { rule, better, standard } = SIGN_TESTS.find((each) => each.id === id)!;
  const series = values.map((text) => (text === null ? unknown : known(text)));
  return judge({ rule, better, threshold: standard }, series, series.length - 1).state;
};

test('there are eight signs with three tests each, and each threshold belongs to one', () => {
  expect(SIGNS.map(({ tests }) => tests.length)).toEqual([3, 3, 3, 3, 3, 3, 3, 3]);
  expect(SIGN_TESTS.flatMap(({ id, standard }) => (standard === null ? [] : [id]))).toEqual([...THRESHOLD_IDS]);
});

describe('each test just below, at and just above its threshold', () => {
  test.each<[SignTestId, string, string, string, string]>([
    ['priority_stability', '0.5999', '0.6', '0.6001', 'holds clear clear'],
    ['strategic_spend_share', '0.4999', '0.5', '0.5001', 'holds clear clear'],
    ['unowned_share', '0.0999', '0.1', '0.1001', 'clear clear holds'],
    ['reopened_share', '0.1499', '0.15', '0.1501', 'clear clear holds'],
    ['time_to_decide', '29.9999', '30', '30.0001', 'clear clear holds'],
    ['at_intended_level', '0.7999', '0.8', '0.8001', 'holds clear clear'],
    ['waiting_share', '0.4999', '0.5', '0.5001', 'clear clear holds'],
    ['handoffs', '3.9999', '4', '4.0001', 'clear clear holds'],
    ['maturity_gap', '0.9999', '1', '1.0001', 'clear holds holds'],
    ['competency_coverage', '0.7999', '0.8', '0.8001', 'holds clear clear'],
    ['satisfaction', '3.4999', '3.5', '3.5001', 'holds clear clear'],
    ['strategic_involvement', '0.4999', '0.5', '0.5001', 'holds clear clear'],
    ['unserving_indicators', '0.2499', '0.25', '0.2501', 'clear clear holds'],
    ['traced_spend', '0.5999', '0.6', '0.6001', 'holds clear clear'],
    ['unmeasured_benefits', '0.1999', '0.2', '0.2001', 'clear clear holds'],
    ['escalations', '0.9999', '1', '1.0001', 'clear clear holds'],
    ['above_level_share', '0.1999', '0.2', '0.2001', 'clear clear holds'],
  ])('%s', (id, below, at, above, states) => {
    expect([stateAt(id, below), stateAt(id, at), stateAt(id, above)].join(' ')).toBe(states);
  });

  test('what is counted holds from the first on', () => {
    for (const id of ['shared_capabilities', 'unexplained_priorities', 'forum_overlaps'] as const)
      expect([id, stateAt(id, '0'), stateAt(id, '1')]).toEqual([id, 'clear', 'holds']);
  });

  test('decisions open past their date hold in the second period in a row', () => {
    expect(stateAt('overdue_open', '1', '1')).toBe('holds');
    expect(stateAt('overdue_open', '0', '1')).toBe('clear');
    expect(stateAt('overdue_open', '1', '0')).toBe('clear');
    expect(stateAt('overdue_open', null, '0')).toBe('clear');
    expect(stateAt('overdue_open', null, '1')).toBe('unknown');
    expect(stateAt('overdue_open', '1')).toBe('unknown');
  });

  test('the widest gaps hold where their part of the spend lies below their equal part', () => {
    const state = (value: string): string =>
      judge(
        { rule: 'below', better: 'none', threshold: null },
        [{ value: fractionOf(value), nullReason: null, limit: { n: 1n, d: 3n } }],
        0,
      ).state;
    expect([state('0.3333'), state('0.3334')]).toEqual(['holds', 'clear']);
    const third: Point = { value: { n: 2n, d: 6n }, nullReason: null, limit: { n: 1n, d: 3n } };
    expect(judge({ rule: 'below', better: 'none', threshold: null }, [third], 0).state).toBe('clear');
  });
});

describe('worsening', () => {
  const steady = ['0.5', '0.51', '0.5', '0.51', '0.5', '0.51'];
  test('holds on a signal in the wrong direction', () => {
    expect(stateAt('strategic_spend_worsening', ...steady, '0.2')).toBe('holds');
    expect(stateAt('strategic_spend_worsening', ...steady, '0.8')).toBe('clear');
    expect(stateAt('cycle_time_worsening', ...steady, '0.8')).toBe('holds');
    expect(stateAt('cycle_time_worsening', ...steady, '0.2')).toBe('clear');
  });
  test('is clear in common variation, and cannot be told from fewer than six points', () => {
    expect(stateAt('cycle_time_worsening', ...steady)).toBe('clear');
    expect(stateAt('cycle_time_worsening', ...steady.slice(1))).toBe('unknown');
  });
  test('cannot be told in a period without a figure, however clear the signal of the last one was', () => {
    expect(stateAt('strategic_spend_worsening', ...steady, '0.2', null)).toBe('unknown');
  });
  test('is read over the twelve periods that end with the asked one', () => {
    const later = Array.from({ length: 12 }, () => '0.5');
    expect(stateAt('strategic_spend_worsening', '9', ...later)).toBe('clear');
    expect(stateAt('strategic_spend_worsening', ...steady, ...Array.from({ length: 7 }, () => null), '0.2')).toBe(
      'unknown',
    );
  });
});

test('a test is told with its threshold and, where it cannot be told, with the reason', () => {
  expect(judge({ rule: 'below', better: 'none', threshold: '0.6' }, [unknown], 0)).toEqual({
    state: 'unknown',
    nullReason: 'no_records',
    threshold: { n: 6n, d: 10n },
    signal: null,
  });
  expect(judge({ rule: 'above', better: 'none', threshold: '30' }, [{ value: 30.25, nullReason: null }], 0).state).toBe(
    'holds',
  );
});

test('two tests make a sign present, one is to be watched, and too few known ones cannot tell', () => {
  expect(stateOf(['holds', 'holds', 'unknown'])).toBe('present');
  expect(stateOf(['holds', 'holds', 'holds'])).toBe('present');
  expect(stateOf(['holds', 'clear', 'clear'])).toBe('watch');
  expect(stateOf(['holds', 'unknown', 'unknown'])).toBe('watch');
  expect(stateOf(['clear', 'clear', 'unknown'])).toBe('clear');
  expect(stateOf(['clear', 'unknown', 'unknown'])).toBe('unknown');
  expect(stateOf(['unknown', 'unknown', 'unknown'])).toBe('unknown');
});
