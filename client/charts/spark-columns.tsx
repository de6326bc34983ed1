import { toGeometry } from '../../server/contract/decimal.js';
import type { Domain } from './geometry';
import { ScenarioMark } from './scenario';
import './charts.css';

const STEP = 7;
const HEIGHT = 20;

interface SparkColumnsProps {
  series: readonly { period: string; value: string | null }[];
  /** Rows of one unit share it. */
  domain: Domain;
  /** What a person hears: what it is, from when to when, the highest and the last. */
  description: string;
}

/** A row of small columns from zero, one a quarter; a quarter without a record is a gap. */
export function SparkColumns({ series, domain: { min, max }, description }: SparkColumnsProps) {
  const y = (value: number) => 1 + ((max - value) / (max - min)) * (HEIGHT - 2);
  const width = series.length * STEP;
  return (
    <svg
      className="spark"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={description}
    >
      {series.map(({ period, value }, at) => {
        if (value === null) return null;
        const amount = toGeometry(value);
        const [top, bottom] = [y(Math.max(0, amount)), y(Math.min(0, amount))];
        // What is not zero is at least visible.
        const height = amount === 0 ? 0 : Math.max(1, bottom - top);
        return <ScenarioMark key={period} scenario="AC" x={at * STEP + 1} y={top} width={STEP - 2} height={height} />;
      })}
      <line className="mark-zero" x1="0" x2={width} y1={y(0)} y2={y(0)} />
    </svg>
  );
}
