import type { Metric, Metrics } from '../../../server/contract/metric.js';
import { variationOf } from '../../ui/variation-of';

type Family = Metrics['families'][number];

const isConcern = ({ signal }: Metric): boolean => variationOf(signal) === 'concern';
export const isSignal = ({ signal }: Metric): boolean => signal.state === 'signal';

/** Concern first, then what is nearest to business impact, then as the contract lists them. */
export const inOrder = (metrics: readonly Metric[]): Metric[] =>
  [...metrics].sort((a, b) => Number(isConcern(b)) - Number(isConcern(a)) || a.distance - b.distance);

/** Families with their metrics in order; with signals only, families without one are left out. */
export const shownFamilies = (families: readonly Family[], onlySignals: boolean): Family[] =>
  families
    .map((family) => ({ ...family, metrics: inOrder(onlySignals ? family.metrics.filter(isSignal) : family.metrics) }))
    .filter(({ metrics }) => metrics.length > 0);

export interface SignalCounts {
  metrics: number;
  known: number;
  concern: number;
  improving: number;
  changed: number;
  few: number;
}

export function countSignals(metrics: readonly Metric[]): SignalCounts {
  const of = (variation: string) => metrics.filter(({ signal }) => variationOf(signal) === variation).length;
  return {
    metrics: metrics.length,
    known: metrics.filter(({ value }) => value !== null).length,
    concern: of('concern'),
    improving: of('improving'),
    changed: of('changed'),
    few: of('few'),
  };
}
