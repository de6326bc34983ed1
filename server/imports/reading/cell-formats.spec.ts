import { describe, expect, it } from '@jest/globals';
import { dateOfSerial, formatOfCode } from './cell-formats.js';

describe('what a format code makes of a number', () => {
  it.each([
    ['yyyy-mm-dd', 'date'],
    ['[$-409]mmm\\-yy;@', 'date'],
    ['[h]:mm', 'date'],
    ['dd"/"mm', 'date'],
    ['General', 'number'],
    ['0.00', 'number'],
    ['#,##0.00 [$EUR]', 'number'],
    ['"days" 0', 'number'],
    ['0.00E+00', 'number'],
    ['[Red]#,##0;[Blue]-#,##0', 'number'],
    ['0 \\m', 'number'],
    ['0.0%', 'percent'],
    ['0 "%"', 'number'],
  ])('%j is a %s', (code, kind) => {
    expect(formatOfCode(code).kind).toBe(kind);
  });

  it('00000 shows an id with its zeros', () => {
    expect(formatOfCode('00000')).toEqual({ kind: 'number', digits: 5 });
    expect(formatOfCode('0')).toEqual({ kind: 'number', digits: 0 });
  });
});

describe('a day number', () => {
  it.each([
    [1, false, '1900-01-01', '00:00:00.000'],
    [59, false, '1900-02-28', '00:00:00.000'],
    [61, false, '1900-03-01', '00:00:00.000'],
    [45_351, false, '2024-02-29', '00:00:00.000'],
    [46_234.75, false, '2026-07-31', '18:00:00.000'],
    [46_234.99998842592, false, '2026-07-31', '23:59:59.000'],
    [0, true, '1904-01-01', '00:00:00.000'],
  ])('%d (from 1904: %s) is %s %s', (serial, from1904, date, time) => {
    expect(dateOfSerial(serial, from1904)).toEqual({ date, time });
  });

  it.each([-1, 2_958_466, NaN, Infinity])('%d is no day', (serial) => {
    expect(dateOfSerial(serial, false)).toBeNull();
  });
});
