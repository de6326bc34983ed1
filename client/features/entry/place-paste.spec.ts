import { describe, expect, test } from '@jest/globals';
import { monthOf, placePaste, type PasteTarget } from './place-paste';

const months = ['2026-06', '2026-07', '2026-08', '2026-09'];
const onto = (given: Partial<PasteTarget> = {}): PasteTarget => ({
  rows: 3,
  months,
  selected: { top: 0, left: 0, bottom: 0, right: 0 },
  closed: () => null,
  ...given,
});
const range = (top: number, left: number, bottom = top, right = left) => ({ top, left, bottom, right });

describe('A paste keeps its shape', () => {
  test('from the top left of the selection, whatever the selection', () => {
    const { cells } = placePaste([['1', '2'], ['3']], onto({ selected: range(1, 1, 2, 3) }));
    expect(cells).toEqual([
      { row: 1, col: 1, text: '1' },
      { row: 1, col: 2, text: '2' },
      { row: 2, col: 1, text: '3' },
    ]);
  });

  test('one value fills the selection', () => {
    const { cells } = placePaste([['7']], onto({ selected: range(0, 1, 1, 2) }));
    expect(cells.map(({ row, col }) => [row, col])).toEqual([
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
    ]);
  });

  test('what lies beyond the edge is told, not wrapped', () => {
    const { cells, overflow } = placePaste(
      [
        ['1', '2', '3'],
        ['4', '5', '6'],
      ],
      onto({ selected: range(2, 2) }),
    );
    expect(cells.map(({ text }) => text)).toEqual(['1', '2']);
    expect(overflow).toEqual(['3', '4', '5', '6']);
  });

  test('what cannot be written is skipped and told, and the others are not moved', () => {
    const closed = (_: number, col: number) => (col === 1 ? 'locked' : null);
    const { cells, skipped } = placePaste([['1', '2', '3']], onto({ closed }));
    expect(cells.map(({ col, text }) => [col, text])).toEqual([
      [0, '1'],
      [2, '3'],
    ]);
    expect(skipped).toEqual([{ row: 0, col: 1, why: 'locked' }]);
  });
});

describe('A header goes only where it names the months that stand there', () => {
  test('it is left out', () => {
    const placed = placePaste(
      [
        ['Jul 2026', '2026-08'],
        ['1', '2'],
      ],
      onto({ selected: range(0, 1) }),
    );
    expect(placed.hasHeader).toBe(true);
    expect(placed.cells).toEqual([
      { row: 0, col: 1, text: '1' },
      { row: 0, col: 2, text: '2' },
    ]);
  });

  test('it stays where it names others, or where nothing follows it', () => {
    expect(placePaste([['Jul 2026'], ['1']], onto()).hasHeader).toBe(false);
    expect(placePaste([['Jun 2026']], onto()).hasHeader).toBe(false);
    expect(
      placePaste(
        [
          ['Jun 2026', 'x'],
          ['1', '2'],
        ],
        onto(),
      ).hasHeader,
    ).toBe(false);
  });

  test.each([
    ['Aug 2026', '2026-08'],
    ['August 2026', '2026-08'],
    ['Aug-26', '2026-08'],
    ['2026-08', '2026-08'],
    ['2026-08-01', '2026-08'],
    ['08/2026', '2026-08'],
    ['01.08.2026', '2026-08'],
    ['13/2026', null],
    ['1234.5', null],
    ['2026', null],
  ])('“%s” names %s', (text, month) => {
    expect(monthOf(text)).toBe(month);
  });
});
