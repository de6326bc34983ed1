import { lastPeriods, periodInstants } from '../core/period.js';
import { type Reading, readingOf } from '../http/reading.js';

/** A period with its half-open interval, as days for business dates and months, and as instants (ISO, UTC) for what has a time of day. */
export interface Bounds {
  readonly period: string;
  /** First day, and the day after the last. */
  readonly start: string;
  readonly end: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Periods of a trend. */
export const TREND = 12;

export const boundsOf = (reading: Reading, period = reading.period): Bounds => {
  const { start, end } = readingOf(reading, period);
  const instants = periodInstants(period, reading.startMonth, reading.timeZone);
  return { period, start, end, startsAt: instants.start, endsAt: instants.end };
};

/** The trend's periods with the one before them, in order of time. */
export const boundsOfTrend = (reading: Reading, length = TREND): Bounds[] =>
  lastPeriods(reading.period, length + 1).map((period) => boundsOf(reading, period));
