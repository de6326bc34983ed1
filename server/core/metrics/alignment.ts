import type { Metric } from './metric.js';

/** Facts of one period. */
export interface MoneyFacts {
  readonly period: string;
}

export const alignmentMetrics: readonly Metric[] = [];
