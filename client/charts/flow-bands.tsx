import type { ReactNode } from 'react';
import { Ends, Grid, PlotRegion, scaleUp, spread, Ticks, type Plot } from './flow-frame';

export interface FlowBand {
  name: string;
  /** In place of the name: it leads to the items. */
  head?: ReactNode;
  counts: readonly number[];
}

interface FlowBandsProps {
  /** From the bottom up, at most six. */
  bands: readonly FlowBand[];
  days: readonly string[];
  description: string;
}

/** How many items stand where over time, stacked: height is work in progress, width about the time that it takes. */
export function FlowBands(props: FlowBandsProps) {
  return <PlotRegion end={150}>{(plot) => <Drawing {...props} plot={plot} />}</PlotRegion>;
}

function Drawing({ bands, days, description, plot }: FlowBandsProps & { plot: Plot }) {
  const { left, right, label } = plot;
  const tops = days.map(() => 0);
  const areas = bands.map(({ name, head, counts }) => {
    const low = [...tops];
    counts.forEach((count, at) => (tops[at]! += count));
    return { name, head: head ?? name, low, high: [...tops], last: counts.at(-1) ?? 0 };
  });
  const highest = Math.max(0, ...tops);
  const y = scaleUp(plot, highest);
  const [start, end] = [Date.parse(days[0]!), Date.parse(days.at(-1)!)];
  const x = (at: number): number =>
    end === start ? left : left + ((Date.parse(days[at]!) - start) / (end - start)) * (right - left);
  const line = (values: readonly number[]): string[] =>
    values.map((value, at) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`);
  return (
    <>
      <svg className="columns-drawing" width={plot.width} height={plot.height} role="img" aria-label={description}>
        {areas.map(({ name, low, high }, at) => (
          <path
            key={name}
            className={`flow-area flow-area-${at}`}
            data-mark
            d={`M${line(high).join('L')}L${line(low).reverse().join('L')}Z`}
          />
        ))}
        <Grid {...{ plot, highest, y }} />
      </svg>
      <Ticks {...{ plot, highest, y }} />
      {spread(
        areas.map(({ name, head, low, high, last }, at) => ({
          at: y((low.at(-1)! + high.at(-1)!) / 2) - label / 2,
          ...{ name, head, last, place: at },
        })),
        label,
        plot.bottom,
      ).map(({ at, name, head, last, place }) => (
        <div key={name} className="columns-label measure-end" style={{ left: right + 6, top: at }}>
          <span className={`flow-key flow-area-${place}`} aria-hidden="true" /> {head} {last.toLocaleString('en-GB')}
        </div>
      ))}
      <Ends {...{ plot, from: days[0]!, until: days.at(-1)! }} />
    </>
  );
}
