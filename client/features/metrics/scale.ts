import type { Metric, MetricUnit } from '../../../server/contract/metric.js';
import type { Domain } from '../../charts/geometry';
import { scaleFor, type Scale } from '../../../server/contract/format.js';
import { metricNumber } from '../../ui/metric-text';

/** How the metrics of one page are printed and drawn together. */
export interface Printing {
  currency: string;
  /** The one scale of all money on the page. */
  scale: Scale;
  domains: ReadonlyMap<Metric['id'], Domain>;
}

/** Units with a range of their own. */
const FIXED: Partial<Record<MetricUnit, Domain>> = {
  level: { min: 0, max: 5 },
  score: { min: 0, max: 5 },
  net_share: { min: -1, max: 1 },
};
/** Metrics of these units measure the same, so that their bars are comparable; counts and means are of different things. */
const SHARED: readonly MetricUnit[] = ['share', 'money', 'days'];

/** What the value is drawn against: nothing, where the target is of the whole enterprise and the value of a part of it. */
export const drawnTarget = ({
  target,
  amber,
  isTargetOfEnterprise,
}: Metric): Record<'target' | 'amber', number | null> => {
  const drawn = (amount: Metric['target']) => (amount === null || isTargetOfEnterprise ? null : Number(amount));
  return { target: drawn(target), amber: drawn(amber) };
};

const amountsOf = (metric: Metric): number[] =>
  [metric.value, ...Object.values(drawnTarget(metric))].filter((each) => each !== null).map(Number);

/** Mean, limits and targets as they are drawn; those of counts are no counts. */
export const printDrawn =
  (unit: MetricUnit, scale?: Scale) =>
  (value: number): string =>
    metricNumber(
      unit === 'money' ? value.toFixed(2) : value,
      unit === 'count' && !Number.isInteger(value) ? 'number' : unit,
      scale,
    );

const domainOf = (amounts: readonly number[], atLeast = 0): Domain => {
  const [min, max] = [Math.min(0, ...amounts), Math.max(atLeast, ...amounts)];
  return min === max ? { min, max: 1 } : { min, max };
};

export function printingOf(metrics: readonly Metric[], currency: string): Printing {
  const money = metrics.filter(({ unit }) => unit === 'money').flatMap(({ value, target }) => [value, target]);
  const ofUnit = (unit: MetricUnit) => metrics.filter((metric) => metric.unit === unit).flatMap(amountsOf);
  const shared = new Map(SHARED.map((unit) => [unit, domainOf(ofUnit(unit), unit === 'share' ? 1 : 0)]));
  return {
    currency,
    scale: scaleFor(money.filter((each) => each !== null).map(String)),
    domains: new Map(
      metrics.map((metric) => [
        metric.id,
        FIXED[metric.unit] ?? shared.get(metric.unit) ?? domainOf(amountsOf(metric)),
      ]),
    ),
  };
}
