import { expect, test } from '@jest/globals';
import type { Reminder } from '../../../server/contract/reminder.js';
import { dueMessage, targetOf, whenWords } from './words';

const TODAY = '2026-11-21';
const item = (rest: Partial<Reminder>): Reminder => ({
  id: 'a',
  kind: 'values',
  title: 'Enter the value',
  time: 'week',
  dueOn: TODAY,
  since: null,
  overdueDays: 0,
  link: '/enter',
  object: null,
  months: [],
  count: 0,
  amount: null,
  ...rest,
});
const message = (items: Reminder[]) =>
  dueMessage({
    items,
    today: TODAY,
    counts: {
      overdue: items.filter(({ time }) => time === 'overdue').length,
      week: items.filter(({ time }) => time === 'week').length,
      later: items.filter(({ time }) => time === 'later').length,
    },
  });

test('the message counts what is overdue and what comes, and says nothing of what there is not', () => {
  const overdue = item({ time: 'overdue', dueOn: '2026-11-15', overdueDays: 6 });
  const waiting = item({ kind: 'confirmations', dueOn: null, since: '2026-10-03', count: 34 });
  expect(message([overdue, item({}), item({ time: 'later', dueOn: '2026-12-15' })])).toBe(
    '1 overdue, 2 due by 15 Dec.',
  );
  expect(message([item({ time: 'later', dueOn: '2027-01-15' })])).toBe('1 due by 15 Jan 2027.');
  expect(message([waiting])).toBe('34 values to confirm.');
  expect(message([overdue, waiting])).toBe('1 overdue, 34 values to confirm.');
  expect(message([])).toBe('Nothing due for you.');
});

test('each item says when', () => {
  expect(whenWords(item({ time: 'overdue', dueOn: '2025-11-20', overdueDays: 366 }), TODAY)).toBe(
    'due 20 Nov 2025, 366 days overdue',
  );
  expect(whenWords(item({ time: 'overdue', dueOn: '2026-11-20', overdueDays: 1 }), TODAY)).toBe(
    'due 20 Nov, 1 day overdue',
  );
  expect(whenWords(item({}), TODAY)).toBe('due today');
  expect(whenWords(item({ dueOn: null, since: '2026-10-03' }), TODAY)).toBe('waiting since 3 Oct');
});

test('an address keeps its parameters, whatever signs a code has', () => {
  expect(targetOf('/enter?q=BEN+%261&from=2026-08')).toEqual({
    to: '/enter',
    search: { q: 'BEN &1', from: '2026-08' },
  });
  expect(targetOf('/benefits/A%2FB')).toEqual({ to: '/benefits/A%2FB', search: {} });
});
