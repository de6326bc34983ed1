import type { ReactNode } from 'react';
import { LABEL } from './geometry';
import { ticksOf } from './labels';
import { HollowSquare, SolidDot } from './scenario';
import { useElementSize } from './use-element-size';
import './charts.css';
import './profile-columns.css';
import './measure-lines.css';

/** A point in time: `2026-08` or a day. `amount` is for its place only. */
export interface LinePoint {
  on: string;
  amount: number;
}

interface MeasureLinesProps {
  measured: readonly LinePoint[];
  /** What was measured holds until it is measured again. */
  isStepped?: boolean;
  /** What was planned, as steps; else empty. */
  planned: readonly LinePoint[];
  /** Where to come, and by when. */
  target: LinePoint | null;
  baseline: number | null;
  description: string;
  axisLabel: (amount: number) => string;
  /** Beside the last measured point. */
  lastLabel: ReactNode;
  targetLabel: ReactNode;
  baselineLabel: ReactNode;
}

const AXIS = 18;
const AXIS_WIDTH = 46;
const END_WIDTH = 96;

/** A measure over time in its own unit: solid with dots what was measured, thin steps what was planned, dotted the value before the change. */
export function MeasureLines(props: MeasureLinesProps) {
  const [element, size] = useElementSize<HTMLDivElement>();
  return (
    <div className="columns-region">
      <div className="columns measure-lines" ref={element}>
        {size && size.width > 0 && <Drawing {...props} {...size} />}
      </div>
    </div>
  );
}

interface DrawingProps extends MeasureLinesProps {
  width: number;
  height: number;
  scale: number;
}

const dayOf = (on: string): number => Date.parse(on.length === 7 ? `${on}-15` : on) / 86_400_000;

function Drawing(props: DrawingProps) {
  const {
    measured,
    isStepped = false,
    planned,
    target,
    baseline,
    description,
    axisLabel,
    width,
    height,
    scale,
  } = props;
  const label = LABEL * scale;
  const [left, right] = [AXIS_WIDTH * scale, width - END_WIDTH * scale];
  const bottom = height - AXIS * scale;
  const points = [...measured, ...planned, ...(target ? [target] : [])];
  const amounts = [...points.map(({ amount }) => amount), ...(baseline === null ? [] : [baseline])];
  const { min, max } = roomFor(amounts);
  const days = points.map(({ on }) => dayOf(on));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const x = (on: string) =>
    last === first ? (left + right) / 2 : left + ((dayOf(on) - first) / (last - first)) * (right - left);
  const y = (amount: number) => label / 2 + ((max - amount) / (max - min)) * (bottom - label);
  const ticks = ticksOf(min, max);
  const end = measured.at(-1);
  const labels = spread(
    [
      ...(end ? [{ at: y(end.amount), content: props.lastLabel, key: 'last' }] : []),
      ...(target ? [{ at: y(target.amount), content: props.targetLabel, key: 'target' }] : []),
      ...(baseline === null ? [] : [{ at: y(baseline), content: props.baselineLabel, key: 'baseline' }]),
    ],
    label,
    bottom,
  );
  return (
    <>
      <svg className="columns-drawing" width={width} height={height} role="img" aria-label={description}>
        {ticks.map((amount) => (
          <line key={amount} className="mark-grid" x1={left} x2={right} y1={y(amount)} y2={y(amount)} />
        ))}
        {baseline !== null && (
          <line className="mark-baseline" data-baseline x1={left} x2={right} y1={y(baseline)} y2={y(baseline)} />
        )}
        {target && (
          <>
            <line className="mark-path" x1={left} x2={x(target.on)} y1={y(target.amount)} y2={y(target.amount)} />
            <HollowSquare x={x(target.on)} y={y(target.amount)} />
          </>
        )}
        {planned.length > 0 && <path className="mark-path" d={stepsOf(planned, x, y)} />}
        {measured.length > 1 && (
          <path
            className="mark-line"
            d={
              isStepped
                ? stepsOf(measured, x, y)
                : `M${measured.map(({ on, amount }) => `${x(on)} ${y(amount)}`).join('L')}`
            }
          />
        )}
        {measured.map(({ on, amount }) => (
          <SolidDot key={on} x={x(on)} y={y(amount)} />
        ))}
      </svg>
      {ticks.map((amount) => (
        <div key={amount} className="columns-label columns-tick" style={{ left: left - 6, top: y(amount) - label / 2 }}>
          {axisLabel(amount)}
        </div>
      ))}
      {labels.map(({ key, at, content }) => (
        <div key={key} className="columns-label measure-end" style={{ left: right + 8, top: at - label / 2 }}>
          {content}
        </div>
      ))}
      {yearsOf(points, x, left, 34 * scale).map(({ year, at }) => (
        <div key={year} className="columns-label columns-period columns-year" style={{ left: at, top: bottom }}>
          {year}
        </div>
      ))}
    </>
  );
}

/** A little air above and below, so that no dot lies on the edge; a line need not begin at zero. */
function roomFor(amounts: readonly number[]): { min: number; max: number } {
  const [min, max] = [Math.min(...amounts), Math.max(...amounts)];
  const air = min === max ? Math.max(1, Math.abs(min) * 0.1) : (max - min) * 0.08;
  return { min: min >= 0 && min - air < 0 ? 0 : min - air, max: max + air };
}

/** Each amount holds to the next point. */
function stepsOf(points: readonly LinePoint[], x: (on: string) => number, y: (amount: number) => number): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  return `M${x(first.on)} ${y(first.amount)}${rest.map(({ on, amount }) => `H${x(on)}V${y(amount)}`).join('')}`;
}

/** Labels at the line's end, pushed apart where they would lie over each other. */
function spread<L extends { at: number }>(labels: readonly L[], least: number, bottom: number): L[] {
  const sorted = [...labels].sort((a, b) => a.at - b.at);
  const placed: L[] = [];
  for (const each of sorted) {
    const before = placed.at(-1)?.at ?? -Infinity;
    placed.push({ ...each, at: Math.max(each.at, before + least) });
  }
  const over = Math.max(0, (placed.at(-1)?.at ?? 0) - bottom);
  return placed.map((each) => ({ ...each, at: each.at - over }));
}

/** Where each year begins; the first point's year stands at the left, unless the next begins too near. */
function yearsOf(
  points: readonly LinePoint[],
  x: (on: string) => number,
  left: number,
  least: number,
): { year: string; at: number }[] {
  const years = [...new Set(points.map(({ on }) => on.slice(0, 4)))].sort();
  const starts = years.map((year, index) => ({ year, at: index === 0 ? left : x(`${year}-01-01`) }));
  return starts.filter(({ at }, index) => (starts[index + 1]?.at ?? Infinity) - at >= least);
}
