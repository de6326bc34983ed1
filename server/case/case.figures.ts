import type { CaseReason } from '../contract/case.js';
import type { CaseKind } from '../contract/case-words.js';
import { cumulated, paybackOf, presentValue } from '../core/discount.js';
import type { Fraction } from '../core/exact-amounts.js';
import { internalRateOf } from '../core/internal-rate.js';
import { addMonths } from '../core/period.js';
import { type Facts, flowsOf, sumOfEntries } from './case.entries.js';

/** A figure of a case, or why there is none. */
export interface Result {
  readonly value: Fraction | null;
  readonly reason: CaseReason | null;
}

/** What a case comes to. Money in the reporting currency; exact but for the discounting, see core/discount.ts. */
export interface Outcome {
  readonly value: Result;
  readonly cost: Result;
  readonly npv: Result;
  readonly irr: Result & { readonly roots: readonly Fraction[] };
  /** Months after the first cost. */
  readonly payback: Result & { readonly month: string | null };
  readonly roi: Result;
}

const none = (reason: CaseReason): Result => ({ value: null, reason });
const some = (value: Fraction): Result => ({ value, reason: null });

/**
 * The figures of one case. Without a recorded cost of its kind there is no case; without a recorded value it is a case of cost alone.
 *
 * @param rate annual, more than −1
 */
export const outcomeOf = (facts: Facts, kind: CaseKind, rate: Fraction): Outcome => {
  const [value, cost] = [sumOfEntries(facts, 'value', kind), sumOfEntries(facts, 'cost', kind)];
  const shown = {
    value: value.count === 0 ? none('nothing_recorded') : some(value.amount),
    cost: cost.count === 0 ? none('no_cost') : some(cost.amount),
  };
  if (cost.count === 0) {
    const missing = none('no_cost');
    return {
      ...shown,
      npv: missing,
      irr: { ...missing, roots: [] },
      payback: { ...missing, month: null },
      roi: missing,
    };
  }
  const flows = flowsOf(facts.entries, kind);
  const irr = internalRateOf(flows);
  const payback = paybackOf(flows);
  return {
    ...shown,
    npv: some(presentValue(flows, facts.denominator, rate)),
    irr: { value: irr.rate, reason: irr.reason, roots: irr.roots },
    payback:
      payback === null
        ? { ...none('never'), month: null }
        : { ...some({ n: BigInt(payback), d: 1n }), month: addMonths(facts.firstCostMonth!, payback) },
    roi: returnOn(value.amount, cost.amount),
  };
};

/** (V − C) ÷ C; both stand over one denominator. Null where C is 0. */
const returnOn = (value: Fraction, cost: Fraction): Result => {
  if (cost.n === 0n) return none('no_cost');
  const sign = cost.n < 0n ? -1n : 1n;
  return some({ n: sign * (value.n - cost.n), d: sign * cost.n });
};

/** A month, and what the net of all months up to it adds up to; null where the case has no cost. */
export interface CumulativeMonth {
  readonly month: string;
  readonly isLater: boolean;
  readonly planned: Fraction | null;
  readonly expected: Fraction | null;
}

/** Every month from the first fact to the last. */
export const cumulativeOf = (facts: Facts, end: string): CumulativeMonth[] => {
  if (facts.firstCostMonth === null) return [];
  const rows = (kind: CaseKind): Map<number, bigint> | null =>
    sumOfEntries(facts, 'cost', kind).count === 0
      ? null
      : new Map(cumulated(flowsOf(facts.entries, kind)).map(({ k, units }) => [k, units]));
  const [planned, expected] = [rows('planned'), rows('expected')];
  const months = [...(planned?.keys() ?? []), ...(expected?.keys() ?? [])];
  if (months.length === 0) return [];
  const [first, last] = [Math.min(...months), Math.max(...months)];
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const month = addMonths(facts.firstCostMonth!, first + at);
    const upTo = (row: Map<number, bigint> | null): Fraction | null =>
      row === null ? null : { n: sumUpTo(row, first + at), d: facts.denominator };
    return { month, isLater: `${month}-01` >= end, planned: upTo(planned), expected: upTo(expected) };
  });
};

/** The sum stays where it was in months before the first and after the last flow. */
const sumUpTo = (row: Map<number, bigint>, k: number): bigint => {
  const known = row.get(k);
  if (known !== undefined) return known;
  const last = Math.max(...row.keys());
  return k > last ? row.get(last)! : 0n;
};
