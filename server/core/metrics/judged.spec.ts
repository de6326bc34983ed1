import { describe, expect, test } from '@jest/globals';
import { judgedOf } from './judged.js';
import { type Computed, none, valued } from './metric.js';

const SUM = { accumulates: true, better: 'higher' } as const;
const COUNT = { better: 'lower' } as const;

const blank: Computed = valued(0, 0, { isBlank: true });
const of = (...values: number[]): Computed[] => values.map((value) => valued(value, value));
const blanks = (many: number): Computed[] => Array.from({ length: many }, () => blank);

describe('The points of a metric', () => {
  test('do not begin before the first record: zeros of before are no change for the better', () => {
    const { points, signal, ranges } = judgedOf(SUM, [...blanks(11), ...of(100)], 0);
    expect(points).toEqual([...Array.from({ length: 11 }, () => null), 100]);
    expect(signal).toMatchObject({ state: 'insufficient', points: 1, limits: null });
    expect(ranges.filter((range) => range !== null)).toEqual([]);
  });

  test('hold a zero of a count where something is recorded, and a blank after the first record', () => {
    const { points, signal } = judgedOf(COUNT, [blank, ...of(0, 0, 0, 0, 0, 0, 0, 0, 0), blank, ...of(9)], 0);
    expect(points).toEqual([null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]);
    expect(signal).toMatchObject({ state: 'signal', direction: 'worsening', rule: 'outside_limits', points: 11 });
  });

  test('are none where nothing was ever recorded', () => {
    expect(judgedOf(SUM, blanks(12), 0)).toMatchObject({
      points: Array.from({ length: 12 }, () => null),
      signal: { state: 'insufficient', points: 0 },
    });
  });

  test('of a mean begin where it has a value; a gap is no zero', () => {
    const trend = [none('no_records'), ...of(3, 4), none('no_records'), ...of(5)];
    expect(judgedOf({ better: 'lower' }, trend, 0)).toMatchObject({
      points: [null, 3, 4, null, 5],
      ranges: [null, null, 1, null, 1],
      judged: 4,
    });
  });
});

describe('The quarter under way', () => {
  const steady = of(60, 61, 59, 60, 62, 58, 60, 61, 59, 60, 60, 12);

  test('is a point of a sum, and judged when it is over', () => {
    const now = judgedOf(SUM, steady, 1);
    expect(now.points.at(-1)).toBe(12);
    expect(now.ranges.at(-1)).toBeNull();
    expect(now.judged).toBe(10);
    expect(now.signal).toMatchObject({ state: 'noise', points: 11 });
    expect(judgedOf(SUM, steady, 0)).toMatchObject({
      judged: 11,
      signal: { state: 'signal', direction: 'worsening' },
    });
  });

  test('is judged as any other where nothing adds up: a count at the end, a mean, a share', () => {
    expect(judgedOf(COUNT, steady, 1)).toMatchObject({
      judged: 11,
      signal: { state: 'signal', direction: 'improving', points: 12 },
    });
  });
});
