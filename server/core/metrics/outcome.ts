import type { Metric } from './metric.js';

/** Facts of one period. */
export interface MeasurementFacts {
  readonly period: string;
}

export const outcomeMetrics: readonly Metric[] = [];
