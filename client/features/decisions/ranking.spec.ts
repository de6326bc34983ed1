import { expect, test } from '@jest/globals';
import type { PriorityOrder } from '../../../server/contract/priority.js';
import {
  asBefore,
  differencesOf,
  isChanged,
  itemsOf,
  moved,
  movedWord,
  onTopOf,
  type Ranked,
  rankedOf,
  SHIFTED,
  standingsOf,
} from './ranking';

const of = (
  code: string,
  previousRank: number | null,
  rationale = '',
  [storedRank, storedRationale]: [number | null, string] = [null, ''],
): Ranked => ({ code, name: code, previousRank, rationale, storedRank, storedRationale });
const ranked = [of('A', 1), of('B', 2), of('C', null)];
const codes = (list: readonly Ranked[]) => list.map(({ code }) => code).join('');
const needs = (list: readonly Ranked[], wasRanked = true) =>
  [...standingsOf(list, wasRanked)].map(([code, { need, isMissing }]) => [code, need, isMissing]);
const orderWith = (...items: [code: string, rank: number | null, rationale: string | null][]): PriorityOrder => ({
  ...{ period: '2026-Q3', previousPeriod: '2026-Q2', version: '1' },
  ...{ isRanked: true, wasRanked: false, mayWrite: true, quarters: [] },
  items: items.map(([code, rank, rationale]) => ({ code, name: code, rank, previousRank: null, rationale })),
});

test('one is moved and the others keep their order; a place past the end is the end', () => {
  expect(codes(moved(ranked, 'C', 0))).toBe('CAB');
  expect(codes(moved(ranked, 'A', 1))).toBe('BAC');
  expect(codes(moved(ranked, 'A', 9))).toBe('BCA');
  expect(codes(moved(ranked, 'A', -1))).toBe('ABC');
  expect(codes(asBefore(moved(ranked, 'C', 0)))).toBe('ABC');
});

test('what differs from the quarter before is said', () => {
  const order = moved(ranked, 'C', 0);
  expect(order.map((each, index) => movedWord(each, index, true))).toEqual(['new', 'down 1', 'down 1']);
  expect(order.map((each, index) => isChanged(each, index, true))).toEqual([true, true, true]);
  expect(ranked.map((each, index) => movedWord(each, index, true))).toEqual(['as before', 'as before', 'new']);
  expect(order.map((each, index) => isChanged(each, index, false))).toEqual([false, false, false]);
});

test('whoever moves says why; what only gives way to one that is new or gone need not, and is said to be shifted', () => {
  const added = moved(ranked, 'C', 0);
  expect(needs(added)).toEqual([
    ['C', 'changed', true],
    ['A', 'shifted', false],
    ['B', 'shifted', false],
  ]);
  expect(itemsOf([of('C', null, ' The law. '), of('A', 1, 'Still.'), of('B', 2)], true)).toEqual([
    { code: 'C', rationale: 'The law.' },
    { code: 'A', rationale: 'Still.' },
    { code: 'B', rationale: SHIFTED },
  ]);
  // What stood first is there no more.
  expect(needs([of('B', 2), of('C', 3)])).toEqual([
    ['B', 'shifted', false],
    ['C', 'shifted', false],
  ]);
  expect(needs([of('B', 2), of('A', 1, 'Can wait.')])).toEqual([
    ['B', 'changed', true],
    ['A', 'changed', false],
  ]);
  expect(needs(added, false).map(([, need]) => need)).toEqual([null, null, null]);
});

test('a rank that moves again within its quarter needs other words than those stored', () => {
  const again = (a: string, b: string) => [of('B', 1, b, [2, 'Waits.']), of('A', 2, a, [1, 'First.'])];
  expect(needs(again('', ' Waits. '))).toEqual([
    ['B', 'again', true],
    ['A', 'again', true],
  ]);
  expect(needs(again('Down.', 'Up.'), false).map(([, , isMissing]) => isMissing)).toEqual([false, false]);
});

test('after a conflict one’s own order goes on top of theirs; what they said and added is kept', () => {
  const began = orderWith(['A', 1, null], ['B', 2, 'Old.'], ['GONE', 3, null]);
  const theirs = orderWith(['B', 1, 'Theirs.'], ['A', 2, null], ['NEW', null, null]);
  const mine = moved(rankedOf(began), 'GONE', 0).map((each) =>
    each.code === 'A' ? { ...each, rationale: 'Mine.' } : each,
  );
  expect(onTopOf(theirs, mine, began).map(({ code, rationale, storedRank }) => [code, rationale, storedRank])).toEqual([
    ['A', 'Mine.', 2],
    ['B', 'Theirs.', 1],
    ['NEW', '', null],
  ]);
  expect(differencesOf(theirs, mine).map(({ code, theirs: a, mine: b }) => [code, a.place, b.place])).toEqual([
    ['B', 1, 3],
    ['A', 2, 2],
    ['GONE', null, 1],
  ]);
});
