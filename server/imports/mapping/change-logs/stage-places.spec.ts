import { describe, expect, it } from '@jest/globals';
import { Flows, placesOf, type PlacedStatus } from './stage-places.js';

const flowsOf = (...moves: [string, string, number][]): Flows => {
  const flows = new Flows();
  for (const [from, to, times] of moves) flows.add(from, to, times);
  return flows;
};
const STATUSES: PlacedStatus[] = [
  { status: 'In Review', kind: 'active' },
  { status: 'To Do', kind: 'waiting' },
  { status: 'In Progress', kind: 'active' },
  { status: 'Parked', kind: 'waiting' },
  { status: 'Blocked', kind: 'waiting' },
  { status: 'Done', kind: 'done' },
  { status: 'Rejected', kind: 'cancelled' },
];
const places = (flows: Flows, statuses = STATUSES) => Object.fromEntries(placesOf(statuses, flows));

describe('Places of new stages', () => {
  it('follow the way that work goes, and where it only pauses there is none', () => {
    const flows = flowsOf(
      ['To Do', 'In Progress', 20],
      ['In Progress', 'In Review', 15],
      ['In Review', 'In Progress', 6],
      ['In Review', 'Done', 9],
      ['In Progress', 'To Do', 2],
      ['In Progress', 'Parked', 5],
      ['Parked', 'In Progress', 4],
    );
    expect(places(flows)).toEqual({
      'To Do': 1,
      'In Progress': 2,
      'In Review': 3,
      Parked: null,
      Blocked: null,
      Done: 4,
      Rejected: 4,
    });
  });

  it('are the same for those that go in a circle', () => {
    const flows = flowsOf(['Build', 'Test', 3], ['Test', 'Check', 3], ['Check', 'Build', 3], ['Build', 'Done', 1]);
    const names = ['Build', 'Test', 'Check'].map((status): PlacedStatus => ({ status, kind: 'active' }));
    expect(places(flows, [...names, { status: 'Done', kind: 'done' }])).toEqual({
      Build: 1,
      Test: 1,
      Check: 1,
      Done: 2,
    });
  });

  it('without a history wait, are done, are finished', () => {
    expect(places(new Flows())).toEqual({
      'To Do': 1,
      Parked: 1,
      'In Progress': 2,
      'In Review': 2,
      Blocked: null,
      Done: 3,
      Rejected: 3,
    });
  });

  it('are read backwards from a file that is newest first', () => {
    expect(flowsOf(['A', 'B', 2]).reversed().of('B', 'A')).toBe(2);
  });
});
