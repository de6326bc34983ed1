import type { Metric } from './metric.js';

/** Facts of one period. */
export interface ItemFacts {
  readonly period: string;
}

/** Facts of one period. */
export interface InitiativeFacts {
  readonly period: string;
}

export const flowMetrics: readonly Metric[] = [];
