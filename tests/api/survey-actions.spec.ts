import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Stakeholders } from '../../server/contract/stakeholder.js';
import { type Api, type Client, expectProblem, startApi } from '../support/harness.js';
import { tag } from '../support/survey-rounds.js';

let api: Api;
let cio: Client;
beforeAll(async () => {
  api = await startApi();
  cio = api.as('cio');
});
afterAll(() => api.stop());

test('What is done about what people said is seen by those whom it concerns', async () => {
  const action = { theme: 'Slow answers', action: 'A desk in each area', area: 'BU1' };
  expectProblem(await api.as('stakeholder-bu1').post('/survey-actions', action), 403, 'forbidden');
  const made = await cio.post('/survey-actions', action);
  expect(made.body).toMatchObject({ status: 'open', area: { code: 'BU1' } });
  const changed = await cio.patch(`/survey-actions/${made.body.id}`, { status: 'done' }, tag(made.body));
  expect(changed.body).toMatchObject({ status: 'done', version: 2 });
  expectProblem(
    await cio.patch(`/survey-actions/${made.body.id}`, { status: 'open' }, tag(made.body)),
    412,
    'precondition-failed',
  );
  const seenBy = async (person: 'stakeholder-bu1' | 'stakeholder-bu2') =>
    ((await api.as(person).get('/stakeholders')).body as Stakeholders).actions.map(({ theme }) => theme);
  expect(await seenBy('stakeholder-bu1')).toEqual(['Slow answers']);
  expect(await seenBy('stakeholder-bu2')).toEqual([]);
  expectProblem(await api.as('stakeholder-bu1').get('/stakeholders?orgUnit=BU2'), 404, 'not-found');
});
