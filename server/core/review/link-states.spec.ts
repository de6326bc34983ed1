import { describe, expect, test } from '@jest/globals';
import { weightsAt, wholeLayer } from '../weights.js';
import type { ChainNode } from '../shares.js';
import { around, beside, type LinkEvent, movedBy } from './link-states.js';

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

  test('is looked for on the ways of today where there are too many events to be undone', () => {
    const [each] = beside(NODES, LIVE, [event(1, 'I2', 'N2', null)]);
    expect(each!.before).toBeNull();
    expect([...movedBy(each!, 'allocation')].sort()).toEqual(['C2', 'I2', 'N2']);
  });
});
