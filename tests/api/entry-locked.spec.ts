import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { lockThrough, newBenefit, save, stored } from '../support/entries.js';
import { startApi, type Api } from '../support/harness.js';
import { upload } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

test('an import restates locked months, and its revert takes that back', async () => {
  const code = await newBenefit(api);
  await save(api, [{ benefit: code, month: '2026-06', planned: '5', realised: '4' }]);
  await lockThrough(api, '2026-06');
  const restated = await upload(api, {
    'benefit_values.csv': `benefit_code,month,realised\n${code},2026-06,3\n${code},2026-05,2\n`,
  });
  expect(restated.status).toBe(201);
  expect((await stored(api, code)).map((row) => row['realised'])).toEqual(['2.00', '3.00']);
  expect((await api.as('admin').post(`/imports/${restated.body.id}/revert`)).status).toBe(200);
  expect((await stored(api, code)).map((row) => row['realised'])).toEqual(['4.00']);
});

test('a reason of the request restates locked months as well as one of its body, in a grid and in an entry', async () => {
  const code = await newBenefit(api);
  const restate = async (path: string, realised: string, more: object, headers: Record<string, string>) => {
    const version = (await stored(api, code))[0]?.['version'];
    const items = [{ ...more, month: '2026-06', realised, version }];
    const body = path === '/entry' ? { id: uuidv7(), items } : { items };
    return (await api.as('admin').put(path, body, headers)).status;
  };
  const [grid, entry] = [`/benefits/${code}/values`, '/entry'];
  expect(await restate(grid, '4', {}, {})).toBe(422);
  expect(await restate(grid, '4', {}, { 'change-reason': 'Late%20invoice' })).toBe(200);
  expect(await restate(entry, '5', { benefit: code }, {})).toBe(422);
  expect(await restate(entry, '5', { benefit: code }, { 'change-reason': 'Found' })).toBe(200);
  const revised = await api.sql<{ reason: string }>(
    'select reason from benefit_values v join benefits b on b.id = v.benefit_id where b.code = $1',
    [code],
  );
  expect(revised.map(({ reason }) => reason)).toEqual(['Found']);
});
