import { LABEL } from './geometry';
import { ticksOf } from './labels';
import { useElementSize } from './use-element-size';
import { localised } from '../../server/contract/locale-number.js';
import './charts.css';
import './profile-columns.css';
import './decision-dots.css';

export interface Dot {
  key: string;
  /** A day. */
  on: string;
  /** Days; for its place only. */
  amount: number;
  isStrong: boolean;
  /** Read where the pointer rests on it. */
  title: string;
}

interface DecisionDotsProps {
  points: readonly Dot[];
  lines: readonly { at: number; label: string }[];
  description: string;
  onOpen: (key: string) => void;
}

/** One dot a decision: when it was taken, and how long that took. The table beside it holds the same, with links in the log. */
export function DecisionDots(props: DecisionDotsProps) {
  const [element, size] = useElementSize<HTMLDivElement>();
  return (
    <div className="columns-region">
      <div className="columns decision-dots" ref={element}>
        {size && size.width > 0 && <Drawing {...props} {...size} />}
      </div>
    </div>
  );
}

const AXIS_WIDTH = 34;
const END_WIDTH = 84;
const AXIS = 18;

const dayOf = (on: string): number => Date.parse(on) / 86_400_000;

function Drawing({
  points,
  lines,
  description,
  onOpen,
  width,
  height,
  scale,
}: DecisionDotsProps & { width: number; height: number; scale: number }) {
  const label = LABEL * scale;
  const [left, right] = [AXIS_WIDTH * scale, width - (lines.length > 0 ? END_WIDTH * scale : 12)];
  const bottom = height - AXIS * scale;
  const most = Math.max(...points.map(({ amount }) => amount), ...lines.map(({ at }) => at), 1);
  const ticks = ticksOf(0, most * 1.05);
  const top = Math.max(most * 1.05, ...ticks);
  const days = points.map(({ on }) => dayOf(on));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const x = (on: string) =>
    last === first ? (left + right) / 2 : left + 8 + ((dayOf(on) - first) / (last - first)) * (right - left - 16);
  const y = (amount: number) => bottom - (amount / top) * (bottom - label / 2);
  const placed = [...lines].sort((a, b) => b.at - a.at);
  return (
    <>
      <svg
        className="columns-drawing"
        width={width}
        height={height}
        role="img"
        aria-label={description}
        onClick={({ target }) => {
          const key = target instanceof Element ? target.getAttribute('data-key') : null;
          if (key !== null) onOpen(key);
        }}
      >
        {ticks.map((amount) => (
          <line key={amount} className="mark-grid" x1={left} x2={right} y1={y(amount)} y2={y(amount)} />
        ))}
        {lines.map(({ at }) => (
          <line key={at} className="mark-percentile" x1={left} x2={right} y1={y(at)} y2={y(at)} />
        ))}
        {points.map(({ key, on, amount, isStrong, title }) => (
          <circle
            key={key}
            className={isStrong ? 'mark-dot' : 'mark-dot mark-dot-earlier'}
            data-key={key}
            cx={x(on)}
            cy={y(amount)}
            r={5 * scale}
          >
            <title>{title}</title>
          </circle>
        ))}
      </svg>
      {ticks.map((amount) => (
        <div key={amount} className="columns-label columns-tick" style={{ left: left - 6, top: y(amount) - label / 2 }}>
          {localised(String(amount))}
        </div>
      ))}
      {placed.map(({ at, label: text }, index) => (
        <div
          key={text}
          className="columns-label dots-end"
          style={{ left: right + 6, top: lineTop(placed, index, y, label) }}
          data-at={at}
        >
          {text}
        </div>
      ))}
      {[first, last].map((at, index) =>
        index === 1 && first === last ? null : (
          <div
            key={index}
            className="columns-label columns-period"
            style={{ left: index === 0 ? left : right - 52 * scale, top: bottom }}
          >
            {MONTH.format(new Date(at * 86_400_000)).replace('Sept', 'Sep')}
          </div>
        ),
      )}
    </>
  );
}

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** Labels of lines that lie close are pushed apart, the upper one first. */
function lineTop(lines: readonly { at: number }[], index: number, y: (at: number) => number, label: number): number {
  const own = y(lines[index]!.at) - label / 2;
  const above = index === 0 ? -Infinity : lineTop(lines, index - 1, y, label) + label;
  return Math.max(own, above);
}
