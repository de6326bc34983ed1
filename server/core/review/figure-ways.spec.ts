import { expect, test } from '@jest/globals';
import type { FrozenRecord } from '../../contract/review-after.js';
import { type Stand, wayOf } from './figure-ways.js';

const stand = (amount: string): Stand => {
  const record: FrozenRecord = {
    ...{ type: 'investment_cost', code: 'A', name: 'A', at: '2026-05', note: null, cells: null },
    ...{ entered: amount, enteredUnit: 'EUR', amount },
  };
  return { value: amount, records: [record] };
};

test('A small quotient is divided by what gives it best, and not by another that is near', () => {
  const none: Stand = { value: null, records: [] };
  const divisors = [
    { title: 'Spend less budget', frozen: none, today: stand('1.05') },
    { title: 'Budget', frozen: none, today: stand('1094.12') },
  ];
  const today = { ...stand('1.05'), value: '0.0009596754' };
  const way = wayOf(none, today, { decimals: 10, minorUnit: '0.01', fold: null, divisors });
  expect(way?.divisor?.title).toBe('Budget');
  expect(wayOf(none, { ...today, value: '0.5' }, { decimals: 10, minorUnit: '0.01', fold: null, divisors })).toBe(
    undefined,
  );
});
