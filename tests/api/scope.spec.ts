import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DECLARATIONS } from '../../server/contract/records.js';
import { expectNoChange, expectProblem, startApi, type Api, type Person, type Reply } from '../support/harness.js';

let api: Api;
const masked = (reply: Reply): unknown => {
  const { requestId: _requestId, instance: _instance, ...rest } = reply.body as Record<string, unknown>;
  return { answered: reply.status, ...rest };
};

beforeAll(async () => {
  api = await startApi();
  const admin = api.as('admin');
  for (const [portfolio, unit] of [
    ['DIG', 'BU1'],
    ['CORE', 'BU2'],
  ] as const) {
    await admin.post('/investments', {
      code: `INV-${portfolio}`,
      name: portfolio,
      portfolioCode: portfolio,
      orgUnitCode: unit,
    });
    await admin.post('/initiatives', {
      code: `INI-${portfolio}`,
      name: portfolio,
      portfolioCode: portfolio,
      orgUnitCode: unit,
    });
    await admin.post('/capabilities', { code: `CAP-${portfolio}`, name: portfolio, orgUnitCode: unit });
    await admin.post('/outcomes', { code: `OUT-${portfolio}`, name: portfolio, orgUnitCode: unit });
    await admin.post('/benefits', {
      code: `BEN-${portfolio}`,
      name: portfolio,
      portfolioCode: portfolio,
      orgUnitCode: unit,
      currency: 'USD',
    });
    await admin.post('/links', { fromCode: `INV-${portfolio}`, toCode: `INI-${portfolio}` });
    await admin.post('/links', { fromCode: `INI-${portfolio}`, toCode: `CAP-${portfolio}` });
    await admin.post('/links', { fromCode: `CAP-${portfolio}`, toCode: `OUT-${portfolio}` });
    await admin.put(`/benefits/BEN-${portfolio}/values`, {
      items: [{ month: '2026-01', planned: '5', realised: '4' }],
    });
  }
});
afterAll(() => api.stop());

test('a stakeholder sees the benefits and outcomes of the own unit; a foreign one answers exactly like one that is not there', async () => {
  const reader = api.as('stakeholder-bu1');
  for (const path of ['benefits', 'outcomes']) {
    const type = path === 'benefits' ? 'BEN' : 'OUT';
    expect((await reader.get(`/${path}/${type}-DIG`)).status).toBe(200);
    const foreign = await reader.get(`/${path}/${type}-CORE`);
    const missing = await reader.get(`/${path}/${type}-NONE`);
    expectProblem(foreign, 404, 'not-found');
    expect(masked(foreign)).toEqual(masked(missing));
    const list = (await reader.get(`/${path}`)).body;
    expect([list.total, list.items.map((item: { code: string }) => item.code)]).toEqual([1, [`${type}-DIG`]]);
    expect((await reader.get(`/${path}?q=CORE`)).body.total).toBe(0);
    expect((await reader.get(`/${path}?code=${type}-CORE`)).body.total).toBe(0);
  }
  expectProblem(await reader.get('/benefits/BEN-CORE/values'), 404, 'not-found');
  expect((await reader.get('/benefits/BEN-DIG/values')).body.items).toHaveLength(1);
});

test('what a stakeholder reads does not change by a byte when foreign records change', async () => {
  const paths = [
    '/benefits',
    '/outcomes',
    '/org-units',
    '/benefits?sort=-name',
    '/outcomes?q=a',
    '/benefits/BEN-DIG/values',
    '/value',
  ];
  const read = async (): Promise<string[]> =>
    Promise.all(paths.map(async (path) => JSON.stringify(masked(await api.as('stakeholder-bu1').get(path)))));
  const before = await read();
  for (let i = 0; i < 20; i += 1) {
    await api.as('admin').post('/benefits', {
      code: `NEW-${i}`,
      name: 'foreign',
      orgUnitCode: 'BU2',
      portfolioCode: 'CORE',
      currency: 'USD',
    });
    await api.as('admin').put(`/benefits/NEW-${i}/values`, { items: [{ month: '2026-01', planned: '99' }] });
  }
  expect(await read()).toEqual(before);
});

const WRITES: readonly [string, (person: Person) => Promise<Reply>, Person, Person][] = [
  [
    'create an investment',
    (p) => api.as(p).post('/investments', { code: `N-${Math.random()}`.slice(0, 20), name: 'x', portfolioCode: 'DIG' }),
    'pm-dig',
    'pm-core',
  ],
  [
    'enter costs',
    (p) =>
      api.as(p).put('/investments/INV-DIG/costs', {
        items: [{ month: p === 'pm-dig' ? '2026-01' : '2026-02', kind: 'opex', actual: '1' }],
      }),
    'pm-dig',
    'pm-core',
  ],
  [
    'enter values',
    (p) =>
      api
        .as(p)
        .put('/benefits/BEN-DIG/values', { items: [{ month: p === 'pm-dig' ? '2026-03' : '2026-04', planned: '1' }] }),
    'pm-dig',
    'pm-core',
  ],
  [
    'create a benefit',
    (p) => api.as(p).post('/benefits', { code: `B-${Math.random()}`.slice(0, 20), name: 'x', portfolioCode: 'DIG' }),
    'pm-dig',
    'pm-core',
  ],
  [
    'link an outcome to a benefit',
    (p) => api.as(p).post('/links', { fromCode: 'OUT-DIG', toCode: 'BEN-DIG' }),
    'pm-dig',
    'finance',
  ],
  [
    'enter a rate',
    (p) =>
      api
        .as(p)
        .post('/exchange-rates', { currency: 'EUR', month: p === 'finance' ? '2026-01' : '2026-02', rate: '1.1' }),
    'finance',
    'pm-dig',
  ],
  [
    'rank priorities',
    (p) => api.as(p).post('/priorities', { code: `P-${Math.random()}`.slice(0, 20), name: 'x' }),
    'cio',
    'finance',
  ],
  [
    'create a unit',
    (p) => api.as(p).post('/org-units', { code: `U-${Math.random()}`.slice(0, 20), name: 'x' }),
    'admin',
    'cio',
  ],
];

test.each(WRITES)(
  'who may %s does, and who may not is refused without a trace',
  async (_what, write, allowed, denied) => {
    expectProblem(await expectNoChange(api, () => write(denied)), 403, 'forbidden');
    expect((await write(allowed)).status).toBeLessThan(300);
  },
);

test('nothing is moved into or out of a foreign portfolio', async () => {
  const move = (code: string, portfolioCode: string) =>
    api.as('pm-dig').patch(`/initiatives/${code}`, { portfolioCode }, { 'if-match': '"v1"' });
  expectProblem(await expectNoChange(api, () => move('INI-DIG', 'CORE')), 403, 'forbidden');
  expectProblem(await expectNoChange(api, () => move('INI-CORE', 'DIG')), 403, 'forbidden');
});

test('a capability that is linked to the own portfolio may be changed, a foreign one not', async () => {
  const patch = (code: string) =>
    api.as('pm-dig').patch(`/capabilities/${code}`, { targetMaturity: '4' }, { 'if-match': '"v1"' });
  expect((await patch('CAP-DIG')).status).toBe(200);
  expectProblem(await expectNoChange(api, () => patch('CAP-CORE')), 403, 'forbidden');
});

test('without credentials every register is 401, and with no role 403', async () => {
  for (const declaration of DECLARATIONS.filter((d) => d.register === 'list')) {
    const path = `/${declaration.table.replaceAll('_', '-')}`;
    expectProblem(await api.as('anonymous').get(path), 401, 'unauthenticated');
    expectProblem(await api.as('nobody').get(path), 403, 'forbidden');
    expectProblem(await api.as('nobody').post(path, {}), 403, 'forbidden');
  }
});

test('a portfolio manager does not spend the money of a foreign investment by a link, nor claim the value of a foreign benefit', async () => {
  const link = (fromCode: string, toCode: string): Promise<Reply> =>
    api.as('pm-dig').post('/links', { fromCode, toCode });
  await api.as('admin').post('/initiatives', { code: 'INI-DIG-2', name: 'own', portfolioCode: 'DIG' });
  expectProblem(await expectNoChange(api, () => link('INV-CORE', 'INI-DIG-2')), 403, 'forbidden');
  expectProblem(await expectNoChange(api, () => link('OUT-DIG', 'BEN-CORE')), 403, 'forbidden');
  expect((await link('INV-DIG', 'INI-DIG-2')).status).toBe(201);
});

test('whoever is signed in may see who they are, even without a role', async () => {
  expect((await api.as('nobody').get('/session')).body).toMatchObject({ grants: [], reads: [], writes: [] });
});
