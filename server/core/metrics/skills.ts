import type { Metric } from './metric.js';

/** What is spent on skills: a metric of capability, computed from money. */
export const skillsMetrics: readonly Metric[] = [];
