import { type Signal, SIGNAL_POINTS } from '../../server/contract/metric.js';

export { rangeOf, trendPlaces } from '../../server/contract/chart-geometry.js';

/** Words and looks of a trend with its limits. Pure. */

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
