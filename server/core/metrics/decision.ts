import type { Metric } from './metric.js';

/** Facts of one period. */
export interface DecisionFacts {
  readonly period: string;
}

export const decisionMetrics: readonly Metric[] = [];
