import type { Signal } from '../../contract/metric.js';
import { ratio } from '../money.js';
import { rangesOf, signalOfPeriod } from '../signal.js';
import type { Amount, Computed, Metric } from './metric.js';

/** A metric's trend as points of its chart, and what of it the signal reads. Pure. */
export interface Judged {
  /** By period; null where there is no value, and for the zeros of a sum or a count before its first record: these say that nobody recorded yet. */
  readonly points: readonly (number | null)[];
  /** Moving ranges of what is judged. */
  readonly ranges: readonly (number | null)[];
  readonly signal: Signal;
  /** Index of the latest period that is judged: the one before, where a sum is still adding up. */
  readonly judged: number;
}

export const numberOf = (amount: Amount | null): number | null =>
  amount === null || typeof amount === 'number' ? amount : ratio(amount.n, amount.d);

/**
 * @param trend by period, the asked one last
 * @param open how many of them, the last ones, are not over
 */
export const judgedOf = (
  { accumulates, better }: Pick<Metric, 'accumulates' | 'better'>,
  trend: readonly Computed[],
  open: number,
): Judged => {
  const first = trend.findIndex(({ isBlank }) => isBlank !== true);
  const points = trend.map(({ value }, at) => (first === -1 || at < first ? null : numberOf(value)));
  const judged = points.slice(0, accumulates ? points.length - open : points.length);
  const ranges = rangesOf(judged);
  return {
    points,
    ranges: points.map((_, at) => ranges[at] ?? null),
    signal: signalOfPeriod(judged, better),
    judged: judged.length - 1,
  };
};
