import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Metric } from '../../../server/contract/metric.js';
import type { Annotation } from '../../../server/contract/metric-notes.js';
import { ChartFigure } from '../../charts/chart-figure';
import { drawnCell, LIMIT_COLUMNS, limitCells } from '../../charts/limit-cells';
import type { TwinTable } from '../../charts/twin';
import { limitKey } from '../../charts/xmr';
import { XmrChart, type XmrPoint } from '../../charts/xmr-chart';
import { lastDay, periodLabel } from '../../lib/period';
import { letterOf, metricNumber, metricText, unitName } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { ruleWords, variationWord } from '../../ui/variation';
import { variationOf } from '../../ui/variation-of';
import { scaleFor, type Scale } from '../../../server/contract/format.js';
import { may, sessionQuery } from '../access/api';
import { drawnTarget, printDrawn } from './scale';
import { describe } from './scorecard-table';
import { SOURCES } from './sources';

interface TrendChartProps {
  metric: Metric;
  /** In order of time; each has its place as its number. */
  annotations: readonly Annotation[];
}

/** Twelve quarters with mean and limits, and the moving ranges that the limits come from. */
export function TrendChart({ metric, annotations }: TrendChartProps) {
  const { scopeName, currency, fiscalYearStartMonth } = usePageScope();
  const { id, name, unit, trend, signal, judgedTo } = metric;
  const { target } = drawnTarget(metric);
  const label = (period: string) => periodLabel(period, fiscalYearStartMonth);
  const scale = unit === 'money' ? scaleOf(metric) : undefined;
  const print = printDrawn(unit, scale);
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
      signal={signal}
      variation={variationOf(signal)}
      judgedTo={judgedTo}
      target={target}
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
                <span className="legend-item">{limitKey(signal)}: mean ± 2.66 × mean moving range</span>
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
      {latest === undefined ? <NoValue metric={metric} from={label(trend[0]!.period)} /> : chart}
    </ChartFigure>
  );
}

/** Defined, not measured: what would measure it. A value that is kept back, or of another scope, lacks no record. */
function NoValue({ metric: { family, nullReason }, from }: { metric: Metric; from: string }) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (nullReason === 'not_in_scope' || nullReason === 'too_few_responses')
    return <Empty>No quarter from {from} on has a value.</Empty>;
  return (
    <Empty action={may(session, 'import') && <Link to="/import">Import them from your tables</Link>}>
      Defined, not measured: no quarter from {from} on has a value. It is measured from {SOURCES[family]}.
    </Empty>
  );
}

/** In the place of a zero from before the first record. */
const BEFORE_FIRST = '0';

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
  metric: Metric,
  label: (period: string) => string,
  currency: string,
  scale: Scale | undefined,
): TwinTable => {
  const { id, name, unit, trend, signal } = metric;
  const of = (what: string) => `${what}, ${unitName(unit, currency, scale)}`;
  const print = printDrawn(unit, scale);
  const drawn = ['Target', ...LIMIT_COLUMNS, 'Mean moving range'];
  return {
    columns: ['Quarter', of('Value'), of('Moving range'), 'Records that count', ...drawn.map(of)],
    rows: trend.map(({ period, value, n, nullReason, provisional, range }, at) => [
      { text: `${label(period)}${provisional ? ' p' : ''}` },
      value === null
        ? { text: letterOf(nullReason) }
        : {
            number: String(value),
            printed: metricNumber(value, unit, scale),
            label: `${name} in ${label(period)}: ${metricText(value, unit, currency)}`,
            trace: { figure: id, period },
          },
      drawnCell(range, print),
      { number: String(n), printed: String(n) },
      // The target in force in the last quarter: others may have had another.
      drawnCell(at === trend.length - 1 ? drawnTarget(metric).target : null, print),
      ...limitCells(signal, print),
      drawnCell(signal.limits?.meanRange ?? null, print),
    ]),
  };
};
