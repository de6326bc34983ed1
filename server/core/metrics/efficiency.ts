import type { Metric } from './metric.js';

export const efficiencyMetrics: readonly Metric[] = [];
