import { describe, expect, test } from '@jest/globals';
import type { ServiceFigureWithTrend, ServiceLevel } from '../../../server/contract/service-level.js';
import { againstTarget, serviceWords } from './message';

const figure = (
  value: number | null,
  state: 'insufficient' | 'noise' | 'signal' = 'noise',
): ServiceFigureWithTrend => ({
  value,
  n: 3,
  nullReason: value === null ? 'no_records' : null,
  trend: [],
  signal: { state, direction: state === 'signal' ? 'worsening' : null, rule: null, points: 8, limits: null },
});
const service = (name: string, availability: ServiceFigureWithTrend, other = figure(0.5)): ServiceLevel => ({
  code: name,
  name,
  ownerEmail: null,
  orgUnit: null,
  figures: { availability, performance: other, changeFailure: other, incidents: other },
});

describe('the message of services', () => {
  test('says how availability stands against its target', () => {
    expect(againstTarget({ status: 'met', value: 0.996, target: 0.995 })).toBe(', which meets the target of 99.50 %.');
    expect(againstTarget({ status: 'missed', value: 0.99, target: 0.999 })).toBe(
      ', which misses the target of 99.90 %.',
    );
    expect(againstTarget({ status: null, value: 0.99, target: null })).toBe('.');
  });

  test('counts only what has really changed, and names the least available', () => {
    const items = [service('Mail', figure(0.9981)), service('Pay', figure(0.991, 'signal'))];
    expect(serviceWords(items)).toBe('1 service really got worse: Pay (availability). Least available: Pay, 99.10 %.');
  });

  test('says so where all that changed has improved', () => {
    const better = figure(0.991, 'signal');
    const items = [
      service('Mail', figure(0.9981)),
      service('Pay', { ...better, signal: { ...better.signal, direction: 'improving' } }),
    ];
    expect(serviceWords(items)).toMatch(/^1 of 2 services really improved, and none got worse\. /);
  });

  test('tells noise from too few points', () => {
    expect(serviceWords([service('Mail', figure(0.99))])).toBe(
      'No service has really changed: all move as chance has it.',
    );
    const few = figure(0.99, 'insufficient');
    expect(serviceWords([service('Mail', few, few)])).toBe(
      'There are too few quarters to tell whether any service has really changed.',
    );
  });

  test('says nothing of no services', () => {
    expect(serviceWords([])).toBe('');
  });
});
