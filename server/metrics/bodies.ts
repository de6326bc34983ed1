import type { Metric as MetricBody, MetricDefinition, MetricUnit } from '../contract/metric.js';
import type { MetricPage } from '../contract/metric-page.js';
import { judgedOf, numberOf } from '../core/metrics/judged.js';
import { addsUpOverParts, type Amount, type Computed, familyOf, type Metric } from '../core/metrics/metric.js';
import { formatFraction, ratio } from '../core/money.js';
import { assuranceOf } from '../core/signal.js';
import { statusOf } from '../core/target.js';
import type { Reading } from '../http/reading.js';
import type { Bounds } from './bounds.js';
import { targetIn, type Target, toldTarget, varianceOf } from './targets.js';

/** A metric over the periods of its trend. */
export interface Measured {
  readonly metric: Metric;
  readonly periods: readonly Bounds[];
  /** By period of the trend, the asked one last. */
  readonly points: readonly Computed[];
}

const definitionOf = (metric: Metric): MetricDefinition => ({
  id: metric.id,
  family: familyOf(metric.id),
  name: metric.name,
  question: metric.question,
  why: metric.why,
  unit: metric.unit,
  better: metric.better,
  distance: metric.distance,
  formula: { ...metric.formula },
  fold: { ...metric.fold },
});

/** Money as decimal text, rounded to the minor unit; all else as a number. */
export const amountOf = (amount: Amount | null, unit: MetricUnit, reading: Reading): string | number | null => {
  if (amount === null) return null;
  if (typeof amount === 'number') return unit === 'money' ? amount.toFixed(reading.decimals) : amount;
  return unit === 'money' ? formatFraction(amount.n, amount.d, reading.decimals) : ratio(amount.n, amount.d);
};

/** What is read for all metrics at once. */
interface Beside {
  readonly targets: readonly Target[];
  /** By the id of the metric. */
  readonly owners: ReadonlyMap<string, string>;
}

/** With the day on which a record that feeds it was written last. */
export type DatedBody = MetricBody & Pick<MetricPage, 'lastRecordedOn'>;

/** A metric as the API answers it: value, target, trend, and whether it has really changed. */
export const bodyOf = (
  { metric, periods, points }: Measured,
  reading: Reading,
  { targets, owners }: Beside,
): MetricBody => {
  const now = points.at(-1)!;
  const target = targetIn(targets, metric.id, reading.period);
  const isTargetOfEnterprise = aimOf(target) !== null && isOfPart(reading) && addsUpOverParts(metric);
  const judging = isTargetOfEnterprise ? null : target;
  const provisional = periods.map(({ end }) => end > reading.today);
  const judged = judgedOf(metric, points, provisional.filter(Boolean).length);
  const print = (amount: Amount | null) => amountOf(amount, metric.unit, reading);
  return {
    ...definitionOf(metric),
    value: print(now.value),
    n: now.n,
    nullReason: now.nullReason,
    previous: print(points.at(-2)!.value),
    target: toldTarget(target?.target ?? null, metric.unit, reading.decimals),
    amber: toldTarget(target?.amber ?? null, metric.unit, reading.decimals),
    isTargetOfEnterprise,
    ...standingOf(metric, now.value, judging, provisional.at(-1)!),
    signal: judged.signal,
    judgedTo: periods[Math.max(0, judged.judged)]!.period,
    isBlank: now.isBlank === true,
    assurance: assuranceOf(judged.signal, aimOf(judging), metric.better),
    provisional: provisional.at(-1)!,
    trend: points.map(({ value, n, nullReason }, index) => ({
      period: periods[index]!.period,
      value: print(value),
      n,
      nullReason,
      range: judged.ranges[index]!,
      provisional: provisional[index]!,
      isPoint: judged.points[index] !== null,
    })),
    detail: Object.fromEntries(Object.entries(now.detail ?? {}).map(([name, found]) => [name, detailOf(found)])),
    owner: owners.get(metric.id) ?? null,
  };
};

/** Targets have no scope: each is of the whole enterprise. */
const isOfPart = ({ scope }: Reading): boolean => scope.portfolioId !== null || scope.unitIds !== null;

const aimOf = (target: Target | null): number | null =>
  target === null || target.target === null ? null : Number(target.target);

/** Against the target. What a quarter under way has not yet added up to is not missed, nor unfavourable: it may still come. */
const standingOf = (
  { accumulates, better }: Metric,
  value: Amount | null,
  target: Target | null,
  isUnderWay: boolean,
): Pick<MetricBody, 'status' | 'variance'> => {
  const [status, variance] = [statusOf(value, target, better), varianceOf(value, target, better)];
  if (!accumulates || !isUnderWay || status === 'met') return { status, variance };
  return { status: null, variance: variance && { ...variance, impact: 'neutral' } };
};

export const isAmount = (found: object): found is Exclude<Amount, number> =>
  'n' in found && typeof found.n === 'bigint';

const detailOf = (found: NonNullable<Computed['detail']>[string]): MetricBody['detail'][string] => {
  if (found === null || typeof found === 'number') return found;
  if (isAmount(found)) return ratio(found.n, found.d);
  return Object.fromEntries(Object.entries(found).map(([name, amount]) => [name, numberOf(amount)]));
};
