import { expect, test } from '@jest/globals';
import type { PriorityOrder } from '../../../server/contract/priority.js';
import {
  allRanked,
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
  steadyCount,
} from './ranking';

const of = (
  code: string,
  rank: number | null,
  previousRank: number | null,
  rationale = '',
  [storedRank, storedRationale]: [number | null, string] = [null, ''],
): Ranked => ({ code, name: code, rank, previousRank, rationale, storedRank, storedRationale });
const ranked = [of('A', 1, 1), of('B', 2, 2), of('C', 3, null)];
/** With equal ranks, a gap, and one that is not ranked. */
const uneven = [of('A', 1, 1), of('B', 2, 2), of('C', 2, 2), of('D', 5, 5), of('E', null, null)];
const ranks = (list: readonly Ranked[]) => list.map(({ code, rank }) => `${code}${rank ?? ''}`).join(' ');
const needs = (list: readonly Ranked[], wasRanked = true) =>
  [...standingsOf(list, wasRanked)].map(([code, { need, isMissing }]) => [code, need, isMissing]);
const orderWith = (...items: [code: string, rank: number | null, rationale: string | null][]): PriorityOrder => ({
  ...{ period: '2026-Q3', previousPeriod: '2026-Q2', version: '1' },
  ...{ isRanked: true, wasRanked: false, mayWrite: true, quarters: [] },
  items: items.map(([code, rank, rationale]) => ({ code, name: code, rank, previousRank: null, rationale })),
});

test('one is moved and the others keep their order; a place past the end is the end', () => {
  expect(ranks(moved(ranked, 'C', 0, 'ranked'))).toBe('C1 A2 B3');
  expect(ranks(moved(ranked, 'A', 1, 'ranked'))).toBe('B1 A2 C3');
  expect(ranks(moved(ranked, 'A', 9, 'ranked'))).toBe('B1 C2 A3');
  expect(ranks(moved(ranked, 'A', -1, 'ranked'))).toBe('A1 B2 C3');
  expect(ranks(asBefore(moved(ranked, 'C', 0, 'ranked')))).toBe('A1 B2 C');
});

test('ranks that are equal or leave gaps stay where nothing moved, and so does what is not ranked', () => {
  const order = orderWith(['A', 1, null], ['B', 2, null], ['C', 2, null], ['D', 5, null], ['E', null, null]);
  expect(itemsOf(rankedOf(order), false).map(({ rank }) => rank)).toEqual([1, 2, 2, 5, null]);
  expect(ranks(moved(uneven, 'B', 0, 'ranked'))).toBe('B1 A2 C3 D5 E');
  expect(ranks(moved(uneven, 'D', 2, 'ranked'))).toBe('A1 B2 D3 C5 E');
  expect(ranks(moved(uneven, 'C', 9, 'ranked'))).toBe('A1 B2 D3 C5 E');
});

test('what is left out has no rank, and what is added gets one; the others give way', () => {
  expect(ranks(moved(uneven, 'A', 3, 'unranked'))).toBe('B1 C1 D4 A E');
  expect(ranks(moved(uneven, 'C', 3, 'unranked'))).toBe('A1 B2 D4 C E');
  expect(ranks(moved(uneven, 'D', 9, 'unranked'))).toBe('A1 B2 C2 E D');
  expect(ranks(moved(uneven, 'E', 0, 'ranked'))).toBe('E1 A2 B3 C3 D6');
  expect(ranks(moved(uneven, 'E', 4, 'ranked'))).toBe('A1 B2 C2 D5 E6');
  expect(ranks(allRanked(moved(uneven, 'A', 3, 'unranked')))).toBe('B1 C1 D4 A5 E6');
  expect(needs([of('A', 1, 1), of('B', null, 2, '', [2, ''])]).map(([, need]) => need)).toEqual([null, null]);
});

test('what differs from the quarter before is said', () => {
  const order = moved(ranked, 'C', 0, 'ranked');
  expect(order.map((each) => movedWord(each, true))).toEqual(['new', 'down 1', 'down 1']);
  expect(order.map((each) => isChanged(each, true))).toEqual([true, true, true]);
  expect(ranked.map((each) => movedWord(each, true))).toEqual(['as before', 'as before', 'new']);
  expect(order.map((each) => isChanged(each, false))).toEqual([false, false, false]);
  expect([of('A', null, 4), of('B', null, null)].map((each) => movedWord(each, true))).toEqual(['was 4', 'not ranked']);
});

test('whoever moves says why; what only gives way to one that is new or gone need not, and is said to be shifted', () => {
  const added = moved(ranked, 'C', 0, 'ranked');
  expect(needs(added)).toEqual([
    ['C', 'changed', true],
    ['A', 'shifted', false],
    ['B', 'shifted', false],
  ]);
  expect(itemsOf([of('C', 1, null, ' The law. '), of('A', 2, 1, 'Still.'), of('B', 3, 2)], true)).toEqual([
    { code: 'C', rank: 1, rationale: 'The law.' },
    { code: 'A', rank: 2, rationale: 'Still.' },
    { code: 'B', rank: 3, rationale: SHIFTED },
  ]);
  // What stood first is there no more.
  expect(needs([of('B', 1, 2), of('C', 2, 3)])).toEqual([
    ['B', 'shifted', false],
    ['C', 'shifted', false],
  ]);
  expect(needs([of('B', 1, 2), of('A', 2, 1, 'Can wait.')])).toEqual([
    ['B', 'changed', true],
    ['A', 'changed', false],
  ]);
  expect(needs(added, false).map(([, need]) => need)).toEqual([null, null, null]);
});

test('steady is what had one rank in every ranked quarter: what was new or left out in one of them is not', () => {
  const kept = [1, null, 1, 1];
  expect(steadyCount([kept, [2, null, null, 2], [null, null, null, 3], [3, null, 2, null]])).toBe(1);
  expect(steadyCount([kept, [2, null, 2, 2], [3, null, 3, 4]])).toBe(2);
  expect(steadyCount([[null, null]])).toBe(0);
});

test('a rank that moves again within its quarter needs other words than those stored', () => {
  const again = (a: string, b: string) => [of('B', 1, 1, b, [2, 'Waits.']), of('A', 2, 2, a, [1, 'First.'])];
  expect(needs(again('', ' Waits. '))).toEqual([
    ['B', 'again', true],
    ['A', 'again', true],
  ]);
  expect(needs(again('Down.', 'Up.'), false).map(([, , isMissing]) => isMissing)).toEqual([false, false]);
});

test('after a conflict one’s own order goes on top of theirs; what they said and added is kept', () => {
  const began = orderWith(['A', 1, null], ['B', 2, 'Old.'], ['GONE', 3, null]);
  const theirs = orderWith(['B', 1, 'Theirs.'], ['A', 2, null], ['NEW', null, null]);
  const mine = moved(rankedOf(began), 'GONE', 0, 'ranked').map((each) =>
    each.code === 'A' ? { ...each, rationale: 'Mine.' } : each,
  );
  expect(
    onTopOf(theirs, mine, began).map(({ code, rank, rationale, storedRank }) => [code, rank, rationale, storedRank]),
  ).toEqual([
    ['A', 1, 'Mine.', 2],
    ['B', 2, 'Theirs.', 1],
    ['NEW', null, '', null],
  ]);
  expect(differencesOf(theirs, mine).map(({ code, theirs: a, mine: b }) => [code, a.place, b.place])).toEqual([
    ['B', 1, 3],
    ['A', 2, 2],
    ['GONE', null, 1],
  ]);
});
