import { describe, expect, test } from '@jest/globals';
import { changeWord, dueWord } from './words';

describe('words of decisions', () => {
  test('how late, how long left, or that nobody said by when', () => {
    expect(dueWord({ neededBy: '2026-09-10', daysLate: 20, state: 'late' })).toBe('20 days past its date');
    expect(dueWord({ neededBy: '2026-09-10', daysLate: 0, state: 'open' })).toBe('due today');
    expect(dueWord({ neededBy: '2026-09-30', daysLate: 0, state: 'late' })).toBe('its date is over');
    expect(dueWord({ neededBy: '2026-09-10', daysLate: -1, state: 'open' })).toBe('1 day left');
    expect(dueWord({ neededBy: null, daysLate: null, state: 'open' })).toBe('no date by which it is needed');
  });

  test('a change is said only where it is more than chance', () => {
    const signal = { state: 'noise', direction: null, rule: null, points: 8, limits: null } as const;
    expect(changeWord({ value: 9, previous: 3, signal })).toBe('no real change');
    expect(changeWord({ value: 9, previous: 3, signal: { ...signal, state: 'signal', direction: 'worsening' } })).toBe(
      'worsening',
    );
    expect(changeWord({ value: 9, previous: null, signal })).toBe('');
  });
});
