import type { Signal } from '../../server/contract/metric.js';
import { limitLook, trendPlaces, trendValues } from './xmr';
import './charts.css';
import './metrics.css';

const BOX = { width: 96, height: 24, pad: 4 };

interface SparkLineProps {
  trend: readonly { period: string; value: string | number | null; isPoint?: boolean }[];
  signal: Signal;
  /** What a person hears: the metric, how it moves, whether that is more than noise. */
  description: string;
}

/** A trend in a cell: the points joined, mean and limits behind, the last point marked; a period without a value is a gap. */
export function SparkLine({ trend, signal, description }: SparkLineProps) {
  const { points, path, centre, upper, lower } = trendPlaces(trendValues(trend), signal.limits, BOX);
  const last = points.at(-1);
  const { width, height, pad } = BOX;
  const line = (y: number, className: string) => (
    <line className={className} x1={pad - 3} x2={width - pad + 3} y1={y} y2={y} />
  );
  return (
    <svg
      className="spark spark-line"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={description}
    >
      {upper !== null && line(upper, limitLook(signal))}
      {lower !== null && line(lower, limitLook(signal))}
      {centre !== null && line(centre, 'mark-mean')}
      <path className="mark-trend" d={path} />
      {points.map((point, at) =>
        // A point between two gaps has no line to be seen by.
        point && !points[at - 1] && !points[at + 1] && at < points.length - 1 ? (
          <circle key={trend[at]!.period} className="mark-point" cx={point.x} cy={point.y} r="1.5" />
        ) : null,
      )}
      {last && <circle className="mark-point" cx={last.x} cy={last.y} r="2.5" />}
    </svg>
  );
}
