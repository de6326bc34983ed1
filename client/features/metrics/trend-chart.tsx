import type { Metric } from '../../../server/contract/metric.js';
import type { Annotation } from '../../../server/contract/metric-notes.js';
import { ChartFigure } from '../../charts/chart-figure';
import type { TwinTable } from '../../charts/twin';
import { XmrChart, type XmrPoint } from '../../charts/xmr-chart';
import { lastDay, periodLabel } from '../../lib/period';
import { letterOf, metricNumber, metricText, unitName } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { ruleWords, variationWord } from '../../ui/variation';
import { variationOf } from '../../ui/variation-of';
import { scaleFor, type Scale } from '../../lib/format';
import { describe } from './scorecard-table';

interface TrendChartProps {
  metric: Metric;
  /** In order of time; each has its place as its number. */
  annotations: readonly Annotation[];
}

/** Twelve quarters with mean and limits, and the moving ranges that the limits come from. */
export function TrendChart({ metric, annotations }: TrendChartProps) {
  const { scopeName, currency, fiscalYearStartMonth } = usePageScope();
  const { id, name, unit, trend, signal, target, judgedTo } = metric;
  const label = (period: string) => periodLabel(period, fiscalYearStartMonth);
  const scale = unit === 'money' ? scaleOf(metric) : undefined;
  // Mean and limits of counts are no counts.
  const print = (value: number) =>
    metricNumber(text(value, unit), unit === 'count' && !Number.isInteger(value) ? 'number' : unit, scale);
  const numbered = (from: string, to: string): number[] =>
    annotations.flatMap(({ on }, at) => (on > from && on <= to ? [at + 1] : []));
  const ends = trend.map(({ period }) => lastDay(period, fiscalYearStartMonth));
  const points = trend.map(({ period, value, nullReason, provisional, range, isPoint }, at): XmrPoint => ({
    period,
    label: label(period),
    value: isPoint ? Number(value) : null,
    letter: isPoint ? '' : value === null ? letterOf(nullReason) : BEFORE_FIRST,
    provisional,
    range,
    notes: numbered(ends[at - 1] ?? startBefore(ends[at]!), ends[at]!),
  }));
  const latest = [...trend].reverse().find(({ isPoint }) => isPoint);
  const isAddingUp = judgedTo !== trend.at(-1)!.period;
  const chart = (
    <XmrChart
      points={points}
      limits={signal.limits}
      variation={variationOf(signal)}
      judgedTo={judgedTo}
      target={target === null ? null : Number(target)}
      description={describe(metric, currency)}
      print={print}
      latest={
        latest && (
          <Num
            trace={{ figure: id, ...(latest === trend.at(-1) ? {} : { period: latest.period }) }}
            label={`${name} in ${label(latest.period)}: ${metricText(latest.value!, unit, currency)}`}
          >
            {print(Number(latest.value))}
          </Num>
        )
      }
    />
  );
  return (
    <ChartFigure
      message={`${variationOf(signal) === 'few' ? 'Too few points to tell change from chance' : finding(metric)}${isAddingUp ? `, up to ${label(judgedTo)}; the quarter under way is still adding up` : ''}`}
      about={`${name} · ${scopeName} · ${unitName(unit, currency, scale)} · ${label(trend[0]!.period)} to ${label(trend.at(-1)!.period)}`}
      name={`metric-${id.replace('.', '-')}`}
      twin={twinOf(metric, label, currency, scale)}
      legend={
        latest && (
          <>
            <span className="legend-item">● value</span>
            {signal.limits && (
              <>
                <span className="legend-item">— mean</span>
                <span className="legend-item">··· limits: mean ± 2.66 × mean moving range</span>
              </>
            )}
            {target !== null && <span className="legend-item">□ target</span>}
            {points.some(({ letter }) => letter === BEFORE_FIRST) && (
              <span className="legend-item">{BEFORE_FIRST} none recorded yet</span>
            )}
            {annotations.length > 0 && <span className="legend-item">1 what happened, below</span>}
          </>
        )
      }
    >
      {latest === undefined ? <Empty>No quarter from {label(trend[0]!.period)} on has a value.</Empty> : chart}
    </ChartFigure>
  );
}

/** In the place of a zero from before the first record. */
const BEFORE_FIRST = '0';

/** Limits of money are numbers: as decimal text without exponent. */
const text = (value: number, unit: Metric['unit']): number | string => (unit === 'money' ? value.toFixed(2) : value);

const scaleOf = ({ trend }: Metric): Scale =>
  scaleFor(trend.flatMap(({ value }) => (value === null ? [] : [String(value)])));

const finding = ({ signal }: Metric): string => {
  const rule = ruleWords(signal);
  return `${variationWord(signal)}: ${rule}`.replace(/^./, (letter) => letter.toUpperCase());
};

/** The last day before the first period of the trend: three months before its end, roughly, is near enough to number what lies in it. */
const startBefore = (end: string): string => {
  const [year = 0, month = 1] = end.split('-').map(Number);
  return new Date(Date.UTC(year, month - 3, 0)).toISOString().slice(0, 10);
};

const twinOf = (
  { id, name, unit, trend }: Metric,
  label: (period: string) => string,
  currency: string,
  scale: Scale | undefined,
): TwinTable => ({
  columns: ['Quarter', `Value, ${unitName(unit, currency, scale)}`, 'Moving range', 'Records that count'],
  rows: trend.map(({ period, value, n, nullReason, provisional, range }) => [
    { text: `${label(period)}${provisional ? ' p' : ''}` },
    value === null
      ? { text: letterOf(nullReason) }
      : {
          number: String(value),
          printed: metricNumber(value, unit, scale),
          label: `${name} in ${label(period)}: ${metricText(value, unit, currency)}`,
          trace: { figure: id, period },
        },
    range === null ? { text: '' } : { number: String(range), printed: metricNumber(text(range, unit), unit, scale) },
    { number: String(n), printed: String(n) },
  ]),
});
