import { z } from 'zod';
import './messages.js';
import { PROBLEM_TITLES } from './problem-types.js';

/** The words and shapes that every call shares. Decimals, months and dates cross the wire as text, instants as ISO UTC. */

const NUL = '\u0000';

/** Control characters other than tab and line break: neither PostgreSQL nor a workbook can hold them all. */
const UNSTORABLE = /[^\P{Cc}\t\n\u007f-\u009f]|[\ufffe\uffff]|\p{Surrogate}/u;
/** In an import this word empties a cell, so a record that holds it could not be exported and imported again. */
const isClear = (value: string): boolean => value.toLowerCase() === '(clear)';
const CLEAR_REFUSED =
  'In an import, "(clear)" empties a cell, so no text can say just that. Write something else, or leave it empty.';

/** Free text, as the import reads it too: normalised, line breaks as LF, without control characters, bounded. */
export const text = (max = 4000) =>
  z
    .string()
    .overwrite((value) => value.replace(/\r\n?/g, '\n').normalize('NFC').trim())
    .max(max, `At most ${max} characters.`)
    .refine((value) => !UNSTORABLE.test(value), 'Must not contain control characters other than tab and line break.')
    .refine((value) => !isClear(value), CLEAR_REFUSED);

/** Why something is changed. */
export const MOST_REASON = 1000;
export const reason = text(MOST_REASON);

export const code = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1, 'A code is required.')
  .max(64, 'A code has at most 64 characters.')
  .regex(/^[^:\p{Cc}]+$/u, 'A code has no colon and no control character.')
  .refine(
    (value) => !/[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]|\p{Surrogate}/u.test(value),
    'A code has no invisible character. Write it again.',
  )
  .refine(
    (value) => !/^\d(?:[.,]\d+)?E[+-]\d{1,3}$/i.test(value),
    'A spreadsheet takes this code for a number, and an import would refuse it. Choose another.',
  )
  .refine(
    (value) => !isClear(value),
    'In an import, "(clear)" empties a cell, so it cannot be a code. Choose another.',
  );

export const email = z
  .string()
  .trim()
  .max(254)
  .regex(
    /^[^\s@<>"(),:;\p{Cc}]+@[^\s@<>"(),:;.\p{Cc}]+(\.[^\s@<>"(),:;.\p{Cc}]+)+$/u,
    'Write only the e-mail address, such as ada@example.org.',
  )
  .transform((value) => value.toLowerCase());

export const month = z
  .string()
  .regex(/^(19|2[01])\d\d-(0[1-9]|1[0-2])$/, 'Write the month as YYYY-MM, for example 2026-07.');

export const period = z
  .string()
  .regex(/^(19|2[01])\d\d-Q[1-4]$/, 'Write the period as a fiscal quarter, for example 2026-Q3.');

const isDay = (value: string): boolean => {
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === value;
};

export const date = z
  .string()
  .regex(/^(19|2[01])\d\d-\d\d-\d\d$/, 'Write the date as YYYY-MM-DD, for example 2026-07-31.')
  .refine(isDay, 'No such day in the calendar.');

/** Years of instants: seconds that are read as milliseconds land in 1970, a clock that was never set in the year 1. */
export const INSTANT_YEARS = { first: 1990, last: 2199 } as const;
export const INSTANT_YEARS_TOLD = `The year must lie between ${INSTANT_YEARS.first} and ${INSTANT_YEARS.last}. Look at the unit of time: seconds read as milliseconds land in 1970.`;
export const isInstantYear = (year: number): boolean => year >= INSTANT_YEARS.first && year <= INSTANT_YEARS.last;

export const instant = z.iso
  .datetime({ offset: true, error: 'Write an instant with its offset, for example 2026-07-31T12:00:00Z.' })
  .refine((value) => isDay(value.slice(0, 10)), 'No such day in the calendar.')
  .refine((value) => isInstantYear(Number(value.slice(0, 4))), INSTANT_YEARS_TOLD)
  .transform((value) => new Date(value).toISOString());

/** An exact decimal as text: at most 16 digits before the point, `scale` after it. */
export const decimal = (scale: number, options: { min?: number; max?: number } = {}) =>
  z
    .string('Write the number as text, for example "1234.50".')
    .regex(new RegExp(`^-?\\d{1,16}(\\.\\d{1,${scale}})?$`), {
      error: `Write a plain decimal with at most 16 digits before and ${scale} after the point, for example "1234.50".`,
    })
    .refine((value) => options.min === undefined || Number(value) >= options.min, `Must be at least ${options.min}.`)
    .refine((value) => options.max === undefined || Number(value) <= options.max, `Must be at most ${options.max}.`);

export const money = decimal(4);

export const currency = z.string().regex(/^[A-Z]{3}$/, 'Write the ISO 4217 code, for example EUR.');

export const id = z.uuid();

/** What stands in a path for one record: its id or its code. */
export const ref = z
  .string()
  .min(1)
  .max(80)
  .refine((value) => !value.includes(NUL), 'Must not contain the NUL character.');

export const limit = z.coerce.number().int().min(1).max(500).default(50);

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.number().int(), nextCursor: z.string().nullable() });

/** RFC 9457: every refusal has this shape. */
export const problem = z
  .object({
    type: z.string().meta({
      description: `One of ${Object.keys(PROBLEM_TITLES)
        .map((kind) => `urn:problem:${kind}`)
        .join(', ')}.`,
    }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof problem>;

export const ROLES = ['admin', 'cio', 'portfolio_manager', 'finance', 'stakeholder'] as const;
export type Role = (typeof ROLES)[number];
