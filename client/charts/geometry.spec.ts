import { describe, expect, it } from '@jest/globals';
import { columnWidths, domainOf, extent, heightOf, pinOf, place, tiersOf } from './geometry';

describe('the domain of bars', () => {
  it('holds zero and every amount, and is never empty', () => {
    expect(domainOf(['5', '12.5', null, undefined])).toEqual({ min: 0, max: 12.5 });
    expect(domainOf(['-3', '-1'])).toEqual({ min: -3, max: 0 });
    expect(domainOf([])).toEqual({ min: 0, max: 1 });
    expect(domainOf(['0', null])).toEqual({ min: 0, max: 1 });
  });

  it('gives each bar its length from zero, to either side', () => {
    const domain = domainOf(['-5', '15']);
    expect(place(0, domain)).toBe(25);
    expect(extent(0, -5, domain)).toEqual({ x: '0%', width: '25%' });
    expect(extent(0, 10, domain)).toEqual({ x: '25%', width: '50%' });
    expect(extent(0, 0, domain).width).toBe('0%');
  });

  it('keeps visible what is not zero', () => {
    expect(extent(0, 0.0001, { min: 0, max: 100 }).width).toBe('0.6%');
  });
});

describe('a pin', () => {
  it('ends at its share', () => {
    expect(pinOf('-0.179')).toEqual({ at: -0.179, isOffScale: false });
    expect(pinOf('1')).toEqual({ at: 1, isOffScale: false });
  });

  it('beyond 100 % ends at the edge and says so', () => {
    expect(pinOf('3.4')).toEqual({ at: 1, isOffScale: true });
    expect(pinOf('-1.001')).toEqual({ at: -1, isOffScale: true });
  });
});

describe('the tiers of a chart of columns', () => {
  const columns = [
    { value: '10', planned: '8', variance: '2' },
    { value: '4', planned: '8', variance: '-4' },
    { value: null, planned: '6', variance: null },
  ];

  it('give one unit the same length in both', () => {
    const { value, variance, pixelsPerUnit } = tiersOf(columns, 200);
    expect(value.height - value.above - value.below).toBeCloseTo(10 * pixelsPerUnit);
    expect(variance.height - variance.above - variance.below).toBeCloseTo(6 * pixelsPerUnit);
    expect(value.top + value.height).toBeLessThan(200);
  });

  it('place zero, and what lies above and below it', () => {
    const { variance, pixelsPerUnit } = tiersOf(columns, 200);
    const zero = heightOf(0, variance, pixelsPerUnit);
    expect(heightOf(2, variance, pixelsPerUnit)).toBeCloseTo(zero - 2 * pixelsPerUnit);
    expect(heightOf(-4, variance, pixelsPerUnit)).toBeCloseTo(zero + 4 * pixelsPerUnit);
  });

  it('leave room for labels below zero only where something lies there', () => {
    expect(tiersOf(columns, 200).value.below).toBe(0);
    expect(tiersOf([{ value: '-1', planned: '0', variance: '-1' }], 200).value.below).toBeGreaterThan(0);
  });

  it('stand where all is zero or nothing is recorded', () => {
    expect(tiersOf([{ value: '0', planned: null, variance: null }], 200).pixelsPerUnit).toBe(0);
    expect(tiersOf([], 200).pixelsPerUnit).toBe(0);
  });
});

describe('the columns', () => {
  it('are narrower in front than behind, and fit their place', () => {
    for (const band of [20, 36, 80, 400]) {
      const { front, back } = columnWidths(band);
      expect(front).toBeLessThan(back);
      expect(back).toBeLessThan(band);
    }
  });
});
