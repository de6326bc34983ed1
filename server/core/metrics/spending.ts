/** What investments cost, by period and to date, and what of it arrives at places of the chain. Pure, exact. */
import { type Fraction } from '../exact-amounts.js';
import { parseDecimal, unitsAtScale } from '../money.js';
import type { Chain } from '../shares.js';
import type { Weights } from '../weights.js';

/** Cost of one investment in a bucket of time: 0 is before the first period, then one a period. */
export interface Cost {
  readonly id: string;
  readonly bucket: number;
  /** Exact decimal text. */
  readonly cost: string;
}

/** Amounts by index of the investment in the chain, as integers over the denominator of the spending. */
export type Spent = ReadonlyMap<number, bigint>;

export interface Spending {
  readonly denominator: bigint;
  /** By period. An investment without a stated cost in it is not there. */
  readonly inPeriod: readonly Spent[];
  /** By period: all months that begin before its end. */
  readonly toDate: readonly Spent[];
}

/**
 * Costs sorted by period, over one denominator.
 * @param periods how many there are
 */
export const spendingOf = (chain: Chain, costs: readonly Cost[], periods: number): Spending => {
  const parsed = costs.map(({ id, bucket, cost }) => ({
    node: chain.indexOf.get(id),
    bucket,
    amount: parseDecimal(cost),
  }));
  const scale = parsed.reduce((longest, { amount }) => Math.max(longest, amount.scale), 0);
  const buckets = Array.from({ length: periods + 1 }, () => new Map<number, bigint>());
  for (const { node, bucket, amount } of parsed) {
    if (node === undefined) throw new RangeError('A cost belongs to no investment of the chain');
    const spent = buckets[bucket]!;
    spent.set(node, (spent.get(node) ?? 0n) + unitsAtScale(amount, scale));
  }
  const running = new Map<number, bigint>();
  const toDate = buckets.map((bucket) => {
    for (const [node, units] of bucket) running.set(node, (running.get(node) ?? 0n) + units);
    return new Map(running);
  });
  return { denominator: 10n ** BigInt(scale), inPeriod: buckets.slice(1), toDate: toDate.slice(1) };
};

/** Σ of what was spent. */
export const spendOf = ({ denominator }: Spending, spent: Spent): Fraction => {
  let n = 0n;
  for (const units of spent.values()) n += units;
  return { n, d: denominator };
};

/** Σ spent · weight: what of it arrives where the weights were worked out for. */
export const arriving = ({ denominator }: Spending, spent: Spent, weights: Weights): Fraction => {
  let n = 0n;
  for (const [node, units] of spent) n += units * weights.numerators[node]!;
  return { n, d: denominator * weights.denominator };
};
