import { addMonths, monthOf } from './period.js';

/** A year, so that a plan with seasons or a single large month is told evenly. */
export const DELAY_MONTHS = 12;

/**
 * The months whose planned value waits for a decision: the twelve that follow the month in which it is needed. `first` and `last` lie inside.
 *
 * @param neededBy day by which it is needed, YYYY-MM-DD
 */
export const delayedMonths = (neededBy: string): { first: string; last: string } => {
  const first = addMonths(monthOf(neededBy), 1);
  return { first, last: addMonths(first, DELAY_MONTHS - 1) };
};
