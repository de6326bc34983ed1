import { describe, expect, test } from '@jest/globals';
import { type CapabilityStanding, needsOf } from './capability-need.js';
import type { Fraction } from './exact-amounts.js';
import { ratio } from './money.js';

const capability = (
  strategic: boolean | null,
  gap: bigint | null,
  cost: bigint,
  isReachable = true,
): CapabilityStanding => ({
  strategic,
  gap: gap === null ? null : { n: gap, d: 10n },
  cost: { n: cost, d: 1n },
  isReachable,
});
const number = (share: Fraction | null): number | null => share && ratio(share.n, share.d);

describe('needs of capabilities', () => {
  test('a gap counts twice where the capability is strategic, and is a share of all gaps', () => {
    const { of } = needsOf([capability(true, 20n, 10n), capability(false, 10n, 30n), capability(null, 10n, 0n)]);
    expect(of.map(({ needShare }) => number(needShare))).toEqual([4 / 6, 1 / 6, 1 / 6]);
    expect(of.map(({ spendShare }) => number(spendShare))).toEqual([0.25, 0.75, 0]);
  });

  test('strategic and weak with less than an equal part is under-funded; supporting and strong with more is over-funded', () => {
    const { of } = needsOf([
      capability(true, 20n, 10n),
      capability(true, 20n, 40n),
      capability(false, 0n, 40n),
      capability(false, 0n, 10n),
    ]);
    expect(of.map(({ mismatch }) => mismatch)).toEqual(['under_funded', null, 'over_funded', null]);
  });

  test('exactly the equal part is neither too little nor too much', () => {
    const { of } = needsOf([capability(true, 20n, 10n), capability(false, 0n, 10n)]);
    expect(of.map(({ mismatch }) => mismatch)).toEqual([null, null]);
  });

  test('what is not assessed has no need, and its spend still counts', () => {
    const { of, spend } = needsOf([capability(true, null, 30n), capability(true, 10n, 10n)]);
    expect([of[0]!.needShare, of[0]!.mismatch, number(of[1]!.spendShare)]).toEqual([null, null, 0.25]);
    expect(number(spend)).toBe(40);
  });

  test('the widest gaps are those of the mean or more; they are short below their equal part of spend', () => {
    const { widest } = needsOf([
      capability(true, 30n, 10n),
      capability(true, 20n, 10n),
      capability(true, 10n, 40n),
      capability(false, 50n, 40n),
    ]);
    expect(widest.indexes).toEqual([0, 1]);
    expect([number(widest.share), number(widest.equalPart), widest.isShort]).toEqual([0.2, 0.5, true]);
  });

  test('a box that only holds others takes no equal part', () => {
    const { widest, reachable } = needsOf([
      capability(true, 30n, 0n, false),
      capability(true, 20n, 30n),
      capability(false, 0n, 10n),
    ]);
    expect([reachable, widest.indexes, number(widest.equalPart), widest.isShort]).toEqual([2, [1], 0.5, false]);
  });

  test('nothing known, nothing missing and nothing spent are three answers', () => {
    expect(needsOf([capability(true, null, 10n)]).widest.isShort).toBeNull();
    expect(needsOf([capability(true, 0n, 10n)]).widest.isShort).toBe(false);
    expect(needsOf([capability(true, 10n, 0n)]).widest.isShort).toBeNull();
    expect(needsOf([]).of).toEqual([]);
  });
});
