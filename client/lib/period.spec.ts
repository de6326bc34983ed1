import { describe, expect, test } from '@jest/globals';
import { lastDay, periodChoices, periodLabel, shiftPeriod } from './period';

describe('The quarters to choose from', () => {
  test('are around now, newest first, with the chosen one wherever it lies, and none that lies ahead', () => {
    const choices = periodChoices('2026-Q4', '2026-Q3', '2011-Q2');
    expect([choices[0], choices.at(-2), choices.at(-1)]).toEqual(['2026-Q4', '2021-Q1', '2011-Q2']);
    expect(choices).toHaveLength(25);
    expect(choices).toEqual([...new Set(choices)].sort().reverse());
  });

  test('are also around where pages open, when that is long ago', () => {
    const choices = periodChoices('2026-Q4', '2016-Q1', '2016-Q1');
    expect(choices).toEqual(expect.arrayContaining(['2017-Q1', '2016-Q1', '2014-Q2']));
    expect(choices).not.toContain('2018-Q1');
  });
});

test('Quarters are walked over the turn of the year', () => {
  expect(shiftPeriod('2026-Q1', -1)).toBe('2025-Q4');
  expect(shiftPeriod('2026-Q4', 1)).toBe('2027-Q1');
  expect(shiftPeriod('2026-Q2', -6)).toBe('2024-Q4');
});

test('A fiscal year is named by the year in which it ends', () => {
  expect(periodLabel('2026-Q3')).toBe('2026 Q3');
  expect(periodLabel('2023-Q4', 4)).toBe('FY2023 Q4');
});

test('A quarter ends with the last day of its third month, in the year before where the fiscal year began in it', () => {
  expect(lastDay('2026-Q3')).toBe('2026-09-30');
  expect(lastDay('2026-Q3', 4)).toBe('2025-12-31');
  expect(lastDay('2023-Q4', 4)).toBe('2023-03-31');
  expect(lastDay('2023-Q1', 4)).toBe('2022-06-30');
  expect(lastDay('2026-Q1', 10)).toBe('2025-12-31');
  expect(lastDay('2024-Q1', 12)).toBe('2024-02-29');
});
