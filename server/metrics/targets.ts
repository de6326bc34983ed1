import type { EntityManager } from 'typeorm';
import type { Better, MetricId, Metric as MetricBody, MetricUnit } from '../contract/metric.js';
import { fractionOf } from '../core/benefit-status.js';
import { type Fraction, minus } from '../core/exact-amounts.js';
import type { Amount } from '../core/metrics/metric.js';
import { formatFraction, parseDecimal, ratio } from '../core/money.js';
import { impactOf, type Target as TargetOfPeriod, targetInForce } from '../core/target.js';
import { named } from '../database/named.js';
import { ownerRows } from './notes.queries.js';

/** A target of a metric, by its id. */
export interface Target extends TargetOfPeriod {
  readonly metric: string;
}

/** One row is one target. */
const TARGETS = `
  select metric_id as metric, from_period as "from", trim_scale(target)::text as target, trim_scale(amber)::text as amber
  from metric_targets where archived_at is null`;

export const targetsOf = (manager: EntityManager): Promise<Target[]> =>
  named<Target>(manager, 'metric targets', TARGETS);

export const targetIn = (targets: readonly Target[], metric: MetricId, period: string): Target | null =>
  targetInForce(
    targets.filter((each) => each.metric === metric),
    period,
  );

/** How far from the target, relative to it, and whether that is good for the business; null without a value or a target. */
export const varianceOf = (value: Amount | null, target: Target | null, better: Better): MetricBody['variance'] => {
  if (value === null || target === null || target.target === null) return null;
  return { share: shareOf(value, fractionOf(target.target)), impact: impactOf(value, target.target, better) };
};

/** (value − target) ÷ |target|; null where the target is 0. */
const shareOf = (value: Amount, target: Fraction): number | null => {
  if (target.n === 0n) return null;
  if (typeof value === 'number') {
    const line = ratio(target.n, target.d)!;
    return (value - line) / Math.abs(line);
  }
  const { n, d } = minus(value, target);
  return ratio(n * target.d, d * (target.n < 0n ? -target.n : target.n));
};

/** A target as the value of its metric is told: money as decimal text with no decimal lost, all else as a number. */
export const toldTarget = (text: string | null, unit: MetricUnit, decimals: number): string | number | null => {
  if (text === null || unit !== 'money') return text === null ? null : Number(text);
  const { n, d } = fractionOf(text);
  return formatFraction(n, d, Math.max(decimals, parseDecimal(text).scale));
};

/** Who answers for each metric, by its id. */
export const ownersOf = async (manager: EntityManager): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await ownerRows(manager)).flatMap(({ metric, owner }) => (owner === null ? [] : [[metric, owner] as const])),
  );
