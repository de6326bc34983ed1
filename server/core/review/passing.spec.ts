import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FrozenRecord } from '../../contract/review-after.js';
import { fractionOf } from '../benefit-status.js';
import { divided, times } from '../exact-amounts.js';
import { formatFraction } from '../money.js';
import { enteredRatio, leavesMore, passing, rateRatio } from './passing.js';

const record = (entered: string | null, note: string | null, enteredUnit = 'EUR'): FrozenRecord => ({
  ...{ type: 'investment_cost', code: 'I', name: 'I', at: '2026-05', amount: null, cells: null },
  ...{ entered, note, enteredUnit },
});
const number = (ratio: ReturnType<typeof rateRatio>) => ratio && Number(ratio.n) / Number(ratio.d);

describe('What makes an amount another', () => {
  test('is told by a record with its rate, whatever else stands in its note', () => {
    const was = record('100', 'opex · 1 EUR = 1.1 USD · 60 % of it');
    expect(number(rateRatio(was, record('100', 'opex · 1 EUR = 2.2 USD')))).toBe(2);
    expect(number(enteredRatio(was, record('50.00', null)))).toBe(0.5);
    const words = 'Evidence: 1 EUR = 9 USD · 50 % of it, says who';
    expect(rateRatio(record('100', words), was)).toBeNull();
    expect(number(rateRatio(record('100', `${words} · 1 EUR = 1.1 USD`), was))).toBe(1);
  });

  test('is not known where a record was nothing, in another currency, or does not tell it', () => {
    expect(enteredRatio(record('0', null), record('1', null))).toBeNull();
    expect(enteredRatio(record('1', null), record('1', null, 'CHF'))).toBeNull();
    expect(enteredRatio(record('some', null), record('1', null))).toBeNull();
    expect(rateRatio(record('1', '1 EUR = 1.1 USD'), record('1', '1 CHF = 1.1 USD', 'CHF'))).toBeNull();
  });

  test('leaves what is less than two printed amounts may be off to rounding', () => {
    expect(leavesMore('10.00', '10.01', [], '0.01')).toBe(false);
    expect(leavesMore('10.00', '10.02', [], '0.01')).toBe(true);
    expect(leavesMore('10.00', '30.03', [{ n: 3n, d: 1n }], '0.01')).toBe(false);
    expect(leavesMore('10.00', '30.04', [{ n: 3n, d: 1n }], '0.01')).toBe(true);
  });

  test('is passed through in the order of its parts, from both ends towards what the others leave', () => {
    const [half, double] = [fractionOf('0.5'), fractionOf('2')];
    expect(passing('66.00', '36.00', [null, fractionOf('1.2')], '0.01')).toEqual(['30.00']);
    expect(passing('66.00', '36.00', [half, null, double], '0.01')).toEqual(['33.00', '18.00']);
    expect(passing('0.00', '36.00', [null, double], '0.01')).toEqual(['18.00']);
    expect(passing('7', '7', [half, double], '1')).toEqual(['4']);
  });

  const amount = fc.integer({ min: 1, max: 9_999_999 }).map((units) => (units / 100).toFixed(2));
  const ratio = fc.integer({ min: 1, max: 400 }).map((units) => fractionOf((units / 100).toFixed(2)));
  test('is within a minor unit of what each part makes of the amount before it, in any of 300 orders', () => {
    fc.assert(
      fc.property(amount, fc.tuple(ratio, ratio, ratio), fc.nat(2), (was, all, open) => {
        const exact = all.reduce((so, each) => times(so, each), fractionOf(was));
        const is = formatFraction(exact.n, exact.d, 2);
        const ratios = all.map((each, place) => (place === open ? null : each));
        const ends = [was, ...passing(was, is, ratios, '0.01'), is];
        expect(ends).toHaveLength(4);
        all.forEach((each, place) => {
          if (place === open) return;
          const told = times(fractionOf(ends[place]!), each);
          const back = divided(fractionOf(ends[place + 1]!), each)!;
          const off = Math.abs(Number(formatFraction(told.n, told.d, 6)) - Number(ends[place + 1]));
          const offBack = Math.abs(Number(formatFraction(back.n, back.d, 6)) - Number(ends[place]));
          expect(Math.min(off, offBack)).toBeLessThanOrEqual(0.01 * (1 + Number(each.n) / Number(each.d)));
        });
      }),
      { numRuns: 300 },
    );
  });
});
