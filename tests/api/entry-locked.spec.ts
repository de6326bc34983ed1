import { afterAll, beforeAll, expect, test } from '@jest/globals';
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
