import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sampleList } from '../../server/contract/import.js';
import { expectNoChange, expectProblem, startApi, type Api } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi({ bare: true });
});
afterAll(() => api.stop());

const settings = async () => (await api.sql('select reporting_currency, fiscal_year_start_month from settings'))[0];

describe('Samples', () => {
  test('are offered while the product is empty, each with its licence', async () => {
    const reply = await api.as('admin').get('/samples');
    expect(reply.status).toBe(200);
    expect(sampleList.safeParse(reply.body).error).toBeUndefined();
    expect(reply.body.empty).toBe(true);
    expect(reply.body.items.map((item: { id: string }) => item.id)).toEqual(['uk-major-projects', 'us-federal-it']);
    for (const item of reply.body.items) expect(item.attribution.length).toBeGreaterThan(40);
  });

  test('of an unknown name are not found, and change nothing', async () => {
    expectProblem(await expectNoChange(api, () => api.as('admin').post('/samples/nothing')), 404, 'not-found');
    expectProblem(await api.as('anonymous').post('/samples/us-federal-it'), 401, 'unauthenticated');
  });

  test('leave the settings as they were where they cannot be loaded', async () => {
    await api.sql(
      `create function refuse_sample() returns trigger language plpgsql as $$ begin raise exception using errcode = 'TL422', message = 'no'; end $$`,
    );
    await api.sql('create trigger refuse_sample before insert on links execute function refuse_sample()');
    const reply = await expectNoChange(api, () => api.as('admin').post('/samples/uk-major-projects'));
    expectProblem(reply, 409, 'conflict');
    await api.sql('drop function refuse_sample() cascade');
    expect(await settings()).toEqual({ reporting_currency: 'USD', fiscal_year_start_month: 1 });
  });

  test('are imported with their currency and fiscal year, once', async () => {
    const reply = await api.as('admin').post('/samples/uk-major-projects');
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ status: 'committed', problemCount: 0 });
    expect(await settings()).toEqual({ reporting_currency: 'GBP', fiscal_year_start_month: 4 });
    expect((await api.as('admin').get('/samples')).body).toEqual({ empty: false, items: [] });
    expectProblem(await expectNoChange(api, () => api.as('admin').post('/samples/us-federal-it')), 409, 'conflict');
  });
});
