import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fold } from '../../contract/metric.js';
import { equalFractions, type Fraction, minus, ZERO } from '../exact-amounts.js';
import { sumOf } from '../benefit-status.js';
import { bridgeOf } from './bridge.js';
import { type Cells, folded } from './fold.js';

const FOLDS: readonly Fold[] = [
  { of: 'count', a: null, b: null },
  { of: 'sum', a: 'x', b: null },
  { of: 'mean', a: 'x', b: null },
  { of: 'median', a: 'x', b: null },
  { of: 'ratio', a: 'x', b: 'y' },
  { of: 'complement', a: 'x', b: 'y' },
];
const isSame = (was: Cells, is: Cells): boolean => was['x'] === is['x'] && was['y'] === is['y'];
const bridged = (
  fold: Fold,
  frozen: ReadonlyMap<string, Cells>,
  live: ReadonlyMap<string, Cells>,
  order: readonly string[] = [],
) =>
  bridgeOf(frozen, live, {
    fold: (records) => folded(fold, records),
    isSame,
    changedAt: (key) => order.indexOf(key),
  });

const isEqual = (a: Fraction | null, b: Fraction | null): boolean =>
  a === null || b === null ? a === b : equalFractions(a, b);

describe('A bridge from the frozen figure to that of today', () => {
  test('of a sum tells each change as the difference of its record, in the order of the changes', () => {
    const frozen = new Map([
      ['A', { x: '10.00' }],
      ['B', { x: '5.50' }],
      ['C', { x: '1' }],
    ]);
    const live = new Map([
      ['B', { x: '4.25' }],
      ['C', { x: '1' }],
      ['D', { x: '3' }],
    ]);
    const steps = bridged(FOLDS[1]!, frozen, live, ['D', 'B', 'A']);
    expect(steps.map(({ key, was, is }) => [key, was?.['x'] ?? null, is?.['x'] ?? null])).toEqual([
      ['D', null, '3'],
      ['B', '5.50', '4.25'],
      ['A', '10.00', null],
    ]);
    const effects = [
      { n: 3n, d: 1n },
      { n: -125n, d: 100n },
      { n: -10n, d: 1n },
    ];
    expect(steps.every(({ effect }, at) => isEqual(effect, effects[at]!))).toBe(true);
  });

  test('says where there was no value on the way', () => {
    const steps = bridged(FOLDS[4]!, new Map([['A', { x: '1', y: '4' }]]), new Map([['B', { x: '1', y: '2' }]]), [
      'A',
      'B',
    ]);
    expect(steps.map(({ before, after, effect }) => [before === null, after === null, effect])).toEqual([
      [false, true, null],
      [true, false, null],
    ]);
    expect(isEqual(steps.at(-1)!.after, { n: 1n, d: 2n })).toBe(true);
  });

  const amount = fc.option(
    fc.integer({ min: -999_999, max: 999_999 }).map((units) => (units / 100).toFixed(2)),
    { freq: 8 },
  );
  const cells = fc.record({ x: amount, y: amount });
  const change = fc.record({ key: fc.integer({ min: 0, max: 12 }), cells: fc.option(cells, { freq: 3 }) });

  test.each(FOLDS)('of a $of adds up exactly after any sequence of changes', (fold) => {
    let stepsSeen = 0;
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 8 }), fc.array(change, { maxLength: 30 }), (first, changes) => {
        const frozen = new Map<string, Cells>(first.map((record, at) => [`R${at}`, record]));
        const live = new Map(frozen);
        const order: string[] = [];
        for (const { key, cells: is } of changes) {
          if (is === null) live.delete(`R${key}`);
          else live.set(`R${key}`, is);
          order.push(`R${key}`);
        }
        const steps = bridged(fold, frozen, live, order);
        stepsSeen += steps.length;
        const [from, to] = [folded(fold, [...frozen.values()]), folded(fold, [...live.values()])];
        const ends = [from, ...steps.map(({ after }) => after)];
        expect(steps.every(({ before }, at) => isEqual(before, ends[at]!))).toBe(true);
        expect(isEqual(ends.at(-1)!, to)).toBe(true);
        if (ends.some((value) => value === null)) return;
        expect(
          isEqual(
            steps.reduce((sum, { effect }) => sumOf([sum, effect]), ZERO),
            minus(to!, from!),
          ),
        ).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(stepsSeen).toBeGreaterThan(200);
  });
});
