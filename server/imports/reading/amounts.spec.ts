import { describe, expect, it } from '@jest/globals';
import { decimalParser, integerParser, parseMoney, parsePercent, parseRate } from './amounts.js';
import { CLEAR, type CellParser } from './cells.js';
import type { DecimalStyle } from './numbers.js';
import type { Cell } from './table.js';

function parse(parser: CellParser<unknown>, cell: Cell, decimal: DecimalStyle = 'dot') {
  return parser(cell, { decimal, timeZone: 'UTC' });
}

function read(parser: CellParser<unknown>, cell: Cell, decimal?: DecimalStyle): unknown {
  const parsed = parse(parser, cell, decimal);
  return parsed.problem ? parsed.problem.code : parsed.value;
}

const number = (value: number, percent = false): Cell => ({ kind: 'number', value, percent, digits: 0 });

describe('money', () => {
  it.each(['', ' ', '-', 'n/a', 'N/A', ' n/A '])('%j is blank', (text) => expect(read(parseMoney, text)).toBeNull());

  it('is emptied by (clear)', () => expect(read(parseMoney, '(clear)')).toBe(CLEAR));

  it.each([
    ['1,234.50', 'dot', '1234.5'],
    ['1.234,50', 'comma', '1234.5'],
    ['1\u00a0234,50', 'comma', '1234.5'],
    ['1.234', 'dot', '1.234'],
    ['1.234', 'comma', '1234'],
    ['1,234', 'dot', '1234'],
    ['-0.0000', 'dot', '0'],
    ['1.50000000', 'dot', '1.5'],
    ['1.50', 'undecided', '1.5'],
    ['1,50', 'undecided', '1.5'],
    ['1234', 'undecided', '1234'],
  ] as const)('%j in a file of style %s is %s', (text, style, value) => {
    expect(read(parseMoney, text, style)).toBe(value);
  });

  it('is ambiguous where the file does not show its style; the sentence gives both readings and two ways out', () => {
    expect(parse(parseMoney, '1.234', 'undecided').problem).toEqual({
      code: 'number.ambiguous',
      message:
        '"1.234" can be read as 1234 or, with a decimal point, as 1.234; the file does not show which. ' +
        'Write 1234 or 1.2340, or choose the decimal sign of the file.',
    });
    expect(parse(parseMoney, '-1,230', 'undecided').problem?.message).toContain(
      '"-1,230" can be read as -1230 or, with a decimal comma, as -1.23; the file does not show which. Write -1230 or -1,2300,',
    );
  });

  it('in the other style than the file is a problem that gives the right form', () => {
    expect(parse(parseMoney, '1.234,50', 'dot').problem).toMatchObject({
      code: 'number.style',
      message: expect.stringContaining('Write 1234.5.'),
    });
    expect(parse(parseMoney, '1,234.50', 'comma').problem).toMatchObject({
      code: 'number.style',
      message: expect.stringContaining('Write 1234,5.'),
    });
  });

  it('has at most 4 decimals and 16 digits before them; nothing is rounded', () => {
    expect(read(parseMoney, '0.1234')).toBe('0.1234');
    expect(read(parseMoney, '0.12345')).toBe('number.scale');
    expect(read(parseMoney, '9999999999999999.9999')).toBe('9999999999999999.9999');
    expect(read(parseMoney, '10000000000000000')).toBe('number.range');
  });

  it.each([
    ['NA', 'number.format', 'or write - or n/a'],
    ['?', 'number.format', 'or write - or n/a'],
    ['tbd', 'number.format', 'or write - or n/a'],
    ['NaN', 'number.format', 'or write - or n/a'],
    ['£3,330', 'number.currency', '(3,330)'],
    ['3.330,00 €', 'number.currency', '(3.330,00)'],
    ['USD 300', 'number.currency', 'currency column'],
    ['300 CHF', 'number.currency', 'currency column'],
    ['Exempt under Section 43 of the Act', 'number.format', 'text column'],
    ['3.3m', 'number.format', 'in full'],
    ['£2bn', 'number.format', 'without a currency sign'],
    ['(1,234)', 'number.format', 'minus sign: -1,234'],
    ['12-', 'number.format', '-12'],
    ['1.5E+09', 'number.format', 'in full'],
    ['1e400', 'number.format', 'in full'],
    ["1'234.50", 'number.format', 'without apostrophes: 1234.50'],
    ['2026-07-31', 'number.format', 'looks like a date'],
    ['1,23,456', 'number.format', 'like 1234.50'],
    ['25%', 'number.percent', '% sign'],
    ['–', 'number.format', 'write - or n/a'],
  ])('%j is a problem of kind %s that says what to write', (text, code, words) => {
    const { problem } = parse(parseMoney, text);
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(words);
  });
});

describe('money in a sheet is a double', () => {
  it.each([
    [1234.5, '1234.5'],
    [0.1 + 0.2, '0.3'],
    [1.005, '1.005'],
    [-0, '0'],
    [1e-7, '0'],
    [123456789012.34, '123456789012.34'],
    [1e15, '1000000000000000'],
    [100.00000049, '100'],
    [4575.849999999999, '4575.85'],
  ])('%d is %s', (value, text) => expect(read(parseMoney, number(value))).toBe(text));

  it.each([
    [0.12345, 'number.scale'],
    [1.00005, 'number.scale'],
    [1e16, 'number.range'],
    [Infinity, 'number.range'],
  ])('%d is refused with %s', (value, code) => expect(read(parseMoney, number(value))).toBe(code));

  it('is refused where it is a date or yes/no', () => {
    expect(read(parseMoney, { kind: 'date', date: '2026-07-01', time: '00:00:00.000' })).toBe('number.format');
    expect(read(parseMoney, { kind: 'boolean', value: true })).toBe('number.format');
  });
});

describe('a percentage', () => {
  it.each([
    ['25', '25'],
    ['25%', '25'],
    ['33.33 %', '33.33'],
    ['0', '0'],
    ['100.00', '100'],
    [number(33.33), '33.33'],
    [number(0.25, true), '25'],
    [number(0.07, true), '7'],
    [number(0.3333, true), '33.33'],
  ])('%j is %s', (cell, value) => expect(read(parsePercent, cell)).toBe(value));

  it.each([
    ['33.333', 'number.scale'],
    ['100.01', 'number.range'],
    ['-1', 'number.range'],
    [number(1.2, true), 'number.range'],
    [number(1 / 3, true), 'number.scale'],
    ['%', 'number.format'],
  ])('%j is refused with %s', (cell, code) => expect(read(parsePercent, cell)).toBe(code));
});

describe('other numbers', () => {
  it('a rate has up to 10 decimals and is more than 0', () => {
    expect(read(parseRate, '1.0987654321')).toBe('1.0987654321');
    expect(read(parseRate, '0.0000000001')).toBe('0.0000000001');
    expect(read(parseRate, number(1 / 3))).toBe('0.3333333333');
    expect(read(parseRate, '1.09876543210123')).toBe('number.scale');
    expect(read(parseRate, '0')).toBe('number.range');
  });

  it('an integer is a number, within its range', () => {
    const level = integerParser({ min: 1, max: 5 });
    expect(read(level, '3')).toBe(3);
    expect(read(level, '3.0')).toBe(3);
    expect(read(level, number(5))).toBe(5);
    expect(read(level, '6')).toBe('number.range');
    expect(read(level, '2.5')).toBe('number.scale');
    expect(read(integerParser(), '1,234,567')).toBe(1_234_567);
    expect(read(integerParser(), '2147483648')).toBe('number.range');
    expect(read(integerParser(), '-')).toBeNull();
    expect(read(integerParser(), '(clear)')).toBe(CLEAR);
  });

  it('a decimal keeps to its own scale and range, and says so', () => {
    const maturity = decimalParser({ scale: 1, min: 0, max: 5 });
    expect(read(maturity, '4.5')).toBe('4.5');
    expect(parse(maturity, '5.5').problem?.message).toContain('from 0 to 5');
    expect(parse(maturity, '4.55').problem?.message).toContain('at most 1 decimal.');
  });
});
