import { expect, test } from '@jest/globals';
import { balanced } from './balanced-columns.js';

const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);

test('room goes to the column whose texts are long, and the sum stays', () => {
  const rows = Array.from({ length: 6 }, () => [300, 2000]);
  const widths = balanced([500, 500], [60, 60], rows, 10);
  expect(sum(widths)).toBeCloseTo(1000, 6);
  // 2,000 are five lines in 490, and four in 590; 300 still stand on one line.
  expect(widths.map(Math.round)).toEqual([400, 600]);
});

test('no column gets less than its least, and no short text that stood on one line is broken', () => {
  const rows = Array.from({ length: 6 }, () => [100, 400, 3000]);
  const widths = balanced([300, 300, 400], [60, 280, 60], rows, 10);
  expect(widths[0]!).toBeGreaterThanOrEqual(110);
  expect(widths[1]!).toBeGreaterThanOrEqual(280);
  expect(widths[2]!).toBeGreaterThanOrEqual(550);
});

test('a table in which every text stands on one line stays as it is', () => {
  expect(balanced([100, 200], [50, 50], [[80, 150]], 10)).toEqual([100, 200]);
});
