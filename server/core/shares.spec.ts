import { describe, expect, test } from '@jest/globals';
import { buildChain, type Chain, type ChainLink, type ChainNode, effectiveShare, isAssumed } from './shares.js';

const nodes: ChainNode[] = [
  { type: 'investment', id: 'INV-1' },
  { type: 'initiative', id: 'INI-1' },
  { type: 'initiative', id: 'INI-2' },
  { type: 'initiative', id: 'INI-3' },
  { type: 'capability', id: 'CAP-1' },
];

function link(from: string, to: string, allocation: string | null, contribution: string | null): ChainLink {
  return { from, to, allocation, contribution };
}

function allocations(chain: Chain): string[] {
  return chain.links.map((_, index) => {
    const boundary = chain.boundaryOf[index] ?? 0;
    return `${chain.allocation.ofLink[index]}/${chain.allocation.denominators[boundary]}`;
  });
}

describe('effective shares', () => {
  test('are the stated percentages', () => {
    const chain = buildChain(nodes, [link('INV-1', 'INI-1', '33.34', '5'), link('INV-1', 'INI-2', '66.6', '100.00')]);
    expect(allocations(chain)).toEqual(['3334/10000', '6660/10000']);
    expect(effectiveShare(chain, 'allocation', 0)).toBe(0.3334);
    expect(effectiveShare(chain, 'contribution', 1)).toBe(1);
    expect(chain.allocation.leftOver[0]).toBe(6n);
  });

  test('of three blank links are exact thirds', () => {
    const links = ['INI-1', 'INI-2', 'INI-3'].map((to) => link('INV-1', to, null, '10'));
    const chain = buildChain(nodes, links);
    expect(allocations(chain)).toEqual(['10000/30000', '10000/30000', '10000/30000']);
    expect(effectiveShare(chain, 'allocation', 0)).toBe(1 / 3);
    expect(chain.allocation.leftOver[0]).toBe(0n);
  });

  test('of blank links split equally what the stated ones leave', () => {
    const chain = buildChain(nodes, [
      link('INV-1', 'INI-1', '40', null),
      link('INV-1', 'INI-2', null, null),
      link('INV-1', 'INI-3', null, null),
    ]);
    expect(chain.links.map((_, index) => effectiveShare(chain, 'allocation', index))).toEqual([0.4, 0.3, 0.3]);
    expect(chain.links.map((_, index) => effectiveShare(chain, 'contribution', index))).toEqual([1, 1, 1]);
  });

  test('of blank links are 0 where the stated ones leave nothing', () => {
    const chain = buildChain(nodes, [link('INV-1', 'INI-1', '100', null), link('INV-1', 'INI-2', null, null)]);
    expect(effectiveShare(chain, 'allocation', 1)).toBe(0);
  });

  test('leave all of a node over that has no link', () => {
    const chain = buildChain(nodes, []);
    expect(chain.allocation.leftOver[0]).toBe(chain.allocation.denominators[0]);
    expect(chain.contribution.leftOver[4]).toBe(chain.contribution.denominators[1]);
  });
});

describe('a link', () => {
  test('is assumed while either of its shares is blank', () => {
    expect(isAssumed(link('a', 'b', null, '10'))).toBe(true);
    expect(isAssumed(link('a', 'b', '10', null))).toBe(true);
    expect(isAssumed(link('a', 'b', '10', '0'))).toBe(false);
  });

  test('counts once in the assumed share, which is null where there is no link', () => {
    const links = [link('INV-1', 'INI-1', null, null), link('INV-1', 'INI-2', '1', '1')];
    expect(buildChain(nodes, links).assumedShare).toBe(0.5);
    expect(buildChain(nodes, []).assumedShare).toBeNull();
    expect(buildChain([], []).assumedShare).toBeNull();
  });

  test.each(['', '-1', '100.01', '1.234', '1e1', '5%', ' 5', '.5', '5.', '1000'])('refuses the share %j', (share) => {
    const message = `The allocation of the link from INV-1 to INI-1 is no percentage from 0 to 100 with up to two decimals`;
    expect(() => buildChain(nodes, [link('INV-1', 'INI-1', share, null)])).toThrow(message);
    expect(() => buildChain(nodes, [link('INV-1', 'INI-1', null, share)])).toThrow('The contribution of the link');
  });

  test.each([
    ['INV-1', 'CAP-1', 'A link from investment INV-1 to capability CAP-1 joins no neighbouring layers'],
    ['INI-1', 'INV-1', 'A link from initiative INI-1 to investment INV-1 joins no neighbouring layers'],
    ['INI-1', 'INI-2', 'A link from initiative INI-1 to initiative INI-2 joins no neighbouring layers'],
    ['INV-1', 'INI-9', 'A link names INI-9, which is no node of the chain'],
  ])('from %s to %s is refused', (from, to, message) => {
    expect(() => buildChain(nodes, [link(from, to, null, null)])).toThrow(message);
  });
});

describe('stated shares over 100 %', () => {
  test('are refused by the name of the node whose cost they split', () => {
    const links = [link('INV-1', 'INI-1', '60', null), link('INV-1', 'INI-2', '40.01', null)];
    const message = 'The outgoing allocation shares of investment INV-1 sum to 100.01 %, over 100 %';
    expect(() => buildChain(nodes, links)).toThrow(
      expect.objectContaining({ name: 'ChainError', nodeId: 'INV-1', message }),
    );
  });

  test('are refused by the name of the node whose value they split', () => {
    const links = [link('INI-1', 'CAP-1', null, '60'), link('INI-2', 'CAP-1', null, '50')];
    const message = 'The incoming contribution shares of capability CAP-1 sum to 110.00 %, over 100 %';
    expect(() => buildChain(nodes, links)).toThrow(expect.objectContaining({ nodeId: 'CAP-1', message }));
  });

  test('are not mistaken for shares of exactly 100 %', () => {
    const links = ['33.33', '33.33', '33.34'].map((share, index) => link('INV-1', `INI-${index + 1}`, share, null));
    expect(buildChain(nodes, links).allocation.leftOver[0]).toBe(0n);
  });
});

test('An id that is given twice is refused', () => {
  expect(() => buildChain([...nodes, { type: 'benefit', id: 'INV-1' }], [])).toThrow('benefit INV-1 is given twice');
});
