import type { Digest } from '../contract/reminder.js';
import { addDays, weekday } from '../core/days.js';
import { instantOfLocal, localDate } from '../core/period.js';

/** When digests are sent: at seven in the reporting time zone, each day or each Monday. Instants are ISO UTC, days text. */

const AT = '07:00';
const MONDAY = 1;

/** The first day from `day` on that has a digest. */
const dayOfDigest = (digest: Digest, day: string): string =>
  digest === 'weekly' ? addDays(day, (MONDAY - weekday(day) + 7) % 7) : day;

/**
 * The day whose digest is due at an instant: today's from seven on; of a weekly one the Monday of this week. Null before that, and where it
 * is off. Of a daily one that nobody could send in time, none is sent later: the next tells all.
 */
export const digestDay = (digest: Digest, now: string, timeZone: string): string | null => {
  if (digest === 'off') return null;
  const today = localDate(now, timeZone);
  const day = digest === 'weekly' ? addDays(today, -((weekday(today) - MONDAY + 7) % 7)) : today;
  return now >= instantOfLocal(day, timeZone, AT) ? day : null;
};

/** When the next digest after an instant is looked for. */
export const nextDigestAt = (digest: Digest, now: string, timeZone: string): string | null => {
  if (digest === 'off') return null;
  const first = dayOfDigest(digest, localDate(now, timeZone));
  const at = instantOfLocal(first, timeZone, AT);
  return at > now ? at : instantOfLocal(dayOfDigest(digest, addDays(first, 1)), timeZone, AT);
};

/** Attempts for one day, the first one included. */
export const MOST_TRIES = 5;
const FIRST_WAIT_MS = 15 * 60_000;

/** When a digest that failed is tried again: after 15 minutes, 30, an hour, two; null after the last attempt. */
export const retryAt = (tries: number, now: string): string | null =>
  tries >= MOST_TRIES ? null : new Date(Date.parse(now) + FIRST_WAIT_MS * 2 ** (tries - 1)).toISOString();
