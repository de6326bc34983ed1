import { describe, expect, test } from '@jest/globals';
import { fitting } from './fitting.js';

const chips = { widths: [100, 100, 100, 100, 100, 100], more: 50, room: 210, gap: 4, rows: 2, always: undefined };

describe('Chips on two rows', () => {
  test('are all shown where they fit', () => {
    expect(fitting({ ...chips, widths: [100, 100, 100, 100] })).toEqual([0, 1, 2, 3]);
  });

  test('leave room for the button that opens the rest', () => {
    expect(fitting(chips)).toEqual([0, 1, 2]);
    expect(fitting({ ...chips, room: 262 })).toEqual([0, 1, 2, 3]);
  });

  test('keep the chosen one in sight, in its place', () => {
    expect(fitting({ ...chips, always: 5 })).toEqual([0, 1, 5]);
    expect(fitting({ ...chips, always: 1 })).toEqual([0, 1, 2]);
  });

  test('are one at least, however narrow the page', () => {
    expect(fitting({ ...chips, room: 40 })).toEqual([0]);
    expect(fitting({ ...chips, room: 40, always: 3 })).toEqual([3]);
  });

  test('are none where there are none', () => {
    expect(fitting({ ...chips, widths: [] })).toEqual([]);
  });
});
