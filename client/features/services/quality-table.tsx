import { Link } from '@tanstack/react-router';
import type { Metric } from '../../../server/contract/metric.js';
import { SparkLine } from '../../charts/spark-line';
import { keepScope } from '../../lib/address';
import { toldApart } from '../../../server/contract/format.js';
import { metricNull } from '../../../server/contract/null-words.js';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { MetricNum } from '../../ui/metric-num';
import { metricNumber, metricText, unitName } from '../../ui/metric-text';
import { usePageScope } from '../../ui/page-scope';
import { TargetStatus } from '../../ui/target-status';
import { ruleWords, VariationMark, variationWord } from '../../ui/variation';

const AVAILABILITY = 'quality.availability';
/** Availability with the digits that tell it from its target. */
const asOf = ({ id, value, target }: Metric): { as?: string } =>
  id === AVAILABILITY && value !== null ? { as: toldApart(value, target)[0] } : {};

/** The family of quality: actual, target, twelve quarters, and whether it has really changed. */
export function QualityTable({ metrics }: { metrics: readonly Metric[] }) {
  const { currency } = usePageScope();
  const columns: readonly TableColumn<Metric>[] = [
    {
      id: 'name',
      header: 'Metric',
      rowHeader: true,
      cell: ({ id, name }) => (
        <Link to="/metrics/$id" params={{ id }} search={keepScope}>
          {name}
        </Link>
      ),
    },
    { id: 'unit', header: 'Unit', className: 'caption', cell: ({ unit }) => unitName(unit, currency) },
    { id: 'ac', header: 'AC', numeric: true, cell: (metric) => <MetricNum metric={metric} {...asOf(metric)} /> },
    {
      id: 'target',
      header: 'PL',
      numeric: true,
      cell: ({ id, name, value, target, unit }) =>
        target === null ? (
          <NoTarget />
        ) : (
          <Link
            to="/metrics/$id"
            params={{ id }}
            search={keepScope}
            hash="targets"
            className="num"
            aria-label={`Target of ${name}: ${metricText(target, unit, currency)}`}
          >
            {id === AVAILABILITY ? toldApart(value ?? target, target)[1] : metricNumber(target, unit)}
          </Link>
        ),
    },
    { id: 'status', header: 'Status', cell: ({ status }) => <TargetStatus status={status} /> },
    {
      id: 'trend',
      header: '12 quarters',
      cell: (metric) => (
        <SparkLine trend={metric.trend} signal={metric.signal} description={describe(metric, currency)} />
      ),
    },
    { id: 'variation', header: 'Variation', cell: (metric) => <VariationMark {...metric} /> },
    {
      id: 'formula',
      header: 'Formula',
      className: 'caption quality-formula',
      cell: ({ formula }) => formula.expression,
    },
  ];
  return (
    <DataTable
      label="Metrics of quality"
      caption="Metrics of quality: actual, target, and whether the change is more than chance"
      hideCaption
      columns={columns}
      rows={metrics}
      rowKey={({ id }) => id}
    />
  );
}

const NoTarget = () => (
  <abbr title="no target is set">
    x<span className="visually-hidden"> no target is set</span>
  </abbr>
);

const describe = ({ name, value, nullReason, unit, signal }: Metric, currency: string): string =>
  `${name}, ${value === null ? metricNull(nullReason).replace(/\.$/, '') : metricText(value, unit, currency)}, ${variationWord(signal)}: ${ruleWords(signal)}`;
