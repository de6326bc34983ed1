import type { ReactNode } from 'react';
import { toGeometry } from '../../server/contract/decimal.js';
import type { Impact } from '../../server/contract/overview.js';
import { heightOf, LABEL, tiersOf, type ColumnValue, type Tier } from './geometry';
import { extremes } from './describe';
import { apart, ticksOf } from './labels';
import { ScenarioMark, VarianceMark } from './scenario';
import { useElementSize } from './use-element-size';
import './charts.css';
import './profile-columns.css';

export interface ProfileColumn extends ColumnValue {
  key: string;
  scenario: 'AC' | 'FC';
  impact: Impact;
  /** An earlier version of the plan, behind the current one. */
  earlierPlan: string | null;
  label: string;
  /** Where a label of one line has no room. */
  shortLabel: readonly [string, string];
  valueLabel: ReactNode;
  varianceLabel: ReactNode;
  /** Numbers of what happened in it, listed below the drawing. */
  flags: readonly number[];
}

interface ProfileColumnsProps {
  columns: readonly ProfileColumn[];
  description: string;
  /** The column under which today lies. */
  todayAt: string | null;
  /** An amount on the axis, where not every column has its label. */
  axisLabel: (amount: number) => string;
}

/** Narrower than this, `+12.4` would touch the label beside it. */
const LABELLED = 54;
const NARROW = 66;
const YEARLY = 30;
const AXIS_WIDTH = 46;
/** Narrower, a column cannot be told from the next: the drawing then scrolls in its own region. */
const LEAST = 12;

/**
 * One thing over its whole life: earlier plans as thin frames, the plan as a frame, actual solid or forecast hatched in front; differences in a
 * tier above at the same pixels per unit; what lies below zero goes down. Labels are numbers of the page; where they have no room, an axis
 * stands at the left and the most telling columns keep theirs.
 */
export function ProfileColumns({ columns, ...rest }: ProfileColumnsProps) {
  const [element, size] = useElementSize<HTMLDivElement>();
  return (
    <div className="columns-region">
      <div className="columns profile-columns" ref={element} style={{ minWidth: columns.length * LEAST + AXIS_WIDTH }}>
        {size && size.width > 0 && <Drawing columns={columns} {...rest} {...size} />}
      </div>
    </div>
  );
}

interface DrawingProps extends ProfileColumnsProps {
  width: number;
  height: number;
  scale: number;
}

function Drawing({ columns, description, todayAt, axisLabel, width, height, scale }: DrawingProps) {
  const isLabelled = width / columns.length >= LABELLED * scale;
  const left = isLabelled ? 0 : AXIS_WIDTH * scale;
  const band = (width - left) / columns.length;
  const isNarrow = band < NARROW * scale;
  const label = LABEL * scale;
  const today = columns.findIndex(({ key }) => key === todayAt);
  const strip = today >= 0 || columns.some(({ flags }) => flags.length > 0) ? label : 0;
  const earlier = columns.map((column) => ({ value: column.earlierPlan, planned: null, variance: null }));
  const tiers = tiersOf([...columns, ...earlier], height - strip, scale, isNarrow ? 2 : 1);
  const middle = (at: number) => left + (at + 0.5) * band;
  const y = (amount: number, tier: Tier) => strip + heightOf(amount, tier, tiers.pixelsPerUnit);
  const box = (amount: string, tier: Tier, at: number, share: number, most: number) => {
    const wide = Math.max(2, Math.min(band * share, most * scale));
    const [end, zero] = [y(toGeometry(amount), tier), y(0, tier)];
    return { x: middle(at) - wide / 2, y: Math.min(end, zero), width: wide, height: Math.abs(end - zero) };
  };
  const { value, variance } = tiers;
  const ticks = isLabelled ? [] : ticksOf(value.min, value.max);
  const named = isLabelled ? columns.map((_, at) => at) : telling(columns, band, width, scale);
  return (
    <>
      <svg className="columns-drawing" width={width} height={height} role="img" aria-label={description}>
        {ticks.map((amount) => (
          <line key={amount} className="mark-grid" x1={left} x2={width} y1={y(amount, value)} y2={y(amount, value)} />
        ))}
        {columns.map(({ key, earlierPlan }, at) =>
          earlierPlan === null ? null : (
            <ScenarioMark key={key} scenario="PL1" {...box(earlierPlan, value, at, 0.92, 56)} />
          ),
        )}
        {columns.map(({ key, planned }, at) =>
          planned === null ? null : <ScenarioMark key={key} scenario="PL" {...box(planned, value, at, 0.72, 44)} />,
        )}
        {columns.map(({ key, scenario, value: amount }, at) =>
          amount === null ? null : <ScenarioMark key={key} scenario={scenario} {...box(amount, value, at, 0.46, 28)} />,
        )}
        {columns.map(({ key, impact, variance: amount }, at) =>
          amount === null ? null : <VarianceMark key={key} impact={impact} {...box(amount, variance, at, 0.46, 28)} />,
        )}
        {today >= 0 && (
          <line
            className="mark-today"
            x1={left + today * band}
            x2={left + today * band}
            y1={2}
            y2={strip + tiers.axis}
          />
        )}
        <line className="mark-zero" x1={left} x2={width} y1={y(0, variance)} y2={y(0, variance)} />
        <line className="mark-zero" x1={left} x2={width} y1={y(0, value)} y2={y(0, value)} />
      </svg>
      {ticks.map((amount) => (
        <div
          key={amount}
          className="columns-label columns-tick"
          style={{ left: left - 6, top: y(amount, value) - label / 2 }}
        >
          {axisLabel(amount)}
        </div>
      ))}
      {columns.map(({ key, flags }, at) =>
        flags.length === 0 && at !== today ? null : (
          <div key={key} className="columns-label columns-period" style={{ left: middle(at), top: 0 }}>
            {at === today && 'today'} {flags.map((flag) => `⚑${flag}`).join(' ')}
          </div>
        ),
      )}
      {named.map((at) => (
        <ColumnLabels
          key={columns[at]!.key}
          column={columns[at]!}
          left={middle(at)}
          {...{ label, y, value, variance }}
        />
      ))}
      {columns.map((column, at) => (
        <PeriodLabel
          key={column.key}
          {...{ column, at, band, isNarrow, scale }}
          left={middle(at)}
          top={strip + tiers.axis}
        />
      ))}
    </>
  );
}

interface ColumnLabelsProps {
  column: ProfileColumn;
  left: number;
  label: number;
  y: (amount: number, tier: Tier) => number;
  value: Tier;
  variance: Tier;
}

/** Above what stands, below what hangs: a label never crosses a frame. */
function ColumnLabels({ column, left, label, y, value, variance }: ColumnLabelsProps) {
  const amounts = [column.value, column.planned, column.earlierPlan].map((amount) => toGeometry(amount ?? '0'));
  const hangs = toGeometry(column.value ?? column.planned ?? '0') < 0;
  const end = hangs ? Math.min(0, ...amounts) : Math.max(0, ...amounts);
  const difference = toGeometry(column.variance ?? '0');
  return (
    <>
      <div className="columns-label" style={{ left, top: y(difference, variance) - (difference < 0 ? 0 : label) }}>
        {column.varianceLabel}
      </div>
      <div className="columns-label" style={{ left, top: y(end, value) - (hangs ? 0 : label) }}>
        {column.valueLabel}
      </div>
    </>
  );
}

interface PeriodLabelProps {
  column: ProfileColumn;
  at: number;
  band: number;
  isNarrow: boolean;
  scale: number;
  left: number;
  top: number;
}

function PeriodLabel({ column, at, band, isNarrow, scale, left, top }: PeriodLabelProps) {
  const every = Math.ceil((YEARLY * scale) / band);
  if (at % every !== 0) return null;
  return (
    <div className="columns-label columns-period" style={{ left, top }}>
      {isNarrow ? (
        <>
          {column.shortLabel[0]}
          <br />
          {column.shortLabel[1]}
        </>
      ) : (
        column.label
      )}
    </div>
  );
}

/** The columns that keep their labels where not all have room: the last actual, the last, the extremes. */
function telling(columns: readonly ProfileColumn[], band: number, width: number, scale: number): number[] {
  const found = extremes(columns.map(({ key, value }) => ({ label: key, value })));
  const off = extremes(columns.map(({ key, variance }) => ({ label: key, value: variance })));
  const at = (key: string | undefined) => columns.findIndex((column) => column.key === key);
  const wanted = [
    columns.findLastIndex(({ scenario }) => scenario === 'AC'),
    columns.length - 1,
    at(off?.lowest.label),
    at(found?.highest.label),
    at(found?.lowest.label),
  ].filter((index) => index >= 0);
  return apart(
    [...new Set(wanted)].map((index) => ({ at: index })),
    band,
    width,
    LABELLED * scale,
  ).map((kept) => kept.at);
}
