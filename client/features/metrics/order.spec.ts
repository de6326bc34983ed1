import { describe, expect, test } from '@jest/globals';
import type { Metric, MetricId, Signal } from '../../../server/contract/metric.js';
import { countSignals, headlineOf, inOrder, isNothingMeasured, shownFamilies } from './order';
import { messageOf } from './message';

const signal = (state: Signal['state'], direction: Signal['direction'] = null): Signal => ({
  state,
  direction,
  rule: state === 'signal' ? 'outside_limits' : null,
  points: state === 'insufficient' ? 3 : 12,
  limits: null,
});
const metric = (id: MetricId, distance: number, of: Signal, value: number | null = 1): Metric =>
  ({ id, name: id, distance, signal: of, value, target: null, isBlank: false }) as Metric;

const worse = metric('flow.cycle_time', 3, signal('signal', 'worsening'));
const better = metric('outcome.revenue_enabled', 0, signal('signal', 'improving'));
const noise = metric('outcome.attained_share', 1, signal('noise'));
const few = metric('quality.availability', 3, signal('insufficient'), null);
const changed = metric('flow.wip', 3, signal('signal'));

describe('the order of the scorecard', () => {
  test('concern goes first, then what is nearest to business impact, then as it comes', () => {
    expect(inOrder([few, noise, changed, better, worse]).map(({ id }) => id)).toEqual([
      'flow.cycle_time',
      'outcome.revenue_enabled',
      'outcome.attained_share',
      'quality.availability',
      'flow.wip',
    ]);
  });

  test('a family is told by the first that has a value and a target, else by the first that has a value', () => {
    const aimed = { ...noise, target: '0.8' } as Metric;
    expect(headlineOf([few, better, worse, aimed])).toBe(aimed);
    expect(headlineOf([few, better, worse])).toBe(worse);
    expect(headlineOf([{ ...few, target: '0.9' } as Metric, better])).toBe(better);
    expect(headlineOf([few])).toBe(few);
    expect(headlineOf([])).toBeUndefined();
  });

  test('with signals only, a family without one is left out', () => {
    const families = [
      { id: 'flow' as const, name: 'Flow', question: '', metrics: [changed, few] },
      { id: 'quality' as const, name: 'Quality', question: '', metrics: [noise] },
    ];
    expect(shownFamilies(families, false)).toHaveLength(2);
    expect(shownFamilies(families, true).map(({ metrics }) => metrics)).toEqual([[changed]]);
  });
});

describe('the message of the scorecard', () => {
  test('counts signals, and nothing that moves by chance', () => {
    expect(messageOf(countSignals([worse, better, noise, few, changed]))).toBe(
      '3 of 5 metrics have really changed: 1 of concern, 1 improving, 1 changed with no better way. 1 has too few points to tell.',
    );
    expect(messageOf(countSignals([noise, better]))).toBe('1 of 2 metrics has really changed: 1 improving.');
    expect(messageOf(countSignals([noise]))).toBe('None of the 1 metrics has really changed.');
  });

  test('where nothing is known, it says so', () => {
    expect(messageOf(countSignals([few]))).toBe('1 metrics are defined, none is measured in this period.');
  });
});

describe('an empty product', () => {
  const point = (value: number | null, isPoint: boolean, nullReason: string | null = null) =>
    ({ value, isPoint, nullReason }) as Metric['trend'][number];
  const withTrend = (...trend: Metric['trend']): Metric => ({ ...noise, trend });

  test('is one in which no metric has a point: zeros of sums and counts are none', () => {
    const [zero, unknown] = [withTrend(point(0, false)), withTrend(point(null, false, 'no_records'))];
    expect(isNothingMeasured([zero, unknown])).toBe(true);
    expect(isNothingMeasured([zero, withTrend(point(0, true))])).toBe(false);
    expect(isNothingMeasured([zero, withTrend(point(null, false, 'too_few_responses'))])).toBe(false);
  });

  test('measures nothing, and says so', () => {
    const blank = { ...metric('flow.wip', 3, signal('insufficient'), 0), isBlank: true };
    expect(messageOf(countSignals([blank]))).toBe('1 metrics are defined, none is measured in this period.');
  });
});

test('a period without a value has not changed, and is not said to have too few points', () => {
  const limits = { centre: 1, lower: 0, upper: 2, meanRange: 1 };
  const silent = metric('flow.cycle_time', 3, { ...signal('insufficient'), points: 11, limits }, null);
  expect(messageOf(countSignals([silent, noise]))).toBe(
    'None of the 2 metrics has really changed. 1 has no value in this period.',
  );
});
