import { describe, expect, test } from '@jest/globals';
import { instantOfDay } from './decision-day.js';

const now = '2026-11-21T12:34:56.000Z';
const utc = { now, timeZone: 'UTC', since: null };

describe('the instant of a day that a person names', () => {
  test('is now for today, else five in the afternoon of the reporting time zone', () => {
    expect(instantOfDay({ ...utc, day: '2026-11-21' })).toEqual({ at: now });
    expect(instantOfDay({ ...utc, day: '2026-11-20' })).toEqual({ at: '2026-11-20T17:00:00.000Z' });
    expect(instantOfDay({ ...utc, day: '2026-07-20', timeZone: 'Europe/Berlin' })).toEqual({
      at: '2026-07-20T15:00:00.000Z',
    });
  });

  test('is by the calendar of the zone: in Auckland it is the 22nd already', () => {
    expect(instantOfDay({ ...utc, day: '2026-11-22', timeZone: 'Pacific/Auckland' })).toEqual({ at: now });
    expect(instantOfDay({ ...utc, day: '2026-11-22' })).toBe('ahead');
    expect(instantOfDay({ ...utc, day: '2026-11-21', timeZone: 'Pacific/Auckland' })).toEqual({
      at: '2026-11-21T04:00:00.000Z',
    });
  });

  test('is not before what it follows: later on the same day, and no day before it', () => {
    const since = '2026-11-20T18:30:00.000Z';
    expect(instantOfDay({ ...utc, since, day: '2026-11-20' })).toEqual({ at: since });
    expect(instantOfDay({ ...utc, since, day: '2026-11-21' })).toEqual({ at: now });
    expect(instantOfDay({ ...utc, since, day: '2026-11-19' })).toBe('before');
  });
});
