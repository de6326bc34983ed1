import { expect, test } from '@jest/globals';
import type { Settings } from '../../../server/contract/access.js';
import { changesOf, typedOf } from './settings-form';

const SETTINGS: Settings = {
  version: 3,
  reportingCurrency: 'EUR',
  reportingTimeZone: 'UTC',
  fiscalYearStartMonth: 1,
  discountRate: '0.0800',
  onTrackFrom: '0.9500',
  atRiskFrom: '0.8000',
  lockedThrough: '2026-06',
  valuesDueDay: 15,
  currentPeriod: '2026-Q4',
  openPeriod: '2026-Q3',
  today: '2026-11-21',
  isExample: false,
};
const typed = typedOf(SETTINGS);

test('shares are written as percent, and what is as it was is not sent', () => {
  expect(typed).toEqual({
    lockedThrough: '2026-06',
    valuesDueDay: '15',
    onTrackFrom: '95',
    atRiskFrom: '80',
    discountRate: '8',
  });
  expect(changesOf(SETTINGS, typed)).toEqual({ changes: {}, problems: [] });
});

test('only what changed is sent, exactly', () => {
  expect(changesOf(SETTINGS, { ...typed, lockedThrough: '', discountRate: '7.25 %', atRiskFrom: '79.5' })).toEqual({
    changes: { lockedThrough: null, discountRate: '0.0725', atRiskFrom: '0.795' },
    problems: [],
  });
});

test('what cannot be is refused beside its field', () => {
  const fields = (change: Partial<typeof typed>) =>
    changesOf(SETTINGS, { ...typed, ...change }).problems.map(({ field }) => field);
  expect(fields({ lockedThrough: 'June' })).toEqual(['lockedThrough']);
  expect(fields({ valuesDueDay: '29' })).toEqual(['valuesDueDay']);
  expect(fields({ valuesDueDay: '0' })).toEqual(['valuesDueDay']);
  expect(fields({ onTrackFrom: 'most' })).toEqual(['onTrackFrom']);
  expect(fields({ atRiskFrom: '96' })).toEqual(['atRiskFrom']);
  expect(fields({ discountRate: '-100' })).toEqual(['discountRate']);
  expect(fields({ discountRate: '8.125' })).toEqual(['discountRate']);
});
