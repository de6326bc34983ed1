import { describe, expect, it } from '@jest/globals';
import type { CellParser } from './cells.js';
import { parseDate, parseInstant, parseMonth, parsePeriod } from './dates.js';
import type { Cell } from './table.js';

function parse(parser: CellParser<string>, cell: Cell, timeZone = 'UTC') {
  return parser(cell, { decimal: 'dot', timeZone });
}

function read(parser: CellParser<string>, cell: Cell, timeZone?: string): unknown {
  const parsed = parse(parser, cell, timeZone);
  return parsed.problem ? parsed.problem.code : parsed.value;
}

const day = (date: string, time = '00:00:00.000'): Cell => ({ kind: 'date', date, time });
const number: Cell = { kind: 'number', value: 46234, percent: false, digits: 0 };

describe('a month', () => {
  it('is year and month with zeros, or the month of a date cell', () => {
    expect(read(parseMonth, ' 2026-07 ')).toBe('2026-07');
    expect(read(parseMonth, day('2026-07-31'))).toBe('2026-07');
  });

  it.each([
    ['2026-13', 'month.range', 'no month 13'],
    ['2026-00', 'month.range', 'no month 00'],
    ['2026-7', 'month.format', 'as 2026-07'],
    ['07/2026', 'month.format', 'as 2026-07'],
    ['2026-07-01', 'month.format', 'alone: 2026-07'],
    ['Jul-26', 'month.format', 'spreadsheet rewrote'],
    ['July 2026', 'month.format', 'like 2026-07'],
    ['0202-07', 'date.range', 'between 1900 and 2199'],
  ])('%j is a problem of kind %s that says %j', (text, code, words) => {
    expect(parse(parseMonth, text).problem).toEqual({ code, message: expect.stringContaining(words) });
  });

  it('is not a plain number', () => expect(read(parseMonth, number)).toBe('month.format'));
});

describe('a period', () => {
  it('is a fiscal quarter', () => {
    expect(read(parsePeriod, '2026-Q3')).toBe('2026-Q3');
    expect(read(parsePeriod, '2026-q3')).toBe('2026-Q3');
  });

  it.each([
    ['2026-Q5', 'like 2026-Q3'],
    ['Q3 2026', 'as 2026-Q3'],
    ['2026Q3', 'as 2026-Q3'],
    ['2026-07', 'like 2026-Q3'],
  ])('%j is a problem that says %j', (text, words) => {
    expect(parse(parsePeriod, text).problem).toEqual({
      code: 'period.format',
      message: expect.stringContaining(words),
    });
  });
});

describe('a date', () => {
  it('is ISO with zeros, or a date cell, whose time drops out', () => {
    expect(read(parseDate, '2024-02-29')).toBe('2024-02-29');
    expect(read(parseDate, day('2026-07-31', '14:30:00.000'))).toBe('2026-07-31');
  });

  it.each([
    ['30/06/2011', 'date.format', 'Write it as 2011-06-30.'],
    ['06/30/2011', 'date.format', 'Write it as 2011-06-30.'],
    ['05/06/2011', 'date.format', 'write 2011-06-05 or 2011-05-06'],
    ['06.06.2011', 'date.format', 'Write it as 2011-06-06.'],
    ['2025-10-9', 'date.format', 'Write it as 2025-10-09.'],
    ['2025/10/09', 'date.format', 'Write it as 2025-10-09.'],
    ['2026-07-31T00:00:00Z', 'date.format', 'Leave the time out: 2026-07-31.'],
    ['31/02/2026', 'date.format', 'no such day'],
    ['2027-02-29', 'date.range', 'February 2027 has 28 days'],
    ['2026-04-31', 'date.range', 'April 2026 has 30 days'],
    ['2026-13-05', 'date.range', 'swapped: write 2026-05-13'],
    ['2026-13-13', 'date.range', 'no month 13'],
    ['2026-00-10', 'date.range', 'no month 00'],
    ['1899-12-31', 'date.range', 'between 1900 and 2199'],
    ['today', 'date.format', 'year, month and day'],
    ['infinity', 'date.format', 'year, month and day'],
  ])('%j is a problem of kind %s that says %j', (text, code, words) => {
    expect(parse(parseDate, text).problem).toEqual({ code, message: expect.stringContaining(words) });
  });

  it('is not a plain number, nor a time without a day', () => {
    expect(read(parseDate, number)).toBe('date.format');
    expect(read(parseDate, day('1899-12-31', '08:00:00.000'))).toBe('date.range');
  });
});

describe('an instant', () => {
  it.each([
    ['2026-07-31T14:30:00Z', '2026-07-31T14:30:00.000Z'],
    ['2026-07-31T14:30:00.123456Z', '2026-07-31T14:30:00.123Z'],
    ['2026-07-31 14:30+02:00', '2026-07-31T12:30:00.000Z'],
    ['2026-07-31T14:30:00-0530', '2026-07-31T20:00:00.000Z'],
    ['2026-07-31T14:30:00', '2026-07-31T12:30:00.000Z'],
    ['2026-07-31T14:30:00.5', '2026-07-31T12:30:00.500Z'],
    ['2026-01-31 14:30', '2026-01-31T13:30:00.000Z'],
    ['2026-07-31', '2026-07-30T22:00:00.000Z'],
    ['2026-03-29', '2026-03-28T23:00:00.000Z'],
  ])('%s, read in Berlin, is %s', (text, instant) => {
    expect(read(parseInstant, text, 'Europe/Berlin')).toBe(instant);
  });

  it('without an offset is UTC where the enterprise reports in UTC', () => {
    expect(read(parseInstant, '2026-07-31')).toBe('2026-07-31T00:00:00.000Z');
    expect(read(parseInstant, '2026-07-31 08:15')).toBe('2026-07-31T08:15:00.000Z');
  });

  it('may be a date cell, local to the reporting time zone', () => {
    expect(read(parseInstant, day('2026-07-31', '14:30:00.250'), 'Europe/Berlin')).toBe('2026-07-31T12:30:00.250Z');
  });

  it.each([
    ['2026-07-31T25:00:00Z', 'instant.range'],
    ['2026-07-31T24:00:00', 'instant.range'],
    ['2026-07-31T14:60:00Z', 'instant.range'],
    ['2026-07-31T14:30:00+25:00', 'instant.range'],
    ['2026-02-30T00:00Z', 'date.range'],
    ['1970-01-21T15:30:00Z', 'instant.range'],
    ['1989-12-31', 'instant.range'],
    ['2200-01-01T00:00Z', 'instant.range'],
    ['0001-01-01T00:00Z', 'instant.range'],
    ['31/07/2026 14:30', 'instant.format'],
    ['2026-07-31T14Z', 'instant.format'],
    ['now', 'instant.format'],
  ])('%j is refused with %s', (text, code) => expect(read(parseInstant, text)).toBe(code));

  it('before 1990 is a wrong unit of time, and is told so, also as a date cell', () => {
    const told = 'Look at the unit of time: seconds read as milliseconds land in 1970.';
    expect(parse(parseInstant, '1970-01-21T15:30:00Z').problem?.message).toContain(told);
    expect(parse(parseInstant, day('1899-12-31', '08:00:00.000')).problem?.message).toContain(told);
    expect(read(parseInstant, '1990-01-01T00:00Z')).toBe('1990-01-01T00:00:00.000Z');
  });

  it('in another order of day and month is a problem that gives the date', () => {
    expect(parse(parseInstant, '31/07/2026 14:30').problem?.message).toContain('Write it as 2026-07-31.');
  });
});
