import type { Metric, Metrics } from '../../../server/contract/metric.js';
import { variationOf } from '../../ui/variation-of';

type Family = Metrics['families'][number];

const isConcern = ({ signal }: Metric): boolean => variationOf(signal) === 'concern';
export const isSignal = ({ signal }: Metric): boolean => signal.state === 'signal';

/** Concern first, then what is nearest to business impact, then as the contract lists them. */
export const inOrder = (metrics: readonly Metric[]): Metric[] =>
  [...metrics].sort((a, b) => Number(isConcern(b)) - Number(isConcern(a)) || a.distance - b.distance);

/**
 * Families with their metrics in order; with signals only, families without one are left out.
 * @param also families that are shown whatever their metrics do: an own indicator of theirs has changed
 */
export const shownFamilies = (
  families: readonly Family[],
  onlySignals: boolean,
  also: ReadonlySet<string | null> = new Set(),
): Family[] =>
  families
    .map((family) => ({ ...family, metrics: inOrder(onlySignals ? family.metrics.filter(isSignal) : family.metrics) }))
    .filter(({ id, metrics }) => metrics.length > 0 || also.has(id));

/**
 * What stands for a family where one line has to: the first of the scorecard's order that has a value and something to hold it against; without
 * such a one the first with a value, then the first.
 */
export const headlineOf = (metrics: readonly Metric[]): Metric | undefined => {
  const ordered = inOrder(metrics);
  const measured = ordered.filter(({ value, isBlank }) => value !== null && !isBlank);
  return measured.find(({ target }) => target !== null) ?? measured[0] ?? ordered[0];
};

export interface SignalCounts {
  metrics: number;
  known: number;
  concern: number;
  improving: number;
  changed: number;
  few: number;
  /** With limits, and without a value in the period. */
  silent: number;
}

export function countSignals(metrics: readonly Metric[]): SignalCounts {
  const of = (variation: string) => metrics.filter(({ signal }) => variationOf(signal) === variation).length;
  return {
    metrics: metrics.length,
    known: metrics.filter(({ value, isBlank }) => value !== null && !isBlank).length,
    concern: of('concern'),
    improving: of('improving'),
    changed: of('changed'),
    few: of('few'),
    silent: of('none'),
  };
}

/** Nothing was ever recorded that a metric could be worked out from; what is kept back is recorded. */
export const isNothingMeasured = (metrics: readonly Metric[]): boolean =>
  metrics.every(({ trend }) =>
    trend.every(({ isPoint, nullReason }) => !isPoint && nullReason !== 'too_few_responses'),
  );
