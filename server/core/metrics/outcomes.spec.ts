import { describe, expect, test } from '@jest/globals';
import { attainmentOf, betterOf, type MeasuredOutcome, outcomeAt } from './outcomes.js';

const amount = (value: number) => ({ n: BigInt(value), d: 1n });
const measured = (...values: number[]) => ({
  latest: amount(values.at(-1)!),
  lowest: amount(Math.min(...values)),
  highest: amount(Math.max(...values)),
});
const outcome = (more: Partial<MeasuredOutcome>): MeasuredOutcome => ({
  id: 'o',
  type: 'experience',
  baseline: amount(10),
  target: amount(20),
  targetDate: null,
  better: null,
  measurements: new Map(),
  ...more,
});

describe('attainment', () => {
  test.each([
    ['half of the way', 10, 20, 15, 0.5],
    ['half of the way down', 20, 10, 15, 0.5],
    ['beyond the target', 10, 20, 25, 1.5],
    ['worse than the baseline', 10, 20, 5, -0.5],
  ])('is %s', (_what, baseline, target, latest, part) => {
    const { n, d } = attainmentOf(amount(baseline), amount(target), amount(latest))!;
    expect(d > 0n).toBe(true);
    expect(Number(n) / Number(d)).toBe(part);
  });
  test('is unknown where the target is the baseline, or anything is missing', () => {
    expect(attainmentOf(amount(10), amount(10), amount(15))).toBeNull();
    expect(attainmentOf(null, amount(20), amount(15))).toBeNull();
    expect(attainmentOf(amount(10), null, amount(15))).toBeNull();
    expect(attainmentOf(amount(10), amount(20), null)).toBeNull();
  });
});

test('which way is better: as stated, else towards the target', () => {
  expect(betterOf(outcome({}))).toBe('higher');
  expect(betterOf(outcome({ baseline: amount(30) }))).toBe('lower');
  expect(betterOf(outcome({ baseline: amount(20) }))).toBe('higher');
  expect(betterOf(outcome({ better: 'lower' }))).toBe('lower');
  expect(betterOf(outcome({ baseline: null }))).toBe('higher');
});

describe('an outcome at the end of a period', () => {
  const END = '2026-10-01';

  test('is met by the latest measurement, and first met by the first that reached the target', () => {
    // In the first period it went above the target and below it again, in the third back above.
    const measurements = new Map([
      [0, measured(12)],
      [1, measured(14, 21, 18)],
      [3, measured(22)],
    ]);
    const at = (bucket: number) => {
      const { latest, isMet, firstMet } = outcomeAt(outcome({ measurements }), bucket, END);
      return [Number(latest!.n), isMet, firstMet];
    };
    expect(at(1)).toEqual([18, false, true]);
    expect(at(2)).toEqual([18, false, false]);
    expect(at(3)).toEqual([22, true, false]);
  });

  test('is met by a low measurement where lower is better', () => {
    const lower = outcome({ baseline: amount(30), measurements: new Map([[1, measured(25, 20, 24)]]) });
    expect(outcomeAt(lower, 1, END)).toMatchObject({ isMet: false, firstMet: true });
  });

  test('knows nothing before it is measured, and meets no target that nobody set', () => {
    const none = outcomeAt(outcome({}), 1, END);
    expect(none).toMatchObject({ latest: null, attainment: null, isMet: false, firstMet: false });
    const aimless = outcome({ target: null, measurements: new Map([[1, measured(20)]]) });
    expect(outcomeAt(aimless, 1, END)).toMatchObject({ isMet: false, firstMet: false, attainment: null });
  });

  test('is due where its date lies before the end', () => {
    const due = (targetDate: string | null) => outcomeAt(outcome({ targetDate }), 1, END).isDue;
    expect([due('2026-09-30'), due('2026-10-01'), due(null)]).toEqual([true, false, false]);
  });
});
