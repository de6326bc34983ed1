import { z } from 'zod';

/** What is due or overdue for whoever asks, and how they want to hear of it. */

export const REMINDER_KINDS = [
  'values',
  'rejected',
  'confirmations',
  'action',
  'assumption',
  'evidence',
  'decision',
] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

/** Its day is over; it is today or within seven days; later. */
export const REMINDER_TIMES = ['overdue', 'week', 'later'] as const;
export type ReminderTime = (typeof REMINDER_TIMES)[number];

export const remindersQuery = z.strictObject({
  /** How many days ahead. */
  horizon: z.coerce.number().int().min(0).max(366).default(30),
});
export type RemindersQuery = z.infer<typeof remindersQuery>;

export const reminder = z
  .object({
    /** The same as long as it is the same thing to do. */
    id: z.string(),
    kind: z.enum(REMINDER_KINDS),
    /** What is to be done, as a sentence without an amount. */
    title: z.string(),
    time: z.enum(REMINDER_TIMES),
    /** Null for what waits without a day: then `since` says for how long. */
    dueOn: z.string().nullable(),
    since: z.string().nullable(),
    /** Days since it was due; 0 where it is not overdue. */
    overdueDays: z.number().int(),
    /** Address of the page where it is done, from the root of the product; null where there is none. */
    link: z.string().nullable(),
    object: z.object({ type: z.string(), code: z.string(), name: z.string() }).nullable(),
    /** The months whose value it is about, and how many values; 0 where it is about none. */
    months: z.array(z.string()),
    count: z.number().int(),
    /** Of the values that wait, in the reporting currency; null where it is not about money. */
    amount: z.object({ value: z.string(), currency: z.string() }).nullable(),
  })
  .meta({ id: 'Reminder' });
export type Reminder = z.infer<typeof reminder>;

export const reminders = z
  .object({
    /** In the reporting time zone; the day on which the example's story ends, while it is loaded. */
    today: z.string(),
    /** The last day that was looked at. */
    until: z.string(),
    /** Overdue ones first, then by their day. */
    items: z.array(reminder),
    counts: z.object({ overdue: z.number().int(), week: z.number().int(), later: z.number().int() }),
  })
  .meta({ id: 'Reminders' });
export type Reminders = z.infer<typeof reminders>;

export const DIGESTS = ['off', 'daily', 'weekly'] as const;
export type Digest = (typeof DIGESTS)[number];

export const reminderSettings = z
  .object({
    digest: z.enum(DIGESTS),
    /** Whether this server can send mail at all. */
    mailConfigured: z.boolean(),
    /** To where the digest goes. */
    email: z.string(),
    /** When the next one is looked for; null where it is off or cannot be sent. */
    nextDigestAt: z.string().nullable(),
    timeZone: z.string(),
    lastSentAt: z.string().nullable(),
    /** The last attempt, where it failed. */
    lastFailure: z.object({ at: z.string(), message: z.string() }).nullable(),
    /** When the calendar address was made; null where there is none. */
    feedMadeAt: z.string().nullable(),
  })
  .meta({ id: 'ReminderSettings' });
export type ReminderSettings = z.infer<typeof reminderSettings>;

export const changeReminderSettings = z
  .strictObject({ digest: z.enum(DIGESTS) })
  .meta({ id: 'ChangeReminderSettings' });
export type ChangeReminderSettings = z.infer<typeof changeReminderSettings>;

/** Shown this once. */
export const reminderFeed = z.object({ address: z.string(), madeAt: z.string() }).meta({ id: 'ReminderFeed' });
export type ReminderFeed = z.infer<typeof reminderFeed>;

export const testDigest = z.object({ sentAt: z.string(), to: z.string() }).meta({ id: 'TestDigest' });
export type TestDigest = z.infer<typeof testDigest>;

/** `<secret>.ics`. Whatever it is: what is not known is not found. */
export const feedFile = z.string();
