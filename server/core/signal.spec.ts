import { describe, expect, test } from '@jest/globals';
import { assuranceOf, rangesOf, signalOf } from './signal.js';

describe('signal or noise', () => {
  test('fewer than 6 points are too few: no limits, no rule, no direction', () => {
    const few = { state: 'insufficient', direction: null, rule: null, limits: null };
    expect(signalOf([], 'higher')).toEqual({ ...few, points: 0 });
    expect(signalOf([10, 11, 10, 11, 90], 'higher')).toEqual({ ...few, points: 5 });
    // A period without a value is no point.
    expect(signalOf([10, null, 11, null, null, 10, 11, null, 90], 'higher')).toEqual({ ...few, points: 5 });
  });

  test('from 6 points the centre is their mean, the limits 2.66 mean moving ranges from it', () => {
    // Mean 12; moving ranges 2, 2, 4, 2, 5: mean 3.
    const found = signalOf(
      [10, 12, 10, 14, 12, 17].map((value) => value - 0.5),
      'higher',
    );
    expect(found).toMatchObject({ state: 'noise', direction: null, rule: null, points: 6 });
    expect(found.limits!.centre).toBeCloseTo(12, 12);
    expect(found.limits!.lower).toBeCloseTo(12 - 7.98, 12);
    expect(found.limits!.upper).toBeCloseTo(12 + 7.98, 12);
  });

  test('a moving range goes back to the last point that is known', () => {
    expect(rangesOf([null, 10, 12, null, 9])).toEqual([null, null, 2, null, 3]);
    expect(signalOf([10, 12, 10, 14, 12, 17], 'higher').limits!.meanRange).toBeCloseTo(3, 12);
  });

  test('only the last 12 points that are known are read', () => {
    const last = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12];
    const found = signalOf([900, null, -900, ...last], 'none');
    expect(found).toEqual(signalOf(last, 'none'));
    expect(found).toMatchObject({ points: 12, limits: { centre: 11 } });
    expect(found.limits!.upper).toBeCloseTo(11 + 5.32, 12);
  });

  test('a latest point outside the limits is a signal, named; one inside them is none', () => {
    // 11 points with mean 10 and ranges of 2, then the latest.
    const steady = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 10];
    const far = signalOf([...steady, 22], 'higher');
    expect(far).toMatchObject({ state: 'signal', rule: 'outside_limits', direction: 'improving' });
    expect(far.limits!.upper).toBeLessThan(22);
    const near = signalOf([...steady, 14], 'higher');
    expect(near).toMatchObject({ state: 'noise', rule: null, direction: null });
    expect(near.limits!.upper).toBeGreaterThan(14);
    // What lay outside before the latest point is history.
    expect(signalOf([...steady.slice(1), 30, 10], 'higher').rule).not.toBe('outside_limits');
  });

  test('the eighth point in a row on one side of the centre is a signal, named; the seventh is none', () => {
    const eight = [14, 14, 14, 14, 10, 11, 10, 11, 10, 11, 10, 11];
    expect(signalOf(eight, 'lower')).toMatchObject({ state: 'signal', rule: 'run_of_eight', direction: 'improving' });
    const seven = [14, 10, 14, 14, 14, 10, 11, 10, 11, 10, 11, 10];
    expect(signalOf([10, 14, 14, 14, 14, ...seven.slice(5)], 'lower')).toMatchObject({ state: 'noise', rule: null });
    // A point on the centre is on no side, and ends a run.
    const broken = [16, 16, 12, 12, 14, 11, 12, 11, 12, 11, 12, 11];
    const { limits } = signalOf(broken, 'lower');
    expect(broken.slice(-8).some((value) => value >= limits!.centre)).toBe(true);
    expect(signalOf(broken, 'lower').rule).toBeNull();
  });

  test('the direction follows from what is better, and where nothing is, there is none', () => {
    const steady = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 10];
    const directions = (latest: number) =>
      (['higher', 'lower', 'none'] as const).map((better) => signalOf([...steady, latest], better).direction);
    expect(directions(22)).toEqual(['improving', 'worsening', null]);
    expect(directions(-2)).toEqual(['worsening', 'improving', null]);
  });

  test('a series that never moves is noise, however its decimals add up', () => {
    for (const value of [0.1, 0.7, 1 / 3, 0, -0.1, 123_456.789])
      expect(
        signalOf(
          Array.from({ length: 12 }, () => value),
          'higher',
        ),
      ).toMatchObject({ state: 'noise', rule: null });
  });

  test('a series that never moved and now does is a signal', () => {
    expect(signalOf([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 9], 'higher')).toMatchObject({
      state: 'signal',
      rule: 'outside_limits',
    });
  });
});

describe('assurance', () => {
  // Mean 11, limits 5.68 and 16.32.
  const twelve = signalOf([10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12], 'none');

  test.each([
    [5, 'higher', 'passes'],
    [5, 'lower', 'fails'],
    [17, 'higher', 'fails'],
    [17, 'lower', 'passes'],
    [11, 'higher', 'hit_or_miss'],
    [11, 'lower', 'hit_or_miss'],
    [11, 'none', null],
    [null, 'higher', null],
  ] as const)('a target of %s where %s is better: %s', (target, better, assurance) => {
    expect(assuranceOf(twelve, target, better)).toBe(assurance);
  });

  test('11 points are too few to say so', () => {
    const eleven = signalOf([10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10], 'none');
    expect(eleven.limits).not.toBeNull();
    expect(assuranceOf(eleven, 5, 'higher')).toBeNull();
  });
});
