import { describe, expect, test } from '@jest/globals';
import { METRIC_NULLS } from '../../server/contract/metric.js';
import { metricNull } from '../../server/contract/null-words.js';
import {
  isNoneRecorded,
  letterOf,
  metricInFull,
  metricNumber,
  metricText,
  numberBeside,
  unitBeside,
  unitName,
} from './metric-text';

describe('a metric as text', () => {
  test.each([
    [0.8125, 'share', '81.3 %', '81.25 %'],
    [0.9981, 'share', '99.81 %', '99.81 %'],
    [0.99996, 'share', '99.996 %', '99.996 %'],
    ['-1234567.50', 'money', '\u22121.23 m EUR', '\u22121,234,567.50 EUR'],
    ['1234567.50', 'EUR', '1.23 m EUR', '1,234,567.50 EUR'],
    [61.23456, 'days', '61.2 days', '61.23456 days'],
    [2.4333, 'level', '2.43 of 5', '2.4333 of 5'],
    [3.5, 'score', '3.50 of 5', '3.5 of 5'],
    [-0.318, 'net_share', '\u221231.8 points', '\u221231.8 points'],
    [1.25, 'number', '1.25', '1.25'],
    [12_000, 'count', '12,000', '12,000'],
    [0, 'count', '0', '0'],
  ] as const)('%s %s', (value, unit, text, inFull) => {
    expect(metricText(value, unit, 'EUR')).toBe(text);
    expect(metricInFull(String(value), unit, 'EUR')).toBe(inFull);
  });

  test.each([
    [0.5996, 'share', 0.6, '59.96 %'],
    [0.425, 'share', 0.6, '42.5 %'],
    [0.6, 'share', 0.6, '60.0 %'],
    [0.1255, 'share', 0.1255, '12.55 %'],
    [0.0004, 'share', 0, '0.04 %'],
    [0.5, 'share', null, '50.0 %'],
    [3.496, 'score', 3.5, '3.496'],
    [3.42, 'score', 3.5, '3.42'],
    [123.4, 'days', 30.25, '123'],
    [30.04, 'days', 30, '30.04'],
    [3, 'count', 0.5, '3'],
  ] as const)('%s %s beside its limit of %s lies where it lies: %s', (value, unit, limit, text) => {
    expect(numberBeside(value, unit, limit)).toBe(text);
  });

  test('in a column the unit stands in the header', () => {
    expect(metricNumber(61.23456, 'days')).toBe('61.2');
    expect(metricNumber('1234567.50', 'money', { exponent: 3, suffix: 'k' })).toBe('1,235');
    expect(unitName('money', 'EUR', { exponent: 3, suffix: 'k' })).toBe('k EUR');
    expect([unitName('share', 'EUR'), unitName('level', 'EUR'), unitBeside('share', 'EUR')]).toEqual([
      '%',
      'level 0–5',
      '',
    ]);
  });

  test('a reason says of each metric what that metric reads', () => {
    expect(metricNull('no_ranking')).toContain('or the one before');
    expect(metricNull('no_ranking', 'alignment.top_priority_spend_share')).toBe(
      'Priorities are not ranked in this period.',
    );
  });

  test('0 of no record is none recorded; 0 of some records, and no value, are not', () => {
    expect(isNoneRecorded({ value: '0.00', n: 0 })).toBe(true);
    expect(isNoneRecorded({ value: 0, n: 0 })).toBe(true);
    expect(isNoneRecorded({ value: 0, n: 4 })).toBe(false);
    expect(isNoneRecorded({ value: null, n: 0 })).toBe(false);
  });

  test('each reason for no value has a sentence, and hidden, out of scope and unknown have letters of their own', () => {
    for (const reason of METRIC_NULLS) expect(metricNull(reason)).toMatch(/^[A-Z].+\.$/);
    expect(new Set(METRIC_NULLS.map((reason) => metricNull(reason))).size).toBe(METRIC_NULLS.length);
    expect(['too_few_responses', 'not_in_scope', 'no_records'].map(letterOf)).toEqual(['c', 'z', 'x']);
  });
});
