import type { Reminder, ReminderTime } from '../contract/reminder.js';
import { addDays, daysBetween } from '../core/days.js';
import { monthsBetween } from '../core/period.js';

/** What a reminder says, and where it belongs in time. Days are `2026-11-21`, months `2026-10`. */

const WEEK_DAYS = 7;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthName = (month: string): string => MONTHS[Number(month.slice(5, 7)) - 1]!;

/** `Sep 2026`. */
export const monthWords = (month: string): string => `${monthName(month)} ${month.slice(0, 4)}`;

/** `21 Nov 2026`. */
export const dayWords = (day: string): string => `${Number(day.slice(8, 10))} ${monthWords(day.slice(0, 7))}`;

/** `1 value`, `2 values`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Months in order, in words: `Sep 2026`, `Aug and Sep 2026`, `Oct 2025 to Sep 2026`; with gaps `9 months from Oct 2025 to Sep 2026`. */
export const monthsWords = (months: readonly string[]): string => {
  const [first, last] = [months[0]!, months.at(-1)!];
  if (months.length === 1) return monthWords(first);
  const isUnbroken = monthsBetween(first, last) === months.length - 1;
  if (isUnbroken && months.length > 3) return `${monthWords(first)} to ${monthWords(last)}`;
  if (months.length > 3) return `${months.length} months from ${monthWords(first)} to ${monthWords(last)}`;
  const isOneYear = first.slice(0, 4) === last.slice(0, 4);
  const before = months.slice(0, -1).map(isOneYear ? monthName : monthWords);
  return `${before.join(', ')} and ${monthWords(last)}`;
};

/** Where a day lies as seen from today. What has no day waits now. */
export const timeOf = (dueOn: string | null, today: string): ReminderTime => {
  if (dueOn === null) return 'week';
  if (dueOn < today) return 'overdue';
  return dueOn <= addDays(today, WEEK_DAYS) ? 'week' : 'later';
};

export const overdueDaysOf = (dueOn: string | null, today: string): number =>
  dueOn === null ? 0 : Math.max(0, daysBetween(dueOn, today));

const RANK: Record<ReminderTime, number> = { overdue: 0, week: 1, later: 2 };

/** Overdue ones first, then by day, what has no day at the start of its group; the rest by its sentence, so that the order stays. */
export const inOrder = (items: readonly Reminder[]): Reminder[] =>
  [...items].sort(
    (a, b) =>
      RANK[a.time] - RANK[b.time] ||
      compare(a.dueOn ?? '', b.dueOn ?? '') ||
      compare(a.title, b.title) ||
      compare(a.id, b.id),
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const countsOf = (items: readonly Reminder[]): Record<ReminderTime, number> => {
  const counts = { overdue: 0, week: 0, later: 0 };
  for (const { time } of items) counts[time] += 1;
  return counts;
};

/** `3 overdue, 11 due by 15 Dec 2026, 34 values to confirm`; what is not there is not said. */
export const summaryOf = (items: readonly Reminder[]): string => {
  const dated = items.filter(({ dueOn, time }) => dueOn !== null && time !== 'overdue');
  const overdue = items.filter(({ time }) => time === 'overdue').length;
  const last = dated
    .map(({ dueOn }) => dueOn!)
    .sort()
    .at(-1);
  const parts = [
    ...(overdue > 0 ? [`${overdue} overdue`] : []),
    ...(last === undefined ? [] : [`${dated.length} due by ${dayWords(last)}`]),
    ...items.flatMap(({ kind, count }) => (kind === 'confirmations' ? [`${counted(count, 'value')} to confirm`] : [])),
  ];
  return parts.length === 0 ? 'nothing due' : parts.join(', ');
};
