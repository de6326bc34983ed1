import type { Metrics } from '../../../server/contract/metric.js';
import { drawnCell, LIMIT_COLUMNS, limitCells } from '../../charts/limit-cells';
import type { TwinTable } from '../../charts/twin';
import { periodLabel } from '../../lib/period';
import { letterOf, metricNumber, metricText, unitName } from '../../ui/metric-text';
import type { PageScope } from '../../ui/page-scope';
import { drawnTarget, printDrawn, printingOf } from './scale';

/** What the bullets and the small trends draw beside the points. */
const BESIDE = ['Target', 'Near from', ...LIMIT_COLUMNS];

/** Every point of every trend, as a table: what the small drawings show. */
export function pointsOf(families: Metrics['families'], page: PageScope): TwinTable {
  const metrics = families.flatMap((family) => family.metrics);
  const { scale, currency } = printingOf(metrics, page.currency);
  const label = (period: string) => periodLabel(period, page.fiscalYearStartMonth);
  return {
    columns: ['Metric', 'Unit', ...(metrics[0]?.trend.map(({ period }) => label(period)) ?? []), ...BESIDE],
    rows: metrics.map((metric) => {
      const { id, name, unit, trend, signal } = metric;
      const { target, amber } = drawnTarget(metric);
      const print = printDrawn(unit, scale);
      return [
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
        drawnCell(target, print),
        drawnCell(amber, print),
        ...limitCells(signal, print),
      ];
    }),
  };
}
