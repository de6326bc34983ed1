/** The chain's picture and paths against the chain itself, over the golden tables. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  chain as chainSchema,
  type Chain,
  LAYERS,
  paths as pathsSchema,
  type Paths,
  picture as pictureSchema,
  type Picture,
} from '../../server/contract/chain.js';
import { type Api, startApi } from '../support/harness.js';

const cents = (text: string): bigint => BigInt(text.replace('.', ''));
const sum = (texts: readonly string[]): bigint => texts.reduce((total, text) => total + cents(text), 0n);
/** Rounded parts of an exact whole: each may be off by half a cent. */
const expectNear = (found: bigint, wanted: bigint, parts: number): void => {
  const off = found > wanted ? found - wanted : wanted - found;
  expect(off <= BigInt(Math.ceil(parts / 2))).toBe(true);
};

let api: Api;
const picture = async (question = ''): Promise<Picture> => {
  const reply = await api.as('cio').get(`/chain/picture?period=2026-Q4${question}`);
  expect(reply.status).toBe(200);
  return pictureSchema.strict().parse(reply.body);
};
const paths = async (question = ''): Promise<Paths> => {
  const reply = await api.as('cio').get(`/chain/paths?period=2026-Q4${question}`);
  expect(reply.status).toBe(200);
  return pathsSchema.strict().parse(reply.body);
};
const ways = ({ items }: Paths): string[] =>
  items.map(({ nodes, cost, missing }) =>
    [nodes.map((node) => node.code).join('>'), cost, ...(missing ? [`no ${missing}`] : [])].join(' '),
  );

describe('over the golden tables', () => {
  beforeAll(async () => {
    api = await startApi({ golden: true });
  }, 60_000);
  afterAll(() => api.stop());

  test.each(['', '&span=period', '&portfolio=DIG', '&orgUnit=BU1'])(
    'picture and paths agree with the chain%s, to the cent',
    async (scope) => {
      const whole: Chain = chainSchema.parse((await api.as('cio').get(`/chain?period=2026-Q4${scope}`)).body);
      const found = await picture(`${scope}&expand=${LAYERS.join(',')}`);
      expect(found.invested).toBe(whole.totals.cost);
      expect((await paths(scope)).cost).toBe(whole.totals.cost);
      const costs = new Map(whole.nodes.map((node) => [`${node.type}:${node.code}`, node.cost]));
      const records = found.nodes.filter((node) => node.kind === 'record');
      expect(records.map((node) => node.cost)).toEqual(records.map((node) => costs.get(node.id)));
      expect(records.length).toBe(whole.nodes.filter((node) => cents(node.cost) !== 0n).length);
      const flow = new Map(
        whole.links.map(({ from, to, cost }) => [`${from.type}:${from.code} ${to.type}:${to.code}`, cost]),
      );
      for (const link of found.links.filter((each) => !each.isGap))
        expect(link.cost).toBe(flow.get(`${link.from} ${link.to}`));
      LAYERS.forEach((type, layer) => {
        const column = found.nodes.filter((node) => node.type === type).map((node) => node.cost);
        expectNear(sum(column), cents(found.invested), column.length);
        const lost = whole.totals.reached.slice(0, layer).map((each) => each.unallocated);
        const gap = found.nodes.find((node) => node.id === `gap:${type}`)?.cost ?? '0.00';
        expectNear(cents(gap), sum(lost), lost.length + 1);
        // Spend that reaches the layer, and spend that does not: two figures that add up within a cent.
        expectNear(cents(whole.totals.reached[layer]!.cost) + cents(gap), cents(found.invested), 2);
      });
    },
  );

  test('the records of the chain have their owner and their portfolio, or none', async () => {
    const { nodes } = chainSchema.parse((await api.as('cio').get('/chain?period=2026-Q4')).body);
    const of = (code: string) => nodes.filter((node) => node.code === code).map((node) => [node.owner, node.portfolio]);
    expect(of('INV-1')).toEqual([['bo@example.org', 'CORE']]);
    expect(of('INV-3')).toEqual([[null, 'CORE']]);
    expect(of('INI-5')).toEqual([['hal@example.org', 'DIG']]);
    expect(of('CAP-2')).toEqual([[null, null]]);
    expect(of('OUT-2')).toEqual([['fay@example.org', null]]);
    expect(of('BEN-16')).toEqual([[null, 'CORE']]);
  });

  test('a focus on a record invests what that record costs, and so do its paths', async () => {
    const whole = chainSchema.parse((await api.as('cio').get('/chain?period=2026-Q4')).body);
    for (const { type, code, cost } of whole.nodes.filter((node) => /capability|outcome/.test(node.type))) {
      const focus = `&type=${type}&ref=${code}`;
      expect([code, (await picture(focus)).invested, (await paths(`${focus}&limit=1`)).cost]).toEqual([
        code,
        cost,
        cost,
      ]);
    }
  });

  test('an investment without initiative ends there, and half of what a blank share leaves reaches the benefit', async () => {
    const { items } = await paths('&limit=3');
    expect(ways({ items } as Paths)).toEqual([
      'INV-8 200605.88 no initiative',
      'INV-3 178588.95 no initiative',
      'INV-1>INI-3>CAP-4>OUT-7 101498.85 no benefit',
    ]);
  });

  test('more than 40 boxes are gathered into smaller ones, of which no record is lost', async () => {
    expect((await picture()).nodes.some((node) => node.kind === 'smaller')).toBe(false);
    await api.sql(
      `insert into investments (code, name) select 'SMALL-' || i, 'Small ' || i from generate_series(1, 30) i`,
    );
    await api.sql(`insert into investment_costs (investment_id, month, kind, actual)
      select id, '2026-05-01', 'opex', 1.10 from investments where code like 'SMALL-%'`);
    await api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
    const found = await picture();
    const whole = chainSchema.parse((await api.as('cio').get('/chain?period=2026-Q4')).body);
    expect(found.invested).toBe(whole.totals.cost);
    const drawn = found.nodes.filter((node) => node.kind !== 'gap');
    expect([drawn.length <= 40, drawn.length > 30]).toEqual([true, true]);
    expect(found.links.filter((link) => !link.isGap).length).toBeLessThanOrEqual(60);
    const smaller = found.nodes.find((node) => node.id === 'smaller:investment')!;
    expect(smaller.name).toBe(`${smaller.records} smaller investments`);
    expect(smaller.records).toBeGreaterThanOrEqual(30);
    for (const type of LAYERS) {
      const column = found.nodes.filter((node) => node.type === type);
      const carrying = whole.nodes.filter((node) => node.type === type && cents(node.cost) !== 0n);
      expect(column.reduce((count, node) => count + node.records, 0)).toBe(carrying.length);
    }
  });
});
