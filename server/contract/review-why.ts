import { inFull, localInstant, plainInFull } from './format.js';
import type { BridgeStep } from './review-after.js';

/** Why a figure of a review is another now, in words. */

/** The instant of a review as everybody reads it, whatever their time zone: `14 Oct 2026, 16:02 UTC`. */
export const instantWords = (iso: string): string => `${localInstant(new Date(iso).toISOString())} UTC`;

type Cause = BridgeStep['causes'][number];

/** Shares of links are entered in percent. */
const IN_PERCENT = ['Allocation', 'Contribution'];
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A value as it was entered, numbers with groups, a minus and their unit as everywhere; an instant as it is read. Other digits may be a year, or a code. */
const told = (value: string | null, isPercent: boolean, unit: string | undefined): string => {
  if (value === null) return 'nothing';
  if (INSTANT.test(value)) return instantWords(value);
  if (isPercent) return `${plainInFull(value, 'en')} %`;
  const isNumber = /^-?\d+(\.\d+)?$/.test(value) && (unit !== undefined || value.includes('.'));
  return isNumber ? inFull(value, unit, 'en') : value.replace(/^-(?=\d)/, '−');
};
const of = ({ field, from, to, unit }: Cause): string => {
  const isPercent = field !== null && IN_PERCENT.includes(field);
  return `${told(from, isPercent, unit)} → ${told(to, isPercent, unit)}`;
};
/** A reason as part of a line: what stands behind it is parted by a comma, and needs no full stop. */
const reasonWords = (reason: string | null): string | null => reason && reason.replace(/(?<=[^.])[.,;]$/, '');

/** What was done, of a month that came with many others with what it was and is: `imported 12.4 → 11.9`. */
const doneWords = (cause: Cause): string => {
  const { field, action, from, to } = cause;
  if (field !== null) return `${field.replaceAll('_', ' ')} ${of(cause)}`;
  const done = action.replaceAll(/[._]/g, ' ');
  return from === null && to === null ? done : `${done} ${of(cause)}`;
};

/** `realised value 12.4 → 11.9, evidence withdrawn, A. Meyer, 3 Nov 2026, 09:12 UTC`. */
export const causeWords = (cause: Cause): string =>
  [cause.of, doneWords(cause), reasonWords(cause.reason), cause.actor, instantWords(cause.at)]
    .filter(Boolean)
    .join(', ');

/** Steps of no record: of many at once, of links, of what is left; each line says itself what was done to what. */
const OF_NONE = ['event', 'link', 'rest', 'rounding'];

/**
 * What the line of a cause begins with: what the step is of, without its month; nothing where the cause names that itself. A step of what is no record
 * has no code that anybody knows, but a name: `No priority`.
 */
export const stepWords = ({ type, code, name }: BridgeStep['record'], { of: to }: Cause): string => {
  const subject = OF_NONE.includes(type) ? '' : type === 'none' || code === '' ? name : code;
  return to === subject || to?.startsWith(`${subject} `) ? '' : subject;
};

/** The line of a cause: `INV-2 2026-09 Actual 1 → 2`, and where it was done to another `PR-1: INV-2 2026-09, Actual 1 → 2`. */
export const lineOf = (record: BridgeStep['record'], cause: Cause): string => {
  const step = stepWords(record, cause);
  if (cause.of !== undefined) return step === '' ? causeWords(cause) : `${step}: ${causeWords(cause)}`;
  return [step, record.at, causeWords(cause)].filter(Boolean).join(' ');
};
