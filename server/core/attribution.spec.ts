import { describe, expect, test } from '@jest/globals';
import { type Attribution, attribute, byKind, type Sources, traceOf } from './attribution.js';
import { equalFractions, type ExactAmounts, type Fraction } from './exact-amounts.js';
import { buildChain, type ChainLink, type ChainNode, LAYERS } from './shares.js';

const ZERO: Fraction = { n: 0n, d: 1n };

function link(from: string, to: string, allocation: string | null, contribution: string | null): ChainLink {
  return { from, to, allocation, contribution };
}

function sources(cost: Record<string, string>, planned: Record<string, string> = {}): Sources {
  const values = byKind((kind) => new Map(kind === 'planned' ? Object.entries(planned) : []));
  return { cost: new Map(Object.entries(cost)), values };
}

/** One column as { node: text with 4 decimals }. */
function table(whole: Attribution, amounts: ExactAmounts): Record<string, string | null> {
  return Object.fromEntries(whole.chain.nodes.map((node, index) => [node.id, amounts.text(index, 4)]));
}

const line: ChainNode[] = LAYERS.map((type) => ({ type, id: type }));
const lineLinks: ChainLink[] = [
  link('investment', 'initiative', '80.00', '50.00'),
  link('initiative', 'capability', '50.00', null),
  link('capability', 'outcome', null, '25.00'),
  link('outcome', 'benefit', '75.00', '80.00'),
];

describe('attribution', () => {
  const whole = attribute(buildChain(line, lineLinks), sources({ investment: '1000.00' }, { benefit: '-500.00' }));

  test('runs cost down by allocation, and says what each layer leaves unallocated', () => {
    const cost = {
      investment: '1000.0000',
      initiative: '800.0000',
      capability: '400.0000',
      outcome: '400.0000',
      benefit: '300.0000',
    };
    expect(table(whole, whole.cost)).toEqual(cost);
    const left = {
      investment: '200.0000',
      initiative: '400.0000',
      capability: '0.0000',
      outcome: '100.0000',
      benefit: null,
    };
    expect(table(whole, whole.unallocated)).toEqual(left);
    expect([0, 1, 2, 3].map((index) => whole.linkCost.text(index, 2))).toEqual([
      '800.00',
      '400.00',
      '400.00',
      '300.00',
    ]);
  });

  test('runs value up by contribution, and says what is due to other causes; a dis-benefit runs up likewise', () => {
    const value = {
      investment: '-50.0000',
      initiative: '-100.0000',
      capability: '-100.0000',
      outcome: '-400.0000',
      benefit: '-500.0000',
    };
    expect(table(whole, whole.values.planned)).toEqual(value);
    const others = {
      investment: null,
      initiative: '-50.0000',
      capability: '0.0000',
      outcome: '-300.0000',
      benefit: '-100.0000',
    };
    expect(table(whole, whole.otherCauses.planned)).toEqual(others);
    expect(whole.values.confirmed.text(0, 2)).toBe('0.00');
  });

  test('splits over three blank links into exact thirds, which sum to the whole again', () => {
    const nodes: ChainNode[] = [
      { type: 'investment', id: 'INV' },
      ...['A', 'B', 'C'].map((id): ChainNode => ({ type: 'initiative', id })),
      { type: 'capability', id: 'CAP' },
    ];
    const links = ['A', 'B', 'C'].flatMap((id) => [link('INV', id, null, null), link(id, 'CAP', '100', null)]);
    const thirds = attribute(buildChain(nodes, links), sources({ INV: '100' }));
    expect(equalFractions(thirds.cost.at(1) ?? ZERO, { n: 100n, d: 3n })).toBe(true);
    expect(equalFractions(thirds.cost.at(4) ?? ZERO, { n: 100n, d: 1n })).toBe(true);
  });

  test('leaves all of the cost of a node without links unallocated, and all of its value to other causes', () => {
    const alone = attribute(buildChain(line, []), sources({ investment: '10.5' }, { benefit: '7' }));
    expect(alone.unallocated.text(0, 2)).toBe('10.50');
    expect(alone.otherCauses.planned.text(4, 2)).toBe('7.00');
    expect(alone.cost.total(4)).toEqual({ n: 0n, d: alone.cost.total(4).d });
  });

  test('works over an empty layer and over no chain at all', () => {
    const gap = attribute(
      buildChain(
        line.filter((node) => node.type !== 'capability'),
        lineLinks.slice(0, 1),
      ),
      sources({ investment: '5' }),
    );
    expect(gap.unallocated.text(1, 2)).toBe('4.00');
    expect(attribute(buildChain([], []), sources({})).cost.sum().n).toBe(0n);
  });

  test('refuses an amount that would be lost, and one that is no decimal', () => {
    const chain = buildChain(line, lineLinks);
    expect(() => attribute(chain, sources({ nobody: '1' }))).toThrow('cost of nobody, which is no investment');
    expect(() => attribute(chain, sources({ initiative: '1' }))).toThrow('cost of initiative, which is no investment');
    expect(() => attribute(chain, sources({}, { outcome: '1' }))).toThrow('planned of outcome, which is no benefit');
    expect(() => attribute(chain, sources({ investment: '1e3' }))).toThrow('Not a decimal number');
  });

  test('keeps every decimal of its amounts', () => {
    const fine = attribute(buildChain(line, lineLinks), sources({ investment: '0.00000000000001' }));
    expect(fine.cost.text(4, 16)).toBe('0.0000000000000030');
  });
});

describe('a trace', () => {
  const nodes: ChainNode[] = [...line, { type: 'investment', id: 'other' }, { type: 'benefit', id: 'aside' }];
  const links = [...lineLinks, link('other', 'initiative', '100.00', null), link('outcome', 'aside', '5.00', '100.00')];
  const whole = attribute(
    buildChain(nodes, links),
    sources({ investment: '1000', other: '200' }, { benefit: '500', aside: '40' }),
  );

  test('runs the attributed cost of its node down, and its attributed value up, and nothing else', () => {
    const trace = traceOf(whole, 'capability');
    expect(table(trace, trace.cost)).toEqual({
      investment: '0.0000',
      initiative: '0.0000',
      capability: '500.0000',
      outcome: '500.0000',
      benefit: '375.0000',
      other: '0.0000',
      aside: '25.0000',
    });
    expect(table(trace, trace.values.planned)).toEqual({
      investment: '55.0000',
      initiative: '110.0000',
      capability: '110.0000',
      outcome: '0.0000',
      benefit: '0.0000',
      other: '55.0000',
      aside: '0.0000',
    });
  });

  test('reaches only what lies below and above its node', () => {
    const trace = traceOf(whole, 'benefit');
    expect(trace.reachedNodes.map((index) => trace.chain.nodes[index]?.id)).toEqual([...LAYERS, 'other']);
    expect(trace.reachedLinks.map((index) => trace.chain.links[index]?.to)).not.toContain('aside');
    expect(traceOf(whole, 'other').reachedNodes.map((index) => nodes[index]?.id)).not.toContain('investment');
  });

  test('refuses a node that is not in the chain', () => {
    expect(() => traceOf(whole, 'nobody')).toThrow('nobody is no node of the chain');
  });
});
