import { type Signal, SIGNAL_POINTS } from '../../server/contract/metric.js';

/** Places of the points, the mean and the limits of a trend, in a box of pixels. Pure. */

export interface TrendBox {
  width: number;
  height: number;
  /** Space on all sides, so that no mark is cut. */
  pad: number;
}

export interface TrendPlaces {
  /** Null where a period has no value. */
  points: readonly ({ x: number; y: number } | null)[];
  /** Runs of points without a gap, as the path of a line. */
  path: string;
  centre: number | null;
  upper: number | null;
  lower: number | null;
}

/** Lowest and highest of what is drawn; never the same. */
export function rangeOf(
  values: readonly (number | null)[],
  limits: Signal['limits'],
  more: readonly (number | null)[] = [],
): { min: number; max: number } {
  const known = [...values, ...(limits ? [limits.lower, limits.upper] : []), ...more].filter((each) => each !== null);
  if (known.length === 0) return { min: 0, max: 1 };
  const [min, max] = [Math.min(...known), Math.max(...known)];
  const air = min === max ? Math.max(Math.abs(min) * 0.1, 1e-6) : 0;
  return { min: min - air, max: max + air };
}

export function trendPlaces(
  values: readonly (number | null)[],
  limits: Signal['limits'],
  { width, height, pad }: TrendBox,
  range = rangeOf(values, limits),
): TrendPlaces {
  const step = values.length > 1 ? (width - 2 * pad) / (values.length - 1) : 0;
  const y = (value: number) => pad + ((range.max - value) / (range.max - range.min)) * (height - 2 * pad);
  const points = values.map((value, at) => (value === null ? null : { x: pad + at * step, y: y(value) }));
  const path = points
    .map((point, at) => (point === null ? '' : `${at > 0 && points[at - 1] ? 'L' : 'M'}${point.x} ${point.y}`))
    .join('');
  return {
    points,
    path,
    centre: limits && y(limits.centre),
    upper: limits && y(limits.upper),
    lower: limits && y(limits.lower),
  };
}

/** Limits of fewer than twelve points are on trial: they still move with each point. */
const isOnTrial = ({ limits, points }: Signal): boolean => limits !== null && points < SIGNAL_POINTS;

/** Dotted on trial, else dashed. */
export const limitLook = (signal: Signal): string => (isOnTrial(signal) ? 'mark-limit mark-limit-trial' : 'mark-limit');

/** The same in a key. */
export const limitKey = (signal: Signal): string =>
  isOnTrial(signal) ? `··· trial limits, ${signal.points} of ${SIGNAL_POINTS} points` : '– – limits';

interface TrendValue {
  value: string | number | null;
  /** False of a zero from before the first record: it is no point of the chart. */
  isPoint?: boolean;
}

/** As numbers, for their places only. */
export const trendValues = (trend: readonly TrendValue[]): (number | null)[] =>
  trend.map(({ value, isPoint }) => (value === null || isPoint === false ? null : Number(value)));

/** Whether the last known point lies above the centre: the letter of its marker. */
export function latestIsHigh(trend: readonly TrendValue[], { limits }: Signal): boolean | null {
  const latest = trendValues(trend)
    .filter((value) => value !== null)
    .at(-1);
  return limits === null || latest === undefined ? null : latest > limits.centre;
}
