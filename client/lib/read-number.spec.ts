import { describe, expect, test } from '@jest/globals';
import { readNumber, typedNumber } from './read-number';

describe('A number is read as its locale writes it, without losing a digit', () => {
  test.each([
    ['1234.5', 'en', '1234.5'],
    ['1,234.50', 'en', '1234.50'],
    ['12,345,678', 'en', '12345678'],
    ['471818000000.1234', 'en', '471818000000.1234'],
    ['-5', 'en', '-5'],
    ['−5', 'en', '-5'],
    ['(120)', 'en', '-120'],
    ['1 234.5', 'en', '1234.5'],
    ['.5', 'en', '0.5'],
    ['007', 'en', '7'],
    ['1.234,5', 'de', '1234.5'],
    ['1.234', 'de', '1234'],
    ['1.234', 'en', '1.234'],
    ['1 234,5', 'fr', '1234.5'],
  ])('“%s” in %s is %s', (typed, locale, plain) => {
    expect(readNumber(typed, locale)).toBe(plain);
  });

  test.each([
    ['', 'en'],
    ['NA', 'en'],
    ['1,5', 'en'],
    ['1.5', 'de'],
    ['1.2.3', 'en'],
    ['1e6', 'en'],
    ['12,34', 'en'],
    ['(-5)', 'en'],
    ['5.', 'en'],
    ['.', 'en'],
    ['-', 'en'],
  ])('“%s” in %s is no number', (typed, locale) => {
    expect(readNumber(typed, locale)).toBeNull();
  });

  test('what stands in a form is read back as it was', () => {
    for (const plain of ['1234.50', '-0.0001', '0'])
      for (const locale of ['en', 'de', 'fr', 'de-CH'])
        expect(readNumber(typedNumber(plain, locale), locale)).toBe(plain);
  });
});
