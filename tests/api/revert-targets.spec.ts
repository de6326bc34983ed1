import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';
import { type Files, stored } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const put = (files: Files): Promise<string> => stored(api, files);
const revert = (id: string): Promise<Reply> => api.as('admin').post(`/imports/${id}/revert`);
const setTarget = async (fields: object): Promise<void> => {
  expect((await api.as('admin').post('/metric-targets', { fromPeriod: '2026-Q1', ...fields })).status).toBe(201);
};

describe('The reverting of an import of indicators', () => {
  test('is refused while a target set since is of one that it created', async () => {
    const id = await put({ 'indicators.csv': 'code,name,better\nIND-R,Calls,lower\n' });
    await setTarget({ metricId: 'IND-R', target: '10' });
    const reply = await expectNoChange(api, () => revert(id));
    expectProblem(reply, 409, 'conflict');
    expect(reply.body.errors).toMatchObject([
      { pointer: 'metric_target:IND-R 2026-Q1', code: 'referred_to', message: expect.stringContaining('IND-R') },
    ]);
    // Targets that came with it go with it.
    const own = await put({
      'indicators.csv': 'code,name,better\nIND-S,Mails,lower\n',
      'metric_targets.csv': 'metric_id,from_period,target\nIND-S,2026-Q1,5\n',
    });
    expect((await revert(own)).status).toBe(200);
  });

  test('does not turn the better way over a target that was set since', async () => {
    await put({ 'indicators.csv': 'code,name,better\nIND-T,Answers,lower\n' });
    const id = await put({ 'indicators.csv': 'code,better\nIND-T,higher\n' });
    await setTarget({ metricId: 'IND-T', target: '380', amber: '370' });
    const reply = await expectNoChange(api, () => revert(id));
    expectProblem(reply, 409, 'conflict');
    expect(reply.body.errors).toMatchObject([
      {
        pointer: 'metric_target:IND-T 2026-Q1',
        code: 'target.amber_beyond',
        message: expect.stringContaining('amber 370 lies beyond the target 380'),
      },
    ]);
  });

  test('brings no amber back that lies beyond its target by now', async () => {
    await put({
      'indicators.csv': 'code,name,better\nIND-U,Orders,higher\n',
      'metric_targets.csv': 'metric_id,from_period,target,amber\nIND-U,2026-Q1,380,370\n',
    });
    const id = await put({ 'metric_targets.csv': 'metric_id,from_period,target,amber\nIND-U,2026-Q1,380,380\n' });
    const { id: ref, version } = (await api.as('admin').get('/indicators/IND-U')).body;
    const turned = await api
      .as('admin')
      .patch(`/indicators/${ref}`, { better: 'lower' }, { 'If-Match': `"v${version}"` });
    expect(turned.status).toBe(200);
    const reply = await expectNoChange(api, () => revert(id));
    expect(reply.body.errors).toMatchObject([{ code: 'target.amber_beyond' }]);
  });
});
