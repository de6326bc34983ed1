import { localDate } from '../core/period.js';

/** Over settings: the day on which the example's story ends, `2026-10-01`; null where it is not loaded. */
export const STORY_END = '(select story_end::text from example where removed_at is null)';

/**
 * The day by which everything is judged: in the reporting time zone; while the example is loaded, the end of its story.
 * @param now ISO instant
 */
export const todayOf = (storyEnd: string | null, now: string, timeZone: string): string =>
  storyEnd ?? localDate(now, timeZone);
