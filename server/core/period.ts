/**
 * Dates, months and fiscal periods as text: `2026-07-01`, `2026-07`, `2026-Q3`.
 *
 * A fiscal year is named by the calendar year in which it ends; `startMonth` (1 to 12) is the calendar month in
 * which it begins, so with 1 the fiscal year is the calendar year. A period is half-open: it holds its start, not
 * its end. Business dates are text and never pass through the machine's local time. Every function refuses
 * malformed text with a RangeError that names it.
 */

const DATE_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_TEXT = /^(\d{4})-(\d{2})$/;
const PERIOD_TEXT = /^(\d{4})-Q([1-4])$/;
const TIME_TEXT = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;
const INSTANT_TEXT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(?:Z|[+-](\d{2}:\d{2}))$/;

const FIRST_YEAR = 1000; // an earlier year is a slip of the pen ("0026"), and JavaScript reads years below 100 as 19xx
const DAY_MS = 86_400_000;

/** Whether the text is a day that exists, `YYYY-MM-DD`: `2026-02-30` is not. */
export function isDate(text: string): boolean {
  const match = DATE_TEXT.exec(text);
  if (!match) return false;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  return year >= FIRST_YEAR && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Whether the text is a month, `YYYY-MM`. */
export function isMonth(text: string): boolean {
  const match = MONTH_TEXT.exec(text);
  return match !== null && Number(match[1]) >= FIRST_YEAR && Number(match[2]) >= 1 && Number(match[2]) <= 12;
}

/** Whether the text is a fiscal period, `YYYY-Qn`. */
export function isPeriod(text: string): boolean {
  return PERIOD_TEXT.test(text) && Number(text.slice(0, 4)) >= FIRST_YEAR;
}

/** Whether the text is an instant with its offset stated, `2026-07-01T09:30:00Z` or `…+02:00`. */
export function isInstant(text: string): boolean {
  const match = INSTANT_TEXT.exec(text);
  if (!match || !isDate(match[1] ?? '') || !TIME_TEXT.test(match[2] ?? '')) return false;
  return match[3] === undefined || TIME_TEXT.test(match[3]);
}

/** The month of a date: `2026-07-31` is in `2026-07`. */
export function monthOf(date: string): string {
  if (!isDate(date)) throw new RangeError(`Not a date (YYYY-MM-DD): ${JSON.stringify(date)}`);
  return date.slice(0, 7);
}

/** The month `count` months later (earlier where negative): addMonths('2026-11', 3) is `2027-02`. */
export function addMonths(month: string, count: number): string {
  return monthText(monthNumber(month) + count);
}

/** Months from the first to the second: monthsBetween('2026-11', '2027-02') is 3; negative where the second is earlier. */
export function monthsBetween(from: string, to: string): number {
  return monthNumber(to) - monthNumber(from);
}

/** The fiscal year and quarter of a period: `2026-Q3` is { year: 2026, quarter: 3 }. */
export function parsePeriod(period: string): { year: number; quarter: number } {
  if (!isPeriod(period)) throw new RangeError(`Not a period (YYYY-Qn): ${JSON.stringify(period)}`);
  return { year: Number(period.slice(0, 4)), quarter: Number(period.slice(6)) };
}

/** The fiscal period that holds a month: `2026-07` is in `2026-Q3` from January, in `2027-Q2` from April. */
export function periodOf(month: string, startMonth: number): string {
  // Months since the start of the fiscal year that began in calendar year 0.
  const sinceStart = monthNumber(month) - (checkedStart(startMonth) - 1);
  const yearOfStart = Math.floor(sinceStart / 12);
  const quarter = Math.floor((sinceStart - yearOfStart * 12) / 3) + 1;
  return periodText((startMonth === 1 ? yearOfStart : yearOfStart + 1) * 4 + quarter - 1);
}

/** The first and the last month of a period, both inside it. */
export function periodMonths(period: string, startMonth: number): { first: string; last: string } {
  const { year, quarter } = parsePeriod(period);
  const yearOfStart = checkedStart(startMonth) === 1 ? year : year - 1;
  const first = yearOfStart * 12 + startMonth - 1 + (quarter - 1) * 3;
  return { first: monthText(first), last: monthText(first + 2) };
}

/** The first day of a period, which it holds: `2026-07-01` for `2026-Q3` from January. */
export function periodStart(period: string, startMonth: number): string {
  return `${periodMonths(period, startMonth).first}-01`;
}

/** The day after a period's last, which it does not hold: `2026-10-01` for `2026-Q3` from January. */
export function periodEnd(period: string, startMonth: number): string {
  return `${addMonths(periodMonths(period, startMonth).last, 1)}-01`;
}

/** A period's half-open interval as instants: local midnight of its first day and of the day after its last. */
export function periodInstants(period: string, startMonth: number, timeZone: string): { start: string; end: string } {
  return {
    start: instantOfLocal(periodStart(period, startMonth), timeZone),
    end: instantOfLocal(periodEnd(period, startMonth), timeZone),
  };
}

/** The period before: that of `2026-Q1` is `2025-Q4`. */
export function previousPeriod(period: string): string {
  return addPeriods(period, -1);
}

/** The period after: that of `2025-Q4` is `2026-Q1`. */
export function nextPeriod(period: string): string {
  return addPeriods(period, 1);
}

/** The period `count` periods later (earlier where negative). */
export function addPeriods(period: string, count: number): string {
  const { year, quarter } = parsePeriod(period);
  return periodText(year * 4 + quarter - 1 + count);
}

/** Order in time: negative where a is earlier than b, 0 where equal, positive where later. */
export function comparePeriods(a: string, b: string): number {
  const left = parsePeriod(a);
  const right = parsePeriod(b);
  return (left.year - right.year) * 4 + left.quarter - right.quarter;
}

/** The `count` periods that end with `period`, the earliest first. */
export function lastPeriods(period: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addPeriods(period, index + 1 - count));
}

/** The fiscal period of an instant (ISO 8601 with offset), by the calendar of the time zone. The caller owns the clock. */
export function currentPeriod(now: string, timeZone: string, startMonth: number): string {
  return periodOf(monthOf(localDate(now, timeZone)), startMonth);
}

/** The date that calendars in the time zone show at an instant (ISO 8601 with offset). */
export function localDate(instant: string, timeZone: string): string {
  if (!isInstant(instant)) throw new RangeError(`Not an instant (ISO 8601 with offset): ${JSON.stringify(instant)}`);
  return new Date(wallClock(Date.parse(instant), timeZone)).toISOString().slice(0, 10);
}

/**
 * The same instant as clocks in the time zone write it, with their offset: `2026-09-30T22:30:00Z` in Berlin is `2026-10-01T00:30:00.000+02:00`.
 * Its first ten signs are the local day. Where the offset is none, it stays as it is.
 */
export function localInstant(instant: string, timeZone: string): string {
  if (!isInstant(instant)) throw new RangeError(`Not an instant (ISO 8601 with offset): ${JSON.stringify(instant)}`);
  const at = Date.parse(instant);
  const minutes = Math.round((wallClock(at, timeZone) - Math.floor(at / 1000) * 1000) / 60_000);
  if (minutes === 0) return instant;
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const local = new Date(at + minutes * 60_000).toISOString().slice(0, -1);
  return `${local}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

/**
 * The instant at which clocks in the time zone show `date` and `time` (`HH:mm` or `HH:mm:ss`, default midnight), as ISO 8601 in UTC.
 * A time that a clock change skips moves forward by the length of the gap; of a time that comes twice the earlier is taken.
 */
export function instantOfLocal(date: string, timeZone: string, time = '00:00:00'): string {
  const clock = TIME_TEXT.exec(time);
  if (!isDate(date)) throw new RangeError(`Not a date (YYYY-MM-DD): ${JSON.stringify(date)}`);
  if (!clock) throw new RangeError(`Not a time of day (HH:mm:ss): ${JSON.stringify(time)}`);
  const wall = Date.parse(`${date}T${clock[1]}:${clock[2]}:${clock[3] ?? '00'}Z`);
  // Offsets lie within 14 hours of UTC, so a day to either side is before and after any change that matters here.
  const before = wallClock(wall - DAY_MS, timeZone) - (wall - DAY_MS);
  const after = wallClock(wall + DAY_MS, timeZone) - (wall + DAY_MS);
  const shown = [wall - before, wall - after].filter((instant) => wallClock(instant, timeZone) === wall);
  return new Date(shown.length > 0 ? Math.min(...shown) : wall - before).toISOString();
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a clock in the time zone shows at an instant, written as the UTC milliseconds of the same reading. Whole seconds. */
function wallClock(instant: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = clockOf(timeZone);
    clocks.set(timeZone, clock); // building a formatter costs a hundred times what using one does
  }
  const reading: Record<string, string> = {};
  for (const part of clock.formatToParts(instant)) reading[part.type] = part.value;
  const day = `${reading['year']?.padStart(4, '0')}-${reading['month']}-${reading['day']}`;
  return Date.parse(`${day}T${reading['hour']}:${reading['minute']}:${reading['second']}Z`);
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    throw new RangeError(`Not a time zone: ${JSON.stringify(timeZone)}`);
  }
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Months since January of year 0. */
function monthNumber(month: string): number {
  if (!isMonth(month)) throw new RangeError(`Not a month (YYYY-MM): ${JSON.stringify(month)}`);
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

function monthText(number: number): string {
  return `${yearText(Math.floor(number / 12))}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** Quarters since the first of fiscal year 0, as a period. */
function periodText(number: number): string {
  return `${yearText(Math.floor(number / 4))}-Q${(number % 4) + 1}`;
}

function yearText(year: number): string {
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > 9999) throw new RangeError(`Year out of range: ${year}`);
  return String(year);
}

function checkedStart(startMonth: number): number {
  if (!Number.isInteger(startMonth) || startMonth < 1 || startMonth > 12) {
    throw new RangeError(`Not a month of the year (1 to 12): ${startMonth}`);
  }
  return startMonth;
}
