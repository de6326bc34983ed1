import type { Reminder, ReminderKind, Reminders, ReminderTime } from '../../../server/contract/reminder.js';
import { counted, day } from '../../../server/contract/format.js';

/** Sentences of the page of what is due. */

export const KIND_WORDS: Record<ReminderKind, string> = {
  values: 'Values',
  rejected: 'Rejected value',
  confirmations: 'Confirmation',
  action: 'Corrective action',
  assumption: 'Assumption',
  evidence: 'Evidence',
  decision: 'Decision',
};

export const TIME_WORDS: Record<ReminderTime, string> = {
  overdue: 'Overdue',
  week: 'Within 7 days',
  later: 'Later',
};

/** `15 Dec`: the year only where it is not this one. */
export const shortDay = (date: string, today: string): string =>
  date.slice(0, 4) === today.slice(0, 4) ? day(date).replace(/ \d{4}$/, '') : day(date);

/** `3 overdue, 11 due by 15 Dec, 34 values to confirm.` */
export function dueMessage({ items, counts, today }: Pick<Reminders, 'items' | 'counts' | 'today'>): string {
  const days = items.flatMap(({ time, dueOn }) => (time !== 'overdue' && dueOn !== null ? [dueOn] : []));
  const last = [...days].sort().at(-1);
  const parts = [
    ...(counts.overdue > 0 ? [`${counts.overdue} overdue`] : []),
    ...(last === undefined ? [] : [`${days.length} due by ${shortDay(last, today)}`]),
    ...items.flatMap((item) => (item.kind === 'confirmations' ? [`${counted(item.count, 'value')} to confirm`] : [])),
  ];
  if (parts.length === 0) return 'Nothing due for you.';
  const sentence = parts.join(', ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** `15 Oct 2025, 351 days overdue`; `waiting since 3 Oct`. */
export function whenWords({ dueOn, since, time, overdueDays }: Reminder, today: string): string {
  if (dueOn === null) return since === null ? 'waiting' : `waiting since ${shortDay(since, today)}`;
  const due = `due ${shortDay(dueOn, today)}`;
  if (time === 'overdue') return `${due}, ${counted(overdueDays, 'day')} overdue`;
  return dueOn === today ? 'due today' : due;
}

/** An address of the product as the router wants it. */
export function targetOf(link: string): { to: string; search: Record<string, string> } {
  const { pathname, searchParams } = new URL(link, 'http://product');
  return { to: pathname, search: Object.fromEntries(searchParams) };
}
