import { expect, test } from '@jest/globals';
import { addDays, daysBetween, weekday } from './days.js';

test('days follow the calendar over months, leap days and years', () => {
  expect(addDays('2026-11-21', 30)).toBe('2026-12-21');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2); // clocks change between them
  expect(daysBetween('2026-12-01', '2026-11-30')).toBe(-1);
});

test('a day knows its weekday', () => {
  expect(weekday('2026-11-21')).toBe(6);
  expect(weekday('2026-11-23')).toBe(1);
  expect(weekday('1969-12-31')).toBe(3);
});

test('what is no day is refused by name', () => {
  expect(() => addDays('2026-02-30', 1)).toThrow(/2026-02-30/);
});
