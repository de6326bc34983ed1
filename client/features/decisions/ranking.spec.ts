import { expect, test } from '@jest/globals';
import { asBefore, isChanged, moved, movedWord, type Ranked } from './ranking';

const of = (code: string, previousRank: number | null): Ranked => ({ code, name: code, previousRank, rationale: '' });
const ranked = [of('A', 1), of('B', 2), of('C', null)];
const codes = (list: readonly Ranked[]) => list.map(({ code }) => code).join('');

test('one is moved and the others keep their order; a place past the end is the end', () => {
  expect(codes(moved(ranked, 'C', 0))).toBe('CAB');
  expect(codes(moved(ranked, 'A', 1))).toBe('BAC');
  expect(codes(moved(ranked, 'A', 9))).toBe('BCA');
  expect(codes(moved(ranked, 'A', -1))).toBe('ABC');
  expect(codes(asBefore(moved(ranked, 'C', 0)))).toBe('ABC');
});

test('what differs from the quarter before is said, and must be explained', () => {
  const order = moved(ranked, 'C', 0);
  expect(order.map((each, index) => movedWord(each, index, true))).toEqual(['new', 'down 1', 'down 1']);
  expect(order.map((each, index) => isChanged(each, index, true))).toEqual([true, true, true]);
  expect(ranked.map((each, index) => movedWord(each, index, true))).toEqual(['as before', 'as before', 'new']);
  expect(order.map((each, index) => isChanged(each, index, false))).toEqual([false, false, false]);
});
