import { describe, expect, test } from '@jest/globals';
import { type Placed, unexplained } from './priority-order.js';

const placed = (
  code: string,
  rank: number | null,
  previousRank: number | null,
  rationale: string | null,
  [storedRank, storedRationale]: [number | null, string | null] = [null, null],
): Placed => ({ code, rank, previousRank, rationale, storedRank, storedRationale });

describe('a changed rank', () => {
  test('needs a rationale, a kept one does not; blanks are none', () => {
    const ranks = [
      placed('A', 1, 1, null),
      placed('B', 2, 3, null),
      placed('C', 3, 2, 'The regulator moved the date.'),
      placed('D', 4, null, '  '),
    ];
    expect(unexplained(ranks, true)).toEqual([
      { index: 1, than: 'before' },
      { index: 3, than: 'before' },
    ]);
  });

  test('needs none where it is taken away, nor where it stays while another is taken away or equal ranks change places', () => {
    const ranks = [
      placed('A', 1, 1, null, [1, null]),
      placed('D', 2, 2, 'Waits.', [2, 'Waits.']),
      placed('C', 2, 2, 'Waits.', [2, 'Waits.']),
      placed('B', null, 4, null, [4, null]),
    ];
    expect(unexplained(ranks, true)).toEqual([]);
  });

  test('does not exist where there is no ranking before', () => {
    expect(unexplained([placed('A', 1, null, null)], false)).toEqual([]);
  });

  test('needs another reason than the one stored of another rank, also in the first quarter that is ranked', () => {
    const ranks = [
      placed('B', 1, null, 'First of all.', [2, 'Second.']),
      placed('A', 2, null, ' The law. ', [1, 'The law.']),
      placed('C', 3, null, 'As it was.', [3, 'As it was.']),
    ];
    expect(unexplained(ranks, false)).toEqual([{ index: 1, than: 'stored' }]);
  });

  test('also where it goes back to the rank of the quarter before: the stored reason is no longer true', () => {
    const back = (rationale: string | null) => [
      placed('A', 1, 1, 'Back: the law is late.', [2, 'The law.']),
      placed('B', 2, 2, rationale, [1, null]),
    ];
    expect(unexplained(back(null), true)).toEqual([{ index: 1, than: 'stored' }]);
    expect(unexplained(back('Back, too.'), true)).toEqual([]);
  });

  test('is none against the stored ones where one was added above, or where ranks have gaps or are equal', () => {
    const ranks = [
      placed('NEW', 1, null, null),
      placed('A', 2, null, 'The law.', [1, 'The law.']),
      placed('B', 3, null, null, [40, null]),
      placed('C', 4, null, null, [40, null]),
    ];
    expect(unexplained(ranks, false)).toEqual([]);
  });
});
