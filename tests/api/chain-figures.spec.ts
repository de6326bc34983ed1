/** Every amount of the picture and of the paths is a figure: its trace says the same, and its records add up to it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Chain, Gaps, Paths, Picture } from '../../server/contract/chain.js';
import type { Trace } from '../../server/contract/trace.js';
import { type Api, expectProblem, startApi } from '../support/harness.js';

let golden: Api;
let example: Api;
beforeAll(async () => {
  [golden, example] = await Promise.all([startApi({ golden: true }), startApi({ example: true })]);
}, 120_000);
afterAll(() => Promise.all([golden.stop(), example.stop()]));

const CASES = [
  ['the golden tables', () => golden, 'period=2026-Q4'],
  ['a portfolio of them', () => golden, 'period=2026-Q4&portfolio=DIG'],
  ['the example', () => example, 'period=2026-Q3'],
  ['one quarter of the example', () => example, 'period=2026-Q3&span=period'],
] as const;
const VIEWS = ['', '&gap=no_owner', '&gap=initiative_without_capability', '&type=initiative&ref=', '&min=500000'];

const get = async (api: Api, path: string): Promise<unknown> => {
  const reply = await api.as('cio').get(path);
  expect([path, reply.status]).toEqual([path, 200]);
  return reply.body;
};
const encoded = encodeURIComponent;

/** The figure's value; its records must add up to it. */
const traced = async (api: Api, figure: string, query: string): Promise<string | null> => {
  const trace = (await get(api, `/trace/${figure}?${query}`)) as Trace;
  const records = (await get(api, `/trace/${figure}/records?${query}&limit=1`)) as { total: { amount: string } };
  expect([figure, query, records.total.amount]).toEqual([figure, query, trace.value]);
  return trace.value;
};

describe.each(CASES)('of %s', (_, apiOf, scope) => {
  const viewsOf = async (): Promise<string[]> => {
    const { nodes } = (await get(apiOf(), `/chain?${scope}`)) as Chain;
    const initiative = nodes.filter(({ type }) => type === 'initiative').find(({ cost }) => Number(cost) > 0)!;
    return VIEWS.map((view) => (view.endsWith('ref=') ? `${view}${encoded(initiative.code)}` : view));
  };

  test('each box, gap and link of the picture', async () => {
    for (const view of await viewsOf()) {
      const { nodes, links, invested } = (await get(apiOf(), `/chain/picture?${scope}${view}`)) as Picture;
      const named = view.replace('&gap=', '&kind=');
      const figure = (name: string, more: string) => traced(apiOf(), name, `${scope}${named}${more}`);
      if (!view.includes('min')) expect(await figure('view.spend', '')).toBe(invested);
      for (const { kind, type, cost } of nodes) {
        if (kind === 'smaller') expect([type, await figure('view.smaller', `&layer=${type}`)]).toEqual([type, cost]);
        if (kind === 'gap' && !view.includes('min'))
          expect([type, await figure('view.unreached', `&layer=${type}`)]).toEqual([type, cost]);
      }
      for (const { from, to, cost } of links) {
        const value = await figure('view.link', `&from=${encoded(from)}&to=${encoded(to)}`);
        expect([view, from, to, value]).toEqual([view, from, to, cost]);
      }
    }
  }, 120_000);

  test('each path, and all of them', async () => {
    for (const view of await viewsOf()) {
      const { items, cost } = (await get(apiOf(), `/chain/paths?${scope}${view}&limit=15`)) as Paths;
      const named = view.replace('&gap=', '&kind=');
      expect(await traced(apiOf(), 'view.spend', `${scope}${named}`)).toBe(cost);
      for (const path of items) {
        const way = [path.nodes[0]!.type, ...path.nodes.map(({ code }) => code)].join(':');
        expect([way, await traced(apiOf(), 'path.spend', `${scope}&path=${encoded(way)}`)]).toEqual([way, path.cost]);
      }
    }
  }, 120_000);

  test('each link, with its shares', async () => {
    const { links } = (await get(apiOf(), `/chain?${scope}`)) as Chain;
    expect(links.length).toBeGreaterThan(20);
    for (const link of links.slice(0, 15)) {
      const query = `${scope}&type=${link.from.type}&ref=${encoded(link.from.code)}&to=${encoded(link.to.code)}`;
      expect([query, await traced(apiOf(), 'link.spend', query)]).toEqual([query, link.cost]);
      for (const kind of ['allocation', 'contribution'] as const)
        expect(Number(await traced(apiOf(), `link.${kind}`, query))).toBeCloseTo(link[kind], 9);
    }
  }, 120_000);
});

describe('Spend through one record', () => {
  test('is a part of each box and link, all of it at the record, and conserved on its way', async () => {
    const chain = (await get(example, '/chain?period=2026-Q3')) as Chain;
    const node = chain.nodes.find(({ code }) => code === 'EX-INI-07')!;
    const { nodes, links } = (await get(
      example,
      '/chain/picture?period=2026-Q3&through=initiative:EX-INI-07',
    )) as Picture;
    for (const { cost, through } of [...nodes, ...links]) {
      expect(Number(through)).toBeGreaterThanOrEqual(0);
      expect(Number(through)).toBeLessThanOrEqual(Number(cost));
    }
    for (const type of ['investment', 'initiative', 'capability', 'outcome', 'benefit']) {
      const sum = nodes.filter((box) => box.type === type).reduce((all, { through }) => all + Number(through), 0);
      expect([type, Math.abs(sum - Number(node.cost)) < 0.1]).toEqual([type, true]);
    }
    expect(links.some(({ cost, through }) => Number(through) > 0 && Number(through) < Number(cost))).toBe(true);
  });

  test('is not known of no record, and of one that does not exist', async () => {
    const { nodes, links } = (await get(example, '/chain/picture?period=2026-Q3')) as Picture;
    expect([...nodes, ...links].every(({ through }) => through === null)).toBe(true);
    expectProblem(await example.as('cio').get('/chain/picture?through=initiative:NOBODY'), 404, 'not-found');
  });
});

test('A list of paths begins where it is asked to', async () => {
  const all = (await get(golden, '/chain/paths?period=2026-Q4&limit=500')) as Paths;
  const some = (await get(golden, '/chain/paths?period=2026-Q4&limit=5&offset=10')) as Paths;
  expect(some.items).toEqual(all.items.slice(10, 15));
  expect([some.total, some.cost]).toEqual([all.total, all.cost]);
});

test('What is not money has nothing at stake, and says why', async () => {
  const gaps = (await get(example, '/chain/gaps?period=2026-Q3&limit=500')) as Gaps;
  const of = (kind: string, code: string) => gaps.items.find((gap) => gap.kind === kind && gap.code === code)!;
  expect(of('benefit_without_measurement', 'EX-BEN-24')).toMatchObject({ amountAtStake: '0.00', noStake: 'not_money' });
  expect(of('outcome_without_capability', 'EX-OUT-16')).toMatchObject({ amountAtStake: '0.00', noStake: 'not_money' });
  expect(gaps.counts.find(({ kind }) => kind === 'outcome_without_capability')).toMatchObject({
    amountAtStake: '0.00',
    noStake: 'not_money',
  });
  const trace = (await get(example, '/trace/gap_at_stake?period=2026-Q3&kind=outcome_without_capability')) as Trace;
  expect(trace).toMatchObject({ value: null, nullReason: 'not_money' });
  for (const gap of gaps.items) if (gap.noStake !== null) expect(Number(gap.amountAtStake)).toBe(0);
});
