import { describe, expect, test } from '@jest/globals';
import { at, cellsIn, moved, rangeOf, stepped, type Selection } from './selection';

const size = { rows: 10, cols: 5, page: 4 };
const press = (key: string, given: { ctrl?: boolean; shift?: boolean } = {}) => ({
  key,
  ctrlKey: given.ctrl ?? false,
  metaKey: false,
  shiftKey: given.shift ?? false,
});
const go = (from: Selection, key: string, given: { ctrl?: boolean; shift?: boolean } = {}) =>
  moved(from, press(key, given), size);

describe('The keys of the grid pattern', () => {
  test.each<[string, { ctrl?: boolean }, [number, number]]>([
    ['ArrowDown', {}, [3, 2]],
    ['ArrowUp', {}, [1, 2]],
    ['ArrowLeft', {}, [2, 1]],
    ['ArrowRight', {}, [2, 3]],
    ['ArrowDown', { ctrl: true }, [9, 2]],
    ['ArrowUp', { ctrl: true }, [0, 2]],
    ['Home', {}, [2, 0]],
    ['End', {}, [2, 4]],
    ['Home', { ctrl: true }, [0, 0]],
    ['End', { ctrl: true }, [9, 4]],
    ['PageDown', {}, [6, 2]],
    ['PageUp', {}, [0, 2]],
  ])('%s %j leads from the third row and column to %j', (key, given, [row, col]) => {
    expect(go(at(2, 2), key, given)).toEqual(at(row, col));
  });

  test('the name of the row stands left of the first month, and is never selected', () => {
    expect(go(at(2, 0), 'ArrowLeft')).toEqual(at(2, -1));
    expect(go(at(2, 0), 'ArrowLeft', { shift: true })?.head).toEqual({ row: 2, col: 0 });
    expect(rangeOf(at(2, -1))).toEqual({ top: 2, bottom: 2, left: 0, right: 0 });
  });

  test('Shift keeps one corner, and the edge is the end', () => {
    const selection = go(go(at(8, 3), 'ArrowDown', { shift: true })!, 'ArrowRight', { shift: true })!;
    expect(rangeOf(selection)).toEqual({ top: 8, bottom: 9, left: 3, right: 4 });
    expect(go(selection, 'ArrowDown', { shift: true })).toEqual(selection);
    expect(cellsIn(rangeOf(selection))).toHaveLength(4);
  });

  test('other keys move nothing', () => {
    expect(go(at(0, 0), 'x')).toBeNull();
  });

  test('Tab goes on in the next row, and at the last cell nowhere', () => {
    expect(stepped({ row: 2, col: 4 }, 'right', size)).toEqual({ row: 3, col: 0 });
    expect(stepped({ row: 9, col: 4 }, 'right', size)).toEqual({ row: 9, col: 4 });
    expect(stepped({ row: 3, col: 0 }, 'left', size)).toEqual({ row: 2, col: 4 });
    expect(stepped({ row: 9, col: 1 }, 'down', size)).toEqual({ row: 9, col: 1 });
  });
});
