const DAY_MS = 86_400_000;

/**
 * Whether a move lies more than a day ahead, for clocks differ: it has not happened, and would keep its item where it is until then, with nobody told.
 * @param at ISO instant
 * @param now ISO instant
 */
export const isMoveAhead = (at: string, now: string): boolean => Date.parse(at) > Date.parse(now) + DAY_MS;
