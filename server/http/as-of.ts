import { instantOfLocal } from '../core/period.js';
import { addDays } from '../core/days.js';
import type { Reading } from './reading.js';

/**
 * The instant by which what is open or in progress is told: the end of a period or window, or where that lies ahead the end of today.
 * @param until ISO
 */
export const asOf = ({ today, timeZone }: Pick<Reading, 'today' | 'timeZone'>, until: string): string => {
  const endOfToday = instantOfLocal(addDays(today, 1), timeZone, '00:00:00');
  return endOfToday < until ? endOfToday : until;
};

/** What is needed on an earlier day than this is late where it is still open: the day after the period's last, or today, which is not over. */
export const lateBefore = ({ end, today }: Pick<Reading, 'end' | 'today'>): string => (end < today ? end : today);

/** The day as of which what is open is told: the last of the period, or today. */
export const asOfDay = (reading: Pick<Reading, 'end' | 'today'>): string => {
  const last = addDays(reading.end, -1);
  return last < reading.today ? last : reading.today;
};
