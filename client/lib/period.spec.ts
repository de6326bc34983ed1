import { describe, expect, test } from '@jest/globals';
import { lastDay, periodChoices, periodLabel } from './period';

describe('The quarters to choose from', () => {
  test('are around now, newest first, with the chosen one wherever it lies', () => {
    const choices = periodChoices('2026-Q4', '2026-Q3', '2011-Q2');
    expect([choices[0], choices.at(-2), choices.at(-1)]).toEqual(['2027-Q4', '2021-Q1', '2011-Q2']);
    expect(choices).toHaveLength(29);
    expect(choices).toEqual([...new Set(choices)].sort().reverse());
  });

  test('are also around where pages open, when that is long ago', () => {
    const choices = periodChoices('2026-Q4', '2016-Q1', '2016-Q1');
    expect(choices).toEqual(expect.arrayContaining(['2017-Q1', '2016-Q1', '2014-Q2']));
    expect(choices).not.toContain('2018-Q1');
  });
});

test('A fiscal year is named by the year in which it ends', () => {
  expect([periodLabel('2026-Q3'), periodLabel('2026-Q3', 4)]).toEqual(['2026 Q3', 'FY2026 Q3']);
  expect([lastDay('2026-Q3'), lastDay('2026-Q3', 4)]).toEqual(['2026-09-30', '2025-12-31']);
});
