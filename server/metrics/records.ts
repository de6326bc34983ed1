import type { EntityManager } from 'typeorm';
import type { MetricId, MetricRecords } from '../contract/metric.js';
import type { Reading } from '../http/reading.js';
import type { Bounds } from './bounds.js';
import { alignmentRecords } from './records/alignment.js';
import { capabilityRecords } from './records/capability.js';
import { decisionRecords } from './records/decision.js';
import { efficiencyRecords } from './records/efficiency.js';
import { flowRecords } from './records/flow.js';
import { outcomeRecords } from './records/outcome.js';
import { qualityRecords } from './records/quality.js';
import { stakeholderRecords } from './records/stakeholder.js';

export type RecordColumn = MetricRecords['columns'][number];
export type RecordItem = MetricRecords['items'][number];

/** Which rows of the whole list are asked for. */
export interface RecordPage {
  readonly offset: number;
  readonly limit: number;
}

/** The records behind one metric: folded as the metric says, all of them give its value. */
export interface RecordSource {
  readonly columns: readonly RecordColumn[];
  /** `periods`: the period before, and the period. Rows in a fixed order; `total` counts all of them. */
  readonly read: (
    manager: EntityManager,
    reading: Reading,
    periods: readonly [before: Bounds, asked: Bounds],
    page: RecordPage,
  ) => Promise<{ items: readonly RecordItem[]; total: number }>;
}
export type RecordSources = Partial<Record<MetricId, RecordSource>>;

/** A list that is read as a whole, cut to a page. */
export const pageOf = (
  items: readonly RecordItem[],
  { offset, limit }: RecordPage,
): { items: readonly RecordItem[]; total: number } => ({
  items: items.slice(offset, offset + limit),
  total: items.length,
});

export const RECORD_SOURCES: RecordSources = {
  ...alignmentRecords,
  ...decisionRecords,
  ...flowRecords,
  ...capabilityRecords,
  ...outcomeRecords,
  ...efficiencyRecords,
  ...qualityRecords,
  ...stakeholderRecords,
};
