import { Link } from '@tanstack/react-router';
import type { Metric, Metrics } from '../../../server/contract/metric.js';
import { Bullet } from '../../charts/bullet';
import { ChartFigure } from '../../charts/chart-figure';
import type { TwinTable } from '../../charts/twin';
import { keepScope } from '../../lib/address';
import { periodLabel } from '../../lib/period';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { letterOf, metricNumber, metricText, unitBeside } from '../../ui/metric-text';
import { MetricNum } from '../../ui/metric-num';
import { Provisional } from '../../ui/provisional';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { VariationMark, variationWord } from '../../ui/variation';
import { changedOf } from '../metrics/message';
import { countSignals, headlineOf, isNothingMeasured, isSignal } from '../metrics/order';
import { drawnTarget, type Printing, printingOf } from '../metrics/scale';
import { TargetOf, targetText } from '../metrics/scorecard-table';
import './families.css';

interface Line {
  family: Metrics['families'][number];
  metric: Metric;
  signals: number;
}

/** Eight families of metrics, a line each: the metric that stands for it against its target, and how many of all have really changed. */
export function Families({ data }: { data: Metrics }) {
  const page = usePageScope();
  const metrics = data.families.flatMap((family) => family.metrics);
  // As the scorecard prints them: the same figure has the same digits.
  const printing = printingOf(metrics, data.currency);
  const lines = data.families.flatMap((family): Line[] => {
    const metric = headlineOf(family.metrics);
    return metric ? [{ family, metric, signals: family.metrics.filter(isSignal).length }] : [];
  });
  if (isNothingMeasured(metrics))
    return (
      <section className="card families-figure" aria-labelledby="families-title">
        <h2 id="families-title">Eight families of metrics</h2>
        <Empty
          action={
            <Link to="/metrics" search={keepScope}>
              See what each is worked out from
            </Link>
          }
        >
          No metric has a value yet.
        </Empty>
      </section>
    );
  return (
    <ChartFigure
      name="metric-families"
      className="families-figure"
      message={changedOf(countSignals(metrics))}
      about={`${page.scopeName} · one metric of each family · AC in ${periodLabel(page.period, page.fiscalYearStartMonth)} vs PL`}
      twin={twinOf(lines, data.currency)}
    >
      <DataTable
        label="Metrics by family"
        caption="One metric of each family: actual against target, whether it has really changed, and how many of its family have"
        hideCaption
        className="families"
        rows={lines}
        rowKey={({ family }) => family.id}
        columns={columnsOf(printing)}
      />
    </ChartFigure>
  );
}

const columnsOf = (printing: Printing): TableColumn<Line>[] => [
  {
    id: 'family',
    header: 'Family',
    rowHeader: true,
    className: 'families-name',
    cell: ({ family }) => (
      <Link to="/metrics" hash={family.id} search={keepScope} title={family.question}>
        {family.name}
        <span className="families-question"> {family.question}</span>
      </Link>
    ),
  },
  {
    id: 'metric',
    header: 'Metric',
    className: 'families-metric',
    cell: ({ metric }) => <span title={metric.name}>{metric.name}</span>,
  },
  {
    id: 'ac',
    header: 'AC',
    numeric: true,
    className: 'families-ac',
    cell: ({ metric }) => (
      <>
        <MetricNum metric={metric} scale={printing.scale} />
        {metric.value !== null && metric.provisional && <Provisional />}
        {metric.value !== null && (
          <span className="unit"> {unitBeside(metric.unit, printing.currency, printing.scale)}</span>
        )}
      </>
    ),
  },
  {
    id: 'pl',
    header: 'PL',
    numeric: true,
    className: 'families-pl',
    cell: ({ metric }) => <TargetOf metric={metric} printing={printing} />,
  },
  {
    id: 'bullet',
    header: 'AC and PL, drawn',
    className: 'families-bullet',
    cell: ({ metric }) =>
      (metric.value !== null || drawnTarget(metric).target !== null) && (
        <Bullet
          value={metric.value === null ? null : Number(metric.value)}
          {...drawnTarget(metric)}
          domain={printing.domains.get(metric.id)!}
        />
      ),
  },
  {
    id: 'variation',
    header: 'Variation',
    className: 'families-variation',
    cell: ({ metric }) => <VariationMark {...metric} isShort />,
  },
  {
    id: 'signals',
    header: 'Signals',
    numeric: true,
    className: 'families-signals',
    cell: ({ family, signals }) => (
      <Link
        to="/metrics"
        hash={family.id}
        search={(now: Record<string, unknown>) => ({ ...keepScope(now), show: signals > 0 ? 'signals' : undefined })}
        aria-label={`${signals} of ${family.metrics.length} metrics of ${family.name} have really changed`}
      >
        {signals} of {family.metrics.length}
        <span className="families-word"> signal</span>
      </Link>
    ),
  },
];

function twinOf(lines: readonly Line[], currency: string): TwinTable {
  return {
    columns: ['Family', 'Question', 'Metric', 'AC', 'PL', 'Near from', 'Variation', 'Signals', 'Metrics'],
    rows: lines.map(({ family, metric, signals }) => {
      const { id, name, value, unit, nullReason, target, signal } = metric;
      const { amber } = drawnTarget(metric);
      return [
        { text: family.name },
        { text: family.question },
        { text: name },
        value === null
          ? { text: letterOf(nullReason) }
          : {
              number: String(value),
              printed: metricText(value, unit, currency),
              label: `${name}: ${metricText(value, unit, currency)}`,
              trace: { figure: id },
            },
        target === null ? null : { number: String(target), printed: targetText(metric, currency) },
        amber === null ? null : { number: String(amber), printed: metricNumber(String(amber), unit) },
        { text: variationWord(signal) },
        { number: String(signals), printed: String(signals) },
        { number: String(family.metrics.length), printed: String(family.metrics.length) },
      ];
    }),
  };
}
