import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDecimals,
  formatDecimal,
  formatFraction,
  isCurrency,
  minorUnits,
  multiplyDecimals,
  parseDecimal,
  ratio,
  unitsAtScale,
} from './money.js';

describe('decimal text', () => {
  test('is read exactly, with the places it was written with', () => {
    expect(parseDecimal('1234.50')).toEqual({ units: 123450n, scale: 2 });
    expect(parseDecimal('-0.0001')).toEqual({ units: -1n, scale: 4 });
    expect(parseDecimal('007')).toEqual({ units: 7n, scale: 0 });
    expect(parseDecimal('9007199254740993.1')).toEqual({ units: 90071992547409931n, scale: 1 });
  });

  test.each(['', ' 1', '1 ', '+1', '1.', '.5', '1,000', '1e3', '0x10', '--1', '-', 'NaN', '1.2.3', '١', '1\n'])(
    'refuses %j',
    (text) => {
      expect(() => parseDecimal(text)).toThrow(RangeError);
    },
  );

  test('is written with all places, and zero has no sign', () => {
    expect(formatDecimal({ units: -5n, scale: 2 })).toBe('-0.05');
    expect(formatDecimal({ units: 0n, scale: 2 })).toBe('0.00');
    expect(formatDecimal({ units: 12n, scale: 0 })).toBe('12');
    expect(formatDecimal(parseDecimal('-0.00'))).toBe('0.00');
  });

  test('comes back as it went in', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat(12), (units, scale) => {
        expect(parseDecimal(formatDecimal({ units, scale }))).toEqual({ units, scale });
      }),
    );
  });

  test('adds and multiplies without rounding', () => {
    expect(formatDecimal(addDecimals(parseDecimal('0.1'), parseDecimal('0.2')))).toBe('0.3');
    expect(formatDecimal(addDecimals(parseDecimal('1'), parseDecimal('-0.0001')))).toBe('0.9999');
    expect(formatDecimal(multiplyDecimals(parseDecimal('4575.85'), parseDecimal('1.1342')))).toBe('5189.929070');
  });

  test('takes more places exactly, and refuses to lose any', () => {
    expect(unitsAtScale(parseDecimal('1.5'), 4)).toBe(15000n);
    expect(() => unitsAtScale(parseDecimal('1.5'), 0)).toThrow('1.5 has more than 0 decimals');
  });
});

describe('a fraction as text', () => {
  test.each([
    [1n, 3n, 2, '0.33'],
    [2n, 3n, 2, '0.67'],
    [1n, 200n, 2, '0.01'],
    [-1n, 200n, 2, '-0.01'],
    [1n, -200n, 2, '-0.01'],
    [-1n, -200n, 2, '0.01'],
    [-1n, 201n, 2, '0.00'],
    [0n, -5n, 2, '0.00'],
    [5n, 2n, 0, '3'],
    [-5n, 2n, 0, '-3'],
    [7n, 3n, 0, '2'],
    [10n ** 40n, 3n, 3, '3333333333333333333333333333333333333333.333'],
  ])('%s / %s to %s places, half away from zero, is %s', (n, d, decimals, text) => {
    expect(formatFraction(n, d, decimals)).toBe(text);
  });

  test('lies within half a unit of its last place, and on the far side of zero at exactly half', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n }), fc.nat(6), (n, d, decimals) => {
        const { units } = parseDecimal(formatFraction(n, d, decimals));
        const twiceTheError = 2n * (units * d - n * 10n ** BigInt(decimals));
        expect(twiceTheError <= d && twiceTheError >= -d).toBe(true);
        if (twiceTheError === d || twiceTheError === -d) expect(twiceTheError > 0n).toBe(n > 0n);
      }),
    );
  });

  test('refuses a zero denominator', () => {
    expect(() => formatFraction(1n, 0n, 2)).toThrow(RangeError);
  });
});

describe('a ratio', () => {
  test('of nothing is null, not 0', () => {
    expect(ratio(0n, 0n)).toBeNull();
    expect(ratio(5n, 0n)).toBeNull();
    expect(ratio(0n, -5n)).toBe(0);
  });

  test('is the nearest number for small integers', () => {
    expect(ratio(13n, 16n)).toBe(0.8125);
    expect(ratio(-1n, 3n)).toBe(-1 / 3);
    expect(ratio(-1n, -3n)).toBe(1 / 3);
  });

  test('keeps its digits where numerator and denominator are far beyond a number', () => {
    const huge = 10n ** 400n;
    expect(ratio(13n * huge, 16n * huge)).toBe(0.8125);
    expect(ratio(huge + 1n, huge)).toBe(1);
    expect(ratio(1n, 10n ** 320n)).toBe(1e-320);
    expect(ratio(1n, huge)).toBe(0);
    expect(() => ratio(huge, 1n)).toThrow(RangeError);
  });

  test('is the same to 15 digits whatever common factor both sides carry', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1 }), fc.bigInt({ min: 1n, max: 10n ** 60n }), (a, b, factor) => {
        const value = ratio(BigInt(a) * factor, BigInt(b) * factor) ?? NaN;
        expect(Math.abs(value - a / b)).toBeLessThanOrEqual(Math.abs(a / b) * 1e-15);
      }),
    );
  });
});

describe('currencies', () => {
  test('have the minor unit of ISO 4217', () => {
    expect(['USD', 'JPY', 'KWD', 'CLF', 'MGA', 'ISK', 'HUF'].map(minorUnits)).toEqual([2, 0, 3, 4, 2, 0, 2]);
  });

  test('are known by their upper-case code', () => {
    expect(['USD', 'EUR', 'XCG', 'ZWG', 'BGN'].every(isCurrency)).toBe(true);
    expect(['usd', 'US', 'ABC', '', 'XXX', 'XTS', 'XAU', 'DEM'].some(isCurrency)).toBe(false);
  });
});
