import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startApi, type Api } from '../support/harness.js';

let api: Api;
let code: string;
let n = 0;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  await itIs('2026-11-21T12:00:00.000Z');
  code = `LEVEL-${(n += 1)}`;
  await api.sql('update benefits set archived_at = now(), version = version + 1 where archived_at is null');
  const record = {
    code,
    name: `Level ${n}`,
    portfolioCode: 'DIG',
    orgUnitCode: 'BU1',
    currency: 'USD',
    nature: 'cashable',
  };
  expect((await api.as('admin').post('/benefits', record)).status).toBe(201);
  const items = ['2026-07', '2026-08'].map((month) => ({ month, planned: '10', realised: '9' }));
  expect((await api.as('pm-dig').put(`/benefits/${code}/values`, { items })).status).toBe(200);
});

/** Another day, on which the people of the tests are still signed in. */
const itIs = async (at: string): Promise<void> => {
  api.clock.set(at);
  await api.sql(`update sessions set last_used_at = $1, expires_at = $1::timestamptz + interval '1 day'`, [at]);
};

const add = async (more: Record<string, unknown>): Promise<{ id: string }> => {
  const reply = await api
    .as('pm-dig')
    .post(`/benefits/${code}/evidence`, { kind: 'text', title: 'T', note: 'N', ...more });
  expect(reply.status).toBe(201);
  return reply.body;
};
const QUESTION = 'period=2026-Q3';

/** The level of the benefit, and the sum that is evidenced, as every place that tells them says. */
const told = async (): Promise<[level: number, evidenced: string | null]> => {
  const value = (await api.as('cio').get(`/value?${QUESTION}`)).body;
  const trace = (await api.as('cio').get(`/trace/evidenced?${QUESTION}`)).body;
  const records = (await api.as('cio').get(`/trace/evidenced/records?${QUESTION}`)).body;
  const overview = (await api.as('cio').get(`/overview?${QUESTION}`)).body;
  const row = overview.ledger.find(({ id }: { id: string }) => id === 'evidenced');
  expect(Number(records.total.amount)).toBe(Number(trace.value));
  expect(Number(row.actual.value ?? 0)).toBe(Number(trace.value ?? 0));
  expect(Number(row.series.at(-1).value ?? 0)).toBe(Number(trace.value ?? 0));
  return [value.benefits[0].evidenceLevel, trace.value];
};
const claims = async (): Promise<Record<string, number>> => {
  const { items } = (await api.as('finance').get(`/confirmations?q=${code}`)).body;
  const found: Record<string, number> = Object.fromEntries(
    items.map((item: { month: string; evidenceItems: number }) => [item.month, item.evidenceItems]),
  );
  // The entry grid counts the same.
  const [row] = (await api.as('admin').get(`/entry?q=${code}&from=2026-07&to=2026-08`)).body.rows;
  for (const cell of row.cells) expect([cell.month, cell.evidenceItems]).toEqual([cell.month, found[cell.month]]);
  return found;
};

test('an item proves the months that it names, and no other; one without months proves none', async () => {
  expect(await told()).toEqual([1, '0.00']);
  await add({});
  await add({ fromMonth: '2026-09', toMonth: '2026-12' });
  expect(await told()).toEqual([1, '0.00']);
  expect(await claims()).toEqual({ '2026-07': 0, '2026-08': 0 });
  await add({ fromMonth: '2026-08' });
  expect(await told()).toEqual([1, '9.00']);
  expect(await claims()).toEqual({ '2026-07': 0, '2026-08': 1 });
  await add({ fromMonth: '2026-07', toMonth: '2026-08' });
  expect(await told()).toEqual([2, '18.00']);
  expect(await claims()).toEqual({ '2026-07': 1, '2026-08': 2 });
});

test('a text of the value and an item prove the same, and are counted once', async () => {
  await api
    .as('pm-dig')
    .put(`/benefits/${code}/values`, { items: [{ month: '2026-07', evidence: 'ledger', version: 1 }] });
  expect(await told()).toEqual([1, '9.00']);
  await add({ fromMonth: '2026-07', toMonth: '2026-08' });
  expect(await told()).toEqual([2, '18.00']);
});

test('an item counts to the end of its last day in the reporting time zone, and not the day after', async () => {
  await add({ fromMonth: '2026-07', toMonth: '2026-08', expiresOn: '2026-11-22' });
  await add({ fromMonth: '2026-08', expiresOn: '2026-11-30' });
  await itIs('2026-11-22T23:59:00.000Z');
  expect(await told()).toEqual([2, '18.00']);
  await itIs('2026-11-23T00:00:00.000Z');
  expect(await told()).toEqual([1, '9.00']);
  expect(await claims()).toEqual({ '2026-07': 0, '2026-08': 1 });
  const { items } = (await api.as('pm-dig').get(`/benefits/${code}/evidence`)).body;
  expect(items.map(({ isExpired, level }: { isExpired: boolean; level: number }) => [isExpired, level])).toEqual([
    [false, 2],
    [true, 0],
  ]);
  await itIs('2026-12-01T00:00:00.000Z');
  expect(await told()).toEqual([1, '0.00']);
});

test('changing the months and removing an item take its proof away at once', async () => {
  const { id } = await add({ fromMonth: '2026-07', toMonth: '2026-08' });
  expect(await told()).toEqual([2, '18.00']);
  const as = api.as('pm-dig');
  expect((await as.patch(`/evidence/${id}`, { toMonth: '2026-07' }, { 'if-match': '"v1"' })).status).toBe(200);
  expect(await told()).toEqual([1, '9.00']);
  expect((await as.delete(`/evidence/${id}`, { 'if-match': '"v2"' })).status).toBe(204);
  expect(await told()).toEqual([1, '0.00']);
});

test('what finance confirmed needs no item; an item of confirmed months has level 3', async () => {
  const { id } = await add({ fromMonth: '2026-07', expiresOn: '2026-11-30' });
  const seen = ['2026-07', '2026-08'].map((month) => ({
    benefit: code,
    month,
    version: 1,
    amount: '9',
    currency: 'USD',
  }));
  expect((await api.as('finance').post('/confirmations', { verdict: 'confirm', items: seen })).status).toBe(200);
  expect(await told()).toEqual([3, '18.00']);
  const [item] = (await api.as('pm-dig').get(`/benefits/${code}/evidence`)).body.items;
  expect(item).toMatchObject({ id, level: 3 });
  await itIs('2026-12-24T12:00:00.000Z');
  expect(await told()).toEqual([3, '18.00']);
});
