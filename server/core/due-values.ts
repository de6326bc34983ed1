import { addMonths, monthOf } from './period.js';

/** When the value of a month is to be reported: on a day of the month after it. Days are `2026-07-15`, months `2026-07`. */

/** The last day on which the value of a month is in time. */
export const dueOn = (month: string, dueDay: number): string =>
  `${addMonths(month, 1)}-${String(dueDay).padStart(2, '0')}`;

/** Whether a month has ended: only then can its value be known. */
export const isOver = (month: string, today: string): boolean => month < monthOf(today);

/** The latest month whose value, where it is missing, is overdue today. */
export const lastOverdueMonth = (today: string, dueDay: number): string => {
  const before = addMonths(monthOf(today), -1);
  return today > dueOn(before, dueDay) ? before : addMonths(before, -1);
};

/** The latest month whose value is due on a day or before it. */
export const lastMonthDueBy = (day: string, dueDay: number): string => {
  const before = addMonths(monthOf(day), -1);
  return dueOn(before, dueDay) <= day ? before : addMonths(before, -1);
};
