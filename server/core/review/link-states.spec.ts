import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attribute, byKind } from '../attribution.js';
import { equalFractions, type Fraction, whole } from '../exact-amounts.js';
import { weightsAt, wholeLayer } from '../weights.js';
import { type Chain, type ChainLink, type ChainNode, LAYERS } from '../shares.js';
import {
  arriving,
  backwards,
  comingThrough,
  type Direction,
  type LinkEvent,
  movedBy,
  otherEnds,
} from './link-states.js';

const NODES: ChainNode[] = [
  ...['I1', 'I2'].map((id): ChainNode => ({ type: 'investment', id })),
  ...['N1', 'N2'].map((id): ChainNode => ({ type: 'initiative', id })),
  ...['C1', 'C2'].map((id): ChainNode => ({ type: 'capability', id })),
];
const link = (from: string, to: string, allocation: string | null = null) => ({
  ...{ from, to, allocation },
  contribution: null,
});
const LIVE = [link('I1', 'N1', '70'), link('I1', 'N2'), link('I2', 'N2'), link('N1', 'C1', '0'), link('N2', 'C2')];
const event = (seq: number, from: string, to: string, before: LinkEvent['links'][number]['before']): LinkEvent => ({
  seq,
  links: [{ from, to, before }],
});

/** The earliest first. */
const around = (...asked: Parameters<typeof backwards>) => [...backwards(...asked)].reverse();

describe('What was done to links', () => {
  test('is undone from the links of today, event by event', () => {
    const events = [
      event(1, 'I1', 'N1', { allocation: '60' }),
      event(2, 'N2', 'C2', null),
      event(3, 'I1', 'N1', { allocation: null }),
    ];
    const [first, second, third] = around(NODES, LIVE, events);
    const shareOf = (chain: (typeof first & {})['before'], from: string) =>
      chain!.links.find((each) => each.from === from && each.to === 'N1')?.allocation;
    expect([shareOf(first!.before, 'I1'), shareOf(second!.before, 'I1'), shareOf(third!.before, 'I1')]).toEqual([
      '60',
      null,
      null,
    ]);
    expect(third!.after!.links).toHaveLength(5);
    expect([second!.before!.links.length, second!.after!.links.length]).toEqual([4, 5]);
    const { numerators } = weightsAt(second!.before!, 'allocation', wholeLayer(second!.before!, 2));
    expect(numerators.slice(0, 2)).toEqual([0n, 0n]);
  });

  test('moves what goes by a link whose share it changed, also one that shares what others leave', () => {
    const [each] = around(NODES, LIVE, [event(1, 'I1', 'N1', { allocation: '60' })]);
    // N1 leads nowhere: its only share is 0.
    expect([...movedBy(each!, 'allocation')].sort()).toEqual(['C2', 'I1', 'N1', 'N2']);
    expect([...movedBy(each!, 'contribution')]).toEqual([]);
  });

  test('may have moved all that goes by a link of which nobody knows what it was', () => {
    const [each] = around(NODES, LIVE, [event(1, 'I2', 'N2', undefined)]);
    expect([...movedBy(each!, 'allocation')].sort()).toEqual(['C2', 'I2', 'N2']);
  });

  test('makes no chain where what is known of it contradicts itself, and then moves nothing for certain', () => {
    const [each] = around(NODES, LIVE, [event(1, 'I1', 'N2', { allocation: '50' })]);
    expect([each!.before, each!.after === null]).toEqual([null, false]);
    expect([...movedBy(each!, 'allocation')].sort()).toEqual(['C2', 'I1', 'N2']);
  });

  test('is looked for on the ways of the links after it where there are too many events to be undone', () => {
    const events = [event(1, 'I2', 'N2', null), event(2, 'I1', 'N1', { allocation: '60' }), event(3, 'N2', 'C2', null)];
    const [loose, exact, last] = around(NODES, LIVE, events, 2);
    expect([loose!.before, exact!.before === null, exact!.after === last!.before]).toEqual([null, false, true]);
    // The last brought the only way on from N2.
    expect([...movedBy(loose!, 'allocation')].sort()).toEqual(['I2', 'N2']);
    expect(movedBy(exact!, 'allocation')).toEqual(movedBy(around(NODES, LIVE, events)[1]!, 'allocation'));
  });
});

describe('An event on a link', () => {
  const PER_LAYER = 2;
  const nodes = LAYERS.flatMap((type) =>
    Array.from({ length: PER_LAYER }, (_, at): ChainNode => ({ type, id: `${type} ${at}` })),
  );
  const share = fc.constantFrom(null, '0', '10', '25', '33.33');
  /** What is done to one link after another: it gets these shares, or goes. */
  const deeds = fc.array(
    fc.record({
      ...{ layer: fc.nat(LAYERS.length - 2), from: fc.nat(PER_LAYER - 1), to: fc.nat(PER_LAYER - 1) },
      shares: fc.option(fc.record({ allocation: share, contribution: share }), { freq: 4 }),
    }),
    { minLength: 10, maxLength: 40 },
  );
  type Deeds = typeof deeds extends fc.Arbitrary<infer D> ? D : never;
  const idOf = (layer: number, at: number): string => `${LAYERS[layer]} ${at}`.replaceAll(' ', '-');
  const named = nodes.map((node) => ({ ...node, id: node.id.replaceAll(' ', '-') }));

  const done = (all: Deeds) => {
    const live = new Map<string, ChainLink>();
    const events = all.map(({ layer, from, to, shares }, seq): LinkEvent => {
      const ends = { from: idOf(layer, from), to: idOf(layer + 1, to) };
      const before = live.get(JSON.stringify(ends)) ?? null;
      if (shares) live.set(JSON.stringify(ends), { ...ends, ...shares });
      else live.delete(JSON.stringify(ends));
      return { seq, links: [{ ...ends, before }] };
    });
    return around(named, [...live.values()], events);
  };
  const isOther = (was: Fraction | null, is: Fraction | null): boolean =>
    !equalFractions(was ?? whole(0), is ?? whole(0));
  const NONE: ReadonlyMap<string, string> = new Map();
  /** What one investment or benefit alone brings to each node. */
  const brought = (chain: Chain, direction: Direction, id: string) => {
    const one = new Map([[id, '1']]);
    return direction === 'allocation'
      ? attribute(chain, { cost: one, values: byKind(() => NONE) }).cost
      : attribute(chain, { cost: NONE, values: byKind(() => one) }).values.realised;
  };

  test('is named where it can have moved what arrives, by an amount that somebody holds, and only there', () => {
    const seen = { moved: 0, unmoved: 0 };
    fc.assert(
      fc.property(deeds, fc.subarray(named.map(({ id }) => id)), (all, holding) => {
        const holders = new Set(holding);
        for (const { before, after } of done(all))
          for (const direction of ['allocation', 'contribution'] as const) {
            const [was, is] = [arriving(before!, direction, holders), arriving(after!, direction, holders)];
            const layer = direction === 'allocation' ? 'investment' : 'benefit';
            const alone = named
              .filter(({ type, id }) => type === layer && holders.has(id))
              .map(({ id }) => [brought(before!, direction, id), brought(after!, direction, id)] as const);
            const canMove = named.map((_, at) => alone.some(([then, now]) => isOther(then.at(at), now.at(at))));
            expect([direction, named.map((_, at) => isOther(was(at), is(at)))]).toEqual([direction, canMove]);
            for (const moved of canMove) seen[moved ? 'moved' : 'unmoved'] += 1;
          }
      }),
      { numRuns: 60 },
    );
    expect(Math.min(seen.moved, seen.unmoved)).toBeGreaterThan(200);
  });

  test('is named to an investment where it can have moved what of it comes through to a layer', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        for (const { before, after } of done(all)) {
          const [was, is] = [comingThrough(before!, 'capability'), comingThrough(after!, 'capability')];
          for (let at = 0; at < PER_LAYER; at += 1) {
            const [then, now] = [before!, after!].map((chain) => brought(chain, 'allocation', named[at]!.id)) as [
              ReturnType<typeof brought>,
              ReturnType<typeof brought>,
            ];
            const canMove = named.some(
              ({ type }, place) => type === 'capability' && isOther(then.at(place), now.at(place)),
            );
            expect(isOther(was(at), is(at))).toBe(canMove);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('is named to the ends of a link that it brought or took away', () => {
    const deed = { layer: 0, from: 0, to: 1 };
    const ofShares = (allocation: '10' | '25') => ({ ...deed, shares: { allocation, contribution: null } });
    const events = done([ofShares('10'), ofShares('25'), { ...deed, shares: null }, { ...deed, shares: null }]);
    expect(events.map((each) => otherEnds(each).length)).toEqual([1, 0, 1, 0]);
  });
});
