import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newBenefit } from '../support/entries.js';
import { expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';

let api: Api;
let code: string;

beforeAll(async () => {
  api = await startApi();
  const rate = { currency: 'EUR', month: '2026-01', rate: '1.0123456789' };
  expect((await api.as('admin').post('/exchange-rates', rate)).status).toBe(201);
});
afterAll(() => api.stop());
beforeEach(async () => {
  code = await newBenefit(api);
});

const put = async (items: unknown[]): Promise<void> => {
  expect((await api.as('pm-dig').put(`/benefits/${code}/values`, { items })).status).toBe(200);
};
const seen = (amount: string, version = 1) => ({ benefit: code, month: '2026-01', version, amount, currency: 'USD' });
const judge = (verdict: string, items: unknown[], note = 'as seen'): Promise<Reply> =>
  api.as('finance').post('/confirmations', { verdict, items, note });
/** Its currency becomes the euro, as the manager of the portfolio may decide while nothing of it is confirmed. */
const toEuro = async (): Promise<void> => {
  const as = api.as('pm-dig');
  const match = { 'if-match': (await as.get(`/benefits/${code}`)).headers.get('etag')! };
  expect((await as.patch(`/benefits/${code}`, { currency: 'EUR' }, match)).status).toBe(200);
};

describe('A verdict on a value', () => {
  test('is on the currency that was seen, too: the same amount in another is refused', async () => {
    await put([{ month: '2026-01', realised: '100' }]);
    const items = [seen('100')];
    await toEuro();
    for (const verdict of ['confirm', 'reject']) {
      const reply = await expectNoChange(api, () => judge(verdict, items));
      expectProblem(reply, 409, 'conflict');
      expect(reply.body.refused).toEqual([
        expect.objectContaining({
          why: 'currency',
          now: '100.00',
          message: 'The value of 2026-01 is in EUR now; you saw it in USD. Look at it again.',
        }),
      ]);
    }
    const single = (currency: string | null, verdict = 'confirm') =>
      api.as('finance').post(`/benefits/${code}/values/2026-01/${verdict}`, { version: 1, amount: '100', currency });
    for (const currency of ['USD', null])
      for (const verdict of ['confirm', 'reject'])
        expectProblem(await expectNoChange(api, () => single(currency, verdict)), 409, 'conflict');
    const { currency: _currency, ...unsaid } = items[0]!;
    expectProblem(await judge('confirm', [unsaid]), 422, 'validation-failed');
    expect((await judge('confirm', [{ ...items[0]!, currency: 'EUR' }])).status).toBe(200);
    expectProblem(await single('EUR'), 409, 'conflict');
    expect((await api.as('cio').get(`/benefits/${code}/confirmations`)).body.items).toMatchObject([
      { verdict: 'confirmed', amount: '100.00', currency: 'EUR' },
    ]);
  });

  test('is told in the currency in which it was said, whatever the benefit is in since', async () => {
    await put([{ month: '2026-01', realised: '9' }]);
    await judge('confirm', [seen('9')]);
    await put([{ month: '2026-01', realised: '7', version: 2, reason: 'credit note' }]);
    api.clock.advance(60_000);
    await judge('reject', [seen('7', 3)], 'which credit note?');
    await toEuro();
    expect((await api.as('finance').get(`/confirmations?q=${code}&state=rejected`)).body.items[0]).toMatchObject({
      amount: '7.00',
      benefit: { currency: 'EUR' },
      rejection: { amount: '7.00', currency: 'USD' },
      before: { amount: '9.00', currency: 'USD' },
    });
    const trace = async (figure: string) =>
      (await api.as('finance').get(`/trace/value.${figure}?type=benefit&ref=${code}&month=2026-01`)).body;
    const realised = await trace('realised');
    expect([realised.value, realised.unit]).toEqual(['7.00', 'EUR']);
    expect(realised.inputs.map(({ value, unit }: { value: string; unit: string }) => `${value} ${unit}`)).toEqual([
      '7.00 USD',
      '9.00 USD',
      '9.00 USD',
    ]);
    // Every digit of the rate: the inputs multiply to the value.
    const reporting = await trace('reporting');
    expect([reporting.value, ...reporting.inputs.map(({ value }: { value: string }) => value)]).toEqual([
      '7.09',
      '7.00',
      '1.0123456789',
    ]);
  });
});
