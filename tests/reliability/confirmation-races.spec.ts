import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { brokenConfirmations, funnelFromHistory } from '../support/confirmations.js';
import { newBenefit, save } from '../support/entries.js';
import { startApi, type Api, type Reply } from '../support/harness.js';
import { beside } from '../support/waiter.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  const rate = { currency: 'EUR', month: MONTH, rate: '1.1' };
  expect((await api.as('admin').post('/exchange-rates', rate)).status).toBe(201);
});
afterAll(() => api.stop());

const MONTH = '2026-09';
const FIRST = '9.00';

type Runner = (code: string) => Promise<Reply>;
const seen = { version: 1, amount: FIRST, currency: 'USD' };
const confirmOne: Runner = (code) => api.as('finance').post(`/benefits/${code}/values/${MONTH}/confirm`, seen);
const confirmMany: Runner = (code) =>
  api.as('finance').post('/confirmations', { verdict: 'confirm', items: [{ benefit: code, month: MONTH, ...seen }] });
const confirmToo: Runner = (code) => api.as('finance-2').post(`/benefits/${code}/values/${MONTH}/confirm`, seen);
const rejectMany: Runner = (code) =>
  api.as('finance-2').post('/confirmations', {
    verdict: 'reject',
    note: 'no',
    items: [{ benefit: code, month: MONTH, ...seen }],
  });
const correct: Runner = (code) =>
  api.as('pm-dig').put(`/benefits/${code}/values`, {
    items: [{ month: MONTH, realised: '7', version: 1, reason: 'credit note' }],
  });
const enter: Runner = (code) =>
  save(api, [{ benefit: code, month: MONTH, realised: '7', version: 1 }], { reason: 'credit note' });
const upload: Runner = (code) =>
  api
    .as('admin')
    .upload('/imports', [{ name: 'benefit_values.csv', content: `benefit_code,month,realised\n${code},${MONTH},7\n` }]);

const state = async (code: string) => {
  const [row] = await api.sql<{ realised: string; version: number; by: string | null; verdicts: string[] }>(
    `select trim_scale(v.realised)::text as realised, v.version, v.confirmed_by as by,
       array(select c.verdict from confirmations c where c.benefit_value_id = v.id order by c.id) as verdicts
     from benefit_values v join benefits b on b.id = v.benefit_id where b.code = $1`,
    [code],
  );
  return row!;
};

const isOk = (reply: Reply): boolean => reply.status === 200 || reply.status === 201;

/** Both rest on the first version: one is done, the other is refused with a sentence, and what is stored is what was done. */
const RACES: readonly [number, string, Runner, Runner][] = [
  // Together a hundred of confirm against correct.
  [50, 'one confirmation against a correction', confirmOne, correct],
  [50, 'a confirmation of many against an entry', confirmMany, enter],
  [25, 'two confirmations', confirmMany, confirmToo],
  [25, 'a confirmation against a rejection', confirmOne, rejectMany],
];

test.each(RACES)(
  '%i races of %s: one wins, the loser is told, and no confirmation is lost or wrong',
  async (races, _name, first, second) => {
    const won = new Set<string>();
    for (let round = 0; round < races; round += 1) {
      const code = await newBenefit(api);
      await save(api, [{ benefit: code, month: MONTH, realised: FIRST }]);
      // Each is first in every other round, with a head start that grows: whoever is quicker, both come to win.
      const [a, b] = round % 2 === 0 ? [first, second] : [second, first];
      const replies = await Promise.all([a(code), sleep((round % 25) * 2).then(() => b(code))]);
      const [ours, theirs] = round % 2 === 0 ? replies : [replies[1]!, replies[0]!];
      expect(replies.filter(isOk)).toHaveLength(1);
      const lost = replies.find((reply) => !isOk(reply))!;
      expect([409, 412]).toContain(lost.status);
      expect(lost.body.detail).toMatch(/changed|confirmed already|cannot be (confirmed|rejected)/);
      won.add(isOk(ours!) ? 'first' : 'second');
      const after = await state(code);
      expect(after.version).toBe(2);
      const isCorrected = second === correct || second === enter;
      expect({ ...after, code }).toMatchObject(
        isOk(ours!) || second === confirmToo
          ? { realised: '9', by: expect.any(String), verdicts: ['confirmed'] }
          : isCorrected
            ? { realised: '7', by: null, verdicts: [] }
            : { realised: '9', by: null, verdicts: ['rejected'] },
      );
      expect(isOk(theirs!)).toBe(!isOk(ours!));
    }
    // The race was one: each side won at least once.
    expect([...won].sort()).toEqual(['first', 'second']);
    expect(await brokenConfirmations(api)).toEqual([]);
  },
  90_000,
);

/** The same amount, from somebody who does not say in which currency they saw it. */
const confirmUnsaid: Runner = (code) =>
  api.as('finance').post(`/benefits/${code}/values/${MONTH}/confirm`, { version: 1, amount: FIRST });

test.each([
  ['one, seen in the former currency', confirmOne, 409, []],
  ['many, seen in the former currency', confirmMany, 409, []],
  ['one, whose reader does not say in which currency', confirmUnsaid, 200, [{ verdict: 'confirmed', currency: 'EUR' }]],
] as const)(
  'a confirmation that waits for a change of the currency is on the new one, or refused: %s',
  async (_name, confirm, status, verdicts) => {
    const code = await newBenefit(api);
    await save(api, [{ benefit: code, month: MONTH, realised: FIRST }]);
    // It has read the benefit as it was, and waits until the change is committed.
    const change = {
      text: `update benefits set currency = 'EUR', version = version + 1 where code = $1`,
      values: [code],
    };
    expect((await beside(api.databaseUrl, change, () => confirm(code))).status).toBe(status);
    expect(
      await api.sql(
        `select c.verdict, c.currency from confirmations c join benefit_values v on v.id = c.benefit_value_id
           join benefits b on b.id = v.benefit_id where b.code = $1`,
        [code],
      ),
    ).toEqual(verdicts);
    expect(await brokenConfirmations(api)).toEqual([]);
  },
);

test('25 races of a confirmation of many against an import: the import corrects, and withdraws what was confirmed before it', async () => {
  for (let round = 0; round < 25; round += 1) {
    const code = await newBenefit(api);
    await save(api, [{ benefit: code, month: MONTH, realised: FIRST }]);
    const [imported, confirmed] =
      round % 2 === 0
        ? await Promise.all([upload(code), confirmMany(code)])
        : await Promise.all([confirmMany(code), upload(code)]).then(([c, i]) => [i, c] as const);
    const after = await state(code);
    // An import that read the value before it was confirmed is refused, or overwrites it as a correction: never silently.
    if (isOk(imported)) expect(after).toMatchObject({ realised: '7', by: null });
    else expect(after).toMatchObject({ realised: '9', by: expect.any(String) });
    expect(isOk(imported) || isOk(confirmed)).toBe(true);
    expect(after.verdicts).toEqual(
      isOk(confirmed) ? (isOk(imported) ? ['confirmed', 'withdrawn'] : ['confirmed']) : [],
    );
    if (!isOk(confirmed)) expect([409, 412]).toContain(confirmed.status);
  }
  expect(await brokenConfirmations(api)).toEqual([]);
  const { funnel } = (await api.as('cio').get('/value?period=2026-Q4')).body;
  expect(funnel).toMatchObject(await funnelFromHistory(api, '2027-01-01'));
}, 90_000);
