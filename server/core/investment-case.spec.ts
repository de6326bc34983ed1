import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cumulated, discountFactors, type Flow, FACTOR_DENOMINATOR, paybackOf, presentValue } from './discount.js';
import { internalRateOf } from './internal-rate.js';
import { formatFraction, ratio } from './money.js';
import { positiveRoots } from './real-roots.js';

const yearly = (...amounts: number[]): Flow[] =>
  amounts.map((amount, year) => ({ k: 12 * year, units: BigInt(amount) }));
const monthly = (...amounts: number[]): Flow[] => amounts.map((amount, k) => ({ k, units: BigInt(amount) }));
const rates = (flows: readonly Flow[]): string[] =>
  internalRateOf(flows).roots.map(({ n, d }) => formatFraction(n, d, 10));
const RATE = { n: 8n, d: 100n };

describe('present value', () => {
  test('of an amount a year from now is the amount ÷ (1 + r); of one in k months ÷ (1 + r)^(k/12)', () => {
    const at = (k: number): string => {
      const { n, d } = presentValue([{ k, units: 108n }], 1n, RATE);
      return formatFraction(n, d, 12);
    };
    expect(at(0)).toBe('108.000000000000');
    expect(at(12)).toBe('100.000000000000');
    expect(at(-12)).toBe('116.640000000000');
    // 108 ÷ 1.08^(5/12), by mpmath with 40 digits.
    expect(at(5)).toBe('104.591692477010');
  });

  test('the factor of twelve months is exactly that of one year, at rates below 0 too', () => {
    for (const rate of [RATE, { n: -1n, d: 2n }, { n: 10n, d: 1n }, { n: 0n, d: 1n }]) {
      const factor = discountFactors(rate, 0, 12).get(12)!;
      expect(formatFraction(factor, FACTOR_DENOMINATOR, 50)).toBe(formatFraction(rate.d, rate.n + rate.d, 50));
    }
    expect(() => discountFactors({ n: -1n, d: 1n }, 0, 1)).toThrow(RangeError);
  });
});

describe('payback', () => {
  test('is the first month from which on the sum stays at 0 or above', () => {
    expect(paybackOf(monthly(-100, 60, 40))).toBe(2);
    expect(paybackOf(monthly(-100, 120, -30, 20))).toBe(3);
    expect(paybackOf(monthly(-100, 60))).toBeNull();
    expect(paybackOf(monthly(-100, 150, -60))).toBeNull();
    expect(paybackOf([])).toBeNull();
    expect(
      paybackOf([
        { k: -2, units: 5n },
        { k: 3, units: -5n },
      ]),
    ).toBe(-2);
  });

  test('counts months in which nothing flows', () => {
    expect(cumulated(yearly(-1, 2)).map(({ k }) => k)).toEqual([...Array(13).keys()]);
  });
});

describe('internal rate of return', () => {
  test('of −100, then 110 a year later, is 10 %', () => {
    expect(internalRateOf(yearly(-100, 110)).reason).toBeNull();
    expect(rates(yearly(-100, 110))).toEqual(['0.1000000000']);
    expect(rates(yearly(-100, 50))).toEqual(['-0.5000000000']);
  });

  test('of −100, 230, −132 are two: 10 % and 20 %, and neither is the one', () => {
    expect(internalRateOf(yearly(-100, 230, -132))).toMatchObject({ rate: null, reason: 'multiple' });
    expect(rates(yearly(-100, 230, -132))).toEqual(['0.1000000000', '0.2000000000']);
  });

  test('is said to be none: no change of sign, or a change and no root', () => {
    expect(internalRateOf(yearly(-100, -5)).reason).toBe('no_sign_change');
    expect(internalRateOf(yearly(100, 5)).reason).toBe('no_sign_change');
    expect(internalRateOf([]).reason).toBe('no_sign_change');
    expect(internalRateOf(monthly(0, 0)).reason).toBe('no_sign_change');
    expect(internalRateOf(yearly(-100, 230, -140))).toEqual({ rate: null, reason: 'no_root', roots: [] });
  });

  test('a rate that the NPV only touches is one rate', () => {
    // −100 · (1 − 1.1x)²
    expect(rates(yearly(-100, 220, -121))).toEqual(['0.1000000000']);
    // (1 − x)² (1 − 1.1 x): 0 % twice and 10 %.
    expect(rates(yearly(10, -31, 32, -11))).toEqual(['0.0000000000', '0.1000000000']);
  });

  test('law: at each rate found the NPV is 0 within 1e-9, and a month that moves all flows changes no rate', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -100_000_000, max: 100_000_000 }), { minLength: 2, maxLength: 40 }),
        fc.integer({ min: -5, max: 5 }),
        (cents, later) => {
          const flows = monthly(...cents);
          const { roots } = internalRateOf(flows);
          for (const root of roots.filter((each) => formatFraction(each.n, each.d, 3) < '9')) {
            const { n, d } = presentValue(flows, 100n, root);
            if (root.n > -root.d / 2n) expect(Math.abs(ratio(n, d)!)).toBeLessThan(1e-9);
          }
          expect(rates(flows.map(({ k, units }) => ({ k: k + later, units })))).toEqual(rates(flows));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('positive roots', () => {
  test('of a product of known factors are these, each once, however close', () => {
    const small = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(fc.array(fc.tuple(small, small), { minLength: 1, maxLength: 7 }), small, (roots, other) => {
        // Π (d·x − n) · (x² + other) · (x + other): the last two have no positive root.
        let p = [1n];
        const times = (q: readonly bigint[]): void => {
          const product = new Array<bigint>(p.length + q.length - 1).fill(0n);
          p.forEach((a, i) => q.forEach((b, j) => (product[i + j]! += a * b)));
          p = product;
        };
        for (const [n, d] of roots) times([BigInt(-n), BigInt(d)]);
        times([BigInt(other), 0n, 1n]);
        times([BigInt(other), 1n]);
        const wanted = [...new Set(roots.map(([n, d]) => n / d))].sort((a, b) => a - b);
        const found = positiveRoots(p).map(({ n, d }) => ratio(n, d)!);
        expect(found.length).toBe(wanted.length);
        found.forEach((root, at) => expect(root).toBeCloseTo(wanted[at]!, 12));
      }),
      { numRuns: 100 },
    );
  });

  test('as many as there are, of a polynomial of degree 60 with roots close to each other', () => {
    // (y − 2)(10000y − 20001)(2y − 3) with y = x^20: three roots above 0, two of them 3e-6 apart.
    const p = new Array<bigint>(61).fill(0n);
    [p[0], p[20], p[40], p[60]] = [-120006n, 200007n, -110002n, 20000n];
    expect(positiveRoots(p).map(({ n, d }) => ratio(n, d)!.toFixed(7))).toEqual(
      [1.5, 2, 2.0001].map((value) => (value ** (1 / 20)).toFixed(7)),
    );
  });
});
