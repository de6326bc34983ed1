import { instantOfLocal, localDate } from './period.js';

/** A day on which something happened to a decision, as a person names it: without an hour. */
export interface NamedDay {
  /** YYYY-MM-DD in the reporting time zone. */
  readonly day: string;
  /** ISO instant. */
  readonly now: string;
  readonly timeZone: string;
  /** What it cannot lie before, ISO; null where nothing is known. */
  readonly since: string | null;
}

/**
 * The instant of a day that is only named: now where it is today, else its last hour of work; never before what it follows on the same day.
 * @returns `ahead` for a day that has not begun, `before` for one that lies before `since`
 */
export const instantOfDay = ({ day, now, timeZone, since }: NamedDay): { at: string } | 'ahead' | 'before' => {
  const today = localDate(now, timeZone);
  if (day > today) return 'ahead';
  if (since !== null && day < localDate(since, timeZone)) return 'before';
  const at = day === today ? now : instantOfLocal(day, timeZone, '17:00:00');
  return { at: since !== null && at < since ? since : at };
};
