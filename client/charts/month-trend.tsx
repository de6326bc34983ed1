import type { Signal } from '../../server/contract/metric.js';
import { LABEL } from './geometry';
import { ticksOf } from './labels';
import { SolidDot } from './scenario';
import { useElementSize } from './use-element-size';
import { limitLook, rangeOf, trendPlaces, trendValues } from './xmr';
import './charts.css';
import './profile-columns.css';
import './measure-lines.css';
import './metrics.css';

interface MonthTrendProps {
  /** In order of time; a month without a value is a gap. */
  trend: readonly { period: string; value: number | null }[];
  signal: Signal;
  description: string;
  axisLabel: (value: number) => string;
}

const AXIS = 18;
const AXIS_WIDTH = 56;
const PAD = 8;

/** A figure month by month, with its mean and limits: whether it has moved, or only wobbles. */
export function MonthTrend(props: MonthTrendProps) {
  const [element, size] = useElementSize<HTMLDivElement>();
  return (
    <div className="columns-region">
      <div className="columns measure-lines" ref={element}>
        {size && size.width > 0 && <Drawing {...props} {...size} />}
      </div>
    </div>
  );
}

interface DrawingProps extends MonthTrendProps {
  width: number;
  height: number;
  scale: number;
}

function Drawing({ trend, signal, description, axisLabel, width, height, scale }: DrawingProps) {
  const left = AXIS_WIDTH * scale;
  const bottom = height - AXIS * scale;
  const label = LABEL * scale;
  const values = trendValues(trend);
  const range = rangeOf(values, signal.limits);
  const box = { width: width - left, height: bottom, pad: PAD * scale };
  const { points, path, centre, upper, lower } = trendPlaces(values, signal.limits, box, range);
  const y = (value: number) => box.pad + ((range.max - value) / (range.max - range.min)) * (bottom - 2 * box.pad);
  const ticks = ticksOf(range.min, range.max);
  const line = (at: number | null, className: string) =>
    at !== null && <line className={className} x1={left} x2={width} y1={at} y2={at} />;
  return (
    <>
      <svg className="columns-drawing" width={width} height={height} role="img" aria-label={description}>
        {ticks.map((value) => (
          <line key={value} className="mark-grid" x1={left} x2={width} y1={y(value)} y2={y(value)} />
        ))}
        {line(upper, limitLook(signal))}
        {line(lower, limitLook(signal))}
        {line(centre, 'mark-mean')}
        <g transform={`translate(${left} 0)`}>
          <path className="mark-trend" d={path} />
          {points.map((point, at) => point && <SolidDot key={trend[at]!.period} x={point.x} y={point.y} />)}
        </g>
      </svg>
      {ticks.map((value) => (
        <div key={value} className="columns-label columns-tick" style={{ left: left - 6, top: y(value) - label / 2 }}>
          {axisLabel(value)}
        </div>
      ))}
      {trend.map(({ period }, at) =>
        period.endsWith('-01') || (at === 0 && Number(period.slice(5)) < 10) ? (
          <div
            key={period}
            className="columns-label columns-period columns-year"
            style={{
              left: left + box.pad + (at * (box.width - 2 * box.pad)) / Math.max(1, trend.length - 1),
              top: bottom,
            }}
          >
            {period.slice(0, 4)}
          </div>
        ) : null,
      )}
    </>
  );
}
