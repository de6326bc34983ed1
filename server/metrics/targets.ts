import type { EntityManager } from 'typeorm';
import type { Better, MetricId, Metric as MetricBody } from '../contract/metric.js';
import { comparePeriods } from '../core/period.js';
import { named } from '../database/named.js';
import { ownerRows } from './notes.queries.js';

/** What a metric is to reach from a period on, in its own unit; `amber`: what is still near it. */
export interface Target {
  readonly metric: string;
  readonly from: string;
  readonly target: number | null;
  readonly amber: number | null;
}

/** One row is one target. */
const TARGETS = `
  select metric_id as metric, from_period as "from", target::float8 as target, amber::float8 as amber
  from metric_targets where archived_at is null`;

export const targetsOf = (manager: EntityManager): Promise<Target[]> =>
  named<Target>(manager, 'metric targets', TARGETS);

/** The target in force in a period: the latest that begins no later. */
export const targetIn = (targets: readonly Target[], metric: MetricId, period: string): Target | null =>
  targets
    .filter((each) => each.metric === metric && comparePeriods(each.from, period) <= 0)
    .sort((a, b) => comparePeriods(a.from, b.from))
    .at(-1) ?? null;

/** `met` at the target or better, `near` between it and amber, else `missed`; null without a value, a target or a better way. */
export const statusOf = (value: number | null, target: Target | null, better: Better): MetricBody['status'] => {
  if (value === null || target === null || target.target === null || better === 'none') return null;
  const reaches = (line: number): boolean => (better === 'higher' ? value >= line : value <= line);
  if (reaches(target.target)) return 'met';
  return target.amber !== null && reaches(target.amber) ? 'near' : 'missed';
};

/** How far from the target, relative to it, and whether that is good for the business; null without a value or a target. */
export const varianceOf = (value: number | null, target: Target | null, better: Better): MetricBody['variance'] => {
  if (value === null || target === null || target.target === null) return null;
  const difference = value - target.target;
  const isGood = better === 'higher' ? difference > 0 : difference < 0;
  return {
    share: target.target === 0 ? null : difference / Math.abs(target.target),
    impact: difference === 0 || better === 'none' ? 'neutral' : isGood ? 'favourable' : 'unfavourable',
  };
};

/** Who answers for each metric, by its id. */
export const ownersOf = async (manager: EntityManager): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await ownerRows(manager)).flatMap(({ metric, owner }) => (owner === null ? [] : [[metric, owner] as const])),
  );
