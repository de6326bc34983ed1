import { describe, expect, test } from '@jest/globals';
import { changesOf } from './event-changes';

describe('What an event changed', () => {
  test('is each field with what it was and is, without versions and clocks', () => {
    expect(
      changesOf({
        before: { ownerEmail: null, name: 'Old', version: 1, updatedAt: 'a' },
        after: { ownerEmail: 'ada@example.org', name: 'New', version: 2, updatedAt: 'b' },
      }),
    ).toEqual([
      { field: 'ownerEmail', from: null, to: 'ada@example.org' },
      { field: 'name', from: 'Old', to: 'New' },
    ]);
  });

  test('of a grid is by month, and by kind of cost', () => {
    expect(
      changesOf({
        before: { items: [{ month: '2026-07', kind: 'capex', planned: '1.00', actual: null, version: 1 }] },
        after: {
          items: [
            { month: '2026-07', kind: 'capex', planned: '1.00', actual: '2.00', version: 2 },
            { month: '2026-08', kind: 'opex', planned: '3.00', actual: null, version: 1 },
          ],
        },
      }),
    ).toEqual([
      { field: '2026-07 capex actual', from: null, to: '2.00' },
      { field: '2026-08 opex planned', from: null, to: '3.00' },
    ]);
  });

  test('of a new object is everything it has; of an archived one everything it had', () => {
    expect(changesOf({ before: null, after: { code: 'B', type: null } })).toEqual([
      { field: 'code', from: null, to: 'B' },
    ]);
    expect(changesOf({ before: { code: 'B' }, after: null })).toEqual([{ field: 'code', from: 'B', to: null }]);
  });

  test('of an import is its files and its counts, in words', () => {
    expect(
      changesOf({
        before: null,
        after: { fileNames: ['a.csv', 'b.csv'], tables: { links: { created: 2, updated: 0 } } },
      }),
    ).toEqual([
      { field: 'fileNames', from: null, to: 'a.csv, b.csv' },
      { field: 'tables', from: null, to: 'links: created: 2; updated: 0' },
    ]);
  });
});
