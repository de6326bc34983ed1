import { describe, expect, it } from '@jest/globals';
import { add, compare, largest, round, shift, subtract } from './decimal.js';
import {
  count,
  counted,
  day,
  inFull,
  instant,
  money,
  monthName,
  percent,
  percentagePoints,
  percentInFull,
  scaled,
  scaleFor,
  signed,
  numbersLocalised,
  toldApart,
  unitOf,
} from './format.js';
import { localised, numberSigns } from './locale-number.js';

const en = 'en';
const k = scaleFor(['238506.52']);
const bn = scaleFor(['471818000000.00']);

describe('exact decimals', () => {
  it('adds and subtracts amounts that a float would bend', () => {
    expect(add('471818000000.01', '0.02')).toBe('471818000000.03');
    expect(subtract('0.30', '0.10')).toBe('0.20');
    expect(subtract('-1.5', '0.25')).toBe('-1.75');
    expect(add('9007199254740993.0001', '0.0001')).toBe('9007199254740993.0002');
  });

  it('rounds half away from zero, on both sides', () => {
    expect(round('2.345', 2)).toBe('2.35');
    expect(round('-2.345', 2)).toBe('-2.35');
    expect(round('2.5', 0)).toBe('3');
    expect(round('7', 2)).toBe('7.00');
    expect(round('-0.004', 2)).toBe('0.00');
  });

  it('moves the point and compares by size, not by text', () => {
    expect(shift('1234.5', 3)).toBe('1.2345');
    expect(shift('0.0833', -2)).toBe('8.33');
    expect(shift('5', -2)).toBe('500');
    expect(compare('12000', '986')).toBe(1);
    expect(largest(['-20', '3', '19.99'])).toBe('20');
    expect(largest([])).toBe('0');
  });

  it('refuses text that is not a plain decimal', () => {
    expect(() => round('1e5', 0)).toThrow(RangeError);
    expect(() => round('', 0)).toThrow(RangeError);
  });
});

describe('one scale a column', () => {
  it('follows the largest absolute amount', () => {
    expect(unitOf(scaleFor(['999', '-12']), 'EUR')).toBe('EUR');
    expect(unitOf(scaleFor(['1000', '5']), 'EUR')).toBe('k EUR');
    expect(unitOf(scaleFor(['5', '-12400000']), 'EUR')).toBe('m EUR');
    expect(unitOf(scaleFor(['471818000000.00']), 'GBP')).toBe('bn GBP');
    expect(unitOf(scaleFor([]), 'GBP')).toBe('GBP');
  });

  it('takes the next scale where rounding would need a fourth digit', () => {
    expect(scaleFor(['999499']).suffix).toBe('k');
    expect(scaleFor(['999500']).suffix).toBe('m');
    expect(scaled('999500', scaleFor(['999500']), en)).toBe('1.00');
  });

  it('prints three significant digits', () => {
    expect(scaled('238506.515564', k, en)).toBe('239');
    expect(scaled('6659.7303787072', k, en)).toBe('6.66');
    expect(scaled('12437', k, en)).toBe('12.4');
    expect(scaled('9996', k, en)).toBe('10.0');
    expect(scaled('471818000000.00', bn, en)).toBe('472');
    expect(scaled('717', k, en)).toBe('0.717');
  });

  it('prints nothing that is there as nothing', () => {
    expect(scaled('0.00', bn, en)).toBe('0');
    expect(scaled('41500.00', bn, en)).toBe('<0.001');
    expect(scaled('-41500.00', bn, en)).toBe('>−0.001');
    expect(percent(0.0004, en)).toBe('<0.1 %');
    expect(percent(0, en)).toBe('0.0 %');
  });

  it('keeps amounts beyond the largest scale whole', () => {
    expect(scaled('1234567000000000', scaleFor(['1234567000000000']), en)).toBe('1,234,567');
  });
});

describe('signs and units', () => {
  it('writes minus as U+2212 and a plus on variances only', () => {
    expect(scaled('-122785.41', k, en)).toBe('−123');
    expect(signed('12437', k, en)).toBe('+12.4');
    expect(signed('-12437', k, en)).toBe('−12.4');
    expect(signed('0', k, en)).toBe('0');
    expect([signed('0.4', k, en), signed('-0.4', k, en)]).toEqual(['<+0.001', '>−0.001']);
    expect(money('12400000', 'EUR', undefined, en)).toBe('12.4 m EUR');
    expect(money('-5', 'EUR', undefined, en)).toBe('−5.00 EUR');
  });

  it('prints every digit of an amount in full', () => {
    expect(inFull('471818000000.00', 'GBP', en)).toBe('471,818,000,000.00 GBP');
    expect(inFull('9007199254740993.0001', '', en)).toBe('9,007,199,254,740,993.0001');
    expect(inFull('-0.50', 'EUR', en)).toBe('−0.50 EUR');
  });

  it('prints shares with one decimal and their changes in points', () => {
    expect(percent(0.3328381554, en)).toBe('33.3 %');
    expect(percent('1', en)).toBe('100.0 %');
    expect(['0.99', '0.9985', '0.99996'].map((share) => percent(share, en))).toEqual(['99.0 %', '99.85 %', '99.996 %']);
    expect(percent(-0.1, en)).toBe('−10.0 %');
    expect(percentInFull('0.3328381554', en)).toBe('33.28381554 %');
    expect(percentInFull('1.0000', en)).toBe('100 %');
    expect(percentagePoints(0.021, en)).toBe('+2.1 pp');
    expect(percentagePoints(-0.021, en)).toBe('−2.1 pp');
  });

  it.each([
    [0.9996, 0.9999, '99.96 %', '99.99 %'],
    [0.9992, 0.9995, '99.92 %', '99.95 %'],
    [0.99996, 0.99999, '99.996 %', '99.999 %'],
    [0.9999994, 0.9999996, '99.99994 %', '99.99996 %'],
    [0.999, 0.999, '99.90 %', '99.90 %'],
    [0.9981, null, '99.81 %', '99.81 %'],
    [0.99996, null, '99.996 %', '99.996 %'],
    ['0.9999996', '1', '99.99996 %', '100.00000 %'],
    [1, null, '100.00 %', '100.00 %'],
  ])('%s and its target of %s are told apart', (value, target, ...told) => {
    expect(toldApart(value, target, en)).toEqual(told);
  });

  it.each([
    ['Satisfaction below 3.5.', 'Satisfaction below 3,5.'],
    ['12.55 % is not above 12.6 %.', '12,55 % is not above 12,6 %.'],
    ['-0.25 is below 12000.', '\u22120,25 is below 12.000.'],
    ['31 days now, and some in the period before.', '31 days now, and some in the period before.'],
    ['two periods in a row', 'two periods in a row'],
  ])('a sentence of the server has its numbers as the reader writes them: %s', (sentence, german) => {
    expect(numbersLocalised(sentence, 'de-DE')).toBe(german);
    expect(numbersLocalised(sentence.replace('-', '\u2212'), 'de-DE')).toBe(german);
  });

  it('counts in whole numbers', () => {
    expect(count(12345, en)).toBe('12,345');
    expect(counted(1, 'benefit')).toBe('1 benefit');
    expect(counted(2, 'capability', 'capabilities')).toBe('2 capabilities');
  });
});

describe('the reader’s locale', () => {
  it('decides the separators', () => {
    expect(numberSigns('de-DE')).toEqual({ decimal: ',', group: '.' });
    expect(localised('-1234567.50', 'de-DE')).toBe('−1.234.567,50');
    expect(scaled('12437', k, 'de-DE')).toBe('12,4');
    expect(percent(0.3328, 'de-DE')).toBe('33,3 %');
  });
});

describe('dates', () => {
  it('prints days, months and instants', () => {
    expect(day('2026-09-30')).toBe('30 Sep 2026');
    expect(day('2026-07')).toBe('Jul 2026');
    expect(day('soon')).toBe('soon');
    expect([1, 4, 12].map(monthName)).toEqual(['January', 'April', 'December']);
    expect(instant('2026-03-05T12:00:00Z', new Date('2026-06-01T00:00:00Z'))).toMatch(/^5 Mar, \d\d:00$/);
    expect(instant('2025-03-05T12:00:00Z', new Date('2026-06-01T00:00:00Z'))).toMatch(/^5 Mar 2025, \d\d:00$/);
  });
});
