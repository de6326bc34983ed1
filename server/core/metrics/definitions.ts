import type { MetricId } from '../../contract/metric.js';

/** A version of what a metric means. */
export interface Definition {
  readonly version: string;
  readonly on: string;
  readonly change: string;
}

const FIRST: Definition = { version: '1', on: '2026-11-22', change: 'First definition.' };

/** Versions after the first, in order; the last is the one of the metric's formula. */
const LATER: Partial<Record<MetricId, readonly Definition[]>> = {};

/** Versions of a metric's definition, the one in force last. */
export const definitionsOf = (id: MetricId): Definition[] => [FIRST, ...(LATER[id] ?? [])];
