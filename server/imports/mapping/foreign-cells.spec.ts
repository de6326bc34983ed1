import { describe, expect, it } from '@jest/globals';
import { dateReadings, instantReadings, monthAlone, monthReadings } from './foreign-dates.js';
import { multiplied, numberReadings, withoutExponent } from './foreign-numbers.js';
import { currencyOf, headerMonth, measureOf, scaleOf } from './header-words.js';

describe('A date of a foreign file', () => {
  it.each([
    ['2025-04-03', '2025-04-03'],
    ['2025/4/3', '2025-04-03'],
    ['20250403', '2025-04-03'],
    ['2025-04-03 14:30', '2025-04-03'],
    ['2025-04-03T14:30:00Z', '2025-04-03'],
    ['13-Jun-2000', '2000-06-13'],
    ['3 April 2025', '2025-04-03'],
    ['3rd April 2025', '2025-04-03'],
    ['Thu, 3 Apr 2025', '2025-04-03'],
    ['April 3, 2025', '2025-04-03'],
    ['3. März 2025', '2025-03-03'],
    ['3 août 2025', '2025-08-03'],
    ['1-Dec-24', '2024-12-01'],
  ])('%s is read as %s, whatever the order', (text, day) => {
    expect(dateReadings(text)).toEqual({ dmy: day, mdy: day });
  });

  it('with the day or the month first has two readings, unless only one is a day', () => {
    expect(dateReadings('03/04/2025')).toEqual({ dmy: '2025-04-03', mdy: '2025-03-04' });
    expect(dateReadings('03.04.25')).toEqual({ dmy: '2025-04-03', mdy: '2025-03-04' });
    expect(dateReadings('25/12/2025')).toEqual({ dmy: '2025-12-25', mdy: null });
    expect(dateReadings('12/25/2025')).toEqual({ dmy: null, mdy: '2025-12-25' });
    expect(dateReadings('05/05/2025')).toEqual({ dmy: '2025-05-05', mdy: '2025-05-05' });
  });

  it.each([
    '',
    'soon',
    '2025',
    '31/02/2025',
    '2025-02-30',
    '00/01/2025',
    '1/2',
    '03/04.2025',
    '99 May 2025',
    '3 Foo 2025',
  ])('"%s" is none', (text) => {
    expect(dateReadings(text)).toEqual({ dmy: null, mdy: null });
  });

  it('keeps the time of a moment', () => {
    expect(instantReadings('03/04/2025 9:05')).toEqual({ dmy: '2025-04-03T09:05', mdy: '2025-03-04T09:05' });
    expect(instantReadings('2025-04-03 14:30:10').dmy).toBe('2025-04-03T14:30:10');
    expect(instantReadings('2025-04-03').dmy).toBe('2025-04-03');
  });
});

describe('A month of a foreign file', () => {
  it.each([
    ['2026-07', '2026-07'],
    ['07/2026', '2026-07'],
    ['7.2026', '2026-07'],
    ['Jul 2026', '2026-07'],
    ['July-26', '2026-07'],
    ["Jul '26", '2026-07'],
    ['Juli 2026', '2026-07'],
    ['2026 Jul', '2026-07'],
    ['2026M07', '2026-07'],
    ['202607', '2026-07'],
  ])('%s is %s', (text, month) => {
    expect(monthAlone(text)).toBe(month);
  });

  it('is that of a day, in its order', () => {
    expect(monthReadings('03/04/2025')).toEqual({ dmy: '2025-04', mdy: '2025-03' });
    expect(monthReadings('2025-04-03').dmy).toBe('2025-04');
  });

  it.each(['13/2026', '2026-13', 'Q1 2026', 'Total', '2026', 'Foo 2026'])('"%s" is none', (text) => {
    expect(monthAlone(text)).toBeNull();
  });
});

describe('A number of a foreign file', () => {
  it.each([
    ['1,234.50', '1234.5', null],
    ['1.234,50', null, '1234.5'],
    ['1.234', '1.234', '1234'],
    ['£1,234,567', '1234567', null],
    ['1 234 EUR', '1234', '1234'],
    ['EUR 12', '12', '12'],
    ['(120)', '-120', '-120'],
    ['120-', '-120', '-120'],
    ['\u2212 5', '-5', '-5'],
    ["1'234'567.5", '1234567.5', null],
    ['12 %', '12', '12'],
    ['£(1,000.5)', '-1000.5', null],
  ])('%s reads %s with a point, %s with a comma', (text, dot, comma) => {
    expect(numberReadings(text)).toEqual({ dot, comma });
  });

  it.each(['NA', '', '£', '3.3m', '1.2.3', 'PEP-8', '2025-04-03', '12 months', '=1+1', '1e5'])(
    '"%s" is none',
    (text) => {
      expect(numberReadings(text)).toEqual({ dot: null, comma: null });
    },
  );

  it.each([
    ['1.1', '1000000', '1100000'],
    ['0.07', '1000000', '70000'],
    ['4.35', '100', '435'],
    ['-30.69', '1000000', '-30690000'],
    ['9007199254740993.1', '1000', '9007199254740993100'],
    ['0', '1000000', '0'],
    ['5', '0.01', '0.05'],
    ['1234.5', '0.01', '12.345'],
    ['0.0000001', '1000000', '0.1'],
    ['12', '1', '12'],
  ])('%s times %s is %s, exactly', (number, multiplier, product) => {
    expect(multiplied(number, multiplier)).toBe(product);
  });
});

describe('A number that is printed with an exponent', () => {
  it.each([
    ['1.5e-7', '0.00000015'],
    ['-1e-7', '-0.0000001'],
    ['1.25e+21', '1250000000000000000000'],
    ['12.5', '12.5'],
  ])('%s is %s', (printed, plain) => {
    expect(withoutExponent(printed)).toBe(plain);
  });
});

describe('A header of a foreign file', () => {
  it.each([
    ['2026-01', '2026-01'],
    ['Plan Jan 2026 (£k)', '2026-01'],
    ['Jan-26 actual', '2026-01'],
    ['Actual_2026-03', '2026-03'],
    ['01/02/2026', '2026-02'],
    ['02/01/2026', '2026-02'],
    ['02/03/2026', null],
    ['2026-02-01', '2026-02'],
    ['31/01/2026', '2026-01'],
    ['Project - Start Date (2026)', null],
    ['FY 2026', null],
    ['Total', null],
    ['', null],
  ])('"%s" names the month %s', (header, month) => {
    expect(headerMonth(header)).toBe(month);
  });

  it('names a measure, a scale and a currency', () => {
    expect(['Budget 2026', 'Latest forecast', 'Actuals', 'Soll', 'Name'].map(measureOf)).toEqual([
      'planned',
      'forecast',
      'realised',
      'planned',
      null,
    ]);
    expect(
      ['TOTAL Benefits (£m)', 'Kosten in TEUR', '$ bn', "Cost £'000", 'Cost', 'amount in millions'].map(scaleOf),
    ).toEqual(['1000000', '1000', '1000000000', '1000', '1', '1000000']);
    expect(['Cost (£m)', 'kEUR', 'USD or EUR', 'Cost'].map(currencyOf)).toEqual(['GBP', 'EUR', null, null]);
  });
});
