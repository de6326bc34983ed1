import type { Metric } from './metric.js';

/** Facts of one period. */
export interface CapabilityFacts {
  readonly period: string;
}

export const capabilityMetrics: readonly Metric[] = [];
