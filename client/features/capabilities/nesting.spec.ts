import { expect, test } from '@jest/globals';
import { moved } from './nesting';

const ITEMS = [
  { code: 'A', parent: null },
  { code: 'A1', parent: 'A' },
  { code: 'A2', parent: 'A' },
  { code: 'B', parent: null },
  { code: 'C', parent: 'OUTSIDE' },
];

test.each([
  ['A', 'ArrowRight', 'B'],
  ['B', 'ArrowLeft', 'A'],
  ['B', 'ArrowRight', 'C'],
  ['C', 'ArrowRight', null],
  ['A', 'ArrowDown', 'A1'],
  ['A1', 'ArrowRight', 'A2'],
  ['A2', 'ArrowUp', 'A'],
  ['A', 'ArrowUp', null],
  ['A', 'End', 'C'],
  ['C', 'Home', 'A'],
  ['A', 'Enter', null],
])('from %s, %s leads to %s', (from, key, to) => {
  expect(moved(ITEMS, from, key)).toBe(to);
});
