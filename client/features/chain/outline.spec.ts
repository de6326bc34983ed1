import { describe, expect, it } from '@jest/globals';
import type { Chain, ChainLink, ChainNode, Layer, PictureNode } from '../../../server/contract/chain.js';
import { benefitCounter, buildGraph, type Graph } from './graph';
import { buildOutline, type Item, type OutlineView } from './outline';
import { above, defaultDepth, flatten, opensTo, STEP, type Row } from './outline-rows';

const NONE = { planned: '0.00', forecast: '0.00', realised: '0.00', confirmed: '0.00' };
const TYPES: Record<string, Layer> = {
  V: 'investment',
  I: 'initiative',
  C: 'capability',
  O: 'outcome',
  B: 'benefit',
};
const end = (code: string) => ({ type: TYPES[code[0]!]!, code });

const node = (code: string, cost = '0.00', unallocated = '0.00', portfolio: string | null = null): ChainNode => ({
  ...end(code),
  name: `Name of ${code}`,
  owner: null,
  portfolio,
  cost,
  unallocated,
  ...NONE,
  otherCauses: NONE,
});
const link = (from: string, to: string, cost: string): ChainLink => ({
  from: end(from),
  to: end(to),
  allocation: 0.5,
  contribution: 0.5,
  allocationAssumed: false,
  contributionAssumed: true,
  cost,
  ...NONE,
});
const chainOf = (nodes: ChainNode[], links: ChainLink[]): Chain => ({
  period: '2026-Q3',
  span: 'to_date',
  currency: 'EUR',
  totals: { cost: '0.00', unallocated: '0.00', ...NONE, otherCauses: NONE, reached: [] },
  assumedShare: null,
  nodes,
  links,
});

/** V1 and V2 share I1; I2 leads nowhere; B2 comes from no outcome. */
const CHAIN = chainOf(
  [
    node('V1', '60.00'),
    node('V2', '40.00', '10.00'),
    node('I1', '70.00'),
    node('I2', '20.00', '20.00'),
    node('C1', '70.00'),
    node('O1', '70.00'),
    node('B1', '70.00'),
    node('B2'),
  ],
  [
    link('V1', 'I1', '40.00'),
    link('V1', 'I2', '20.00'),
    link('V2', 'I1', '30.00'),
    link('I1', 'C1', '70.00'),
    link('C1', 'O1', '70.00'),
    link('O1', 'B1', '70.00'),
  ],
);

const box = (id: string, kind: PictureNode['kind'], type: Layer, cost: string): PictureNode => ({
  id,
  kind,
  type,
  code: null,
  name: id,
  records: 2,
  cost,
  through: null,
  planned: null,
  realised: null,
});

const all = { isOpen: (_item: Item): boolean => true, limitOf: () => STEP };
const view = (own: Partial<OutlineView> = {}): OutlineView => ({
  direction: 'forward',
  through: [],
  boxes: [],
  ...own,
});
const rowsOf = (graph: Graph, own: Partial<OutlineView> = {}, openness = all): Row[] =>
  flatten(buildOutline(graph, view(own)), openness);
const whole = buildGraph(CHAIN, {});
const keys = (rows: Row[]): string[] => rows.map(({ key }) => key);
const short = (rows: Row[]): string[] =>
  keys(rows).map((key) => key.replaceAll(/(?:investment|initiative|capability|outcome|benefit):/g, ''));

describe('the outline of a chain', () => {
  it('walks from investments to benefits, a shared record under each that leads to it', () => {
    expect(short(rowsOf(whole))).toEqual([
      'V1',
      'V1/I1',
      'V1/I1/C1',
      'V1/I1/C1/O1',
      'V1/I1/C1/O1/B1',
      'V1/I2',
      'V1/I2/rest',
      'V2',
      'V2/I1',
      'V2/I1/C1',
      'V2/I1/C1/O1',
      'V2/I1/C1/O1/B1',
      'V2/rest',
      'loose',
      'loose/B2',
      'gap:initiative',
      'gap:initiative/V2',
      'gap:capability',
      'gap:capability/I2',
      'gap:capability/V2',
      'gap:outcome',
      'gap:outcome/I2',
      'gap:outcome/V2',
      'gap:benefit',
      'gap:benefit/I2',
      'gap:benefit/V2',
    ]);
  });

  it('walks from benefits to investments, and keeps what leads to no benefit', () => {
    const rows = rowsOf(whole, { direction: 'backward' });
    expect(short(rows).slice(0, 8)).toEqual([
      'B1',
      'B1/O1',
      'B1/O1/C1',
      'B1/O1/C1/I1',
      'B1/O1/C1/I1/V1',
      'B1/O1/C1/I1/V2',
      'B2',
      'loose',
    ]);
    expect(short(rows)).toContain('loose/I2/V1');
  });

  it.each(['forward', 'backward'] as const)('gives each record one place of its own, %s', (direction) => {
    const boxes = rowsOf(whole, { direction }).flatMap(({ box: id }) => id ?? []);
    expect([...boxes].sort()).toEqual(
      [...whole.nodes.keys(), 'gap:initiative', 'gap:capability', 'gap:outcome', 'gap:benefit'].sort(),
    );
  });

  it('says where among its siblings a row stands, and what else leads to its record', () => {
    const shared = rowsOf(whole).find(({ key }) => key.endsWith('V2/initiative:I1'))!;
    expect(shared).toMatchObject({ level: 2, position: 1, size: 2, isOpen: true, box: null });
    expect(shared.item.kind === 'record' && shared.item.elsewhere.map(({ id }) => id)).toEqual(['investment:V1']);
  });

  it('keeps only ways through the records asked for', () => {
    const through = [new Set(['initiative:I2'])];
    expect(short(rowsOf(whole, { through })).filter((key) => !key.startsWith('gap'))).toEqual([
      'V1',
      'V1/I2',
      'V1/I2/rest',
    ]);
    const both = [new Set(['investment:V2']), new Set(['benefit:B1', 'benefit:B2'])];
    expect(short(rowsOf(whole, { through: both })).filter((key) => !key.startsWith('gap'))).toEqual([
      'V2',
      'V2/I1',
      'V2/I1/C1',
      'V2/I1/C1/O1',
      'V2/I1/C1/O1/B1',
    ]);
    expect(rowsOf(whole, { through: [new Set<string>()] })).toEqual([]);
  });

  it('leaves out records that less spend reaches, but not what leads to larger ones', () => {
    expect(short(rowsOf(whole, { min: '50' })).filter((key) => /^V/.test(key))).toEqual([
      'V1',
      'V1/I1',
      'V1/I1/C1',
      'V1/I1/C1/O1',
      'V1/I1/C1/O1/B1',
      'V2',
      'V2/I1',
      'V2/I1/C1',
      'V2/I1/C1/O1',
      'V2/I1/C1/O1/B1',
      'V2/rest',
    ]);
  });

  it('opens as many layers as asked, and groups on demand only', () => {
    expect(short(rowsOf(whole, {}, { ...all, isOpen: opensTo(1) }))).toEqual([
      'V1',
      'V2',
      'loose',
      'gap:initiative',
      'gap:capability',
      'gap:outcome',
      'gap:benefit',
    ]);
    expect(defaultDepth(buildOutline(whole, view()), 100)).toBe(5);
    expect(defaultDepth(buildOutline(whole, view()), 12)).toBe(2);
  });

  it('has the boxes of the picture that are no records at its end', () => {
    const boxes = [
      box('smaller:initiative', 'smaller', 'initiative', '2.00'),
      box('gap:benefit', 'gap', 'benefit', '30.00'),
    ];
    const rows = rowsOf(whole, { boxes }, { ...all, isOpen: opensTo(1) });
    expect(rows.map(({ box: id }) => id)).toEqual([
      'investment:V1',
      'investment:V2',
      null,
      'smaller:initiative',
      'gap:initiative',
      'gap:capability',
      'gap:outcome',
      'gap:benefit',
    ]);
    expect(rows.at(-1)!.item).toMatchObject({ box: { cost: '30.00' } });
  });
});

describe('long lists', () => {
  const many = buildGraph(
    chainOf(
      Array.from({ length: 250 }, (_, at) => node(`V${at}`, String(1000 - at), String(1000 - at))),
      [],
    ),
    {},
  );

  it('are shown in steps, with groups behind them', () => {
    const rows = rowsOf(many, {}, { ...all, isOpen: opensTo(1) });
    expect(rows).toHaveLength(105);
    expect(rows[100]).toMatchObject({ position: 101, size: 254, item: { kind: 'more', hidden: 150 } });
    expect(rows[101]).toMatchObject({ key: 'gap:initiative', position: 251 });
  });

  it('keep what must be seen', () => {
    const always = new Set(['investment:V200']);
    const rows = flatten(buildOutline(many, view()), { isOpen: opensTo(1), limitOf: () => STEP, always });
    expect(keys(rows)[100]).toBe('investment:V200');
  });

  it('are counted no further than asked', () => {
    expect(flatten(buildOutline(many, view()), all, 20).length).toBeLessThanOrEqual(22);
  });
});

describe('a scope', () => {
  it('shows what it owns and what carries its money', () => {
    const scoped = buildGraph(
      chainOf([node('V1', '0.00', '0.00', 'DIG'), node('V2', '0.00', '0.00', 'CORE'), node('V3', '5.00')], []),
      {
        portfolio: 'dig',
      },
    );
    expect([...scoped.nodes.keys()].sort()).toEqual(['investment:V1', 'investment:V3']);
  });
});

describe('keys', () => {
  it('name the rows above, also where a code holds a slash', () => {
    expect(above('investment:A/B/initiative:C/D')).toEqual(['investment:A/B']);
    expect(above('loose/benefit:B2')).toEqual(['loose']);
  });
  it('count the benefits that a record leads to once', () => {
    const count = benefitCounter();
    expect(['investment:V1', 'initiative:I2', 'benefit:B1'].map((id) => count(whole.nodes.get(id)!))).toEqual([
      1, 0, 0,
    ]);
  });
});
