import { expect, test } from '@jest/globals';
import { percentile } from './percentile.js';

test('a percentile lies between its neighbours, in proportion', () => {
  expect(percentile([4], 0.85)).toBe(4);
  expect(percentile([1, 2, 3, 10], 0.5)).toBe(2.5);
  expect(percentile([1, 2, 3, 10], 0.85)).toBeCloseTo(6.85, 12);
  expect(percentile([1, 2, 3, 10], 1)).toBe(10);
});
