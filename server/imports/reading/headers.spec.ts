import { describe, expect, it } from '@jest/globals';
import { columnLetters, matchHeader } from './headers.js';

const known = ['code', 'name', 'parent_code'];

describe('matching a header', () => {
  it('finds columns in any order, without regard to case, spaces, underscores and line breaks', () => {
    const matched = matchHeader(['Parent Code', 'NAME', ' co de\n'], known, ['code']);
    expect(Object.fromEntries(matched.positions)).toEqual({ parent_code: 0, name: 1, code: 2 });
    expect(matched.problems).toEqual([]);
    expect(matched.unknown).toEqual([]);
  });

  it('lists unknown columns as they stand, and nameless ones by their letter', () => {
    expect(matchHeader(['code', 'Cost Centre', '', 'name'], known, ['code']).unknown).toEqual([
      'Cost Centre',
      'column C',
    ]);
  });

  it('reports a known column that stands three times once, at row 1', () => {
    const { problems } = matchHeader(['code', 'Code', 'CO_DE'], known, ['code']);
    expect(problems).toEqual([
      { row: 1, column: 'code', code: 'header.twice', message: expect.stringContaining('twice') },
    ]);
  });

  it('reports a missing key column once, at row 1, and no missing other column', () => {
    const { problems } = matchHeader(['name'], known, ['code']);
    expect(problems).toMatchObject([{ row: 1, column: 'code', code: 'header.missing' }]);
  });

  it('says so where row 1 is blank', () => {
    expect(matchHeader([], known, ['code']).problems[0]?.message).toContain('Row 1 is blank');
  });

  it('names columns like a sheet does', () => {
    expect([0, 25, 26, 27, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AB', 'ZZ', 'AAA']);
  });
});
