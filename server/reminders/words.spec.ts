import { expect, test } from '@jest/globals';
import type { Reminder } from '../contract/reminder.js';
import { countsOf, dayWords, inOrder, monthsWords, overdueDaysOf, summaryOf, timeOf } from './words.js';

const TODAY = '2026-11-21';
const item = (id: string, dueOn: string | null, rest: Partial<Reminder> = {}): Reminder => ({
  id,
  kind: 'values',
  title: `Do ${id}`,
  time: timeOf(dueOn, TODAY),
  dueOn,
  since: null,
  overdueDays: overdueDaysOf(dueOn, TODAY),
  link: '/',
  object: null,
  months: [],
  count: 0,
  amount: null,
  ...rest,
});

test('months read as one would say them', () => {
  expect(monthsWords(['2026-09'])).toBe('Sep 2026');
  expect(monthsWords(['2026-08', '2026-09'])).toBe('Aug and Sep 2026');
  expect(monthsWords(['2025-12', '2026-02'])).toBe('Dec 2025 and Feb 2026');
  expect(monthsWords(['2026-06', '2026-08', '2026-09'])).toBe('Jun, Aug and Sep 2026');
  expect(monthsWords(['2026-06', '2026-07', '2026-08', '2026-09'])).toBe('Jun 2026 to Sep 2026');
  expect(monthsWords(['2025-01', '2026-07', '2026-08', '2026-09'])).toBe('4 months from Jan 2025 to Sep 2026');
  expect(dayWords('2026-12-05')).toBe('5 Dec 2026');
});

test('a day is overdue from the day after, and near for seven days', () => {
  expect(timeOf('2026-11-20', TODAY)).toBe('overdue');
  expect(timeOf('2026-11-21', TODAY)).toBe('week');
  expect(timeOf('2026-11-28', TODAY)).toBe('week');
  expect(timeOf('2026-11-29', TODAY)).toBe('later');
  expect(timeOf(null, TODAY)).toBe('week');
  expect(overdueDaysOf('2026-11-15', TODAY)).toBe(6);
  expect(overdueDaysOf('2026-11-21', TODAY)).toBe(0);
});

test('the longest overdue comes first, what waits without a day before what has one', () => {
  const items = [item('d', '2026-12-15'), item('c', '2026-11-22'), item('b', null), item('a', '2026-11-01')];
  expect(inOrder(items).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  expect(countsOf(items)).toEqual({ overdue: 1, week: 2, later: 1 });
});

test('the summary says what there is, and nothing of what there is not', () => {
  expect(summaryOf([item('a', '2026-11-01'), item('b', '2026-12-15'), item('c', '2026-11-22')])).toBe(
    '1 overdue, 2 due by 15 Dec 2026',
  );
  expect(summaryOf([item('a', null, { kind: 'confirmations', count: 34 })])).toBe('34 values to confirm');
  expect(summaryOf([])).toBe('nothing due');
});
