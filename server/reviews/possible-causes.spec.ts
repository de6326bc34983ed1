import { describe, expect, test } from '@jest/globals';
import { Causes, type Event } from './causes.js';

const event = (seq: number, more: Partial<Event>): Event => ({
  ...{
    seq,
    at: '2026-10-20T08:00:00.000Z',
    actor: 'tom.keller@tests.example',
    action: 'changed',
    objectType: 'settings',
  },
  ...{ objectId: `row-${seq}`, objectCode: null, before: null, after: null },
  ...more,
});
const NOBODY = { reasons: [], written: [], rates: [], owners: [], holders: [], links: [], units: [] };

describe('What was done to a field', () => {
  const set = (seq: number, from: string, to: string) =>
    event(seq, { before: { onTrackFrom: from }, after: { onTrackFrom: to } });
  const undone = (events: Event[]) => {
    const causes = Causes.told(events, NOBODY);
    return causes.all.filter((done) => causes.isUndone(done)).map(({ cause }) => cause.seq);
  };

  test('is undone where it is today what it was, unless an import came between', () => {
    const back = [set(7, '0.9', '0.8'), set(8, '0.8', '0.90')];
    expect(undone(back)).toEqual([7, 8]);
    expect(undone([...back, set(10, '0.9', '0.85')])).toEqual([]);
    expect(undone([...back, event(11, { action: 'imported', objectType: 'import' })])).toEqual([]);
  });

  test('is undone of each kind of cost by itself, and of no fact of a record that has several', () => {
    const cost = (seq: number, kind: string, from: string, to: string) =>
      event(seq, {
        ...{ objectType: 'investment_cost', objectCode: 'I1' },
        before: { items: [{ month: '2026-05', kind, actual: from }] },
        after: { items: [{ month: '2026-05', kind, actual: to }] },
      });
    const measured = (seq: number, from: string, to: string) =>
      event(seq, {
        objectType: 'outcome_measurement',
        objectCode: 'O1',
        before: { value: from },
        after: { value: to },
      });
    expect(undone([cost(7, 'capex', '1', '2'), cost(8, 'opex', '2', '1'), cost(9, 'capex', '2', '1')])).toEqual([7, 9]);
    expect(undone([measured(7, '1', '2'), measured(8, '2', '1')])).toEqual([]);
  });
});
