import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newBenefit, stored } from '../support/entries.js';
import { expectProblem, startApi, type Api, type Reply } from '../support/harness.js';

/** A baseline plan stays for ever, also where it came by an import that is reverted. */

let api: Api;
let code: string;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const MINUTE = 60_000;
beforeEach(() => {
  api.clock.set('2026-11-21T12:00:00.000Z');
});

/** Each step a minute after the one before. */
const at = (person: 'pm-dig' | 'admin') => {
  api.clock.advance(MINUTE);
  return api.as(person);
};
const load = async (lines: string[]): Promise<string> => {
  const content = ['benefit_code,month,planned', ...lines].join('\n');
  const reply = await at('pm-dig').upload('/imports', [{ name: 'benefit_values.csv', content }]);
  expect([reply.status, reply.body.status, reply.body.problems]).toEqual([201, 'committed', []]);
  return reply.body.id;
};
const revert = (id: string): Promise<Reply> => at('pm-dig').post(`/imports/${id}/revert`);
const approve = async (approvedOn: string): Promise<void> => {
  const { version } = (await api.as('admin').get(`/benefits/${code}`)).body;
  const reply = await at('admin').patch(`/benefits/${code}`, { approvedOn }, { 'if-match': `"v${version}"` });
  expect(reply.status).toBe(200);
};
const put = (items: unknown[]): Promise<Reply> => at('pm-dig').put(`/benefits/${code}/values`, { items });
const baseline = async (): Promise<Record<string, string | null>> =>
  Object.fromEntries(
    (
      await api.sql<{ month: string; amount: string | null }>(
        `select to_char(v.month, 'YYYY-MM') as month, trim_scale(v.baseline_planned)::text as amount
         from values_with_baseline v join benefits b on b.id = v.benefit_id where b.code = $1 order by v.month`,
        [code],
      )
    ).map(({ month, amount }) => [month, amount]),
  );
const versions = async (): Promise<unknown[]> =>
  (await api.as('pm-dig').get(`/benefits/${code}/plan-versions`)).body.items.map(
    ({ total, reason, isBaseline }: Record<string, unknown>) => [total, reason, isBaseline],
  );

describe('The plan that an approval has fixed outlives the revert of the import that brought it', () => {
  test.each([
    ['on the day itself', '2026-11-21'],
    ['of an earlier day that is recorded after the import', '2026-10-05'],
  ])('approved %s', async (_when, day) => {
    code = await newBenefit(api);
    const id = await load([`${code},2026-02,10`, `${code},2026-03,20`]);
    await approve(day);
    expect((await revert(id)).status).toBe(200);
    expect(await stored(api, code)).toMatchObject([
      { month: '2026-02', planned: null, version: 2 },
      { month: '2026-03', planned: null, version: 2 },
    ]);
    expect(await baseline()).toEqual({ '2026-02': '10', '2026-03': '20' });
    const told = [
      ['30.00', null, true],
      ['0.00', 'import benefit_values.csv reverted', false],
    ];
    expect(await versions()).toEqual(told);
    // The next plan is a version with a reason, and no baseline.
    expectProblem(await put([{ month: '2026-02', planned: '1', version: 2 }]), 422, 'validation-failed');
    expect((await put([{ month: '2026-02', planned: '1', version: 2, reason: 'Less.' }])).status).toBe(200);
    await load([`${code},2026-03,2`]);
    expect(await versions()).toEqual([...told, ['1.00', 'Less.', false], ['3.00', 'import benefit_values.csv', false]]);
    expect(await baseline()).toEqual({ '2026-02': '10', '2026-03': '20' });
  });

  test('also where the month was there, and where a value and its attestation came with the plan', async () => {
    code = await newBenefit(api);
    await put([{ month: '2026-02', forecast: '4' }]);
    const content = [
      'benefit_code,month,planned,realised,confirmed_by_email',
      `${code},2026-02,10,,`,
      `${code},2026-03,20,7,auditor@tests.example`,
    ].join('\n');
    const { body } = await at('admin').upload('/imports', [{ name: 'benefit_values.csv', content }]);
    await approve('2026-11-21');
    expect((await at('admin').post(`/imports/${body.id}/revert`)).status).toBe(200);
    expect(await stored(api, code)).toMatchObject([
      { month: '2026-02', planned: null, forecast: '4.00', realised: null },
      { month: '2026-03', planned: null, forecast: null, realised: null, reportedBy: null, confirmedBy: null },
    ]);
    expect(await baseline()).toEqual({ '2026-02': '10', '2026-03': '20' });
    expect((await api.as('finance').get(`/benefits/${code}/confirmations`)).body.items).toMatchObject([
      { verdict: 'withdrawn', amount: '7.00', note: 'import benefit_values.csv reverted' },
      { verdict: 'attested', amount: '7.00' },
    ]);
  });

  test('and so does the first plan after an approval, once it was planned anew upon it', async () => {
    code = await newBenefit(api, { approvedOn: '2026-01-05' });
    const id = await load([`${code},2026-02,10`]);
    expect((await put([{ month: '2026-04', planned: '3', reason: 'The pilot goes on.' }])).status).toBe(200);
    expect((await revert(id)).status).toBe(200);
    expect(await baseline()).toEqual({ '2026-02': '10', '2026-04': null });
    expect(await versions()).toEqual([
      ['10.00', null, true],
      ['13.00', 'The pilot goes on.', false],
      ['3.00', 'import benefit_values.csv reverted', false],
    ]);
  });
});

test('an import that planned anew is a version with its reason, and so is its revert', async () => {
  code = await newBenefit(api, { approvedOn: '2026-01-05' });
  await put([{ month: '2026-02', planned: '10' }]);
  const id = await load([`${code},2026-02,6`, `${code},2026-03,5`]);
  const replanned = [
    ['10.00', null, true],
    ['11.00', 'import benefit_values.csv', false],
  ];
  expect(await versions()).toEqual(replanned);
  expect((await revert(id)).status).toBe(200);
  expect(await versions()).toEqual([...replanned, ['10.00', 'import benefit_values.csv reverted', false]]);
  expect(await baseline()).toEqual({ '2026-02': '10' });
  expect(await stored(api, code)).toMatchObject([{ month: '2026-02', planned: '10.00', version: 3 }]);
});
