import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { roundingTo } from './minor-units.js';
import { formatFraction } from './money.js';

const toCents = roundingTo(2);

const expectExact = (n: bigint, d: bigint, decimals: number): void => {
  const units = roundingTo(decimals)({ n, d });
  if (units === null) return;
  expect(Object.is(units, -0)).toBe(false);
  expect(String(units)).toBe(String(BigInt(formatFraction(n, d, decimals).replace('.', ''))));
};

describe('rounding to minor units', () => {
  test('is that of the integer way, for any fraction', () => {
    const big = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
    fc.assert(fc.property(big, fc.bigInt({ min: 1n, max: 10n ** 40n }), fc.constantFrom(0, 2, 3, 4), expectExact), {
      numRuns: 3000,
    });
  });

  test('is that of the integer way at, just below and just above a half', () => {
    const near = fc.tuple(
      fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
      fc.constantFrom(-1n, 0n, 1n),
      fc.integer({ min: 3, max: 40 }),
    );
    fc.assert(
      fc.property(near, ([units, nudge, places]) => {
        // (units + ½) ÷ 100, and one part in 10^places of a unit to either side.
        const d = 200n * 10n ** BigInt(places);
        expectExact((2n * units + 1n) * 10n ** BigInt(places) + nudge, d, 2);
      }),
      { numRuns: 3000 },
    );
  });

  test('leaves to others what is too large, and says 0 for 0', () => {
    expect(toCents({ n: 10n ** 30n, d: 1n })).toBeNull();
    expect(toCents({ n: 3n * 10n ** 400n, d: 2n * 10n ** 400n })).toBeNull();
    expect(toCents({ n: 0n, d: 7n })).toBe(0);
    expect(Object.is(toCents({ n: -1n, d: 1000n }), 0)).toBe(true);
  });
});
