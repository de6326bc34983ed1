import { describe, expect, test } from '@jest/globals';
import type { DecisionPage } from '../../../server/contract/decision.js';
import { changeWord, dueWord, waitingWords } from './words';

describe('words of decisions', () => {
  test('how late, how long left, or that nobody said by when', () => {
    expect(dueWord({ neededBy: '2026-09-10', daysLate: 20, state: 'late' })).toBe('20 days past its date');
    expect(dueWord({ neededBy: '2026-09-10', daysLate: 0, state: 'open' })).toBe('due today');
    expect(dueWord({ neededBy: '2026-09-30', daysLate: 0, state: 'late' })).toBe('its date is over');
    expect(dueWord({ neededBy: '2026-09-10', daysLate: -1, state: 'open' })).toBe('1 day left');
    expect(dueWord({ neededBy: null, daysLate: null, state: 'open' })).toBe('no date by which it is needed');
  });

  test('what is missing to know what a month of waiting costs, and whose benefits wait', () => {
    const about = { type: 'initiative', code: 'INI', name: 'Initiative' } as const;
    const benefits = [{ code: 'BEN', name: 'Benefit', share: 0.25, perMonth: null }];
    const missing = (nullReason: DecisionPage['delay']['nullReason'], of: typeof about | null, waiting = benefits) =>
      waitingWords({
        delay: { perMonth: null, nullReason, from: null, to: null, benefits: waiting },
        decision: { about: of },
      });
    const noDay = 'What a month of waiting costs is not known: nobody has said by when it is needed.';
    const noRecord = 'It is about no record of the chain, so no benefit is known to wait for it.';
    const noLink = 'No benefit is known to wait for it: no link credits its record with one.';
    expect(missing(null, about)).toBeNull();
    expect(missing('no_needed_by', about)).toBe(noDay);
    expect(missing('no_needed_by', about, [])).toBe(`${noLink} ${noDay}`);
    expect(missing('no_needed_by', null, [])).toBe(`${noRecord} ${noDay}`);
    expect(missing('about_nothing', null, [])).toBe(noRecord);
    expect(missing('no_money_planned', about, [])).toBe(noLink);
    expect(missing('no_money_planned', about)).toMatch(/^No money is planned/);
    expect(missing('decided', about, [])).toBe('It is decided: nothing waits for it any more.');
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
