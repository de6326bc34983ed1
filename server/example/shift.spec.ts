import { describe, expect, test } from '@jest/globals';
import { shiftCell, shiftTo, type Shift } from './shift.js';

const by = (months: number, fiscalYearStartMonth = 1): Shift => ({ months, fiscalYearStartMonth });

describe('How far the story moves', () => {
  test.each([
    ['2026-Q3', 1, 0],
    ['2026-Q4', 1, 3],
    ['2026-Q2', 1, -3],
    ['2031-Q3', 1, 60],
    // From April: the second quarter of the fiscal year 2027 is July to September 2026.
    ['2027-Q2', 4, 0],
    ['2027-Q3', 4, 3],
    // From February: its third quarter is August to October.
    ['2027-Q3', 2, 1],
    ['2027-Q2', 2, -2],
  ])('to %s of a fiscal year from month %i is %i months', (period, start, months) => {
    expect(shiftTo('2026-09', period, start)).toEqual({ months, fiscalYearStartMonth: start });
  });
});

describe('A cell', () => {
  test('of a month moves by months', () => {
    expect(shiftCell('month', '2026-11', by(3))).toBe('2027-02');
    expect(shiftCell('month', '2026-02', by(-3))).toBe('2025-11');
  });

  test.each([
    ['2026-09-15', 3, '2026-12-15'],
    ['2026-09-30', 3, '2026-12-31'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2027-11-29', 3, '2028-02-29'],
    ['2027-02-28', 3, '2027-05-31'],
    ['2028-02-28', 12, '2029-02-28'],
    ['2026-08-31', 0, '2026-08-31'],
    ['2026-12-31', -3, '2026-09-30'],
  ])('of a day keeps its day, or the end of its month: %s by %i is %s', (date, months, expected) => {
    expect(shiftCell('date', date, by(months))).toBe(expected);
  });

  test('of an instant keeps day and time', () => {
    expect(shiftCell('instant', '2026-09-30T16:45:00Z', by(3))).toBe('2026-12-30T16:45:00Z');
    expect(shiftCell('instant', '2026-09-30T16:45:00+02:00', by(0))).toBe('2026-09-30T14:45:00Z');
    expect(shiftCell('instant', '2026-01-01T00:00:00Z', by(-3))).toBe('2025-10-01T00:00:00Z');
  });

  test('of instants at the end of a long month keeps their order in a short one, and their month', () => {
    const days = [
      '27T23:59:59',
      '28T00:00:00',
      '28T10:00:00',
      '29T09:00:00',
      '30T08:00:00',
      '31T07:00:00',
      '31T23:59:59',
    ];
    const moved = days.map((day) => shiftCell('instant', `2026-08-${day}Z`, by(6)));
    expect(moved[0]).toBe('2027-02-27T23:59:59Z');
    expect(new Set(moved).size).toBe(days.length);
    expect([...moved].sort()).toEqual(moved);
    expect(moved.every((instant) => instant.startsWith('2027-02-'))).toBe(true);
  });

  test('of a fiscal quarter is named as the reader names quarters', () => {
    expect(shiftCell('period', '2026-Q3', by(3))).toBe('2026-Q4');
    expect(shiftCell('period', '2026-Q3', by(0, 4))).toBe('2027-Q2');
    expect(shiftCell('period', '2025-Q4', by(1, 2))).toBe('2026-Q4');
  });

  test('of any other kind stays as it is, also where it looks like a time', () => {
    expect(shiftCell('text', '2026-Q3', by(3))).toBe('2026-Q3');
    expect(shiftCell('code', 'EX-2026-09', by(3))).toBe('EX-2026-09');
    expect(shiftCell('decimal', '2026.09', by(3))).toBe('2026.09');
    expect(shiftCell('date', '', by(3))).toBe('');
  });
});
