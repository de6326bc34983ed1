import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Stakeholders } from '../../server/contract/stakeholder.js';
import { type Api, type Client, expectNoChange, expectProblem, startApi } from '../support/harness.js';
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
  // What is done for the units above is done for those below.
  const above = await cio.post('/survey-actions', { ...action, theme: 'Heard above', area: 'ENT' });
  expect(above.status).toBe(201);
  expect(await seenBy('stakeholder-bu2')).toEqual(['Heard above']);
  expect(await seenBy('stakeholder-bu1')).toEqual(['Heard above', 'Slow answers']);
  expectProblem(await api.as('stakeholder-bu1').get('/stakeholders?orgUnit=BU2'), 404, 'not-found');
});

test('The next survey is the one that takes answers, or the draft that opens next; what is over or past is neither', async () => {
  // Today is 21 November 2026.
  const next = async () => ((await cio.get('/stakeholders')).body as Stakeholders).next;
  const draft = async (period: string, opensOn: string) =>
    (await cio.post('/survey-rounds', { period, name: period, areas: ['BU1'], opensOn })).body;
  await draft('2027-Q1', '2026-11-01');
  const open = await draft('2027-Q2', '2026-11-02');
  await draft('2027-Q3', '2027-01-15');
  expect(await next()).toMatchObject({ name: '2027-Q3', state: 'draft' });
  await cio.post(`/survey-rounds/${open.code}/open`, {}, tag(open));
  expect(await next()).toMatchObject({ name: '2027-Q2', state: 'open' });
  await api.sql("update survey_rounds set closes_on = '2026-11-20', version = version + 1 where state = 'open'");
  await api.sql('update data_versions set version = version + 1');
  expect(await next()).toMatchObject({ name: '2027-Q3', state: 'draft' });
});

test('Of more than 200 comments the first are told, with how many there are', async () => {
  await api.sql("insert into surveys (code, period, name) values ('WORDS', '2025-Q1', 'Words')");
  await api.sql(`insert into survey_responses (survey_id, respondent, satisfaction, comment)
    select s.id, 'sha256:' || encode(sha256(n::text::bytea), 'hex'), 4, 'Comment ' || lpad(n::text, 3, '0')
    from surveys s, generate_series(1, 203) n where s.code = 'WORDS'`);
  await api.sql('update data_versions set version = version + 1');
  const { comments, commentsTotal } = (await cio.get('/stakeholders?period=2025-Q1')).body as Stakeholders;
  expect([comments!.length, comments!.at(-1), commentsTotal]).toEqual([200, 'Comment 200', 203]);
});

test('What was written is mended, moved to another area, and taken back under its version', async () => {
  const made = (await cio.post('/survey-actions', { theme: 'Slow', action: 'A desk', area: 'BU1' })).body;
  const path = `/survey-actions/${made.id}`;
  const seenBy = async (person: 'stakeholder-bu1' | 'stakeholder-bu2') =>
    ((await api.as(person).get('/stakeholders')).body as Stakeholders).actions.map(({ theme }) => theme);
  expectProblem(await cio.patch(path, { area: 'NONE' }, tag(made)), 422, 'validation-failed');
  const mended = (await cio.patch(path, { theme: 'Late answers', area: 'BU2' }, tag(made))).body;
  expect(mended).toMatchObject({ theme: 'Late answers', action: 'A desk', area: { code: 'BU2' }, version: 2 });
  expect(await seenBy('stakeholder-bu1')).not.toContain('Late answers');
  expect(await seenBy('stakeholder-bu2')).toContain('Late answers');
  expect((await cio.patch(path, { area: null }, tag(mended))).body).toMatchObject({ area: null, version: 3 });
  expect(await seenBy('stakeholder-bu1')).toContain('Late answers');
  const now = { 'If-Match': '"v3"' };
  await expectNoChange(api, async () => {
    expectProblem(await cio.delete(path), 428, 'precondition-required');
    expectProblem(await cio.delete(path, tag(mended)), 412, 'precondition-failed');
    expectProblem(await api.as('stakeholder-bu1').delete(path, now), 403, 'forbidden');
  });
  expect((await cio.delete(path, now)).status).toBe(204);
  expectProblem(await cio.delete(path, now), 404, 'not-found');
  expect(await seenBy('stakeholder-bu1')).not.toContain('Late answers');
  const [event] = (await cio.get('/audit?objectType=survey_action')).body.items;
  expect([event.action, event.before.theme, event.before.area, event.after]).toEqual([
    'archived',
    'Late answers',
    null,
    null,
  ]);
});
