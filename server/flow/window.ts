import { instantOfLocal } from '../core/period.js';
import type { Reading } from '../http/reading.js';

const DAY_MS = 86_400_000;
/** More points than these would be less than a pixel's worth. */
const MOST_POINTS = 53;

/**
 * The instant by which work in progress is told: the window's end, or where that lies ahead the end of today.
 * @param until ISO
 */
export const asOf = ({ today, timeZone }: Pick<Reading, 'today' | 'timeZone'>, until: string): string => {
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  const endOfToday = instantOfLocal(tomorrow, timeZone, '00:00:00');
  return endOfToday < until ? endOfToday : until;
};

/** Weekly instants from one to another, both included; every two weeks or more where that would be many. */
export const pointsOf = (from: string, until: string): string[] => {
  const [start, end] = [Date.parse(from), Date.parse(until)];
  const weeks = Math.max(1, Math.ceil((end - start) / DAY_MS / 7 / MOST_POINTS));
  const points: string[] = [];
  for (let at = start; at < end; at += weeks * 7 * DAY_MS) points.push(new Date(at).toISOString());
  return [...points, until];
};
