import type { ReactNode } from 'react';
import type { Signal } from '../../server/contract/metric.js';
import type { Variation } from '../ui/variation-of';
import { HollowSquare, SolidDot } from './scenario';
import { spread } from './geometry';
import { limitLook, rangeOf, trendPlaces } from './xmr';
import { useElementSize } from './use-element-size';
import './charts.css';
import './metrics.css';

export interface XmrPoint {
  period: string;
  /** `2026 Q3`. */
  label: string;
  value: number | null;
  /** Beside a gap: `x`, `z` or `c`. */
  letter: string;
  provisional: boolean;
  range: number | null;
  /** Numbers of the annotations of the period. */
  notes: readonly number[];
}

interface XmrChartProps {
  points: readonly XmrPoint[];
  signal: Signal;
  /** What the latest point that is judged is, as its shape says. */
  variation: Variation;
  /** The period of that point; later ones are still adding up. */
  judgedTo: string;
  target: number | null;
  description: string;
  /** A value in the metric's unit, without the unit. */
  print: (value: number) => string;
  /** The value of the latest known point, as a number that can be traced. */
  latest: ReactNode;
}

const RIGHT = 112;
const AXIS = 20;
const NOTES = 20;
const PAD = 10;
/** The part of the height that the moving ranges take. */
const RANGES = 0.26;

/** Values over time with their mean and limits, below them the moving ranges that the limits come from. */
export function XmrChart(props: XmrChartProps) {
  const [element, size] = useElementSize<HTMLDivElement>();
  return (
    <div className="xmr" ref={element}>
      {size && size.width > 0 && <Drawing {...props} {...size} />}
    </div>
  );
}

function Drawing(props: XmrChartProps & { width: number; height: number; scale: number }) {
  const { points, signal, variation, judgedTo, target, description, print, latest, width, height, scale } = props;
  const { limits } = signal;
  const [right, axis, notes] = [RIGHT * scale, AXIS * scale, NOTES * scale];
  const inner = width - right;
  const free = height - axis - notes;
  const [tall, low] = [free * (1 - RANGES) - PAD, free * RANGES];
  const values = points.map(({ value }) => value);
  const ranges = points.map(({ range }) => range);
  const span = rangeOf(values, limits, [target]);
  const upper = trendPlaces(values, limits, { width: inner, height: tall, pad: PAD }, span);
  const lower = trendPlaces(ranges, null, { width: inner, height: low, pad: PAD }, { min: 0, max: most(ranges) });
  const top = notes;
  const below = notes + tall + PAD;
  const y = (value: number) => top + PAD + ((span.max - value) / (span.max - span.min)) * (tall - 2 * PAD);
  const yRange = (value: number) => below + PAD + (1 - value / most(ranges)) * (low - 2 * PAD);
  const x = (at: number) => PAD + (points.length > 1 ? (at * (inner - 2 * PAD)) / (points.length - 1) : 0);
  const last = lastKnown(values);
  const judged = lastKnown(values.slice(0, points.findIndex(({ period }) => period === judgedTo) + 1));
  const step = (inner - 2 * PAD) / Math.max(1, points.length - 1);
  const each = Math.ceil((62 * scale) / step);
  const labels = spread<{ key: string; at: number; content: ReactNode }>(
    [
      ...(last < 0 ? [] : [{ key: 'latest', at: y(values[last]!), content: <>latest {latest}</> }]),
      ...(limits
        ? [
            { key: 'upper', at: y(limits.upper), content: `upper ${print(limits.upper)}` },
            { key: 'mean', at: y(limits.centre), content: `mean ${print(limits.centre)}` },
            { key: 'lower', at: y(limits.lower), content: `lower ${print(limits.lower)}` },
          ]
        : []),
      ...(target === null ? [] : [{ key: 'target', at: y(target), content: `target ${print(target)}` }]),
    ],
    19 * scale,
    top + tall,
  );
  return (
    <>
      <svg className="xmr-drawing" width={width} height={height} role="img" aria-label={description}>
        {limits && (
          <>
            <line className={limitLook(signal)} x1={0} x2={inner} y1={y(limits.upper)} y2={y(limits.upper)} />
            <line className="mark-mean" x1={0} x2={inner} y1={y(limits.centre)} y2={y(limits.centre)} />
            <line className={limitLook(signal)} x1={0} x2={inner} y1={y(limits.lower)} y2={y(limits.lower)} />
            <line className="mark-mean" x1={0} x2={inner} y1={yRange(limits.meanRange)} y2={yRange(limits.meanRange)} />
          </>
        )}
        <g transform={`translate(0 ${top})`}>
          <path className="mark-trend" d={upper.path} />
          {upper.points.map((point, at) =>
            point === null ? null : at === judged ? (
              <LatestPoint
                key={at}
                {...point}
                variation={variation}
                isHigh={limits !== null && values[at]! > limits.centre}
              />
            ) : (
              <SolidDot key={at} {...point} />
            ),
          )}
        </g>
        {target !== null && <HollowSquare x={inner} y={y(target)} />}
        <line className="mark-grid" x1={0} x2={inner} y1={below + low - PAD} y2={below + low - PAD} />
        <g transform={`translate(0 ${below})`}>
          <path className="mark-trend mark-ranges" d={lower.path} />
          {lower.points.map((point, at) =>
            point === null ? null : <circle key={at} className="mark-range" cx={point.x} cy={point.y} r="2.5" />,
          )}
        </g>
        {points.map(({ period, notes: numbers }, at) =>
          numbers.length === 0 ? null : (
            <line key={period} className="mark-note" x1={x(at)} x2={x(at)} y1={notes - 2} y2={top + tall} />
          ),
        )}
      </svg>
      {points.map(({ period, label, value, letter, provisional, notes: numbers }, at) => (
        <div key={period}>
          {numbers.length > 0 && (
            <span className="xmr-label xmr-note" style={{ left: x(at), top: 0 }}>
              {numbers.join(', ')}
            </span>
          )}
          {value === null && (
            <span className="xmr-label xmr-centred" style={{ left: x(at), top: top + tall - 16 * scale }}>
              {letter}
            </span>
          )}
          {(points.length - 1 - at) % each === 0 && (at > 0 || each * step > 90 * scale) && (
            <span
              className={`xmr-label ${at === 0 ? '' : 'xmr-centred'}`}
              style={{ left: at === 0 ? 0 : x(at), top: height - axis }}
            >
              {label}
              {provisional && ' p'}
            </span>
          )}
        </div>
      ))}
      {labels.map(({ key, at, content }) => (
        <span
          key={key}
          className={`xmr-label ${key === 'latest' ? 'xmr-latest' : ''}`}
          style={{ left: inner + 10, top: at - 8 * scale }}
        >
          {content}
        </span>
      ))}
      <span className="xmr-label" style={{ left: inner + 10, top: below + PAD / 2 }}>
        moving range
        {limits && (
          <>
            <br />
            mean {print(limits.meanRange)}
          </>
        )}
      </span>
    </>
  );
}

const most = (ranges: readonly (number | null)[]): number => Math.max(...ranges.map((range) => range ?? 0)) || 1;
const lastKnown = (values: readonly (number | null)[]): number =>
  values.reduce<number>((last, value, at) => (value === null ? last : at), -1);

/** A triangle where it has really changed for better or worse, a diamond where neither way is better, else a ring. */
function LatestPoint({ x, y, variation, isHigh }: { x: number; y: number; variation: Variation; isHigh: boolean }) {
  const look = `mark-latest mark-latest-${variation}`;
  if (variation === 'improving' || variation === 'concern')
    return <path className={look} d={isHigh ? `M${x} ${y - 7}l6 11h-12Z` : `M${x} ${y + 7}l6 -11h-12Z`} />;
  if (variation === 'changed') return <path className={look} d={`M${x} ${y - 7}l7 7-7 7-7-7Z`} />;
  return <circle className={look} cx={x} cy={y} r="4.5" />;
}
