/** The chain as a picture and as paths, and the gaps of one record: by values worked out by hand. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  gaps as gapsSchema,
  paths as pathsSchema,
  type Paths,
  picture as pictureSchema,
  type Picture,
} from '../../server/contract/chain.js';
import { type Api, expectProblem, startApi } from '../support/harness.js';
import { smallChain } from '../support/small-chain.js';

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
const boxes = ({ nodes }: Picture): string[] => nodes.map((node) => `${node.id} ${node.cost}`);
const flows = ({ links }: Picture): string[] =>
  links.map(({ from, to, cost, isGap }) => `${from} > ${to} ${cost}${isGap ? ' gap' : ''}`);
const ways = ({ items }: Paths): string[] =>
  items.map(({ nodes, cost, missing }) =>
    [nodes.map((node) => node.code).join('>'), cost, ...(missing ? [`no ${missing}`] : [])].join(' '),
  );

describe('over a chain small enough to work out by hand', () => {
  beforeAll(async () => {
    api = await startApi();
    await smallChain(api);
  }, 60_000);
  afterAll(() => api.stop());

  test('each layer holds its records and, in a gap, what did not get so far', async () => {
    const found = await picture();
    expect([found.invested, found.currency, found.span, found.period]).toEqual(['150.00', 'USD', 'to_date', '2026-Q4']);
    expect(boxes(found)).toEqual([
      'investment:I2 50.00',
      'investment:I1 100.00',
      'initiative:N2 80.00',
      'initiative:N1 60.00',
      'gap:initiative 10.00',
      'capability:C1 100.00',
      'capability:C2 40.00',
      'gap:capability 10.00',
      'outcome:O1 100.00',
      'gap:outcome 50.00',
      'benefit:B1 33.33',
      'benefit:B2 33.33',
      'benefit:B3 33.33',
      'gap:benefit 50.00',
    ]);
    expect(flows(found)).toEqual([
      'investment:I2 > initiative:N2 50.00',
      'investment:I1 > initiative:N2 30.00',
      'investment:I1 > initiative:N1 60.00',
      'investment:I1 > gap:initiative 10.00 gap',
      'initiative:N2 > capability:C1 40.00',
      'initiative:N2 > capability:C2 40.00',
      'initiative:N1 > capability:C1 60.00',
      'gap:initiative > gap:capability 10.00 gap',
      'capability:C1 > outcome:O1 100.00',
      'capability:C2 > gap:outcome 40.00 gap',
      'gap:capability > gap:outcome 10.00 gap',
      'outcome:O1 > benefit:B1 33.33',
      'outcome:O1 > benefit:B2 33.33',
      'outcome:O1 > benefit:B3 33.33',
      'gap:outcome > gap:benefit 50.00 gap',
    ]);
    // I3 has spent nothing, and nothing leads to O2 and B4.
    expect(found.layers.map(({ records, shown }) => [records, shown])).toEqual([
      [3, 2],
      [2, 2],
      [2, 2],
      [2, 1],
      [4, 3],
    ]);
    const { name, code, records, planned } = found.nodes.find((node) => node.id === 'gap:outcome')!;
    expect({ name, code, records, planned }).toEqual({ name: 'No outcome', code: null, records: 0, planned: null });
  });

  test('a benefit has its plan and what came of it to date in money, and nothing where nobody entered any', async () => {
    // Spend of the second quarter alone; what B1 was to bring began in the first.
    const { body } = await api.as('cio').get('/chain/picture?period=2026-Q2&span=period');
    const benefits = pictureSchema.parse(body).nodes.filter(({ type, code }) => type === 'benefit' && code !== null);
    expect(benefits.map(({ code, planned, realised }) => [code, planned, realised])).toEqual([
      ['B1', '100.00', '60.50'],
      ['B2', null, null],
      ['B3', null, null],
    ]);
  });

  test('paths are every way of money, the largest first, then those that carry none', async () => {
    const found = await paths();
    expect(ways(found)).toEqual([
      'I2>N2>C2 25.00 no outcome',
      'I1>N1>C1>O1>B1 20.00',
      'I1>N1>C1>O1>B2 20.00',
      'I1>N1>C1>O1>B3 20.00',
      'I1>N2>C2 15.00 no outcome',
      'I1 10.00 no initiative',
      'I2>N2>C1>O1>B1 8.33',
      'I2>N2>C1>O1>B2 8.33',
      'I2>N2>C1>O1>B3 8.33',
      'I1>N2>C1>O1>B1 5.00',
      'I1>N2>C1>O1>B2 5.00',
      'I1>N2>C1>O1>B3 5.00',
      'I3 0.00 no initiative',
      'O2>B4 0.00',
    ]);
    expect([found.total, found.cost, found.nextCursor]).toEqual([14, '150.00', null]);
    expect(found.items[1]).toEqual({
      nodes: [
        { type: 'investment', code: 'I1', name: 'Name of I1' },
        { type: 'initiative', code: 'N1', name: 'Name of N1' },
        { type: 'capability', code: 'C1', name: 'Name of C1' },
        { type: 'outcome', code: 'O1', name: 'Name of O1' },
        { type: 'benefit', code: 'B1', name: 'Name of B1' },
      ],
      shares: [
        { allocation: 0.6, isAssumed: false },
        { allocation: 1, isAssumed: true },
        { allocation: 1, isAssumed: true },
        { allocation: 1 / 3, isAssumed: true },
      ],
      cost: '20.00',
      missing: null,
      planned: '100.00',
      realised: '60.50',
      status: 'off_track',
      evidenceLevel: 2,
    });
    expect(found.items.at(-1)).toMatchObject({
      planned: '70.00',
      realised: null,
      status: 'unmeasured',
      evidenceLevel: 0,
    });
  });

  test('a focus keeps the paths through a record, a gap those through a record that has it, both those through both', async () => {
    const focus = await picture('&type=capability&ref=c1');
    expect(focus.invested).toBe('100.00');
    expect(boxes(focus)).toEqual([
      'investment:I2 25.00',
      'investment:I1 75.00',
      'initiative:N2 40.00',
      'initiative:N1 60.00',
      'capability:C1 100.00',
      'outcome:O1 100.00',
      'benefit:B1 33.33',
      'benefit:B2 33.33',
      'benefit:B3 33.33',
    ]);
    expect((await paths('&type=capability&ref=c1')).total).toBe(9);
    const gap = await picture('&gap=capability_without_outcome');
    expect(boxes(gap)).toEqual([
      'investment:I2 25.00',
      'investment:I1 15.00',
      'initiative:N2 40.00',
      'capability:C2 40.00',
      'gap:outcome 40.00',
      'gap:benefit 40.00',
    ]);
    expect((await picture('&gap=capability_without_outcome&type=investment&ref=I1')).invested).toBe('15.00');
    const both = await paths('&gap=capability_without_outcome&type=investment&ref=I1');
    expect([ways(both), both.total, both.cost]).toEqual([['I1>N2>C2 15.00 no outcome'], 1, '15.00']);
    expect(ways(await paths('&gap=outcome_without_capability'))).toEqual(['O2>B4 0.00']);
    expect(boxes(await picture('&gap=outcome_without_capability'))).toEqual([]);
  });

  test('a least amount puts smaller records into one box and leaves smaller paths out; a layer can be shown all the same', async () => {
    const found = await picture('&min=60');
    expect(boxes(found).filter((box) => /investment|initiative/.test(box))).toEqual([
      'investment:I1 100.00',
      'smaller:investment 50.00',
      'initiative:N2 80.00',
      'initiative:N1 60.00',
      'gap:initiative 10.00',
    ]);
    expect(found.nodes.find((node) => node.id === 'smaller:benefit')).toMatchObject({
      name: '3 smaller benefits',
      code: null,
      records: 3,
      cost: '100.00',
      planned: '100.00',
      realised: '60.50',
    });
    expect(boxes(await picture('&min=60&expand=investment,benefit')).filter((box) => /smaller/.test(box))).toEqual([
      'smaller:capability 40.00',
    ]);
    const some = await paths('&min=20.00');
    expect([some.total, some.cost]).toEqual([4, '85.00']);
    expect((await paths('&min=0')).total).toBe(14);
  });

  test('a scope holds the spend of its own investments, and of paths without cost those that one of its records is on', async () => {
    const found = await picture('&portfolio=DIG');
    expect(found.invested).toBe('100.00');
    expect(boxes(found).filter((box) => box.startsWith('in'))).toEqual([
      'investment:I1 100.00',
      'initiative:N2 30.00',
      'initiative:N1 60.00',
    ]);
    // B4 is of this portfolio, I3 of the other; benefits of the other are where its money goes, with their own amounts.
    const list = await paths('&portfolio=DIG');
    expect(ways(list).slice(-2)).toEqual(['I1>N2>C1>O1>B3 5.00', 'O2>B4 0.00']);
    expect(list.items.some((path) => path.planned === '100.00')).toBe(true);
    expect([list.total, list.cost]).toEqual([9, '100.00']);
    expect((await picture('&orgUnit=BU2')).invested).toBe('50.00');
    expect((await picture('&orgUnit=BU1')).invested).toBe('100.00');
    expect((await picture('&orgUnit=ENT')).invested).toBe('150.00');
  });

  test('pages of paths join up without a gap', async () => {
    const all = await paths();
    const items: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Paths = await paths(`&limit=3${cursor && `&cursor=${cursor}`}`);
      expect([page.total, page.cost]).toEqual([all.total, all.cost]);
      items.push(...ways(page));
      cursor = page.nextCursor;
    }
    expect(items).toEqual(ways(all));
  });

  test('the gaps of one record are its own, counted by kind', async () => {
    const reply = await api.as('cio').get('/chain/gaps?period=2026-Q4&type=capability&ref=c2');
    const found = gapsSchema.strict().parse(reply.body);
    expect(found.items.map(({ kind, code, amountAtStake }) => [kind, code, amountAtStake])).toEqual([
      ['capability_without_outcome', 'C2', '40.00'],
      ['no_owner', 'C2', '40.00'],
    ]);
    expect(found.total).toBe(2);
    expect(found.counts.filter(({ count }) => count > 0)).toEqual([
      { kind: 'capability_without_outcome', count: 1, amountAtStake: '40.00', noStake: null },
      { kind: 'no_owner', count: 1, amountAtStake: '40.00', noStake: null },
    ]);
    const one = await api.as('cio').get('/chain/gaps?period=2026-Q4&type=capability&ref=C2&kind=no_owner');
    expect(one.body.total).toBe(1);
    expectProblem(await api.as('cio').get('/chain/gaps?type=capability&ref=C9'), 404, 'not-found');
    expectProblem(await api.as('cio').get('/chain/gaps?ref=C2'), 422, 'validation-failed');
  });

  test.each(['/chain/picture', '/chain/paths'])(
    '%s refuses what is not there, what is half said, and who may not see it',
    async (path) => {
      const cio = api.as('cio');
      for (const missing of ['type=capability&ref=C9', 'type=outcome&ref=C1', 'portfolio=NONE', 'orgUnit=NONE'])
        expectProblem(await cio.get(`${path}?${missing}`), 404, 'not-found');
      for (const wrong of [
        'type=capability',
        'ref=C1',
        'gap=hole',
        'min=-1',
        'min=ten',
        'span=year',
        'depth=2',
        'period=2026',
      ])
        expectProblem(await cio.get(`${path}?${wrong}`), 422, 'validation-failed');
      expectProblem(await api.as('stakeholder-bu1').get(path), 403, 'forbidden');
      expectProblem(await api.as('nobody').get(path), 403, 'forbidden');
      expectProblem(await api.as('anonymous').get(path), 401, 'unauthenticated');
    },
  );

  test('a cursor that is none of ours and a layer that is none are refused', async () => {
    const written = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');
    for (const cursor of ['x', written([]), written(['1', 0]), written(['1.5', 0, 'I1']), written(['1', 9, 'I1'])])
      expectProblem(await api.as('cio').get(`/chain/paths?cursor=${cursor}`), 422, 'validation-failed');
    for (const expand of ['planet', 'benefit,', ''])
      expectProblem(await api.as('cio').get(`/chain/picture?expand=${expand}`), 422, 'validation-failed');
  });

  test.each(['/chain/picture?period=2026-Q4', '/chain/paths?period=2026-Q4'])(
    '%s is kept until the data changes',
    async (path) => {
      const first = await api.as('cio').get(path);
      const etag = first.headers.get('etag')!;
      const again = await api.as('cio').get(path, { 'if-none-match': etag });
      expect([again.status, again.text]).toEqual([304, '']);
      const other = await api.as('cio').get(`${path}&type=capability&ref=C1`, { 'if-none-match': etag });
      expect(other.status).toBe(200);
      await api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
      const later = await api.as('cio').get(path, { 'if-none-match': etag });
      expect([later.status, later.text]).toEqual([200, first.text]);
    },
  );
});
