import { expect, test } from '@jest/globals';
import type { ConfirmationItem } from '../../../server/contract/confirmation.js';
import { between, changedSince, choose, keyOf, sumsOf } from './selection';

const item = (code: string, month: string, more: Partial<ConfirmationItem> = {}): ConfirmationItem => ({
  benefit: { code, name: code, owner: null, currency: 'EUR', unit: null },
  month,
  version: 1,
  amount: '0.10',
  reporting: '0.10',
  planned: null,
  variance: null,
  evidence: null,
  evidenceItems: 0,
  reportedBy: 'a@tests.example',
  reportedAt: '2026-11-21T12:00:00.000Z',
  why: 'new',
  before: null,
  rejection: null,
  confirmation: null,
  mayJudge: true,
  ...more,
});

const rows = ['2026-01', '2026-02', '2026-03', '2026-04'].map((month) => item('B', month));
const monthsOf = (items: Iterable<ConfirmationItem>): string[] => [...items].map(({ month }) => month);

test('a range goes both ways, and is one row where its start is gone', () => {
  expect(monthsOf(between(rows, 'B 2026-02', 'B 2026-04'))).toEqual(['2026-02', '2026-03', '2026-04']);
  expect(monthsOf(between(rows, 'B 2026-04', 'B 2026-02'))).toEqual(['2026-02', '2026-03', '2026-04']);
  expect(monthsOf(between(rows, 'B 2020-01', 'B 2026-02'))).toEqual(['2026-02']);
  expect(monthsOf(between(rows, null, 'B 2026-02'))).toEqual(['2026-02']);
  expect(between(rows, null, 'C 2026-02')).toEqual([]);
});

test('one’s own value is never chosen, and choosing leaves the former selection as it was', () => {
  const own = item('B', '2026-05', { mayJudge: false });
  const none = new Map<string, ConfirmationItem>();
  const chosen = choose(none, [...rows, own], true);
  expect(monthsOf(chosen.values())).toEqual(monthsOf(rows));
  expect(monthsOf(choose(chosen, [rows[0]!], false).values())).toEqual(['2026-02', '2026-03', '2026-04']);
  expect([none.size, chosen.size]).toEqual([0, 4]);
});

test('what is chosen is what was seen: another version of it is told, not taken', () => {
  const chosen = choose(new Map(), rows, true);
  const now = rows.map((row) => (row.month === '2026-02' ? { ...row, version: 2, amount: '7.00' } : row));
  expect(changedSince(chosen, rows)).toEqual([]);
  expect(changedSince(chosen, now)).toEqual([{ seen: rows[1], now: now[1] }]);
  expect(chosen.get(keyOf(rows[1]!))!.amount).toBe('0.10');
});

test('the same amount in another currency is not what was seen', () => {
  const chosen = choose(new Map(), rows, true);
  const now = rows.map((row) =>
    row.month === '2026-03' ? { ...row, benefit: { ...row.benefit, currency: 'USD' } } : row,
  );
  expect(changedSince(chosen, now)).toEqual([{ seen: rows[2], now: now[2] }]);
});

test('sums are exact, one for each currency, and hold no measure that is not money', () => {
  const dollars = item('C', '2026-01', {
    benefit: { code: 'C', name: 'C', owner: null, currency: 'USD', unit: null },
    amount: '1000000000000.01',
    reporting: '9',
  });
  const points = item('D', '2026-01', { reporting: null, amount: '44' });
  expect(sumsOf([...rows.slice(0, 3), dollars, points])).toEqual([
    { currency: 'EUR', amount: '0.30' },
    { currency: 'USD', amount: '1000000000000.01' },
  ]);
});
