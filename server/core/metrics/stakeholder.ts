import { involvementMetrics } from './involvement.js';
import type { Metric } from './metric.js';

/** Facts of one period. */
export interface SurveyFacts {
  readonly period: string;
}

export const stakeholderMetrics: readonly Metric[] = [...involvementMetrics];
