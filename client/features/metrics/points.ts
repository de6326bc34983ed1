import type { Metrics } from '../../../server/contract/metric.js';
import type { TwinTable } from '../../charts/twin';
import { periodLabel } from '../../lib/period';
import { letterOf, metricNumber, metricText, unitName } from '../../ui/metric-text';
import type { PageScope } from '../../ui/page-scope';
import { printingOf } from './scale';

/** Every point of every trend, as a table: what the small drawings show. */
export function pointsOf(families: Metrics['families'], page: PageScope): TwinTable {
  const metrics = families.flatMap((family) => family.metrics);
  const { scale, currency } = printingOf(metrics, page.currency);
  const label = (period: string) => periodLabel(period, page.fiscalYearStartMonth);
  return {
    columns: ['Metric', 'Unit', ...(metrics[0]?.trend.map(({ period }) => label(period)) ?? [])],
    rows: metrics.map(({ id, name, unit, trend }) => [
      { text: name },
      { text: unitName(unit, currency, scale) },
      ...trend.map(({ period, value, nullReason, provisional }) =>
        value === null
          ? { text: letterOf(nullReason) }
          : {
              number: String(value),
              printed: `${metricNumber(value, unit, scale)}${provisional ? ' p' : ''}`,
              label: `${name} in ${label(period)}: ${metricText(value, unit, currency)}`,
              trace: { figure: id, ...(period === page.period ? {} : { period }) },
            },
      ),
    ]),
  };
}
