import type { Metric } from './metric.js';

/** Facts of one period. */
export interface ServiceFacts {
  readonly period: string;
}

export const qualityMetrics: readonly Metric[] = [];
