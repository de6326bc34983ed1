import type { ReactNode } from 'react';
import { day, dayBefore } from '../../server/contract/format.js';
import { LABEL } from './geometry';
import { ticksOf } from './labels';
import { useElementSize } from './use-element-size';
import './charts.css';
import './profile-columns.css';
import './measure-lines.css';
import './flow.css';

/** Room of a drawing of days: the plot between axis, ends and time. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  width: number;
  height: number;
  label: number;
  scale: number;
}

interface PlotRegionProps {
  /** Room for labels at the right, in pixels of a 12 px caption. */
  end: number;
  children: (plot: Plot) => ReactNode;
  /** Under the drawing, in the flow of the page: as high as it is. */
  below?: (plot: Plot) => ReactNode;
}

const AXIS_WIDTH = 40;
const AXIS = 18;

/** A drawing as wide and high as its place. */
export function PlotRegion({ end, children, below }: PlotRegionProps) {
  const [element, size] = useElementSize<HTMLDivElement>();
  return (
    <>
      <div className="columns-region flow-region">
        <div className="columns" ref={element}>
          {size && size.width > 0 && children(plotOf(size, end))}
        </div>
      </div>
      {size && size.width > 0 && below?.(plotOf(size, end))}
    </>
  );
}

const plotOf = ({ width, height, scale }: { width: number; height: number; scale: number }, end: number): Plot => ({
  ...{ width, height, scale, label: LABEL * scale, top: (LABEL * scale) / 2 },
  left: AXIS_WIDTH * scale,
  right: Math.max(AXIS_WIDTH * scale + 40, width - end * scale),
  bottom: height - AXIS * scale,
});

/** From 0 to a little more than the highest. */
export const scaleUp = ({ top, bottom }: Plot, highest: number): ((value: number) => number) => {
  const max = highest <= 0 ? 1 : highest * 1.04;
  return (value) => bottom - (value / max) * (bottom - top);
};

export const Grid = ({ plot, highest, y }: { plot: Plot; highest: number; y: (value: number) => number }) => (
  <>
    {ticksOf(0, highest <= 0 ? 1 : highest).map((tick) => (
      <line key={tick} className="mark-grid" x1={plot.left} x2={plot.right} y1={y(tick)} y2={y(tick)} />
    ))}
  </>
);

export const Ticks = ({ plot, highest, y }: { plot: Plot; highest: number; y: (value: number) => number }) => (
  <>
    {ticksOf(0, highest <= 0 ? 1 : highest).map((tick) => (
      <div
        key={tick}
        className="columns-label columns-tick"
        style={{ left: plot.left - 6, top: y(tick) - plot.label / 2 }}
      >
        {tick.toLocaleString('en-GB')}
      </div>
    ))}
  </>
);

/** First and last day under a drawing over time. @param until the midnight at which the last day ends */
export const Ends = ({ plot, from, until }: { plot: Plot; from: string; until: string }) => (
  <>
    <div className="columns-label columns-period flow-first" style={{ left: plot.left, top: plot.bottom }}>
      {day(from.slice(0, 10))}
    </div>
    <div className="columns-label columns-period flow-last" style={{ left: plot.right, top: plot.bottom }}>
      {day(dayBefore(until))}
    </div>
  </>
);

/** Labels that would lie over each other are pushed down, and all of them up where there is no room below. */
export const spread = <L extends { at: number }>(labels: readonly L[], least: number, bottom: number): L[] => {
  let free = 0;
  const placed = [...labels]
    .sort((a, b) => a.at - b.at)
    .map((label) => {
      const at = Math.max(label.at, free);
      free = at + least;
      return { ...label, at };
    });
  const over = Math.max(0, free - bottom);
  return placed.map((label) => ({ ...label, at: label.at - over }));
};
