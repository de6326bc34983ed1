import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addFractions, equalFractions, ExactAmounts } from './exact-amounts.js';
import { formatFraction } from './money.js';

describe('a column of exact amounts', () => {
  const amounts = new ExactAmounts([1n, -1n, 0n, 7n], Uint8Array.from([0, 0, 1, 2]), [3n, 200n, null]);

  test('gives each amount over the denominator of its group', () => {
    expect(amounts.at(1)).toEqual({ n: -1n, d: 3n });
    expect(amounts.at(2)).toEqual({ n: 0n, d: 200n });
  });

  test('has null where the group has no such figure, and refuses an index it does not hold', () => {
    expect(amounts.at(3)).toBeNull();
    expect(amounts.text(3, 2)).toBeNull();
    expect(() => amounts.at(4)).toThrow(RangeError);
    expect(() => amounts.text(-1, 2)).toThrow(RangeError);
  });

  test('sums by group, and over the groups', () => {
    const halves = new ExactAmounts([1n, 2n, 1n], Uint8Array.from([0, 0, 1]), [2n, 3n, 5n]);
    expect(halves.total(0)).toEqual({ n: 3n, d: 2n });
    expect(halves.total(2)).toEqual({ n: 0n, d: 5n });
    expect(equalFractions(halves.sum(), { n: 11n, d: 6n })).toBe(true);
  });

  test('prints as the exact fraction does, rounded half away from zero', () => {
    fc.assert(
      fc.property(
        fc.bigInt(),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.nat(14),
        fc.nat(6),
        (n, odd, tens, decimals) => {
          const d = odd * 10n ** BigInt(tens);
          const column = new ExactAmounts([n], Uint8Array.of(0), [d]);
          expect(column.text(0, decimals)).toBe(formatFraction(n, d, decimals));
        },
      ),
    );
    expect(new ExactAmounts([-5n], Uint8Array.of(0), [1000n]).text(0, 2)).toBe('-0.01');
    expect(new ExactAmounts([-4n], Uint8Array.of(0), [1000n]).text(0, 2)).toBe('0.00');
  });
});

test('Fractions with different denominators add exactly', () => {
  expect(addFractions({ n: 1n, d: 4n }, { n: 1n, d: 6n })).toEqual({ n: 10n, d: 24n });
  expect(addFractions({ n: 1n, d: 3n }, { n: 1n, d: 6n })).toEqual({ n: 3n, d: 6n });
  expect(equalFractions({ n: -1n, d: 3n }, { n: -2n, d: 6n })).toBe(true);
  expect(equalFractions({ n: 1n, d: 3n }, { n: 333333n, d: 1000000n })).toBe(false);
});
