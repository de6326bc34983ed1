/** The laws of the chain's picture, on random chains, by exact fractions: no float, no tolerance. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  caseOf,
  expectEqual,
  large,
  layers,
  min,
  PORTFOLIOS,
  questions,
  RUNS,
  total,
} from '../../tests/support/chain-cases.js';
import { graph } from '../../tests/support/random-chains.js';
import type { Layer } from '../contract/chain.js';
import { type Attribution, attribute, byKind } from '../core/attribution.js';
import { addFractions, type Fraction } from '../core/exact-amounts.js';
import { formatFraction } from '../core/money.js';
import { buildChain, LAYERS } from '../core/shares.js';
import { type Drawing, drawingOf, pictureBody } from './picture.js';
import { type View, viewOf } from './view.js';

const expectConserved = (view: View, { boxes, links }: Drawing): void => {
  const layerOf = new Map(boxes.map((box) => [box.id, box.layer]));
  for (const link of links) expect(layerOf.get(link.to)! - layerOf.get(link.from)!).toBe(1);
  LAYERS.forEach((_, layer) => {
    const column = boxes.filter((box) => box.layer === layer);
    expect(total(column.map((box) => box.cost))).toBe(view.invested);
  });
  for (const box of boxes) {
    const sum = (end: 'from' | 'to'): bigint => total(links.filter((link) => link[end] === box.id).map((l) => l.cost));
    if (box.layer > 0) expect(sum('to')).toBe(box.cost);
    if (box.layer < 4) expect(sum('from')).toBe(box.cost);
  }
};

describe('a picture', () => {
  test('adds up in each layer to what was invested, and what enters a box leaves it, whatever is asked for', () => {
    fc.assert(
      fc.property(questions, min, layers, ({ rows, whole, conditions }, least, expanded) => {
        const view = viewOf(whole, conditions);
        expectConserved(view, drawingOf(rows, view, least, expanded));
      }),
      RUNS,
    );
  });

  test('has a gap before each layer that not all spend reaches, with all that ended before it', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const { rows, whole } = caseOf(drawn);
        const view = viewOf(whole, []);
        const { boxes, links } = drawingOf(rows, view, null, new Set());
        LAYERS.forEach((type, layer) => {
          const gap = boxes.find((box) => box.id === `gap:${type}`);
          let before: Fraction = { n: 0n, d: 1n };
          for (let l = 0; l < layer; l += 1) before = addFractions(before, whole.unallocated.total(l));
          expectEqual({ n: gap?.cost ?? 0n, d: view.denominator }, before);
        });
        for (const link of links) expect(link.isGap).toBe(link.to.startsWith('gap:'));
      }),
      RUNS,
    );
  });

  test('keeps every record in its place, whatever the period costs', () => {
    fc.assert(
      fc.property(graph, fc.nat(6), (drawn, gone) => {
        const all = caseOf(drawn);
        const { nodes, links, amounts } = drawn;
        const fewer = { ...amounts, cost: new Map([...amounts.cost].filter((_, index) => index !== gone)) };
        const later = attribute(buildChain(nodes, links), fewer);
        const idsOf = (whole: Attribution): string[] =>
          drawingOf(all.rows, viewOf(whole, []), null, new Set(LAYERS)).boxes.map((box) => box.id);
        const [before, after] = [idsOf(all.whole), idsOf(later)];
        expect(after.filter((id) => before.includes(id))).toEqual(before.filter((id) => after.includes(id)));
      }),
      RUNS,
    );
  });

  test('puts investments by portfolio and code, then what one comes upon walking down, then what nothing leads to', () => {
    const named = (type: Layer, codes: string[]) => codes.map((code) => ({ type, id: `${type}:${code}`, code }));
    const nodes = [...named('investment', ['A', 'B', 'C']), ...named('initiative', ['1', '2', '3'])];
    const rows = nodes.map((node, index) => ({ ...node, name: '', owner: null, portfolio: PORTFOLIOS[index]! }));
    const pairs = [
      ['C', '3'],
      ['C', '2'],
      ['A', '1'],
      ['A', '2'],
      ['B', '1'],
    ];
    const links = pairs.map(([from, to]) => ({
      from: `investment:${from}`,
      to: `initiative:${to}`,
      allocation: from === 'B' ? '50.00' : null,
      contribution: null,
    }));
    const cost = new Map(['A', 'B', 'C'].map((code, index) => [`investment:${code}`, String(index + 1)]));
    const whole = attribute(buildChain(nodes, links), { cost, values: byKind(() => new Map()) });
    const { boxes } = drawingOf(rows, viewOf(whole, []), null, new Set());
    // C is of portfolio ACE, A of ZED, B of none; half of B ends there.
    expect(boxes.map((box) => box.id)).toEqual([
      'investment:C',
      'investment:A',
      'investment:B',
      'initiative:2',
      'initiative:3',
      'initiative:1',
      'gap:initiative',
      'gap:capability',
      'gap:outcome',
      'gap:benefit',
    ]);
    expect(boxes.map((box) => formatFraction(box.cost, viewOf(whole, []).denominator, 2)).slice(3)).toEqual([
      '2.00',
      '1.50',
      '1.50',
      '1.00',
      '6.00',
      '6.00',
      '6.00',
    ]);
  });
});

describe('a picture of many records', () => {
  const records = ({ boxes }: Drawing): number => boxes.filter((box) => box.kind !== 'gap').length;
  const flows = ({ links }: Drawing): number => links.filter((link) => !link.isGap).length;

  test.each([8, 9, 30, 250])(
    'of %i a layer holds at most 40 boxes and 60 links, the largest records among them',
    (size) => {
      const { rows, whole } = large(size);
      const view = viewOf(whole, []);
      const drawing = drawingOf(rows, view, null, new Set());
      expectConserved(view, drawing);
      expect(records(drawing)).toBeLessThanOrEqual(40);
      expect(flows(drawing)).toBeLessThanOrEqual(60);
      expect(records(drawing)).toBeGreaterThanOrEqual(20);
      for (const box of drawing.boxes.filter(({ kind }) => kind === 'smaller')) {
        const own = drawing.boxes.filter(({ kind, layer }) => kind === 'record' && layer === box.layer);
        const least = own.map(({ cost }) => cost).reduce((a, b) => (a < b ? a : b));
        expect(box.nodes.every((node) => view.cost[node]! <= least)).toBe(true);
        expect(box.nodes.length + own.length).toBe(size);
      }
      const body = pictureBody(rows, view, drawing, new Map(), 2);
      expect(body.layers).toEqual(
        LAYERS.map((type, layer) => ({
          type,
          records: size,
          shown: drawing.boxes.filter((box) => box.layer === layer && box.kind === 'record').length,
        })),
      );
    },
  );

  test('shows a layer one by one when asked, at most 200 of it, and leaves the other layers as they were', () => {
    for (const [size, shown, rest] of [
      [30, 30, 0],
      [250, 200, 50],
    ] as const) {
      const { rows, whole } = large(size);
      const view = viewOf(whole, []);
      const drawing = drawingOf(rows, view, null, new Set(['initiative']));
      expectConserved(view, drawing);
      const own = (kind: string) => drawing.boxes.filter((box) => box.layer === 1 && box.kind === kind);
      expect(own('record').length).toBe(shown);
      expect(own('smaller').map((box) => box.nodes.length)).toEqual(rest > 0 ? [rest] : []);
      const others = ({ boxes }: Drawing) => boxes.filter((box) => box.layer !== 1).map((box) => box.id);
      expect(others(drawing)).toEqual(others(drawingOf(rows, view, null, new Set())));
    }
  });

  test('names the box of smaller records by how many they are, and takes records without spend out of it', () => {
    const { rows, whole } = large(6, 2);
    const view = viewOf(whole, []);
    const body = pictureBody(rows, view, drawingOf(rows, view, { n: 2n, d: 1n }, new Set()), new Map(), 2);
    const first = body.nodes.filter((node) => node.type === 'investment');
    expect(first.map(({ id, name, records: count, cost }) => [id, name, count, cost])).toEqual([
      ['investment:C-1', 'investment-1', 1, '2.00'],
      ['smaller:investment', '1 smaller investment', 1, '1.00'],
    ]);
    expect(body.layers[0]).toEqual({ type: 'investment', records: 6, shown: 1 });
    // The sixth initiative gets nothing of the two that cost.
    expect(body.nodes.filter((node) => node.type === 'initiative').map((node) => node.name)).toEqual([
      '5 smaller initiatives',
    ]);
    expect(body.layers[1]).toEqual({ type: 'initiative', records: 6, shown: 0 });
  });
});
