import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApi, type Api, type Reply } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

let n = 0;
const fresh = (prefix: string): string => `${prefix}-${(n += 1)}`;
const ok = (reply: Reply): boolean => reply.status < 300;
const make = async (path: string, more: Record<string, unknown> = {}): Promise<string> => {
  const code = fresh('R');
  expect((await api.as('admin').post(path, { code, name: code, ...more })).status).toBe(201);
  return code;
};

test('a rate that goes while an amount comes never leaves an amount without its rate', async () => {
  const outcomes = new Set<string>();
  for (let round = 0; round < 12; round += 1) {
    const month = `20${10 + round}-01`;
    const rate = (await api.as('admin').post('/exchange-rates', { currency: 'CHF', month, rate: '1.1' })).body;
    const investment = await make('/investments', { currency: 'CHF' });
    const [gone, entered] = await Promise.all([
      api.as('admin').delete(`/exchange-rates/${rate.id}`, { 'if-match': '"v1"' }),
      api.as('admin').put(`/investments/${investment}/costs`, { items: [{ month, kind: 'opex', actual: '5' }] }),
    ]);
    outcomes.add(`${ok(gone)} ${ok(entered)}`);
    expect(await api.sql('select * from amounts_without_rate')).toEqual([]);
  }
  expect(outcomes).not.toContain('true true');
  expect((await api.as('admin').get('/chain')).status).toBe(200);
});

test('a currency that changes while a cost comes never leaves an amount without its rate', async () => {
  for (let round = 0; round < 12; round += 1) {
    const investment = await make('/investments', { currency: 'USD' });
    await Promise.all([
      api.as('admin').patch(`/investments/${investment}`, { currency: 'SEK' }, { 'if-match': '"v1"' }),
      api
        .as('admin')
        .put(`/investments/${investment}/costs`, { items: [{ month: '2026-01', kind: 'opex', actual: '5' }] }),
    ]);
    expect(await api.sql('select * from amounts_without_rate')).toEqual([]);
  }
});

const REFERRING: readonly [string, string, (code: string) => Promise<Reply>][] = [
  [
    'costs of an investment',
    '/investments',
    (code) =>
      api.as('admin').put(`/investments/${code}/costs`, { items: [{ month: '2026-01', kind: 'opex', actual: '5' }] }),
  ],
  [
    'values of a benefit',
    '/benefits',
    (code) => api.as('admin').put(`/benefits/${code}/values`, { items: [{ month: '2026-01', planned: '5' }] }),
  ],
  [
    'a link',
    '/investments',
    async (code) =>
      api.as('admin').post('/links', { fromCode: `Investment:${code}`, toCode: `Initiative:${initiative}` }),
  ],
  [
    'an investment in a portfolio',
    '/portfolios',
    (code) => api.as('admin').post('/investments', { code: fresh('I'), name: 'x', portfolioCode: code }),
  ],
  [
    'a unit below a unit',
    '/org-units',
    (code) => api.as('admin').post('/org-units', { code: fresh('U'), name: 'x', parentCode: code }),
  ],
];
let initiative: string;

test.each(REFERRING)('archiving and adding %s never both succeed', async (_what, path, refer) => {
  initiative = await make('/initiatives');
  for (let round = 0; round < 8; round += 1) {
    const code = await make(path);
    const [archived, referred] = await Promise.all([
      api.as('admin').delete(`${path}/${code}`, { 'if-match': '"v1"' }),
      refer(code),
    ]);
    expect([archived.status, referred.status]).not.toEqual([204, 200]);
    expect([archived.status, referred.status]).not.toEqual([204, 201]);
    expect([archived, referred].filter(ok)).toHaveLength(1);
  }
});

test('of a confirmation and a change that rest on the same version one succeeds and the other is told', async () => {
  for (let round = 0; round < 20; round += 1) {
    const benefit = await make('/benefits', { portfolioCode: 'DIG', currency: 'USD' });
    await api.as('pm-dig').put(`/benefits/${benefit}/values`, { items: [{ month: '2026-01', realised: '9' }] });
    const replies = await Promise.all([
      api.as('finance').post(`/benefits/${benefit}/values/2026-01/confirm`, { version: 1, amount: '9' }),
      api.as('pm-dig').put(`/benefits/${benefit}/values`, {
        items: [{ month: '2026-01', realised: '7', version: 1, reason: 'race' }],
      }),
    ]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412]);
  }
});
