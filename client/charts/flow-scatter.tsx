import { memo, useState, type MouseEvent } from 'react';
import { Ends, Grid, PlotRegion, scaleUp, spread, Ticks, type Plot } from './flow-frame';

export interface ScatterDot {
  key: string;
  title: string;
  at: string;
  days: number;
}
export interface ScatterBox {
  at: string;
  until: string;
  low: number;
  high: number;
  count: number;
}
export interface ScatterLine {
  days: number;
  label: string;
}

interface FlowScatterProps {
  dots: readonly ScatterDot[];
  /** In place of dots, where they would be too many. */
  boxes: readonly ScatterBox[];
  from: string;
  until: string;
  lines: readonly ScatterLine[];
  description: string;
  onPick: (key: string) => void;
}

const NEAR = 12;
const RADIUS = 3;

/** Items by the day on which they were finished and the days that they took; lines within which so many of 100 were. */
export function FlowScatter(props: FlowScatterProps) {
  return <PlotRegion end={74}>{(plot) => <Drawing {...props} plot={plot} />}</PlotRegion>;
}

function Drawing({ dots, boxes, from, until, lines, description, onPick, plot }: FlowScatterProps & { plot: Plot }) {
  const [near, setNear] = useState<ScatterDot | null>(null);
  const { left, right, label } = plot;
  const highest = Math.max(
    0,
    ...dots.map(({ days }) => days),
    ...boxes.map(({ high }) => high),
    ...lines.map((line) => line.days),
  );
  const y = scaleUp(plot, highest);
  const [start, end] = [Date.parse(from), Date.parse(until)];
  const x = (at: string): number => left + ((Date.parse(at) - start) / (end - start)) * (right - left);
  const dotAt = ({ currentTarget, clientX, clientY }: MouseEvent<SVGSVGElement>): ScatterDot | null => {
    const area = currentTarget.getBoundingClientRect();
    const [px, py] = [clientX - area.left, clientY - area.top];
    let found: ScatterDot | null = null;
    let least = NEAR;
    for (const dot of dots) {
      const distance = Math.hypot(x(dot.at) - px, y(dot.days) - py);
      if (distance <= least) [found, least] = [dot, distance];
    }
    return found;
  };
  const most = Math.max(1, ...boxes.map(({ count }) => count));
  return (
    <>
      <svg
        className="columns-drawing"
        width={plot.width}
        height={plot.height}
        role="img"
        aria-label={description}
        onMouseMove={(event) => setNear(dotAt(event))}
        onMouseLeave={() => setNear(null)}
        onClick={(event) => {
          const dot = dotAt(event);
          if (dot) onPick(dot.key);
        }}
        data-near={near === null ? undefined : near.key}
      >
        <Grid {...{ plot, highest, y }} />
        <Dots path={pathOf(dots, x, y)} count={dots.length} />
        {boxes.map((box) => (
          <rect
            key={`${box.at} ${box.low}`}
            className="flow-box"
            data-mark
            x={x(box.at) + 0.5}
            width={Math.max(1, x(box.until) - x(box.at) - 1)}
            y={y(box.high) + 0.5}
            height={Math.max(1, y(box.low) - y(box.high) - 1)}
            fillOpacity={0.15 + 0.85 * Math.sqrt(box.count / most)}
          />
        ))}
        {lines.map((line) => (
          <line key={line.label} className="flow-line" x1={left} x2={right} y1={y(line.days)} y2={y(line.days)} />
        ))}
        {near && <circle className="flow-near" cx={x(near.at)} cy={y(near.days)} r={RADIUS + 2} />}
      </svg>
      <Ticks {...{ plot, highest, y }} />
      {spread(
        lines.map((line) => ({ at: y(line.days) - label / 2, text: line.label })),
        label,
        plot.bottom,
      ).map(({ at, text }) => (
        <div key={text} className="columns-label measure-end" style={{ left: right + 6, top: at }}>
          {text}
        </div>
      ))}
      {near && (
        <div
          className="flow-tip caption"
          style={{ left: Math.min(x(near.at), right - 120), top: Math.max(0, y(near.days) - 26) }}
        >
          {near.title}
        </div>
      )}
      <Ends {...{ plot, from, until }} />
    </>
  );
}

/** All dots are one path: a thousand elements would be slower than a thousand arcs. */
const Dots = memo(function Dots({ path, count }: { path: string; count: number }) {
  return count === 0 ? null : <path className="flow-dots" data-marks={count} d={path} />;
});

const pathOf = (dots: readonly ScatterDot[], x: (at: string) => number, y: (days: number) => number): string =>
  dots
    .map(
      ({ at, days }) =>
        `M${(x(at) - RADIUS).toFixed(1)} ${y(days).toFixed(1)}a${RADIUS} ${RADIUS} 0 1 0 ${2 * RADIUS} 0a${RADIUS} ${RADIUS} 0 1 0 ${-2 * RADIUS} 0`,
    )
    .join('');
