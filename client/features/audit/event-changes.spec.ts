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

  test('of an entry is by benefit and month', () => {
    expect(
      changesOf({
        before: { items: ['B-1', 'B-2'].map((benefit) => ({ benefit, month: '2026-07', realised: null })) },
        after: {
          reason: 'July',
          items: [
            { benefit: 'B-1', month: '2026-07', realised: '1.00' },
            { benefit: 'B-2', month: '2026-07', realised: '2.00' },
          ],
        },
      }),
    ).toEqual([
      { field: 'B-1 2026-07 realised', from: null, to: '1.00' },
      { field: 'B-2 2026-07 realised', from: null, to: '2.00' },
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

  test('of an import is its files, what it did to each table, and the digest of its changes', () => {
    const tables = {
      links: { created: 2241, updated: 0, unchanged: 5, skipped: 0 },
      benefits: { created: 0, updated: 3, unchanged: 0, skipped: 1 },
      forums: { created: 0, updated: 0, unchanged: 4, skipped: 0 },
    };
    expect(changesOf({ before: null, after: { fileNames: ['a.csv', 'b.csv'], tables, changes: '1cc' } })).toEqual([
      { field: 'fileNames', from: null, to: 'a.csv, b.csv' },
      { field: 'links', from: null, to: '2,241 created' },
      { field: 'benefits', from: null, to: '3 updated, 1 skipped' },
      { field: 'digestOfChanges', from: null, to: '1cc' },
    ]);
  });

  test('of lists and objects is their words, never their JSON', () => {
    const grants = [{ role: 'portfolio_manager', portfolioCode: 'DIG', orgUnitCode: null }, { role: 'cio' }];
    expect(changesOf({ before: null, after: { grants } })[0]!.to).toBe('portfolio manager of DIG; cio');
  });
});
