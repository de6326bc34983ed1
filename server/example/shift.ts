import { addMonths, monthOf, monthsBetween, periodMonths, periodOf } from '../core/period.js';
import type { ColumnKind } from '../contract/columns.js';

/** How far the story moves in time. */
export interface Shift {
  /** Calendar months; negative towards the past. */
  months: number;
  /** Calendar month (1 to 12) in which the reader's fiscal year begins; the story's own begins in January. */
  fiscalYearStartMonth: number;
}

const STORY_START_MONTH = 1;

/**
 * The shift by which the quarter that ends with `lastMonth` (`YYYY-MM`) becomes the fiscal quarter `period`: whole quarters where both
 * calendars have the same quarters.
 */
export const shiftTo = (lastMonth: string, period: string, fiscalYearStartMonth: number): Shift => ({
  months: monthsBetween(lastMonth, periodMonths(period, fiscalYearStartMonth).last),
  fiscalYearStartMonth,
});

const lengthOf = (month: string): number => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
};

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** The last day of a month stays a last day; a day that the other month does not have becomes its last. */
const shiftDate = (date: string, months: number): string => {
  const from = monthOf(date);
  const to = addMonths(from, months);
  const day = Number(date.slice(8));
  const isLast = day === lengthOf(from);
  return `${to}-${twoDigits(isLast ? lengthOf(to) : Math.min(day, lengthOf(to)))}`;
};

const DAY_SECONDS = 86_400;

/**
 * Day and time stay, unless the other month is too short: then the days too many are pressed into its last day, so that what came later
 * still comes later. (Durations of work and the order of its steps are computed from instants.)
 */
const shiftInstant = (instant: string, months: number): string => {
  const at = new Date(instant);
  const from = at.toISOString().slice(0, 7);
  const to = addMonths(from, months);
  const last = lengthOf(to);
  const seconds = (at.getTime() - Date.parse(`${from}-01T00:00:00Z`)) / 1000;
  const kept = (last - 1) * DAY_SECONDS;
  const tooMany = lengthOf(from) - last;
  const moved = seconds <= kept || tooMany <= 0 ? seconds : kept + (seconds - kept) / (tooMany + 1);
  return new Date(Date.parse(`${to}-01T00:00:00Z`) + Math.floor(moved) * 1000).toISOString().replace('.000Z', 'Z');
};

const shiftPeriod = (period: string, { months, fiscalYearStartMonth }: Shift): string =>
  periodOf(addMonths(periodMonths(period, STORY_START_MONTH).first, months), fiscalYearStartMonth);

/** One cell of a table, moved in time where its column holds a time; every other text stays as it is. Blank stays blank. */
export const shiftCell = (kind: ColumnKind['kind'], text: string, shift: Shift): string => {
  if (text === '') return text;
  if (kind === 'month') return addMonths(text, shift.months);
  if (kind === 'date') return shiftDate(text, shift.months);
  if (kind === 'instant') return shiftInstant(text, shift.months);
  if (kind === 'period') return shiftPeriod(text, shift);
  return text;
};
