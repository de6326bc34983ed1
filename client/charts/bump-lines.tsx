import { LABEL } from './geometry';
import { namesWithRoom, rankTicks } from './rank-labels';
import { useElementSize } from './use-element-size';
import './charts.css';
import './decision-dots.css';

export interface BumpLine {
  key: string;
  name: string;
  /** By period, in order of time; null where it has no rank. */
  ranks: readonly (number | null)[];
  isMoved: boolean;
}

interface BumpLinesProps {
  lines: readonly BumpLine[];
  labels: readonly string[];
  description: string;
}

/** Ranks over time: 1 at the top, a line a thing, broken where it had no rank; its name stands at its last rank, where there is room. */
export function BumpLines(props: BumpLinesProps) {
  const [element, size] = useElementSize<HTMLDivElement>();
  return (
    <div className="columns-region">
      <div className="columns bump" ref={element}>
        {size && size.width > 0 && <Drawing {...props} {...size} />}
      </div>
    </div>
  );
}

/** At least so many pixels between the names of periods. */
const BAND = 62;

function Drawing({
  lines,
  labels,
  description,
  width,
  height,
  scale,
}: BumpLinesProps & { width: number; height: number; scale: number }) {
  const label = LABEL * scale;
  // On a phone the names need more of it than the lines: what is cut off cannot be read.
  const names = Math.min(width * 0.56, 220 * scale);
  const [left, right] = [24 * scale, width - names];
  const bottom = height - label;
  const most = lines.reduce(
    (all, { ranks }) => ranks.reduce<number>((found, rank) => Math.max(found, rank ?? 1), all),
    1,
  );
  const x = (at: number) => (labels.length < 2 ? left : left + 8 + (at / (labels.length - 1)) * (right - left - 16));
  const y = (rank: number) => label / 2 + ((rank - 1) / Math.max(1, most - 1)) * (bottom - label);
  const step = Math.max(1, Math.ceil((BAND * scale) / Math.max(1, (right - left) / Math.max(1, labels.length - 1))));
  const named = namesWithRoom(
    lines.flatMap(({ key, ranks, isMoved }) => {
      const last = ranks.at(-1) ?? null;
      return last === null ? [] : [{ key, at: y(last), isMoved }];
    }),
    label * 0.8,
  );
  return (
    <>
      <svg className="columns-drawing" width={width} height={height} role="img" aria-label={description}>
        {lines.map(({ key, ranks, isMoved }) => (
          <g key={key}>
            <path className={isMoved ? 'mark-rank mark-rank-moved' : 'mark-rank'} d={pathOf(ranks, x, y)} />
            {ranks.map((rank, at) =>
              rank === null ? null : (
                <circle
                  key={at}
                  className={isMoved ? 'mark-rank-dot mark-rank-dot-moved' : 'mark-rank-dot'}
                  cx={x(at)}
                  cy={y(rank)}
                  r={4 * scale}
                />
              ),
            )}
          </g>
        ))}
      </svg>
      {rankTicks(most, (bottom - label) / label).map((rank) => (
        <div key={rank} className="columns-label columns-tick" style={{ left: left - 8, top: y(rank) - label / 2 }}>
          {rank}
        </div>
      ))}
      {lines.map(({ key, name, ranks }) => {
        const last = ranks.at(-1) ?? null;
        return (
          last !== null &&
          named.has(key) && (
            <div
              key={key}
              className="columns-label dots-end"
              style={{ left: right + 6, top: y(last) - label / 2, maxWidth: names - 8 }}
            >
              {name}
            </div>
          )
        );
      })}
      {labels.map((text, at) =>
        (labels.length - 1 - at) % step === 0 ? (
          <div
            key={text}
            className="columns-label columns-period"
            style={{ left: x(at), top: bottom, translate: '-50% 0' }}
          >
            {text}
          </div>
        ) : null,
      )}
    </>
  );
}

/** A line through the known ranks; a quarter without one breaks it. */
function pathOf(ranks: readonly (number | null)[], x: (at: number) => number, y: (rank: number) => number): string {
  return ranks
    .map((rank, at) => (rank === null ? '' : `${(ranks[at - 1] ?? null) === null ? 'M' : 'L'}${x(at)} ${y(rank)}`))
    .join('');
}
