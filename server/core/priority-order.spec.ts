import { describe, expect, test } from '@jest/globals';
import { unexplained } from './priority-order.js';

const placed = (code: string, rank: number, previousRank: number | null, rationale: string | null) => ({
  code,
  rank,
  previousRank,
  rationale,
});

describe('a changed rank', () => {
  test('needs a rationale, a kept one does not; blanks are none', () => {
    const ranks = [
      placed('A', 1, 1, null),
      placed('B', 2, 3, null),
      placed('C', 3, 2, 'The regulator moved the date.'),
      placed('D', 4, null, '  '),
    ];
    expect(unexplained(ranks, true)).toEqual([1, 3]);
  });

  test('does not exist where the quarter before has no ranking', () => {
    expect(unexplained([placed('A', 1, null, null)], false)).toEqual([]);
  });
});
