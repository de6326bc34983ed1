import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { emailOf, expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';

let api: Api;
let code: string;
let n = 0;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  code = `BEN-${(n += 1)}`;
  await api
    .as('admin')
    .post('/benefits', { code, name: code, portfolioCode: 'DIG', currency: 'USD', nature: 'cashable' });
});

const put = (items: unknown[], person: 'pm-dig' | 'admin' = 'pm-dig'): Promise<Reply> =>
  api.as(person).put(`/benefits/${code}/values`, { items });
const judge = (
  verdict: 'confirm' | 'reject',
  body: unknown,
  person: 'finance' | 'finance-2' | 'pm-dig' | 'admin' = 'finance',
): Promise<Reply> => api.as(person).post(`/benefits/${code}/values/2026-01/${verdict}`, body);

test('a PUT changes only the cells that it holds', async () => {
  await put([{ month: '2026-01', planned: '10', forecast: '11' }]);
  const reply = await put([{ month: '2026-01', realised: '9', evidence: 'ledger', version: 1 }]);
  expect(reply.body.items).toEqual([
    expect.objectContaining({
      month: '2026-01',
      planned: '10.00',
      forecast: '11.00',
      realised: '9.00',
      evidence: 'ledger',
      version: 2,
      reportedBy: emailOf('pm-dig'),
    }),
  ]);
  const emptied = await put([{ month: '2026-01', forecast: null, version: 2 }]);
  expect(emptied.body.items[0]).toMatchObject({ planned: '10.00', forecast: null, realised: '9.00' });
});

test('stale cells are all named and nothing is stored', async () => {
  await put([
    { month: '2026-01', planned: '10' },
    { month: '2026-02', planned: '10' },
  ]);
  const reply = await expectNoChange(api, () =>
    put([
      { month: '2026-01', planned: '1' },
      { month: '2026-02', planned: '1', version: 7 },
      { month: '2026-03', planned: '1' },
    ]),
  );
  expectProblem(reply, 412, 'precondition-failed');
  expect(reply.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual(['/items/0', '/items/1']);
});

test('a realised value is corrected only with a reason, and its former state is kept', async () => {
  await put([{ month: '2026-01', realised: '9' }]);
  expectProblem(
    await expectNoChange(api, () => put([{ month: '2026-01', realised: '8', version: 1 }])),
    422,
    'validation-failed',
  );
  expect((await put([{ month: '2026-01', realised: '8', version: 1, reason: 'invoice came late' }])).status).toBe(200);
  const revisions = await api.sql<{ realised: string; reason: string | null }>(
    `select r.realised, r.reason from benefit_value_revisions r join benefit_values v on v.id = r.benefit_value_id
     join benefits b on b.id = v.benefit_id where b.code = $1 order by r.version`,
    [code],
  );
  expect(revisions).toEqual([
    { realised: '9.0000', reason: null },
    { realised: '8.0000', reason: 'invoice came late' },
  ]);
});

test('finance confirms what it saw: another version or another amount is 412', async () => {
  await put([{ month: '2026-01', realised: '9' }]);
  expectProblem(await judge('confirm', { version: 2, amount: '9' }), 412, 'precondition-failed');
  expectProblem(await judge('confirm', { version: 1, amount: '9.01' }), 412, 'precondition-failed');
  const done = await judge('confirm', { version: 1, amount: '9.00' });
  expect(done.body).toMatchObject({
    confirmed: '9.00',
    confirmedBy: emailOf('finance'),
    confirmedHow: 'person',
    version: 2,
  });
  expectProblem(await judge('confirm', { version: 2, amount: '9' }, 'finance-2'), 409, 'conflict');
});

test('only finance confirms, and nobody their own value', async () => {
  await put([{ month: '2026-01', realised: '9' }]);
  expectProblem(await judge('confirm', { version: 1, amount: '9' }, 'pm-dig'), 403, 'forbidden');
  expectProblem(await judge('confirm', { version: 1, amount: '9' }, 'admin'), 403, 'forbidden');
  await api.sql(
    'update benefit_values set reported_by = $1, version = version + 1 where benefit_id = (select id from benefits where code = $2)',
    [emailOf('finance'), code],
  );
  expectProblem(await judge('confirm', { version: 2, amount: '9' }), 403, 'four-eyes');
  expectProblem(await judge('reject', { version: 2, amount: '9', note: 'no' }), 403, 'four-eyes');
  expect((await judge('confirm', { version: 2, amount: '9' }, 'finance-2')).status).toBe(200);
});

test('a correction withdraws the confirmation; a rejection is kept with its note', async () => {
  await put([{ month: '2026-01', realised: '9' }]);
  await judge('confirm', { version: 1, amount: '9' });
  const corrected = await put([{ month: '2026-01', realised: '7', version: 2, reason: 'credit note' }]);
  expect(corrected.body.items[0]).toMatchObject({ realised: '7.00', confirmed: null, confirmedBy: null });
  await judge('reject', { version: 3, amount: '7', note: 'no evidence' });
  const verdicts = await api.sql<{ verdict: string; amount: string; note: string | null }>(
    `select c.verdict, c.amount, c.note from confirmations c join benefit_values v on v.id = c.benefit_value_id
     join benefits b on b.id = v.benefit_id where b.code = $1 order by c.id`,
    [code],
  );
  expect(verdicts).toEqual([
    { verdict: 'confirmed', amount: '9.0000', note: null },
    { verdict: 'withdrawn', amount: '9.0000', note: 'credit note' },
    { verdict: 'rejected', amount: '7.0000', note: 'no evidence' },
  ]);
});

test('a change of the plan alone leaves the confirmation', async () => {
  await put([{ month: '2026-01', planned: '10', realised: '9' }]);
  await judge('confirm', { version: 1, amount: '9' });
  const reply = await put([{ month: '2026-01', planned: '12', version: 2 }]);
  expect(reply.body.items[0]).toMatchObject({ planned: '12.00', confirmed: '9.00', confirmedBy: emailOf('finance') });
});

test('an amount in a currency without a rate for its month is refused with the sentence that helps', async () => {
  await api
    .as('admin')
    .post('/benefits', { code: `${code}-EUR`, name: 'x', portfolioCode: 'DIG', currency: 'EUR', nature: 'cashable' });
  const enter = () =>
    api.as('pm-dig').put(`/benefits/${code}-EUR/values`, { items: [{ month: '2026-01', planned: '1' }] });
  const reply = await expectNoChange(api, enter);
  expectProblem(reply, 422, 'rule-broken');
  expect(reply.body.detail).toContain('Enter the rate first');
  await api.as('finance').post('/exchange-rates', { currency: 'EUR', month: '2026-01', rate: '1.10' });
  expect((await enter()).status).toBe(200);
});

test('in 20 races of confirm against correct no confirmed row differs from what was confirmed', async () => {
  for (let race = 0; race < 20; race += 1) {
    const current = (await api.as('admin').get(`/benefits/${code}/values`)).body.items[0];
    const version = current?.version;
    if (!current) await put([{ month: '2026-01', realised: '1' }]);
    else
      await Promise.all([
        judge('confirm', { version, amount: current.realised }),
        put([{ month: '2026-01', realised: String(race + 2), version, reason: 'race' }]),
      ]);
    const wrong = await api.sql(
      'select 1 from benefit_values where confirmed_by is not null and confirmed_amount <> realised',
    );
    expect(wrong).toEqual([]);
  }
});
