import { expect, test } from '@jest/globals';
import { shownQuarters } from './profile.js';

const quarters = (...ago: number[]) => ago.map((each) => ({ ago: each }));

test('eight quarters, the period the fourth of them', () => {
  expect(shownQuarters(quarters(3, -4))).toEqual([3, 2, 1, 0, -1, -2, -3, -4]);
});

test('ends without a record are left out, holes between are not', () => {
  expect(shownQuarters(quarters(9, 2, -1))).toEqual([2, 1, 0, -1]);
  expect(shownQuarters(quarters(0))).toEqual([0]);
});

test('records that lie further off keep the quarters; none at all leave nothing', () => {
  expect(shownQuarters(quarters(12))).toHaveLength(8);
  expect(shownQuarters([])).toEqual([]);
});
