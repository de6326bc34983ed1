/** What a review decides and agrees, and what the review after it says became of that. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { reviewAction, reviewActions, type ReviewActions } from '../../server/contract/review-after.js';
import { type Api, type Client, expectNoChange, expectProblem, startApi } from '../support/harness.js';
import { storeReview } from '../support/reviews.js';
import { tag } from '../support/survey-rounds.js';

let api: Api;
let cio: Client;
beforeAll(async () => {
  api = await startApi();
  cio = api.as('cio');
});
afterAll(() => api.stop());

const listed = async (id: string, by: Client = cio): Promise<ReviewActions> =>
  reviewActions.strict().parse((await by.get(`/reviews/${id}/actions`)).body);
const lastEvent = async () => (await cio.get('/audit?objectType=review_action&limit=1')).body.items[0];

test('What is agreed in the meeting of a frozen review is followed up in the next, kept or not, each change in the audit', async () => {
  const q2 = await storeReview(api, { period: '2026-Q2', state: 'published' });
  api.clock.advance(60_000);
  const path = `/reviews/${q2.id}/actions`;
  const made = await cio.post(path, { kind: 'action', text: 'Ask for evidence', owner: 'Ada', dueOn: '2026-12-01' });
  expect([made.status, made.headers.get('etag')]).toEqual([201, '"v1"']);
  const action = reviewAction.strict().parse(made.body);
  expect(action).toMatchObject({ outcome: 'open', dueOn: '2026-12-01', note: null, createdBy: 'cio@tests.example' });
  expect(await lastEvent()).toMatchObject({ action: 'created', objectCode: 'VR-2026-Q2', before: null });
  const decision = (await cio.post(path, { kind: 'decision', text: 'Stop INV-2' })).body;
  expect(decision).toMatchObject({ owner: null, dueOn: null });

  const q3 = await storeReview(api, { period: '2026-Q3', state: 'draft' });
  const { items, previous, previousPeriod } = await listed(q3.id);
  expect([items, previous.map(({ text }) => text), previousPeriod]).toEqual([
    [],
    ['Ask for evidence', 'Stop INV-2'],
    '2026-Q2',
  ]);
  const followUp = `/reviews/VR-2026-Q3/actions/${action.id}`;
  await expectNoChange(api, async () => {
    expectProblem(await cio.patch(followUp, { outcome: 'kept' }), 428, 'precondition-required');
    const unsaid = await cio.patch(followUp, { outcome: 'not_kept' }, tag(action));
    expectProblem(unsaid, 422, 'validation-failed');
    expect(unsaid.body.errors[0]).toMatchObject({ pointer: '/note', message: 'Say in a note why it was not kept.' });
  });
  const given = { outcome: 'not_kept', note: 'The owner left.' };
  const judged = await cio.patch(followUp, given, tag(action));
  expect(judged.body).toMatchObject({ ...given, text: 'Ask for evidence', version: 2 });
  expect(await lastEvent()).toMatchObject({
    ...{ action: 'changed', actor: 'cio@tests.example', objectId: action.id, objectCode: 'VR-2026-Q2' },
    ...{ before: { outcome: 'open', note: null }, after: given },
  });
  const late = await cio.patch(followUp, { outcome: 'kept' }, tag(action));
  expectProblem(late, 412, 'precondition-failed');
  expect(late.body.current).toMatchObject(given);
  expect((await listed(q2.id)).items.map(({ outcome }) => outcome)).toEqual(['not_kept', 'open']);
});

test('A correction has the actions of its quarter; another quarter between two reviews is stepped over', async () => {
  const first = (await cio.get('/reviews/VR-2026-Q2/actions')).body as ReviewActions;
  const again = await storeReview(api, { period: '2026-Q2', revision: 2, state: 'draft' });
  expect(await listed(again.id)).toEqual(first);
  const q1 = await storeReview(api, { period: '2027-Q1', state: 'draft' });
  expect((await listed(q1.id)).previousPeriod).toBe('2026-Q2');
});

test('A draft goes away only once nothing is recorded with it', async () => {
  const draft = await storeReview(api, { period: '2028-Q1', state: 'draft' });
  const made = (await cio.post(`/reviews/${draft.id}/actions`, { kind: 'action', text: 'Said early' })).body;
  const remove = () => cio.delete(`/reviews/${draft.id}`, { 'If-Match': '"v1"' });
  const refused = await expectNoChange(api, remove);
  expectProblem(refused, 409, 'conflict');
  expect(refused.body.detail).toMatch(/^Decisions or actions are recorded with this draft/);
  expect((await cio.delete(`/reviews/${draft.id}/actions/${made.id}`, tag(made))).status).toBe(204);
  expect((await remove()).status).toBe(204);
});

test('What was recorded by mistake is taken back, but not once its outcome is told or a frozen review may name it', async () => {
  const { id } = await storeReview(api, { period: '2025-Q1', state: 'published' });
  api.clock.advance(60_000);
  const path = `/reviews/${id}/actions`;
  const make = async (text: string) => (await cio.post(path, { kind: 'action', text })).body;
  const [mistake, kept, named] = [await make('Mistake'), await make('Kept'), await make('Named')];
  await expectNoChange(api, async () => {
    expectProblem(await cio.delete(`${path}/${mistake.id}`), 428, 'precondition-required');
    expectProblem(await cio.delete(`${path}/${mistake.id}`, { 'If-Match': '"v7"' }), 412, 'precondition-failed');
  });
  expect((await cio.delete(`${path}/${mistake.id}`, tag(mistake))).status).toBe(204);
  expectProblem(await cio.delete(`${path}/${mistake.id}`, tag(mistake)), 404, 'not-found');
  expect(await lastEvent()).toMatchObject({ action: 'archived', before: { text: 'Mistake' }, after: null });
  const judged = (await cio.patch(`${path}/${kept.id}`, { outcome: 'kept' }, tag(kept))).body;
  api.clock.advance(60_000);
  await storeReview(api, { period: '2025-Q2', state: 'frozen' });
  await expectNoChange(api, async () => {
    expectProblem(await cio.delete(`${path}/${kept.id}`, tag(judged)), 409, 'conflict');
    expectProblem(await cio.delete(`${path}/${named.id}`, tag(named)), 409, 'conflict');
  });
  expect((await listed(id)).items.map(({ text }) => text)).toEqual(['Kept', 'Named']);
});

test('Actions are read by who reads the review, and written by the CIO and administrators', async () => {
  const frozen = await storeReview(api, { period: '2024-Q1', state: 'frozen' });
  const published = await storeReview(api, { period: '2024-Q2', state: 'published' });
  const given = { kind: 'action', text: 'Heard in the room' };
  expect((await cio.post(`/reviews/${frozen.id}/actions`, given)).status).toBe(201);
  expect((await api.as('admin').post(`/reviews/${published.id}/actions`, given)).status).toBe(201);
  const unit = api.as('stakeholder-bu1');
  expectProblem(await unit.get(`/reviews/${frozen.id}/actions`), 404, 'not-found');
  // The quarter before is none that they read.
  expect(await listed(published.id, unit)).toMatchObject({ items: [given], previous: [], previousPeriod: null });
  expect((await listed(published.id, api.as('finance'))).previous).toMatchObject([given]);
  await expectNoChange(api, async () => {
    for (const person of ['stakeholder-bu1', 'finance', 'pm-dig'] as const)
      expectProblem(await api.as(person).post(`/reviews/${published.id}/actions`, given), 403, 'forbidden');
    const { id } = (await listed(published.id)).items[0]!;
    expectProblem(
      await unit.patch(`/reviews/${published.id}/actions/${id}`, {}, { 'If-Match': '"v1"' }),
      403,
      'forbidden',
    );
    // An action is changed by a review that shows it.
    const elsewhere = `/reviews/${frozen.id}/actions/${id}`;
    expectProblem(await cio.patch(elsewhere, { note: 'x' }, { 'If-Match': '"v1"' }), 404, 'not-found');
    expectProblem(
      await cio.post(`/reviews/${published.id}/actions`, { kind: 'wish', text: 'x' }),
      422,
      'validation-failed',
    );
    expectProblem(
      await cio.post(`/reviews/${published.id}/actions`, { kind: 'action', text: '  ' }),
      422,
      'validation-failed',
    );
    expectProblem(
      await cio.post(`/reviews/${published.id}/actions`, { ...given, dueOn: '2026-02-30' }),
      422,
      'validation-failed',
    );
    expectProblem(await cio.get('/reviews/VR-2019-Q1/actions'), 404, 'not-found');
  });
});

test('What is open is carried on until it is kept or not, and what was reworded after publication says so', async () => {
  const q4 = await storeReview(api, { period: '2022-Q1', state: 'published' });
  api.clock.advance(60_000);
  const path = `/reviews/${q4.id}/actions`;
  const made = (await cio.post(path, { kind: 'action', text: 'Close the old site', owner: 'Ada' })).body;
  await storeReview(api, { period: '2022-Q2', state: 'published' });
  api.clock.advance(60_000);
  const q3 = await storeReview(api, { period: '2022-Q3', state: 'draft' });
  const carried = async () =>
    (await listed(q3.id)).previous.map(({ period, text, outcome }) => [period, text, outcome]);
  expect(await carried()).toEqual([['2022-Q1', 'Close the old site', 'open']]);
  expect((await listed(q3.id)).rewordings).toEqual([]);
  const followUp = `/reviews/${q3.id}/actions/${made.id}`;
  const reworded = (await cio.patch(followUp, { text: 'Look at the old site' }, tag(made))).body;
  const at = api.clock.now().toISOString();
  const mark = { action: made.id, at, by: 'cio@tests.example', text: 'Close the old site', owner: 'Ada', dueOn: null };
  expect((await listed(q3.id)).rewordings).toEqual([mark]);
  expect((await listed(q4.id)).rewordings).toEqual([mark]);
  // What became of it is no other wording, and is seen until the next review.
  expect((await cio.patch(followUp, { outcome: 'kept' }, tag(reworded))).status).toBe(200);
  expect((await listed(q3.id)).rewordings).toEqual([mark]);
  expect(await carried()).toEqual([['2022-Q1', 'Look at the old site', 'kept']]);
  api.clock.advance(60_000);
  await storeReview(api, { period: '2022-Q4', state: 'frozen' });
  api.clock.advance(60_000);
  const next = await storeReview(api, { period: '2023-Q1', state: 'draft' });
  expect((await listed(next.id)).previous).toEqual([]);
});
