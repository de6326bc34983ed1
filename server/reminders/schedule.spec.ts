import { expect, test } from '@jest/globals';
import { digestDay, nextDigestAt, retryAt } from './schedule.js';

const ZURICH = 'Europe/Zurich';

test('a daily digest is due from seven in the reporting time zone on', () => {
  expect(digestDay('daily', '2026-11-21T05:59:00.000Z', ZURICH)).toBeNull();
  expect(digestDay('daily', '2026-11-21T06:00:00.000Z', ZURICH)).toBe('2026-11-21');
  expect(digestDay('daily', '2026-11-21T22:59:00.000Z', ZURICH)).toBe('2026-11-21');
  expect(digestDay('daily', '2026-11-21T23:30:00.000Z', ZURICH)).toBeNull(); // the next day, half past midnight
  expect(digestDay('off', '2026-11-21T12:00:00.000Z', ZURICH)).toBeNull();
});

test('seven is seven in summer too, and on the day when the clocks change', () => {
  expect(digestDay('daily', '2026-07-01T04:59:00.000Z', ZURICH)).toBeNull();
  expect(digestDay('daily', '2026-07-01T05:00:00.000Z', ZURICH)).toBe('2026-07-01');
  expect(digestDay('daily', '2026-10-25T05:59:00.000Z', ZURICH)).toBeNull();
  expect(digestDay('daily', '2026-10-25T06:00:00.000Z', ZURICH)).toBe('2026-10-25');
});

test('a weekly digest is of the Monday, also for whoever comes later in the week', () => {
  expect(digestDay('weekly', '2026-11-23T06:59:00.000Z', 'UTC')).toBeNull();
  expect(digestDay('weekly', '2026-11-23T07:00:00.000Z', 'UTC')).toBe('2026-11-23');
  expect(digestDay('weekly', '2026-11-29T23:00:00.000Z', 'UTC')).toBe('2026-11-23');
  expect(digestDay('weekly', '2026-11-30T06:00:00.000Z', 'UTC')).toBeNull();
});

test('the next digest is the first at seven that has yet to come', () => {
  expect(nextDigestAt('daily', '2026-11-21T05:00:00.000Z', ZURICH)).toBe('2026-11-21T06:00:00.000Z');
  expect(nextDigestAt('daily', '2026-11-21T06:00:00.000Z', ZURICH)).toBe('2026-11-22T06:00:00.000Z');
  expect(nextDigestAt('weekly', '2026-11-21T12:00:00.000Z', ZURICH)).toBe('2026-11-23T06:00:00.000Z');
  expect(nextDigestAt('weekly', '2026-11-23T06:00:00.000Z', ZURICH)).toBe('2026-11-30T06:00:00.000Z');
  expect(nextDigestAt('off', '2026-11-21T12:00:00.000Z', ZURICH)).toBeNull();
});

test('a failure is tried again ever later, five times in all', () => {
  const now = '2026-11-21T07:00:00.000Z';
  expect([1, 2, 3, 4, 5].map((tries) => retryAt(tries, now))).toEqual([
    '2026-11-21T07:15:00.000Z',
    '2026-11-21T07:30:00.000Z',
    '2026-11-21T08:00:00.000Z',
    '2026-11-21T09:00:00.000Z',
    null,
  ]);
});
