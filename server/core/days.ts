import { isDate } from './period.js';

/** Days as text, `2026-07-15`, counted by the calendar: no clock and no time zone. */

const DAY_MS = 86_400_000;

const numberOf = (day: string): number => {
  if (!isDate(day)) throw new RangeError(`Not a date (YYYY-MM-DD): ${JSON.stringify(day)}`);
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
};

/** The day `count` days later (earlier where negative). */
export const addDays = (day: string, count: number): string =>
  new Date((numberOf(day) + count) * DAY_MS).toISOString().slice(0, 10);

/** Days from the first to the second; negative where the second is earlier. */
export const daysBetween = (from: string, to: string): number => numberOf(to) - numberOf(from);

/** 0 for a Sunday to 6 for a Saturday. */
export const weekday = (day: string): number => (((numberOf(day) + 4) % 7) + 7) % 7;
