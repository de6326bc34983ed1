import { describe, expect, test } from '@jest/globals';
import type { Voice } from '../../../server/contract/stakeholder.js';
import { changeOf, signedDifference } from './words';

const NOW = { period: '2027-Q1', fiscalYearStartMonth: 1 };

const voice = (state: Voice['signal']['state'], given: Partial<Voice> = {}) => ({
  ...{ question: 'satisfaction' as const, value: 3.75, previous: 3.25 },
  signal: { state, direction: null, rule: null, points: 8, limits: null },
  ...given,
});

describe('what has changed since the quarter before', () => {
  test('is printed where it is more than chance, with its sign and the quarter', () => {
    expect(changeOf(voice('signal'), NOW)).toBe('+0.50 since 2026 Q4');
    expect(changeOf(voice('signal', { value: 3, previous: 3.5 }), NOW)).toBe('−0.50 since 2026 Q4');
    const recommend = voice('signal', { question: 'recommend', value: 0.25, previous: -0.1 });
    expect(changeOf(recommend, { ...NOW, fiscalYearStartMonth: 4 })).toBe('+35.0 since FY2026 Q4');
  });

  test('is not where it is noise, where points are too few, and where one of both is not known', () => {
    expect(changeOf(voice('noise'), NOW)).toBeNull();
    expect(changeOf(voice('insufficient'), NOW)).toBeNull();
    expect(changeOf(voice('signal', { previous: null }), NOW)).toBeNull();
    expect(changeOf(voice('signal', { value: null }), NOW)).toBeNull();
  });

  test('has no sign where it is nothing in the digits printed', () => {
    expect(signedDifference('trust', -0.001)).toBe('0.00');
    expect(signedDifference('trust', 0)).toBe('0.00');
    expect(signedDifference('recommend', -0.0001)).toBe('0.0');
    expect(signedDifference('trust', 2 / 3)).toBe('+0.67');
  });
});
