import type { ReactNode } from 'react';
import { count } from '../../server/contract/format.js';
import { Grid, PlotRegion, scaleUp, spread, Ticks, type Plot } from './flow-frame';
import type { ScatterLine } from './flow-scatter';

export interface AgeColumn {
  key: string;
  name: string;
  /** In place of the name: it leads to the items. */
  head?: ReactNode;
  count: number;
  /** The oldest first; `link` leads to the item. */
  items: readonly { key: string; title: string; days: number; link: ReactNode }[];
}

interface FlowAgeingProps {
  columns: readonly AgeColumn[];
  /** Days within which so many of 100 finished items were done, ascending: the grounds between them are the bands. */
  lines: readonly ScatterLine[];
  description: string;
}

const RADIUS = 3.5;
/** Of a stage, the oldest that are older than 85 of 100 finished ones took are named, where a column has room for it. */
const NAMED = 3;
const ROOM_FOR_NAMES = 110;

/** Items in progress by the stage in which they stand and their age, before bands of how long finished ones took. */
export function FlowAgeing(props: FlowAgeingProps) {
  const { columns } = props;
  return (
    <PlotRegion end={74} below={(plot) => !doNamesFit(columns, plot) && <Key columns={columns} />}>
      {(plot) => <Drawing {...props} plot={plot} />}
    </PlotRegion>
  );
}

/** Of a caption of 12 px. */
const LETTER = 7;

const columnWidth = (columns: readonly AgeColumn[], { left, right }: Plot): number =>
  (right - left) / Math.max(1, columns.length);

/** Whether each name has room under its own column. */
const doNamesFit = (columns: readonly AgeColumn[], plot: Plot): boolean =>
  columns.every(({ name, count: of }) => `${name} (${of}) `.length * LETTER * plot.scale <= columnWidth(columns, plot));

/** Which stage a number under the drawing is: where the names have no room there. */
function Key({ columns }: { columns: readonly AgeColumn[] }) {
  return (
    <ol className="flow-key-list caption">
      {columns.map(({ key, name, head, count: of }, at) => (
        <li key={key} className="flow-column">
          {at + 1} {head ?? name} ({count(of)})
        </li>
      ))}
    </ol>
  );
}

function Drawing({ columns, lines, description, plot }: FlowAgeingProps & { plot: Plot }) {
  const { left, right, top, bottom, label } = plot;
  const highest = Math.max(
    0,
    ...columns.flatMap(({ items }) => items.map(({ days }) => days)),
    ...lines.map(({ days }) => days),
  );
  const y = scaleUp(plot, highest);
  const width = columnWidth(columns, plot);
  const isNamed = doNamesFit(columns, plot);
  const edges = [0, ...lines.map(({ days }) => days)];
  return (
    <>
      <svg className="columns-drawing" width={plot.width} height={plot.height} role="img" aria-label={description}>
        {lines.length > 0 &&
          edges.map((low, at) => {
            const ceiling = at + 1 < edges.length ? y(edges[at + 1]!) : top;
            return (
              <rect
                key={at}
                className={`flow-band flow-band-${at}`}
                x={left}
                width={right - left}
                y={ceiling}
                height={Math.max(0, y(low) - ceiling)}
              />
            );
          })}
        <Grid {...{ plot, highest, y }} />
        {columns.map(({ key, items }, at) =>
          items.map((item, place) => (
            <circle
              key={`${key} ${item.key}`}
              className="flow-dot"
              data-mark
              cx={left + width * (at + 0.5) + beside(place, items.length, width)}
              cy={y(item.days)}
              r={RADIUS}
            />
          )),
        )}
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
      {width >= ROOM_FOR_NAMES &&
        columns.map(({ key, items }, at) => {
          const old = items.filter(({ days }) => lines[1] !== undefined && days > lines[1].days).slice(0, NAMED);
          return spread(
            old.map((item, place) => ({
              ...item,
              at: y(item.days) - label / 2,
              left: left + width * (at + 0.5) + beside(place, items.length, width) + RADIUS + 2,
            })),
            label,
            bottom,
          ).map((item) => (
            <div
              key={`${key} ${item.key}`}
              className="columns-label flow-name"
              style={{ left: item.left, top: item.at }}
            >
              {item.link}
            </div>
          ));
        })}
      {columns.map(({ key, name, head, count: of }, at) => (
        <div
          key={key}
          className={`columns-label columns-period ${isNamed ? 'flow-column' : ''}`}
          style={{ left: left + width * (at + 0.5), top: bottom, width }}
        >
          {isNamed ? (
            <>
              {head ?? name} ({count(of)})
            </>
          ) : (
            at + 1
          )}
        </div>
      ))}
    </>
  );
}

/** Side by side, so that items of one age do not hide each other. */
const beside = (place: number, of: number, width: number): number =>
  of === 1 ? 0 : (((place * 7) % 11) / 10 - 0.5) * Math.min(width * 0.6, 60);
