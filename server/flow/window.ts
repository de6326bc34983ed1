import { addDays } from '../core/days.js';
import { instantOfLocal, localDate } from '../core/period.js';

const DAY_MS = 86_400_000;
/** More points than these would be less than a pixel's worth. */
const MOST_POINTS = 53;

/** Local midnights a week apart from one instant to another, both included; every two weeks or more where that would be many. */
export const pointsOf = (from: string, until: string, timeZone: string): string[] => {
  const end = Date.parse(until);
  const weeks = Math.max(1, Math.ceil((end - Date.parse(from)) / DAY_MS / 7 / MOST_POINTS));
  const points: string[] = [];
  let day = localDate(from, timeZone);
  for (let at = from; Date.parse(at) < end; at = instantOfLocal(day, timeZone)) {
    points.push(at);
    day = addDays(day, weeks * 7);
  }
  return [...points, until];
};
