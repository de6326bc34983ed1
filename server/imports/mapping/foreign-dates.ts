import { monthNumber } from './month-names.js';

/** Day and month of 03/04/2025: day first (`dmy`) or month first (`mdy`). */
export type DateOrder = 'dmy' | 'mdy';

/** What a text means as a date in either order; equal where the order does not matter, null where that order cannot read it. */
export interface DateReadings {
  dmy: string | null;
  mdy: string | null;
}

const NOTHING: DateReadings = { dmy: null, mdy: null };
const both = (iso: string | null): DateReadings => ({ dmy: iso, mdy: iso });

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** `2025`, `25`; two digits up to 69 are of this century. */
const yearOf = (text: string): number => {
  const year = Number(text);
  return text.length > 2 ? year : year < 70 ? 2000 + year : 1900 + year;
};

const pad = (number: number): string => String(number).padStart(2, '0');

const isoDay = (year: number, month: number, day: number): string | null => {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return null;
  return day > new Date(Date.UTC(year, month, 0)).getUTCDate() ? null : `${year}-${pad(month)}-${pad(day)}`;
};

const isoMonth = (year: number, month: number | null): string | null =>
  month !== null && month >= 1 && month <= 12 && year >= FIRST_YEAR && year <= LAST_YEAR
    ? `${year}-${pad(month)}`
    : null;

const TIME = /[T ]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:\s?[AP]M)?(?:\s?(?:Z|[+-]\d\d:?\d\d))?$/i;
const LONGEST = 40;

/** Text as a day: `2025-04-03`, `3/4/2025`, `03.04.25`, `13-Jun-2000`, `June 13, 2000`; a time behind it is left out. */
export const dateReadings = (text: string): DateReadings => {
  if (text.length > LONGEST || !/\d/.test(text)) return NOTHING;
  const day = text.replace(TIME, '').trim();
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(day) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(day);
  if (yearFirst) return both(isoDay(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])));
  const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)$/.exec(day);
  if (yearLast) {
    const [first, second, year] = [Number(yearLast[1]), Number(yearLast[3]), yearOf(yearLast[4]!)];
    return { dmy: isoDay(year, second, first), mdy: isoDay(year, first, second) };
  }
  const named =
    /^(?:\p{L}{2,10}\.?,? +)?(\d{1,2})(?:st|nd|rd|th|\.)?[-/ ]*(?:de +)?(\p{L}{3,10}\.?)[-/, ]*(?:de +)?(\d{4}|\d\d)$/iu.exec(
      day,
    );
  if (named) return both(isoDay(yearOf(named[3]!), monthNumber(named[2]!) ?? 0, Number(named[1])));
  const american = /^(\p{L}{3,10}\.?)[- ]+(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})$/iu.exec(day);
  if (american) return both(isoDay(Number(american[3]), monthNumber(american[1]!) ?? 0, Number(american[2])));
  return NOTHING;
};

/** Text as a month alone: `2026-07`, `07/2026`, `Jul 2026`, `July-26`, `2026 Jul`, `2026M07`, `202607`. Null where it is none. */
export const monthAlone = (text: string): string | null => {
  if (text.length > LONGEST) return null;
  const digits = /^(\d{4})[-/. ]?M?(\d{1,2})$/i.exec(text);
  if (digits) return isoMonth(Number(digits[1]), Number(digits[2]));
  const yearLast = /^(\d{1,2})[-/. ](\d{4})$/.exec(text);
  if (yearLast) return isoMonth(Number(yearLast[2]), Number(yearLast[1]));
  const named = /^(\p{L}{3,10}\.?)[-/' ’]*(\d{4}|\d\d)$/u.exec(text);
  if (named) return isoMonth(yearOf(named[2]!), monthNumber(named[1]!));
  const yearFirst = /^(\d{4})[-/ ]*(\p{L}{3,10}\.?)$/u.exec(text);
  return yearFirst ? isoMonth(Number(yearFirst[1]), monthNumber(yearFirst[2]!)) : null;
};

/** Text as a month; of a day its month. */
export const monthReadings = (text: string): DateReadings => {
  const month = monthAlone(text);
  if (month !== null) return both(month);
  const { dmy, mdy } = dateReadings(text);
  return { dmy: dmy?.slice(0, 7) ?? null, mdy: mdy?.slice(0, 7) ?? null };
};

/** The time of day behind a day, as 24 hours: `3:14 PM` is `15:14`. Undefined where none of that form stands there. */
const timeOfDay = (text: string): string | undefined => {
  const found = /[T ]+(\d{1,2})(:\d\d(?::\d\d)?)(?:\.\d+)?(?:\s?([AP])M)?$/i.exec(text);
  if (!found) return undefined;
  const [, hours, rest, half] = found;
  if (half === undefined) return `${hours!.padStart(2, '0')}${rest!}`;
  if (Number(hours) < 1 || Number(hours) > 12) return undefined;
  return `${pad((Number(hours) % 12) + (/p/i.test(half) ? 12 : 0))}${rest!}`;
};

/** Text as a moment: as a day, with the time of day behind it where it has one. */
export const instantReadings = (text: string): DateReadings => {
  const time = timeOfDay(text);
  const days = dateReadings(text);
  if (time === undefined) return TIME.test(text) ? NOTHING : days;
  const at = (day: string | null): string | null => (day === null ? null : `${day}T${time}`);
  return { dmy: at(days.dmy), mdy: at(days.mdy) };
};

/** Collects over the cells of a column in which order it writes days and months. */
export class OrderEvidence {
  /** Cells that only this order reads, and the first of them. */
  readonly only: Readonly<Record<DateOrder, { count: number; first: string | null }>> = {
    dmy: { count: 0, first: null },
    mdy: { count: 0, first: null },
  };
  /** A cell that both orders read, differently. */
  example: string | null = null;

  add(text: string): void {
    const { dmy, mdy } = dateReadings(text);
    if (dmy === mdy) return;
    if (dmy !== null && mdy !== null) this.example ??= text;
    else {
      const one = this.only[dmy === null ? 'mdy' : 'dmy'];
      one.count += 1;
      one.first ??= text;
    }
  }

  /** Whether some cells are written in one order, and others in the other. */
  get contradicts(): boolean {
    return this.only.dmy.count > 0 && this.only.mdy.count > 0;
  }

  /** The order that the cells show; null where they show none, or both. */
  order(): DateOrder | null {
    if (this.contradicts) return null;
    return this.only.dmy.count > 0 ? 'dmy' : this.only.mdy.count > 0 ? 'mdy' : null;
  }
}
