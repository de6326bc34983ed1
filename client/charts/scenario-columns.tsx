import type { ReactNode } from 'react';
import { Bar, BarChart, ReferenceLine, XAxis, YAxis, type BarShapeProps } from 'recharts';
import type { Impact } from '../../server/contract/overview.js';
import { toGeometry } from '../../server/contract/decimal.js';
import { columnWidths, heightOf, LABEL, tiersOf, type ColumnValue, type Tier } from './geometry';
import { ScenarioMark, VarianceMark } from './scenario';
import { ScenarioRows } from './scenario-rows';
import { useElementSize } from './use-element-size';
import './charts.css';

export interface Column extends ColumnValue {
  key: string;
  scenario: 'AC' | 'FC';
  impact: Impact;
  /** Under the column; where the place is narrow, its short form of two lines. */
  label: string;
  shortLabel: readonly [string, string];
  /** Above the taller of value and plan. */
  valueLabel: ReactNode;
  varianceLabel: ReactNode;
}

interface ScenarioColumnsProps {
  columns: readonly Column[];
  description: string;
}

/** Narrower than this, `2026 Q3` does not fit under a column. */
const NARROW = 66;
/** Below this many pixels a column's labels would run into each other; then each period has a line of its own. */
const LEAST = 62;

/** What recharts draws from: plain numbers, for lengths only. */
interface Drawn {
  key: string;
  value: number | null;
  planned: number | null;
  variance: number | null;
  column: Column;
}

/**
 * Columns over time: the plan hollow behind, actual solid or forecast hatched in front, differences in a tier above at the same pixels per
 * unit. The labels are numbers of the page, so they lie above the drawing as links; their places follow from the same geometry.
 */
export default function ScenarioColumns({ columns, description }: ScenarioColumnsProps) {
  const [element, size] = useElementSize<HTMLDivElement>();
  const isTight = size !== null && size.width > 0 && size.width < columns.length * LEAST * size.scale;
  return (
    <div className={isTight ? 'columns-turned' : 'columns-region'} ref={element}>
      {isTight ? (
        <ScenarioRows {...{ columns, description }} />
      ) : (
        <div className="columns">{size && size.width > 0 && <Drawing {...{ columns, description, ...size }} />}</div>
      )}
    </div>
  );
}

interface DrawingProps extends ScenarioColumnsProps {
  width: number;
  height: number;
  scale: number;
}

function Drawing({ columns, description, width, height, scale }: DrawingProps) {
  const band = width / columns.length;
  const isNarrow = band < NARROW * scale;
  const tiers = tiersOf(columns, height, scale, isNarrow ? 2 : 1);
  const widths = columnWidths(band, scale);
  const data = columns.map((column): Drawn => ({
    key: column.key,
    value: geometry(column.value),
    planned: geometry(column.planned),
    variance: geometry(column.variance),
    column,
  }));
  return (
    <>
      <div className="columns-drawing" role="img" aria-label={description}>
        <TierChart tier={tiers.variance} {...{ data, width }}>
          <XAxis dataKey="key" hide />
          <Bar dataKey="variance" barSize={widths.front} isAnimationActive={false} shape={drawVariance} />
        </TierChart>
        <TierChart tier={tiers.value} {...{ data, width }}>
          <XAxis dataKey="key" hide />
          <XAxis xAxisId="back" dataKey="key" hide />
          <Bar xAxisId="back" dataKey="planned" barSize={widths.back} isAnimationActive={false} shape={drawPlan} />
          <Bar dataKey="value" barSize={widths.front} isAnimationActive={false} shape={drawValue} />
        </TierChart>
      </div>
      {columns.map((column, at) => (
        <ColumnLabels key={column.key} column={column} left={(at + 0.5) * band} {...{ isNarrow, tiers, scale }} />
      ))}
    </>
  );
}

const geometry = (amount: string | null): number | null => (amount === null ? null : toGeometry(amount));

interface TierChartProps {
  tier: Tier;
  data: Drawn[];
  width: number;
  children: ReactNode;
}

/** One tier as a chart of its own, so that both can have the same length for one unit. */
function TierChart({ tier, data, width, children }: TierChartProps) {
  const { top, height, above, below, min, max } = tier;
  return (
    <div className="columns-tier" style={{ top }}>
      <BarChart
        width={width}
        height={Math.max(1, height)}
        data={data}
        margin={{ top: above, bottom: below, left: 0, right: 0 }}
        accessibilityLayer={false}
      >
        <YAxis hide domain={[min, max === min ? min + 1 : max]} allowDataOverflow />
        {children}
        <ReferenceLine y={0} className="mark-zero-line" stroke="var(--ac)" />
      </BarChart>
    </div>
  );
}

/** Down from zero, recharts gives a negative height. */
const boxOf = ({ x, y, width, height }: BarShapeProps) => ({
  x: Number(x),
  y: Math.min(Number(y), Number(y) + Number(height)),
  width: Number(width),
  height: Math.abs(Number(height)),
});
const isDrawable = (props: BarShapeProps) => Number.isFinite(Number(props.y)) && Number.isFinite(Number(props.height));
const columnOf = (props: BarShapeProps): Column => (props.payload as Drawn).column;

const drawVariance = (props: BarShapeProps) =>
  isDrawable(props) ? <VarianceMark impact={columnOf(props).impact} {...boxOf(props)} /> : <g />;
const drawPlan = (props: BarShapeProps) =>
  isDrawable(props) ? <ScenarioMark scenario="PL" {...boxOf(props)} /> : <g />;
const drawValue = (props: BarShapeProps) =>
  isDrawable(props) ? <ScenarioMark scenario={columnOf(props).scenario} {...boxOf(props)} /> : <g />;

interface ColumnLabelsProps {
  column: Column;
  left: number;
  isNarrow: boolean;
  tiers: ReturnType<typeof tiersOf>;
  scale: number;
}

function ColumnLabels({ column, left, isNarrow, tiers, scale }: ColumnLabelsProps) {
  const label = LABEL * scale;
  const { value, variance, pixelsPerUnit } = tiers;
  const at = (amount: number, tier: Tier) => heightOf(amount, tier, pixelsPerUnit);
  const tallest = Math.max(0, geometry(column.value) ?? 0, geometry(column.planned) ?? 0);
  const difference = geometry(column.variance) ?? 0;
  const isBelow = difference < 0;
  return (
    <>
      <div className="columns-label" style={{ left, top: at(difference, variance) - (isBelow ? 0 : label) }}>
        {column.varianceLabel}
      </div>
      <div className="columns-label" style={{ left, top: at(tallest, value) - label }}>
        {column.valueLabel}
      </div>
      <div className="columns-label columns-period" style={{ left, top: tiers.axis }}>
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
    </>
  );
}
