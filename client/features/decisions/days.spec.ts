import { describe, expect, test } from '@jest/globals';
import { nextDays } from './days';

const raised = { decision: { raisedAt: '2026-11-18T18:30:00.000+01:00' }, reopenings: [], escalations: [] };
const reopening = (at: string) => ({ at, reason: null, decidedAt: null, outcome: null, decidedLevel: null });
const escalation = (at: string) => ({ at, fromLevel: 2, toLevel: 3, reason: null });

describe('days that a form offers', () => {
  test('lie between the day on which the decision was raised and today, by the calendar of the reporting time zone', () => {
    expect(nextDays(raised, '2026-11-21')).toEqual({ from: '2026-11-18', to: '2026-11-21' });
    expect(nextDays({ ...raised, decision: { raisedAt: null } }, '2026-11-21')).toEqual({
      from: null,
      to: '2026-11-21',
    });
  });

  test('begin anew when it is opened again, and nothing lies before the last escalation', () => {
    const page = {
      ...raised,
      reopenings: [reopening('2026-11-20T00:30:00.000+01:00')],
      escalations: [escalation('2026-11-21T17:00:00.000+01:00')],
    };
    expect(nextDays({ ...page, escalations: [] }, '2026-11-22')).toEqual({ from: '2026-11-20', to: '2026-11-22' });
    expect(nextDays(page, '2026-11-22')).toEqual({ from: '2026-11-21', to: '2026-11-22' });
    const before = { ...page, escalations: [escalation('2026-11-19T17:00:00.000+01:00')] };
    expect(nextDays(before, '2026-11-22')).toEqual({ from: '2026-11-20', to: '2026-11-22' });
  });

  test('hold one day where today lies before what happened last: today of the example is the end of its story', () => {
    const page = { ...raised, reopenings: [reopening('2026-11-20T12:00:00Z')] };
    expect(nextDays(page, '2026-10-01')).toEqual({ from: '2026-11-20', to: '2026-11-20' });
  });
});
