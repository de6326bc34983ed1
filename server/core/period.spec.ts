import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addMonths,
  addPeriods,
  comparePeriods,
  currentPeriod,
  instantOfLocal,
  isDate,
  isInstant,
  isMonth,
  isPeriod,
  lastPeriods,
  localDate,
  localInstant,
  monthOf,
  monthsBetween,
  nextPeriod,
  parsePeriod,
  periodEnd,
  periodInstants,
  periodMonths,
  periodOf,
  periodStart,
  previousPeriod,
} from './period.js';

const month = fc.integer({ min: 1900 * 12, max: 2200 * 12 }).map((count) => addMonths('1000-01', count - 12_000));
const startMonth = fc.integer({ min: 1, max: 12 });

describe('text', () => {
  test('is a date only where the day exists', () => {
    expect(['2026-02-28', '2024-02-29', '2000-02-29', '2026-12-31'].every(isDate)).toBe(true);
    const refused = ['2026-02-29', '2026-02-30', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-01', '2026-01-00'];
    expect([...refused, '2026-1-1', '26-01-01', '0026-01-01', '2026-01-01T00:00:00Z', ' 2026-01-01'].some(isDate)).toBe(
      false,
    );
  });

  test('is a month or a period only in its full form', () => {
    expect(isMonth('2026-07')).toBe(true);
    expect(['2026-13', '2026-00', '2026-7', '2026-07-01', '0000-01'].some(isMonth)).toBe(false);
    expect(isPeriod('2026-Q3')).toBe(true);
    expect(['2026-Q5', '2026-Q0', '2026-q3', '2026Q3', '0000-Q1'].some(isPeriod)).toBe(false);
  });

  test('is an instant only with its offset', () => {
    expect(['2026-07-01T09:30Z', '2026-07-01T09:30:00.123Z', '2026-07-01T09:30:00+05:30'].every(isInstant)).toBe(true);
    const refused = ['2026-07-01T09:30:00', '2026-07-01', '2026-02-30T00:00:00Z', '2026-07-01T24:00:00Z'];
    expect(refused.some(isInstant)).toBe(false);
  });

  test('is refused by name where it is malformed', () => {
    expect(() => parsePeriod('2026-Q5')).toThrow('Not a period (YYYY-Qn): "2026-Q5"');
    expect(() => addMonths('2026-13', 1)).toThrow('Not a month (YYYY-MM): "2026-13"');
    expect(() => monthOf('2026-02-30')).toThrow('Not a date (YYYY-MM-DD): "2026-02-30"');
    expect(() => periodOf('2026-07', 13)).toThrow('Not a month of the year (1 to 12): 13');
    expect(() => addMonths('9999-12', 1)).toThrow('Year out of range');
  });
});

describe('fiscal periods', () => {
  test('from January are the calendar quarters', () => {
    expect(periodOf('2026-07', 1)).toBe('2026-Q3');
    expect(periodMonths('2026-Q3', 1)).toEqual({ first: '2026-07', last: '2026-09' });
    expect(periodStart('2026-Q3', 1)).toBe('2026-07-01');
    expect(periodEnd('2026-Q3', 1)).toBe('2026-10-01');
    expect(periodEnd('2026-Q4', 1)).toBe('2027-01-01');
  });

  test('are named by the calendar year in which the fiscal year ends', () => {
    expect(periodOf('2026-04', 4)).toBe('2027-Q1');
    expect(periodOf('2026-03', 4)).toBe('2026-Q4');
    expect(periodMonths('2027-Q1', 4)).toEqual({ first: '2026-04', last: '2026-06' });
    expect(periodMonths('2026-Q2', 10)).toEqual({ first: '2026-01', last: '2026-03' });
    expect(periodMonths('2026-Q1', 12)).toEqual({ first: '2025-12', last: '2026-02' });
    expect(periodMonths('2026-Q4', 2)).toEqual({ first: '2025-11', last: '2026-01' });
  });

  test('hold every month once, whichever month the fiscal year starts in', () => {
    fc.assert(
      fc.property(month, startMonth, (inside, start) => {
        const period = periodOf(inside, start);
        const { first, last } = periodMonths(period, start);
        expect(first <= inside && inside <= last).toBe(true);
        expect(monthsBetween(first, last)).toBe(2);
        expect(periodStart(nextPeriod(period), start)).toBe(periodEnd(period, start));
        expect(periodOf(addMonths(last, 1), start)).toBe(nextPeriod(period));
      }),
    );
  });

  test('end their fiscal year in the year that names it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2200 }), startMonth, (year, start) => {
        expect(periodMonths(`${year}-Q4`, start).last.slice(0, 4)).toBe(String(year));
      }),
    );
  });

  test('follow one another across the year', () => {
    expect(previousPeriod('2026-Q1')).toBe('2025-Q4');
    expect(nextPeriod('2025-Q4')).toBe('2026-Q1');
    expect(addPeriods('2026-Q3', -7)).toBe('2024-Q4');
    expect(lastPeriods('2026-Q2', 4)).toEqual(['2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2']);
    expect(lastPeriods('2026-Q2', 0)).toEqual([]);
    expect(['2026-Q2', '2025-Q4', '2026-Q1'].sort(comparePeriods)).toEqual(['2025-Q4', '2026-Q1', '2026-Q2']);
  });

  test('add months across years in both directions', () => {
    expect(addMonths('2026-11', 3)).toBe('2027-02');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(addMonths('2026-01', -13)).toBe('2024-12');
    expect(monthsBetween('2026-11', '2027-02')).toBe(3);
    expect(monthsBetween('2027-02', '2026-11')).toBe(-3);
  });
});

describe('time zones', () => {
  test('decide which date and which period an instant lies in', () => {
    expect(localDate('2026-09-30T22:30:00Z', 'UTC')).toBe('2026-09-30');
    expect(localDate('2026-09-30T22:30:00Z', 'Europe/Berlin')).toBe('2026-10-01');
    expect(localDate('2026-10-01T03:00:00Z', 'America/New_York')).toBe('2026-09-30');
    expect(localDate('2026-09-30T23:59:59.999Z', 'UTC')).toBe('2026-09-30');
    expect(currentPeriod('2026-09-30T22:30:00Z', 'UTC', 1)).toBe('2026-Q3');
    expect(currentPeriod('2026-09-30T22:30:00Z', 'Europe/Berlin', 1)).toBe('2026-Q4');
    expect(currentPeriod('2026-03-31T20:00:00Z', 'Asia/Kolkata', 4)).toBe('2027-Q1');
  });

  test('write an instant with their offset: it is the same one, and begins with the local day', () => {
    expect(localInstant('2026-09-30T22:30:00Z', 'Europe/Berlin')).toBe('2026-10-01T00:30:00.000+02:00');
    expect(localInstant('2026-12-31T23:30:00.250Z', 'Europe/Berlin')).toBe('2027-01-01T00:30:00.250+01:00');
    expect(localInstant('2026-10-01T03:00:00Z', 'America/St_Johns')).toBe('2026-10-01T00:30:00.000-02:30');
    expect(localInstant('2026-09-30T22:30:00Z', 'UTC')).toBe('2026-09-30T22:30:00Z');
    expect(() => localInstant('2026-09-30', 'UTC')).toThrow(RangeError);
  });

  test('place local midnight by the offset of that day, summer and winter', () => {
    expect(instantOfLocal('2026-07-01', 'UTC')).toBe('2026-07-01T00:00:00.000Z');
    expect(instantOfLocal('2026-07-01', 'Europe/Berlin')).toBe('2026-06-30T22:00:00.000Z');
    expect(instantOfLocal('2026-01-01', 'Europe/Berlin')).toBe('2025-12-31T23:00:00.000Z');
    expect(instantOfLocal('2026-01-01', 'Asia/Kathmandu', '09:30')).toBe('2026-01-01T03:45:00.000Z');
    expect(periodInstants('2026-Q1', 1, 'Europe/Berlin')).toEqual({
      start: '2025-12-31T23:00:00.000Z',
      end: '2026-03-31T22:00:00.000Z',
    });
  });

  test('move a time that a clock change skips forward by the gap', () => {
    expect(instantOfLocal('2026-03-29', 'Europe/Berlin', '02:30:00')).toBe('2026-03-29T01:30:00.000Z'); // 03:30
    expect(instantOfLocal('2026-03-29', 'Europe/Berlin', '01:59:59')).toBe('2026-03-29T00:59:59.000Z');
    expect(instantOfLocal('2026-03-29', 'Europe/Berlin', '03:00:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(instantOfLocal('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z'); // midnight was skipped
    expect(instantOfLocal('2011-12-30', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z'); // the day was skipped
    expect(instantOfLocal('2011-12-31', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z');
  });

  test('take the earlier of a time that comes twice', () => {
    expect(instantOfLocal('2026-10-25', 'Europe/Berlin', '02:30:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(instantOfLocal('2026-11-01', 'America/New_York', '01:30:00')).toBe('2026-11-01T05:30:00.000Z');
    expect(instantOfLocal('2026-10-25', 'Europe/Berlin', '03:00:00')).toBe('2026-10-25T02:00:00.000Z');
  });

  test('give back the date of its own first instant, in every zone and season', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Kiritimati',
      'Pacific/Niue',
    ];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(...zones), (day, zone) => {
        const date = new Date(Date.UTC(1995, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
        expect(localDate(instantOfLocal(date, zone), zone)).toBe(date);
        const lastSecond = new Date(Date.parse(instantOfLocal(date, zone)) - 1000).toISOString();
        expect(localDate(lastSecond, zone) < date).toBe(true);
      }),
    );
  });

  test('are refused by name where they do not exist, and so is an instant without its offset', () => {
    expect(() => localDate('2026-07-01T00:00:00Z', 'Europe/Atlantis')).toThrow('Not a time zone: "Europe/Atlantis"');
    expect(() => localDate('2026-07-01T00:00:00', 'UTC')).toThrow('Not an instant');
    expect(() => instantOfLocal('2026-02-30', 'UTC')).toThrow('Not a date');
    expect(() => instantOfLocal('2026-02-03', 'UTC', '24:00')).toThrow('Not a time of day');
  });
});
