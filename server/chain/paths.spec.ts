/** The laws of views and of the paths in them, on random chains, by exact fractions: no float, no tolerance. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  caseOf,
  costOf,
  expectEqual,
  large,
  listed,
  meetsAll,
  min,
  questions,
  RUNS,
  wayOf,
} from '../../tests/support/chain-cases.js';
import { graph } from '../../tests/support/random-chains.js';
import { type Fraction } from '../core/exact-amounts.js';
import { type Path, pathsOf, placeOf, TooManyPaths } from './paths.js';
import { viewOf } from './view.js';

describe('a view', () => {
  test('holds the spend of those paths that meet every condition, each counted once: in all, by record, by link, by where it ends', () => {
    fc.assert(
      fc.property(questions, ({ whole, conditions }) => {
        const view = viewOf(whole, conditions);
        const meeting = listed(whole, viewOf(whole, [])).filter((path) => meetsAll(path, conditions));
        const over = (of: readonly Path[]): Fraction => costOf(of);
        const held = (n: bigint): Fraction => ({ n, d: view.denominator });
        expectEqual(held(view.invested), over(meeting));
        view.cost.forEach((cost, node) =>
          expectEqual(held(cost), over(meeting.filter((path) => path.nodes.includes(node)))),
        );
        view.linkCost.forEach((cost, link) =>
          expectEqual(held(cost), over(meeting.filter((path) => path.links.includes(link)))),
        );
        view.ends.forEach((cost, node) => {
          const here = meeting.filter((path) => path.nodes.at(-1) === node && whole.chain.layerOf[node] !== 4);
          expectEqual(held(cost), over(here));
        });
      }),
      RUNS,
    );
  });

  test('through one record is what that record costs', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const { whole } = caseOf(drawn);
        for (const node of whole.chain.nodes.keys()) {
          const view = viewOf(whole, [new Set([node])]);
          expectEqual({ n: view.invested, d: view.denominator }, whole.cost.at(node)!);
        }
      }),
      RUNS,
    );
  });

  test('without conditions is the whole chain', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const { whole } = caseOf(drawn);
        const view = viewOf(whole, []);
        const held = (n: bigint): Fraction => ({ n, d: view.denominator });
        view.cost.forEach((cost, node) => expectEqual(held(cost), whole.cost.at(node)!));
        view.ends.forEach((cost, node) => expectEqual(held(cost), whole.unallocated.at(node) ?? { n: 0n, d: 1n }));
        view.linkCost.forEach((cost, link) => expectEqual(held(cost), whole.linkCost.at(link)!));
        expect([...view.isInView]).toEqual(whole.chain.nodes.map(() => 1));
      }),
      RUNS,
    );
  });
});

describe('paths', () => {
  test('that meet the conditions are found without looking at the others, in the same order', () => {
    fc.assert(
      fc.property(questions, ({ whole, conditions }) => {
        const all = listed(whole, viewOf(whole, []));
        const asked = listed(whole, viewOf(whole, conditions));
        // A path without cost may end where links lead on only if nothing is left over there, so that both lists hold the same.
        expect(asked.map(wayOf)).toEqual(all.filter((path) => meetsAll(path, conditions)).map(wayOf));
      }),
      RUNS,
    );
  });

  test('come largest first and by code, each after the place of the one before, and min leaves out what costs less', () => {
    fc.assert(
      fc.property(questions, min, ({ rows, whole, conditions }, least) => {
        const view = viewOf(whole, conditions);
        const list = pathsOf(whole, view, null, 2, 100_000);
        const all = list.slice(0, list.total);
        expectEqual(list.cost, costOf(all));
        all.forEach((path, index) => {
          expect(list.positionAfter(placeOf(path, rows), rows)).toBe(index + 1);
          const next = all[index + 1];
          if (next) expect(path.units >= next.units).toBe(true);
        });
        const enough = all.filter(({ cost }) => least === null || cost.n * least.d >= least.n * cost.d);
        expect(listed(whole, view, least).map(wayOf)).toEqual(enough.map(wayOf));
      }),
      RUNS,
    );
  });

  test('hold every record of the chain, those too that no spend reaches', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const { whole } = caseOf(drawn);
        const held = new Set(listed(whole, viewOf(whole, [])).flatMap((path) => path.nodes));
        expect(held.size).toBe(whole.chain.nodes.length);
      }),
      RUNS,
    );
  });

  test('are refused where there are more than asked for', () => {
    const { whole } = large(8);
    const view = viewOf(whole, []);
    const count = listed(whole, view).length;
    expect(pathsOf(whole, view, null, 2, count).total).toBe(count);
    expect(() => pathsOf(whole, view, null, 2, count - 1)).toThrow(TooManyPaths);
  });
});
