import { createEvents, type EventAttributes } from 'ics';
import type { Reminder } from '../contract/reminder.js';
import { addDays } from '../core/days.js';
import { dueOn } from '../core/due-values.js';
import { counted, monthWords } from './words.js';

/** Reminders as an iCalendar file (RFC 5545): days without times, no amount of anything. */

const PRODUCT = '-//Throughline//Reminders//EN';
const MOST_OCTETS = 75;

interface Entry {
  uid: string;
  day: string;
  title: string;
  lines: string[];
}

type Day = [number, number, number];

/**
 * @param items what has no day is left out
 * @param dueDay day of the next month on which values are due
 * @param origin of the product, for links
 * @param now when the file is made, ISO UTC
 */
export const calendarOf = (
  items: readonly Reminder[],
  dueDay: number,
  { origin, now }: { origin: string; now: string },
): string => {
  const host = new URL(origin).hostname;
  const stamp = Date.parse(now);
  const events = [...valuesByMonth(items, dueDay, origin), ...others(items, origin)].map(
    ({ uid, day, title, lines }): EventAttributes & { timestamp: number } => ({
      uid: `${uid}@${host}`,
      timestamp: stamp,
      lastModified: stamp,
      start: dayParts(day),
      end: dayParts(addDays(day, 1)),
      title,
      description: lines.join('\n'),
      busyStatus: 'FREE',
      transp: 'TRANSPARENT',
      classification: 'PRIVATE',
    }),
  );
  const { error, value } = createEvents(events, { productId: PRODUCT, method: 'PUBLISH', calName: 'Throughline: due' });
  if (error || value === null) throw error ?? new Error('The calendar is empty.');
  return foldedByOctets(value);
};

/** One entry for all values of a month: a calendar is no list of benefits, and its entry must not move when one of them is done. */
const valuesByMonth = (items: readonly Reminder[], dueDay: number, origin: string): Entry[] => {
  const names = new Map<string, string[]>();
  for (const { kind, months, object } of items) {
    if (kind !== 'values' || object === null) continue;
    for (const month of months) names.set(month, [...(names.get(month) ?? []), object.name]);
  }
  return [...names].sort().map(([month, benefits]) => ({
    uid: `values-${month}`,
    day: dueOn(month, dueDay),
    title: `${counted(benefits.length, 'value')} of ${monthWords(month)} due`,
    lines: [...benefits, `${origin}/reminders`],
  }));
};

const others = (items: readonly Reminder[], origin: string): Entry[] =>
  items.flatMap(({ id, kind, dueOn: day, title, object, link }) =>
    kind === 'values' || day === null
      ? []
      : [
          {
            uid: id,
            day,
            title,
            lines: [...(object ? [`${object.code} ${object.name}`] : []), `${origin}${link ?? '/reminders'}`],
          },
        ],
  );

const dayParts = (day: string): Day => day.split('-').map(Number) as Day;

/** The library folds by characters; the standard counts octets, and a name may hold some of two or four. */
export const foldedByOctets = (file: string): string =>
  file
    .replace(/\r\n[\t ]/g, '')
    .split('\r\n')
    .map(folded)
    .join('\r\n');

const folded = (line: string): string => {
  const parts: string[] = [];
  let part = '';
  let room = MOST_OCTETS;
  for (const sign of line) {
    const octets = Buffer.byteLength(sign);
    if (octets > room) {
      parts.push(part);
      part = '';
      room = MOST_OCTETS - 1; // the space before a continued line counts
    }
    part += sign;
    room -= octets;
  }
  return [...parts, part].join('\r\n ');
};
