import { expect, test } from '@jest/globals';
import { ago, dayIn, instantOn } from './ago';

test.each([
  ['2026-11-22', 'today'],
  ['2026-11-23', 'today'],
  ['2026-11-21', 'yesterday'],
  ['2026-11-19', '3 days ago'],
  ['2026-10-09', '44 days ago'],
  ['2026-10-01', '2 months ago'],
  ['2025-11-22', '12 months ago'],
  ['2024-11-21', '2 years ago'],
  ['2024-01-01', '2 years ago'],
])('%s was %s on 22 November 2026', (on, said) => {
  expect(ago(on, '2026-11-22')).toBe(said);
});

test('a day is that of the time zone', () => {
  const late = new Date('2026-09-30T23:30:00Z');
  expect([dayIn('UTC', late), dayIn('Europe/Berlin', late)]).toEqual(['2026-09-30', '2026-10-01']);
});

test.each(['UTC', 'Etc/GMT+12', 'America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'Pacific/Kiritimati'])(
  'the middle of a day lies on that day in %s',
  (timeZone) => {
    for (const day of ['2026-01-15', '2026-07-15', '2026-12-31'])
      expect(dayIn(timeZone, new Date(instantOn(timeZone, day)))).toBe(day);
  },
);
