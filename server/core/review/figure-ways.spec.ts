import { expect, test } from '@jest/globals';
import type { FrozenRecord } from '../../contract/review-after.js';
import { figureBridge } from './figure-bridge.js';
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

/** Capabilities, what flows into each of them, and whether that counts. */
const reached = (value: string, costs: Readonly<Record<string, readonly [cost: string, counts: boolean]>>): Stand => ({
  value,
  records: Object.entries(costs).map(([code, [cost, counts]]) => ({
    ...{ type: 'capability', code, name: code, at: null, note: null, cells: null },
    ...{ entered: cost, enteredUnit: 'EUR', amount: counts ? cost : '0.00' },
  })),
});
const stepsOf = (frozen: Stand, today: Stand) =>
  figureBridge(frozen, today, {
    ...{ decimals: 10, minorUnit: '0.01', fold: null, divisors: [] },
    told: (changes) => changes.map((change) => [{ group: (change.is ?? change.was)!.code, at: 0, change }]),
  }).map(({ part, group, effect }) => [part, group, Number(effect)]);

test('A part of what is listed is told by each of the records, also by one that does not count', () => {
  expect(
    stepsOf(
      reached('0.5', { A: ['50.00', true], B: ['30.00', false], C: ['20.00', false] }),
      reached('0.625', { A: ['50.00', true], B: ['10.00', false], C: ['20.00', false] }),
    ),
  ).toEqual([['records', 'B', 0.125]]);
  const counted = (value: string, costs: Readonly<Record<string, boolean>>): Stand => ({
    value,
    records: Object.entries(costs).map(([code, counts]) => ({ ...listedOf(code), amount: counts ? '1' : '0' })),
  });
  expect(
    stepsOf(
      counted('0.25', { A: true, B: false, C: false, D: false }),
      counted('0.3333333333', { A: true, B: false, C: false }),
    ),
  ).toEqual([['records', 'D', 0.0833333333]]);
});
const listedOf = (code: string) => ({ ...stand('1').records[0]!, code, entered: null, enteredUnit: null });
