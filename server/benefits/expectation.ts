import { type Aggregation, fractionOf, sumOf } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import type { BenefitCell } from './cells.queries.js';

/** What the months of one benefit come to, past and to come. Pure; amounts are exact text in one unit. */

/** Where the past ends: with the period, and before the month under way unless it is reported already. Days. */
export interface Now {
  readonly end: string;
  readonly underWay: string;
}

type Cell = Pick<BenefitCell, 'month' | 'planned' | 'forecast' | 'realised'>;

/** Forecast, in a month without one the plan. */
export const outlookOf = ({ forecast, planned }: Pick<Cell, 'forecast' | 'planned'>): string | null =>
  forecast ?? planned;

/** Whether a month lies ahead: after the period, or not over and not reported. */
export const isAhead = ({ month, realised }: Pick<Cell, 'month' | 'realised'>, { end, underWay }: Now): boolean =>
  `${month}-01` >= end || (`${month}-01` >= underWay && realised === null);

/** Sum, mean or latest of what months say, oldest first; null where none says anything. */
export const aggregatedOf = (amounts: readonly (string | null)[], how: Aggregation): Fraction | null => {
  const stated = amounts.filter((amount) => amount !== null);
  const latest = stated.at(-1);
  if (latest === undefined) return null;
  if (how === 'latest') return fractionOf(latest);
  const sum = sumOf(stated.map(fractionOf));
  return how === 'average' ? { n: sum.n, d: sum.d * BigInt(stated.length) } : sum;
};

/**
 * What was planned and realised over some months, by the rule of the status (model §3): means and latest values are over the months that have
 * both, where there are any. `isCompared`: both are there and may be held against each other.
 */
export const comparedOf = (
  cells: readonly Cell[],
  how: Aggregation,
): { planned: Fraction | null; realised: Fraction | null; isCompared: boolean } => {
  const both = cells.filter(({ planned, realised }) => planned !== null && realised !== null);
  const counted = how !== 'sum' && both.length > 0 ? both : cells;
  const planned = aggregatedOf(
    counted.map((cell) => cell.planned),
    how,
  );
  const realised = aggregatedOf(
    counted.map((cell) => cell.realised),
    how,
  );
  const isCompared = planned !== null && realised !== null && (how === 'sum' || both.length > 0);
  return { planned, realised, isCompared };
};

/** Realised to date and the outlook of months to come, apart; only for months that add up. */
export interface Expectation {
  readonly realised: Fraction;
  readonly coming: Fraction;
  readonly planned: Fraction;
  /** Nothing is realised, and nothing is to come. */
  readonly isNone: boolean;
  /** Months that are over are planned and none is measured: what is expected cannot be held against a plan. */
  readonly isUnmeasured: boolean;
  readonly isUnplanned: boolean;
}

export const expectationOf = (cells: readonly Cell[], now: Now): Expectation => {
  const past = cells.filter((cell) => !isAhead(cell, now));
  const realised = past.flatMap((cell) => cell.realised ?? []);
  const coming = cells.filter((cell) => isAhead(cell, now)).flatMap((cell) => outlookOf(cell) ?? []);
  const planned = cells.flatMap((cell) => cell.planned ?? []);
  return {
    realised: sumOf(realised.map(fractionOf)),
    coming: sumOf(coming.map(fractionOf)),
    planned: sumOf(planned.map(fractionOf)),
    isNone: realised.length + coming.length === 0,
    isUnmeasured: realised.length === 0 && past.some((cell) => cell.planned !== null),
    isUnplanned: planned.length === 0,
  };
};
