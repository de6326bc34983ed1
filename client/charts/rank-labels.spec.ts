import { expect, test } from '@jest/globals';
import { namesWithRoom, rankTicks } from './rank-labels';

test('ranks at the axis go by a step that leaves them room, from 1 on', () => {
  expect(rankTicks(7, 16)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(rankTicks(12, 10)).toEqual([1, 3, 5, 7, 9, 11]);
  expect(rankTicks(164, 10)).toEqual([1, 21, 41, 61, 81, 101, 121, 141, 161]);
  expect(rankTicks(10_000, 16)).toHaveLength(10);
  expect(rankTicks(1, 16)).toEqual([1]);
  expect(rankTicks(40, 0.5)).toEqual([1]);
});

test('names are written where there is room; those that moved go first', () => {
  const names = [
    { key: 'A', at: 0, isMoved: false },
    { key: 'B', at: 5, isMoved: true },
    { key: 'C', at: 15, isMoved: false },
    { key: 'D', at: 30, isMoved: false },
    { key: 'E', at: 30, isMoved: false },
  ];
  expect([...namesWithRoom(names, 10)].sort()).toEqual(['B', 'C', 'D']);
});
