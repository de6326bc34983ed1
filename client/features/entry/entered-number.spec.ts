import { describe, expect, test } from '@jest/globals';
import { readEntered, signOfPaste } from './entered-number';

const valueOf = (text: string): string | null => {
  const entered = readEntered(text);
  return entered.kind === 'number' ? entered.value : null;
};

describe('A number is read in whatever notation it comes', () => {
  test.each([
    ['12', '12'],
    ['1 234,5', '1234.5'],
    ['1\u00a0234,5', '1234.5'],
    ['1\u202f234\u202f567.25', '1234567.25'],
    ["1'234.50", '1234.50'],
    ['1,234.5', '1234.5'],
    ['1.234,5', '1234.5'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['12.5', '12.5'],
    ['12,5', '12.5'],
    ['1234.567', '1234.567'],
    ['0.125', '0.125'],
    ['.5', '0.5'],
    [',5', '0.5'],
    ['(120)', '-120'],
    ['(1,234.50)', '-1234.50'],
    ['−120', '-120'],
    ['–120', '-120'],
    ['-0', '0'],
    ['+7', '7'],
    ['12k', '12000'],
    ['1.5 M', '1500000'],
    ['-2,5k', '-2500'],
    ['471818000000.1234', '471818000000.1234'],
  ])('“%s” is %s', (text, value) => {
    expect(valueOf(text)).toBe(value);
  });

  test.each(['NA', 'n/a', '1.2.3', '1,23,456', '12 5', '1e6', '5.', '-', '(-5)', '1.234,567.8', 'x12y', '1\n2', '12-'])(
    '“%s” is no number',
    (text) => {
      expect(readEntered(text).kind).toBe('text');
    },
  );

  test('nothing is nothing', () => {
    expect(readEntered('  ').kind).toBe('empty');
  });

  test.each([
    ['12 %', '%'],
    ['20 EUR', 'EUR'],
    ['EUR 20', 'EUR'],
    ['€20', '€'],
    ['-€20', '€'],
    ['7 days', 'days'],
  ])('“%s” says its unit', (text, unit) => {
    expect(readEntered(text)).toMatchObject({ kind: 'number', unit });
  });
});

describe('What can be read in two ways is not guessed', () => {
  test.each([
    ['1.234', '1.234', '1234'],
    ['1,234', '1234', '1.234'],
    ['-12.500', '-12.500', '-12500'],
    ['(1.234)', '-1.234', '-1234'],
    ['1.234k', '1234', '1234000'],
  ])('“%s” is %s with a decimal point and %s with a decimal comma', (text, point, comma) => {
    expect(readEntered(text)).toMatchObject({ kind: 'ambiguous', readings: { '.': point, ',': comma } });
    expect(readEntered(text, ',')).toMatchObject({ kind: 'number', value: comma });
  });

  test('a paste that shows its notation elsewhere decides it', () => {
    expect(signOfPaste(['1.234', '12,5'])).toBe(',');
    expect(signOfPaste(['1,234', '1,234,567'])).toBe('.');
    expect(signOfPaste(['1.234', '7', 'NA'])).toBeNull();
    expect(signOfPaste(['1.234,5', '1,234.5'])).toBeNull();
  });
});
