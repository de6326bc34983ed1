import { describe, expect, test } from '@jest/globals';
import { fundingShift, kendallTau, shiftsOf, stability, topOf } from './rankings.js';

const ranked = (text: string) =>
  text.split(' ').map((each) => {
    const [code, rank] = each.split(':') as [string, string];
    return { code, rank: Number(rank) };
  });
const euros = (amounts: Record<string, number>) =>
  new Map(Object.entries(amounts).map(([code, amount]) => [code, { n: BigInt(amount), d: 1n }]));
const share = (fraction: { n: bigint; d: bigint } | null) => fraction && Number(fraction.n) / Number(fraction.d);

describe('priority stability', () => {
  test('is the part of the former top five that is still there', () => {
    const [before, now] = [ranked('A:1 B:2 C:3 D:4 E:5 F:6'), ranked('A:1 F:2 B:3 G:4 H:5 C:6 D:7')];
    expect(stability(before, now)).toEqual({ n: 2n, d: 5n });
  });
  test('takes all where fewer than five were ranked', () => {
    expect(stability(ranked('A:1 B:2 C:3'), ranked('C:1 D:2 A:3'))).toEqual({ n: 2n, d: 3n });
  });
  test('takes the five highest whatever their ranks, and of equal ranks the first by code', () => {
    expect(topOf(ranked('F:9 B:7 E:9 A:2 D:8 C:9'))).toEqual(['A', 'B', 'D', 'C', 'E']);
  });
  test.each([
    [[], ranked('A:1')],
    [ranked('A:1'), []],
  ])('is unknown where a period has no ranking', (before, now) => {
    expect(stability(before, now)).toBeNull();
  });
});

describe('Kendall’s tau-b', () => {
  test.each([
    ['the same order', 'A:1 B:2 C:3', 'A:1 B:2 C:3', 1],
    ['the reverse', 'A:1 B:2 C:3', 'A:3 B:2 C:1', -1],
    ['one swap of neighbours among five', 'A:1 B:2 C:3 D:4 E:5', 'A:2 B:1 C:3 D:4 E:5', 0.8],
    ['what is ranked in both alone', 'A:1 B:2 X:3 C:4', 'Y:1 A:2 C:3 B:4', 1 / 3],
    // 5 concordant of 6 pairs; one is tied before: 5 ÷ √(5 · 6).
    ['a tie before', 'A:1 B:2 C:2 D:3', 'A:1 B:2 C:3 D:4', 5 / Math.sqrt(30)],
    // Ties on both sides, of different pairs: 4 concordant ÷ √(5 · 5).
    ['ties on both sides', 'A:1 B:1 C:2 D:3', 'A:1 B:2 C:3 D:3', 0.8],
  ])('of %s', (_what, before, now, tau) => {
    expect(kendallTau(ranked(before), ranked(now))).toBeCloseTo(tau, 12);
  });
  test.each([
    ['fewer than two are ranked in both', 'A:1 B:2', 'A:1 C:2'],
    ['one side ranks all of them equal', 'A:1 B:2', 'A:1 B:1'],
  ])('is unknown where %s', (_what, before, now) => {
    expect(kendallTau(ranked(before), ranked(now))).toBeNull();
  });
});

describe('funding shift', () => {
  test('is half of what moved, whatever the sums', () => {
    // 60, 40, 0 % before; 30, 40, 30 % now.
    const shift = fundingShift(euros({ A: 60, none: 40 }), euros({ A: 300, none: 400, B: 300 }));
    expect(share(shift)).toBeCloseTo(0.3, 12);
  });
  test('is 0 for the same split and 1 for one that has nothing in common', () => {
    expect(share(fundingShift(euros({ A: 1, B: 2 }), euros({ A: 50, B: 100 })))).toBe(0);
    expect(share(fundingShift(euros({ A: 5 }), euros({ B: 7 })))).toBe(1);
  });
  test('is unknown where either period has no spend', () => {
    expect(fundingShift(euros({}), euros({ A: 1 }))).toBeNull();
    expect(fundingShift(euros({ A: 1 }), euros({ A: 3, B: -3 }))).toBeNull();
    expect(fundingShift(euros({}), euros({}))).toBeNull();
  });
  test('shows each share before and now', () => {
    const shifts = shiftsOf(euros({ A: 1, B: 3 }), euros({ A: 1, C: 1 }))!;
    expect(shifts.map(({ code, before, now, half }) => [code, share(before), share(now), share(half)])).toEqual([
      ['A', 0.25, 0.5, 0.125],
      ['B', 0.75, 0, 0.375],
      ['C', 0, 0.5, 0.25],
    ]);
  });
});
