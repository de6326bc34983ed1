import { expect, test } from '@jest/globals';
import { dueOn, isOver, lastMonthDueBy, lastOverdueMonth } from './due-values.js';

test('a value is due on a day of the next month, and overdue from the day after', () => {
  expect(dueOn('2026-12', 5)).toBe('2027-01-05');
  expect(lastOverdueMonth('2026-11-15', 15)).toBe('2026-09');
  expect(lastOverdueMonth('2026-11-16', 15)).toBe('2026-10');
  expect(lastOverdueMonth('2027-01-01', 15)).toBe('2026-11');
});

test('a month is over from the first day of the next', () => {
  expect(isOver('2026-10', '2026-10-31')).toBe(false);
  expect(isOver('2026-10', '2026-11-01')).toBe(true);
});

test('by a day, months are due whose own day is not after it', () => {
  expect(lastMonthDueBy('2026-12-14', 15)).toBe('2026-10');
  expect(lastMonthDueBy('2026-12-15', 15)).toBe('2026-11');
  expect(lastMonthDueBy('2027-01-01', 1)).toBe('2026-12');
});
