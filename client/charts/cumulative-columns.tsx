import type { ReactNode } from 'react';
import { toGeometry } from '../../server/contract/decimal.js';
import { domainOf } from './geometry';
import { apart } from './labels';
import { ScenarioMark } from './scenario';
import { useElementSize } from './use-element-size';
import './charts.css';
import './cumulative.css';

export interface CumulativeColumn {
  /** `2026-07`. */
  month: string;
  scenario: 'AC' | 'FC';
  value: string | null;
  planned: string | null;
}

interface CumulativeColumnsProps {
  columns: readonly CumulativeColumn[];
  description: string;
  /** Columns that are named on the drawing: by index, most important first. */
  labels: readonly { at: number; content: ReactNode }[];
  /** The column from which on the sum stays at 0 or above, and what to call it. */
  mark: { at: number; content: ReactNode } | null;
}

const LABEL = 20;
const AXIS = 18;
/** Nearer than this, two labels would touch; two years under the axis, too. */
const LABEL_WIDTH = 84;
const YEAR_WIDTH = 40;
/** Narrower, a column cannot be told from the next: the drawing then scrolls in its own region. */
const LEAST = 5;

/** A sum as it grows month by month, from zero: plan hollow behind, actual solid, forecast hatched in front. Years under the axis. */
export function CumulativeColumns({ columns, description, labels, mark }: CumulativeColumnsProps) {
  const [element, size] = useElementSize<HTMLDivElement>();
  return (
    <div className="columns-region">
      <div className="columns cumulative" ref={element} style={{ minWidth: columns.length * LEAST }}>
        {size && size.width > 0 && <Drawing {...{ columns, description, labels, mark, ...size }} />}
      </div>
    </div>
  );
}

interface DrawingProps extends CumulativeColumnsProps {
  width: number;
  height: number;
  scale: number;
}

function Drawing({ columns, description, labels, mark, width, height, scale }: DrawingProps) {
  const domain = domainOf(columns.flatMap(({ value, planned }) => [value, planned]));
  const band = width / columns.length;
  const [label, axis] = [LABEL * scale, AXIS * scale];
  // What the mark is called stands on a line of its own, above all columns.
  const top = label * (mark ? 2 : 1);
  const bottom = height - axis - (domain.min < 0 ? label : 0);
  const y = (amount: number) => top + ((domain.max - amount) / (domain.max - domain.min)) * (bottom - top);
  const box = (amount: string, share: number, at: number) => {
    const end = y(toGeometry(amount));
    const wide = Math.max(1, band * share);
    return { x: (at + 0.5) * band - wide / 2, y: Math.min(end, y(0)), width: wide, height: Math.abs(end - y(0)) };
  };
  const shown = apart(labels, band, width, LABEL_WIDTH * scale);
  return (
    <>
      <svg className="columns-drawing" width={width} height={height} role="img" aria-label={description}>
        {columns.map(({ month, planned }, at) =>
          planned === null ? null : <ScenarioMark key={month} scenario="PL" {...box(planned, 0.9, at)} />,
        )}
        {columns.map(({ month, scenario, value }, at) =>
          value === null ? null : <ScenarioMark key={month} scenario={scenario} {...box(value, 0.55, at)} />,
        )}
        {mark && (
          <line
            className="mark-payback"
            x1={(mark.at + 0.5) * band}
            x2={(mark.at + 0.5) * band}
            y1={label}
            y2={height - axis}
          />
        )}
        <line className="mark-zero" x1="0" x2={width} y1={y(0)} y2={y(0)} />
      </svg>
      {shown.map(({ at, content }) => {
        const value = toGeometry(columns[at]?.value ?? '0');
        return (
          <div key={at} className="columns-label" style={sideways(at, band, width, y(value) - (value < 0 ? 0 : label))}>
            {content}
          </div>
        );
      })}
      {mark && (
        <div className="columns-label columns-period" style={sideways(mark.at, band, width, 0)}>
          {mark.content}
        </div>
      )}
      {yearsOf(columns, band, YEAR_WIDTH * scale).map(({ at, year }) => (
        <div
          key={year}
          className="columns-label columns-period columns-year"
          style={{ left: at * band, top: height - axis }}
        >
          {year}
        </div>
      ))}
    </>
  );
}

/** Beside the edges a label stands inward. */
function sideways(at: number, band: number, width: number, top: number) {
  const middle = (at + 0.5) * band;
  if (middle < LABEL_WIDTH / 2) return { left: 0, top, translate: '0 0' };
  if (middle > width - LABEL_WIDTH / 2) return { left: 'auto', right: 0, top, translate: '0 0' };
  return { left: middle, top };
}

/** Where each calendar year begins; as many of them as have room. */
function yearsOf(columns: readonly CumulativeColumn[], band: number, least: number) {
  const starts = columns.flatMap(({ month }, at) =>
    at === 0 || month.endsWith('-01') ? [{ at, year: month.slice(0, 4) }] : [],
  );
  return starts.filter(({ at }, index) => {
    const next = starts[index + 1];
    return next === undefined || (next.at - at) * band >= least || index > 0;
  });
}
