const WORDS = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const DAY_MS = 86_400_000;
const MONTH_DAYS = 365.25 / 12;

/**
 * How long ago a day was, as a person says it: `today`, `yesterday`, `3 days ago`, `2 months ago`. A day ahead is today.
 *
 * @param on `2026-09-30`
 * @param today the day of now in the same calendar
 */
export function ago(on: string, today: string): string {
  const days = Math.max(0, Math.round((Date.parse(today) - Date.parse(on)) / DAY_MS));
  if (days < 45) return WORDS.format(-days, 'day');
  const months = Math.round(days / MONTH_DAYS);
  return months < 24 ? WORDS.format(-months, 'month') : WORDS.format(-Math.floor(days / 365.25), 'year');
}

/** The day of an instant in a time zone. */
export const dayIn = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

/** An instant in the middle of a day (`2026-09-30`) of a time zone, as ISO. From twelve hours ahead of UTC on its noon is of the day after. */
export const instantOn = (timeZone: string, day: string): string => {
  const noon = `${day}T12:00:00Z`;
  return dayIn(timeZone, new Date(noon)) === day ? noon : `${day}T00:00:00Z`;
};
