import { describe, expect, test } from '@jest/globals';
import { bandsOf, boxesOf, handoffCounts, pairsOf, percentilesOf } from './flow-shapes.js';

describe('Panels of flow', () => {
  test('tell percentiles from ten finished items on', () => {
    expect(percentilesOf([1, 2, 3, 4, 5, 6, 7, 8, 9], 10)).toBeNull();
    const { p50, p85, p95 } = percentilesOf([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 10)!;
    expect(p50).toBe(5.5);
    expect(p85).toBeCloseTo(8.65, 12);
    expect(p95).toBeCloseTo(9.55, 12);
  });

  test('count items in boxes, each in one', () => {
    const items = [
      { at: '2026-07-01T00:00:00.000Z', days: 0 },
      { at: '2026-07-01T12:00:00.000Z', days: 31 },
      { at: '2026-07-26T23:59:59.000Z', days: 32 },
    ];
    const boxes = boxesOf(items, '2026-07-01T00:00:00.000Z', '2026-07-27T00:00:00.000Z');
    expect(boxes).toEqual([
      { at: '2026-07-01T00:00:00.000Z', until: '2026-07-02T00:00:00.000Z', low: 0, high: 2, count: 1 },
      { at: '2026-07-01T00:00:00.000Z', until: '2026-07-02T00:00:00.000Z', low: 30, high: 32, count: 1 },
      { at: '2026-07-26T00:00:00.000Z', until: '2026-07-27T00:00:00.000Z', low: 30, high: 32, count: 1 },
    ]);
  });

  test('stack what stands in each stage, what is furthest on lowest, done work since the first point', () => {
    const change = (code: string, kind: string, point: number, by: number) => ({
      code,
      name: code,
      kind,
      point,
      change: by,
    });
    const changes = [
      change('READY', 'waiting', 0, 4),
      change('READY', 'waiting', 2, -3),
      change('BUILD', 'active', 2, 3),
      change('DONE', 'done', 0, 10),
      change('DONE', 'done', 1, 2),
      change('GONE', 'cancelled', 0, 5),
    ];
    expect(bandsOf(changes, 3)).toEqual([
      { code: null, name: 'Done', kind: 'done', counts: [0, 2, 2] },
      { code: 'BUILD', name: 'BUILD', kind: 'active', counts: [0, 0, 3] },
      { code: 'READY', name: 'READY', kind: 'waiting', counts: [4, 4, 1] },
    ]);
    const many = Array.from({ length: 8 }, (_one, at) => change(`S${at}`, 'active', 0, at + 1));
    expect(bandsOf(many, 1).map(({ name, counts }) => [name, counts[0]])).toEqual([
      ['S7', 8],
      ['S6', 7],
      ['S5', 6],
      ['S4', 5],
      ['4 other stages', 10],
    ]);
  });

  test('count items by handoffs, and handoffs between teams', () => {
    expect(handoffCounts([])).toEqual([]);
    expect(handoffCounts([0, 2, 2]).map(({ items }) => items)).toEqual([1, 0, 2]);
    expect(handoffCounts([0, 8, 12]).at(-1)).toEqual({ handoffs: 8, orMore: true, items: 2 });
    expect(handoffCounts([8]).at(-1)).toEqual({ handoffs: 8, orMore: false, items: 1 });
    const teams = Array.from({ length: 12 }, (_one, at) => ({
      from: 'hub',
      to: `t${String(at).padStart(2, '0')}`,
      count: 12 - at,
    }));
    const { teams: shown, pairs } = pairsOf(teams);
    expect(shown).toEqual(['hub', 't00', 't01', 't02', 't03', 't04', 't05', 't06']);
    expect(pairs.find(({ to }) => to === null)).toEqual({ from: 'hub', to: null, count: 15 });
    expect(pairs.reduce((sum, { count }) => sum + count, 0)).toBe(78);
  });
});
