import { INSTANT_YEARS_TOLD, isInstantYear } from '../../contract/primitives.js';
import { instantOfLocal } from '../../core/period.js';
import { cellParser, problem, quoted, type Parsed } from './cells.js';
import { cellText, type CellProblem } from './table.js';

/** Years outside are slips of the keyboard (`0202`), or a time without a date in a sheet (1899). */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ');

/** A month: `2026-07`. A date cell of a sheet gives its month. */
export const parseMonth = cellParser<string>(monthOfText, (cell) =>
  cell.kind === 'date' ? yearChecked(cell.date.slice(0, 7)) : monthOfText(cellText(cell)),
);

/** A fiscal quarter: `2026-Q3`. */
export const parsePeriod = cellParser<string>(periodOfText, (cell) => periodOfText(cellText(cell)));

/** A date: `2026-07-31`. Of a sheet's date and time, the date. */
export const parseDate = cellParser<string>(dateOfText, (cell) =>
  cell.kind === 'date' ? yearChecked(cell.date) : dateOfText(cellText(cell)),
);

/**
 * A moment, as ISO text in UTC (`2026-07-31T12:30:00.000Z`), to the millisecond. Without an offset it is local to the reporting time
 * zone; a date alone is its midnight there.
 */
export const parseInstant = cellParser<string>(
  (text, { timeZone }) => instantOfText(text, timeZone),
  (cell, { timeZone }) => {
    if (cell.kind !== 'date') return instantOfText(cellText(cell), timeZone);
    if (!isInstantYear(Number(cell.date.slice(0, 4)))) return yearOfInstant(cell.date);
    return { value: localInstant(cell.date, cell.time, timeZone) };
  },
);

function monthOfText(text: string): Parsed<string> {
  const match = /^(\d{4})-(\d\d)$/.exec(text);
  if (match && inRange(match[2], 1, 12)) return yearChecked(text);
  if (match)
    return problem(
      'month.range',
      `${quoted(text)}: there is no month ${match[2]}. Write a month from 01 to 12, such as 2026-07.`,
    );
  const short = /^(\d{4})[-/.](\d{1,2})$/.exec(text) ?? swap(/^(\d{1,2})[-/.](\d{4})$/.exec(text));
  if (short && inRange(short[2], 1, 12))
    return problem('month.format', `Write ${quoted(text)} as ${short[1]}-${pad(short[2])}.`);
  const day = /^(\d{4}-\d\d)-\d\d/.exec(text);
  if (day) return problem('month.format', `${quoted(text)} is a date. Write the month alone: ${day[1]}.`);
  if (/^\p{L}{3,9}\.?[- ]\d\d$/u.test(text)) {
    return problem(
      'month.format',
      `A spreadsheet rewrote this month as ${quoted(text)}. Format the column as text and write it like 2026-07.`,
    );
  }
  return problem('month.format', `${quoted(text)} is not a month. Write it like 2026-07.`);
}

function periodOfText(text: string): Parsed<string> {
  const match = /^(\d{4})-Q([1-4])$/i.exec(text);
  if (match) return yearChecked(`${match[1]}-Q${match[2]}`);
  const other = /^(\d{4})[\s\-/]*Q([1-4])$/i.exec(text) ?? swap(/^Q([1-4])[\s\-/]*(\d{4})$/i.exec(text));
  const example = other ? `Write it as ${other[1]}-Q${other[2]}.` : 'Write a fiscal quarter like 2026-Q3.';
  return problem('period.format', `${quoted(text)} is not a period. ${example}`);
}

function dateOfText(text: string): Parsed<string> {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match) return realDay(text, Number(match[1]), Number(match[2]), Number(match[3])) ?? yearChecked(text);
  return problem('date.format', `${quoted(text)} is not a date in the form 2026-07-31. ${dateAdvice(text)}`);
}

/** @returns a problem where the calendar has no such day */
function realDay(text: string, year: number, month: number, day: number): { problem: CellProblem } | null {
  if (month > 12 && month <= 31 && day >= 1 && day <= 12) {
    return problem(
      'date.range',
      `${quoted(text)}: there is no month ${month}. Day and month look swapped: write ${isoDay(year, day, month)}.`,
    );
  }
  if (month < 1 || month > 12) return problem('date.range', `${quoted(text)}: there is no month ${pad(month)}.`);
  const days = daysIn(year, month);
  if (day >= 1 && day <= days) return null;
  return problem('date.range', `${quoted(text)}: ${MONTH_NAMES[month - 1]} ${year} has ${days} days.`);
}

/** How to write something that is seen to be a date. Where day and month could be swapped both are given: nothing is guessed. */
function dateAdvice(text: string): string {
  const time = /^(\d{4}-\d\d-\d\d)[T ]\d/.exec(text);
  if (time) return `Leave the time out: ${time[1]}.`;
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (yearFirst) return writeDay(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (!yearLast) return 'Write it as year, month and day with zeros.';
  const [first, second, year] = [Number(yearLast[1]), Number(yearLast[2]), Number(yearLast[3])];
  if (first > 12 || first === second) return writeDay(year, second, first);
  if (second > 12) return writeDay(year, first, second);
  return `Day and month cannot be told apart: write ${isoDay(year, second, first)} or ${isoDay(year, first, second)}.`;
}

function writeDay(year: number, month: number, day: number): string {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return 'There is no such day.';
  return `Write it as ${isoDay(year, month, day)}.`;
}

function instantOfText(text: string, timeZone: string): Parsed<string> {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/i.exec(
    text,
  );
  if (!match) {
    const date = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.exec(text)?.[0];
    const advice = date ? ` ${dateAdvice(date)}` : '';
    return problem(
      'instant.format',
      `${quoted(text)} is not a date or a moment such as 2026-07-31T14:30:00+02:00.${advice}`,
    );
  }
  const [, day = '', hours = '00', minutes = '00', seconds = '00', fraction = '', offset = ''] = match;
  if (!isInstantYear(Number(day.slice(0, 4)))) return yearOfInstant(text);
  const date = dateOfText(day);
  if (date.problem) return date;
  if (!inRange(hours, 0, 23) || !inRange(minutes, 0, 59) || !inRange(seconds, 0, 59)) {
    return problem(
      'instant.range',
      `${quoted(text)}: there is no such time of day. Hours go to 23, minutes and seconds to 59.`,
    );
  }
  const time = `${hours}:${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  if (offset === '') return { value: localInstant(day, time, timeZone) };
  const zone = /^z$/i.test(offset) ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  const instant = new Date(`${day}T${time}${zone}`);
  if (Number.isNaN(instant.getTime()) || !inRange(zone.slice(1, 3) || '0', 0, 15)) {
    return problem('instant.range', `${quoted(text)}: there is no offset ${offset}. Write it like +02:00 or Z.`);
  }
  return { value: instant.toISOString() };
}

/** @param time with milliseconds; no time zone shifts by parts of a second */
function localInstant(date: string, time: string, timeZone: string): string {
  // Most enterprises report in UTC, and asking the calendar costs more than all else about a cell.
  if (timeZone === 'UTC') return `${date}T${time}Z`;
  return instantOfLocal(date, timeZone, time.slice(0, 8)).replace('.000Z', `${time.slice(8)}Z`);
}

function yearChecked(text: string): Parsed<string> {
  if (inRange(text.slice(0, 4), FIRST_YEAR, LAST_YEAR)) return { value: text };
  return problem('date.range', `${quoted(text)}: the year must lie between ${FIRST_YEAR} and ${LAST_YEAR}.`);
}

function yearOfInstant(text: string): Parsed<string> {
  return problem('instant.range', `${quoted(text)}: ${INSTANT_YEARS_TOLD}`);
}

function inRange(digits: string | undefined, min: number, max: number): boolean {
  return Number(digits) >= min && Number(digits) <= max;
}

function swap(match: RegExpExecArray | null): [string, string | undefined, string | undefined] | null {
  return match && [match[0], match[2], match[1]];
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function pad(number: string | number | undefined): string {
  return String(number).padStart(2, '0');
}

function isoDay(year: number, month: number, day: number): string {
  return `${year}-${pad(month)}-${pad(day)}`;
}
