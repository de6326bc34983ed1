import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { brokenConfirmations } from '../support/confirmations.js';
import { newBenefit } from '../support/entries.js';
import { expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';

/** What is confirmed in an own unit is confirmed in that unit, for ever. */

let api: Api;
let code: string;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  code = await newBenefit(api, { currency: null, nature: 'non_financial', unit: 'days' });
  expect((await put([{ month: '2026-01', realised: '9' }])).status).toBe(200);
});

const put = (items: unknown[]): Promise<Reply> => api.as('pm-dig').put(`/benefits/${code}/values`, { items });
const judge = (verdict: 'confirm' | 'reject', version: number, amount: string): Promise<Reply> => {
  api.clock.advance(1000);
  const given = { version, amount, currency: null, note: 'as seen' };
  return api.as('finance').post(`/benefits/${code}/values/2026-01/${verdict}`, given);
};
const change = async (fields: Record<string, unknown>): Promise<Reply> => {
  const as = api.as('pm-dig');
  const match = { 'if-match': (await as.get(`/benefits/${code}`)).headers.get('etag')! };
  return as.patch(`/benefits/${code}`, fields, match);
};
const said = async (): Promise<string[]> =>
  (await api.as('cio').get(`/benefits/${code}/confirmations`)).body.items.map(
    ({ verdict, amount, currency, unit }: Record<string, unknown>) =>
      `${String(verdict)} ${String(amount)} ${String(currency ?? unit)}`,
  );

test('while a value is confirmed the unit cannot change, by hand or by an import', async () => {
  expect((await change({ unit: 'working days' })).status).toBe(200);
  expect((await judge('confirm', 1, '9')).status).toBe(200);
  const refused = await expectNoChange(api, () => change({ unit: 'hours' }));
  expectProblem(refused, 409, 'conflict');
  expect(refused.body.detail).toBe(
    `The unit of ${code} cannot change while values of it are confirmed in working days.`,
  );
  expect((await change({ unit: 'working days', name: 'Shorter waits' })).status).toBe(200);
  const imported = await expectNoChange(api, () =>
    api.as('pm-dig').upload('/imports', [{ name: 'benefits.csv', content: `code,unit\n${code},hours\n` }]),
  );
  expect(imported.body.problems).toMatchObject([
    {
      column: 'unit',
      value: 'hours',
      message: 'The unit cannot change while values are confirmed in working days. Withdraw the confirmations first.',
    },
  ]);
  expect(await said()).toEqual(['confirmed 9 working days']);
});

test('a verdict is told in the unit in which it was said, whatever the unit is since', async () => {
  await judge('confirm', 1, '9');
  expect((await put([{ month: '2026-01', realised: '7', version: 2, reason: 'counted twice' }])).status).toBe(200);
  await judge('reject', 3, '7');
  expect((await change({ unit: 'hours' })).status).toBe(200);
  await judge('confirm', 4, '7');
  const history = ['confirmed 7 hours', 'rejected 7 days', 'withdrawn 9 days', 'confirmed 9 days'];
  expect((await said()).sort()).toEqual(history.sort());
  expect(await brokenConfirmations(api)).toEqual([]);
  expect((await put([{ month: '2026-01', realised: '8', version: 5, reason: 'one more' }])).status).toBe(200);
  expect((await change({ unit: 'minutes' })).status).toBe(200);
  const [item] = (await api.as('finance').get(`/confirmations?q=${code}`)).body.items;
  expect(item).toMatchObject({ amount: '8', benefit: { unit: 'minutes' }, before: { amount: '7', unit: 'hours' } });
  const trace = (await api.as('finance').get(`/trace/value.realised?type=benefit&ref=${code}&month=2026-01`)).body;
  expect(trace.unit).toBe('minutes');
  expect(trace.inputs.map(({ value, unit }: { value: string; unit: string }) => `${value} ${unit}`).sort()).toEqual([
    '7 days',
    '7 hours',
    '7 hours',
    '9 days',
    '9 days',
  ]);
});
