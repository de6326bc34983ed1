/** How priorities and the money behind them move from one period to the next. Pure. */
import { addFractions, type Fraction, minus, ZERO } from '../exact-amounts.js';
import type { Ranked } from './money.js';
import { quotient } from './metric.js';

const TOP = 5;

/** Codes of the five highest, or of all where there are fewer; of equal ranks the first by code. */
export const topOf = (ranking: readonly Ranked[]): string[] =>
  [...ranking]
    .sort((a, b) => a.rank - b.rank || (a.code < b.code ? -1 : 1))
    .slice(0, TOP)
    .map(({ code }) => code);

/** The part of the former top five that is still among the top five; null where either period has no ranking. */
export const stability = (before: readonly Ranked[], now: readonly Ranked[]): Fraction | null => {
  if (before.length === 0 || now.length === 0) return null;
  const former = topOf(before);
  const present = new Set(topOf(now));
  return { n: BigInt(former.filter((code) => present.has(code)).length), d: BigInt(former.length) };
};

/**
 * Kendall's tau-b over what is ranked in both, from −1 (reverse order) to 1 (same order): (concordant − discordant) ÷
 * √((pairs − ties before) · (pairs − ties now)). Null where fewer than two are ranked in both, or one side ranks all of them equal.
 */
export const kendallTau = (before: readonly Ranked[], now: readonly Ranked[]): number | null => {
  const later = new Map(now.map(({ code, rank }) => [code, rank]));
  const pairs = before.flatMap(({ code, rank }) => {
    const next = later.get(code);
    return next === undefined ? [] : [[rank, next] as const];
  });
  let [sum, untiedBefore, untiedNow] = [0, 0, 0];
  pairs.forEach(([x, y], index) => {
    for (const [otherX, otherY] of pairs.slice(index + 1)) {
      const [inX, inY] = [Math.sign(x - otherX), Math.sign(y - otherY)];
      sum += inX * inY;
      untiedBefore += inX === 0 ? 0 : 1;
      untiedNow += inY === 0 ? 0 : 1;
    }
  });
  return untiedBefore === 0 || untiedNow === 0 ? null : sum / Math.sqrt(untiedBefore * untiedNow);
};

export type Amounts = ReadonlyMap<string, Fraction>;

/** Σ of amounts by code. */
export const totalOf = (amounts: Amounts): Fraction => [...amounts.values()].reduce(addFractions, ZERO);

/** One code's share of the whole before and now, and half of what lies between them, without a sign. */
export interface Shift {
  readonly code: string;
  readonly before: Fraction;
  readonly now: Fraction;
  readonly half: Fraction;
}

/** How each share of the whole moved; null where either whole is 0. */
export const shiftsOf = (before: Amounts, now: Amounts): Shift[] | null => {
  const [wholeBefore, wholeNow] = [totalOf(before), totalOf(now)];
  const shifts: Shift[] = [];
  for (const code of [...new Set([...before.keys(), ...now.keys()])].sort()) {
    const [from, to] = [quotient(before.get(code) ?? ZERO, wholeBefore), quotient(now.get(code) ?? ZERO, wholeNow)];
    if (from === null || to === null) return null;
    const change = minus(to, from);
    shifts.push({ code, before: from, now: to, half: { n: change.n < 0n ? -change.n : change.n, d: change.d * 2n } });
  }
  return wholeBefore.n === 0n || wholeNow.n === 0n ? null : shifts;
};

/** Half the sum of the absolute changes of shares of the whole; null where either whole is 0. */
export const fundingShift = (before: Amounts, now: Amounts): Fraction | null => {
  const shifts = shiftsOf(before, now);
  return shifts === null ? null : shifts.reduce((sum, { half }) => addFractions(sum, half), ZERO);
};
