import { expect, test } from '@jest/globals';
import { apart, ticksOf } from './labels';

test('ticks are few, round, and hold zero', () => {
  expect(ticksOf(0, 100)).toEqual([0, 25, 50, 75, 100]);
  expect(ticksOf(-60, 90)).toEqual([-50, 0, 50]);
  expect(ticksOf(0, 0)).toEqual([0]);
  expect(ticksOf(12, 21)).toEqual([12.5, 15, 17.5, 20]);
});

test('a label that would touch a more important one is left out', () => {
  const labels = [{ at: 9 }, { at: 0 }, { at: 8 }, { at: 4 }];
  expect(apart(labels, 20, 200, 50).map(({ at }) => at)).toEqual([9, 0, 4]);
  expect(apart(labels, 100, 1000, 50)).toHaveLength(4);
});
