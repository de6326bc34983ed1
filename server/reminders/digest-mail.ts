import type { Reminder, ReminderTime } from '../contract/reminder.js';
import { counted, dayWords, summaryOf } from './words.js';

/** What a digest says: a subject, plain text, and the same as simple HTML. */

export interface DigestMail {
  subject: string;
  text: string;
  html: string;
}

interface About {
  name: string;
  /** Of the product, for links. */
  origin: string;
  isExample: boolean;
}

/** The list in the mail is a summary; the page has all of it. */
const MOST_ITEMS = 50;

const GROUPS: readonly (readonly [ReminderTime, string])[] = [
  ['overdue', 'Overdue'],
  ['week', 'Within 7 days'],
  ['later', 'Later'],
];

/** @param items in their order; may be empty, for a test */
export const digestMail = (items: readonly Reminder[], { name, origin, isExample }: About): DigestMail => {
  const summary = summaryOf(items);
  const shown = items.slice(0, MOST_ITEMS);
  const list = `${origin}/reminders`;
  const settings = `${origin}/reminders#digest`;
  const groups = GROUPS.map(([time, title]) => ({ title, items: shown.filter((item) => item.time === time) })).filter(
    (group) => group.items.length > 0,
  );
  const more = items.length - shown.length;
  const moreWords = more === 0 ? [] : [`and ${more} more on the page`];
  const example = isExample ? ['These are records of the example enterprise.'] : [];
  const opening = items.length === 0 ? 'Nothing is due for you.' : `For you in Throughline: ${summary}.`;
  const text = [
    `Hello ${name},`,
    '',
    opening,
    ...example,
    ...groups.flatMap(({ title, items: found }) => [
      '',
      title.toUpperCase(),
      ...found.flatMap((item) => [`- ${item.title} (${whenOf(item)})`, `  ${origin}${item.link ?? '/reminders'}`]),
    ]),
    ...moreWords,
    '',
    `All that is due: ${list}`,
    '',
    `You get this mail because you asked for it. Change or stop it: ${settings}`,
    '',
  ].join('\n');
  const html = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Throughline</title></head><body>',
    `<p>Hello ${escaped(name)},</p>`,
    ...[opening, ...example].map((line) => `<p>${escaped(line)}</p>`),
    ...groups.flatMap(({ title, items: found }) => [
      `<h2 style="font-size:1rem">${title}</h2><ul>`,
      ...found.map(
        (item) =>
          `<li><a href="${escaped(`${origin}${item.link ?? '/reminders'}`)}">${escaped(item.title)}</a> (${whenOf(item)})</li>`,
      ),
      '</ul>',
    ]),
    ...moreWords.map((line) => `<p>${line}</p>`),
    `<p><a href="${escaped(list)}">All that is due</a></p>`,
    `<p><small>You get this mail because you asked for it. <a href="${escaped(settings)}">Change or stop it</a></small></p>`,
    '</body></html>',
  ].join('\n');
  return { subject: `Throughline: ${isExample ? 'example, ' : ''}${summary}`, text, html };
};

const whenOf = ({ dueOn, since, time, overdueDays }: Reminder): string => {
  if (dueOn === null) return since === null ? 'waiting' : `waiting since ${dayWords(since)}`;
  return time === 'overdue'
    ? `due ${dayWords(dueOn)}, ${counted(overdueDays, 'day')} overdue`
    : `due ${dayWords(dueOn)}`;
};

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
