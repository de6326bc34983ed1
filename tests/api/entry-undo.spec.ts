import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { entryList } from '../../server/contract/entry.js';
import { lockThrough, newBenefit, save, stored } from '../support/entries.js';
import { emailOf, expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
afterEach(() => lockThrough(api, null));

const undo = (
  id: string,
  person: 'pm-dig' | 'pm-core' | 'admin' | 'cio' = 'pm-dig',
  headers: Record<string, string> = {},
): Promise<Reply> => api.as(person).post(`/entries/${id}/undo`, undefined, headers);
const confirm = (code: string, version: number, amount: string, verdict = 'confirm'): Promise<Reply> =>
  api.as('finance').post(`/benefits/${code}/values/2026-09/${verdict}`, { version, amount });

test('an undo brings every cell back as a new revision with its reason, and what was not there is gone', async () => {
  const code = await newBenefit(api);
  await save(api, [{ benefit: code, month: '2026-09', planned: '10', realised: '9', evidence: 'ledger' }], {}, 'admin');
  const entry = await save(
    api,
    [
      { benefit: code, month: '2026-09', realised: '7', evidence: null, version: 1 },
      { benefit: code, month: '2026-10', planned: '1' },
    ],
    { reason: 'typed in haste' },
  );
  const { id } = entry.body;
  const reply = await undo(id, 'pm-dig', { 'change-reason': 'Wrong%20sheet' });
  expect([reply.status, reply.body.canUndo, reply.body.undoneBy]).toEqual([200, false, emailOf('pm-dig')]);
  expect(await stored(api, code)).toEqual([
    expect.objectContaining({
      month: '2026-09',
      version: 3,
      planned: '10.00',
      realised: '9.00',
      evidence: 'ledger',
      reportedBy: emailOf('admin'),
    }),
  ]);
  const revisions = await api.sql(
    `select r.version, r.realised, r.archived, r.changed_by, r.reason from benefit_value_revisions r
     join benefit_values v on v.id = r.benefit_value_id join benefits b on b.id = v.benefit_id
     where b.code = $1 and r.reason like 'Undo%' order by v.month`,
    [code],
  );
  const told = { changed_by: emailOf('pm-dig'), reason: `Undo of entry ${id}: Wrong sheet` };
  expect(revisions).toEqual([
    { ...told, version: 3, realised: '9.0000', archived: false },
    { ...told, version: 2, realised: null, archived: true },
  ]);
  const [event] = (await api.as('admin').get('/audit?limit=1')).body.items;
  expect(event).toMatchObject({ action: 'undone', objectType: 'value_entry', objectId: id, objectCode: code });
  expect(event.reason).toBe('Wrong sheet');
  expect(event.after).toEqual({
    reason: `Undo of entry ${id}: Wrong sheet`,
    items: [
      { benefit: code, month: '2026-09', realised: '9.00', evidence: 'ledger' },
      { benefit: code, month: '2026-10', planned: null },
    ],
  });
  expectProblem(await expectNoChange(api, () => undo(id)), 409, 'conflict');
  const again = await save(api, [{ benefit: code, month: '2026-10', planned: '2' }]);
  expect(again.body.items).toEqual([
    { benefit: code, month: '2026-10', field: 'planned', before: null, after: '2.00', version: 3 },
  ]);
});

test('an entry that withdrew a confirmation gives the amount back, and not the confirmation', async () => {
  const code = await newBenefit(api);
  await save(api, [{ benefit: code, month: '2026-09', realised: '9' }]);
  await confirm(code, 1, '9');
  const entry = await save(api, [{ benefit: code, month: '2026-09', realised: '7', version: 2 }], { reason: 'x' });
  await undo(entry.body.id);
  expect(await stored(api, code)).toEqual([expect.objectContaining({ realised: '9.00', confirmedBy: null })]);
});

test('what was built upon an entry keeps it: each month is named with what came, who and when', async () => {
  const code = await newBenefit(api);
  const months = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10'];
  const entry = await save(
    api,
    months.map((month) => ({ benefit: code, month, realised: '9' })),
  );
  const judge = (month: string, verdict: string, version = 1): Promise<Reply> =>
    api.as('finance').post(`/benefits/${code}/values/${month}/${verdict}`, { version, amount: '9' });
  await judge('2026-06', 'confirm');
  await judge('2026-07', 'reject');
  await judge('2026-08', 'confirm');
  await judge('2026-08', 'reject', 2);
  api.clock.advance(60_000);
  await save(api, [{ benefit: code, month: '2026-09', evidence: 'ledger', version: 1 }], {}, 'admin');
  api.clock.advance(-60_000);
  expect((await api.as('pm-dig').get(`/entries/${entry.body.id}`)).body.canUndo).toBe(false);
  const reply = await expectNoChange(api, () => undo(entry.body.id));
  expectProblem(reply, 409, 'conflict');
  const at = '2026-11-21T12:00:00.000Z';
  const finance = { benefit: code, by: emailOf('finance'), at };
  expect(reply.body.changed).toEqual([
    { ...finance, month: '2026-06', what: 'confirmed' },
    { ...finance, month: '2026-07', what: 'rejected' },
    { ...finance, month: '2026-08', what: 'rejected' },
    { benefit: code, month: '2026-09', what: 'changed', by: emailOf('admin'), at: '2026-11-21T12:01:00.000Z' },
  ]);
});

test('a change after a verdict is called a change', async () => {
  const code = await newBenefit(api);
  const entry = await save(api, [{ benefit: code, month: '2026-09', realised: '9' }]);
  await confirm(code, 1, '9');
  await save(api, [{ benefit: code, month: '2026-09', planned: '9', version: 2 }]);
  expect((await undo(entry.body.id)).body.changed).toEqual([expect.objectContaining({ what: 'changed' })]);
});

test('months that were locked since stay; a restatement of a locked month may be taken back', async () => {
  const code = await newBenefit(api);
  const before = await save(api, [{ benefit: code, month: '2026-09', realised: '9' }]);
  await lockThrough(api, '2026-09');
  const reply = await expectNoChange(api, () => undo(before.body.id));
  expectProblem(reply, 409, 'conflict');
  expect(reply.body.errors).toEqual([expect.objectContaining({ code: 'month.locked' })]);
  const item = { benefit: code, month: '2026-09', realised: '8', version: 1 };
  const restated = await save(api, [item], { reason: 'credit note' });
  expect((await undo(restated.body.id)).status).toBe(200);
  expect(await stored(api, code)).toEqual([expect.objectContaining({ realised: '9.00' })]);
});

test('the baseline plan outlives the undo of the entry that brought it', async () => {
  const code = await newBenefit(api);
  const entry = await save(api, [{ benefit: code, month: '2026-09', planned: '100' }]);
  api.clock.advance(1000);
  const { version } = (await api.as('admin').get(`/benefits/${code}`)).body;
  await api.as('admin').patch(`/benefits/${code}`, { approvedOn: '2026-11-21' }, { 'if-match': `"v${version}"` });
  api.clock.advance(1000);
  expect((await undo(entry.body.id)).status).toBe(200);
  expect(await stored(api, code)).toEqual([expect.objectContaining({ planned: null, version: 2 })]);
  const [kept] = await api.sql(
    `select v.baseline_planned from values_with_baseline v join benefits b on b.id = v.benefit_id where b.code = $1`,
    [code],
  );
  expect(kept).toEqual({ baseline_planned: '100.0000' });
  api.clock.advance(-2000);
});

test('entries are listed page by page, newest first, and none is lost or told twice', async () => {
  const code = await newBenefit(api);
  const saved: string[] = [];
  for (const month of ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05'])
    saved.unshift((await save(api, [{ benefit: code, month, planned: '1' }])).body.id);
  const before = (await api.as('pm-dig').get('/entries?limit=1')).body.total;
  const listed: string[] = [];
  let cursor = '';
  while (listed.length < saved.length) {
    const { body } = await api.as('pm-dig').get(`/entries?limit=2${cursor}`);
    expect([entryList.safeParse(body).error, body.total]).toEqual([undefined, before]);
    listed.push(...body.items.map((entry: { id: string }) => entry.id));
    cursor = `&cursor=${body.nextCursor}`;
  }
  expect(listed.slice(0, 5)).toEqual(saved);
  const all = await api.as('pm-dig').get('/entries?limit=500');
  expect([all.body.items.length, all.body.nextCursor]).toEqual([before, null]);
  expectProblem(await api.as('pm-dig').get('/entries?cursor=x'), 422, 'validation-failed');
});

test('entries are seen and taken back by whoever made them and by administrators', async () => {
  const [own, foreign] = [await newBenefit(api), await newBenefit(api, { portfolioCode: 'CORE' })];
  const mine = await save(api, [{ benefit: own, month: '2026-09', planned: '1' }]);
  const { id } = (await save(api, [{ benefit: foreign, month: '2026-09', planned: '1' }], {}, 'pm-core')).body;
  expectProblem(await api.as('pm-dig').get(`/entries/${id}`), 404, 'not-found');
  expectProblem(await undo(id), 404, 'not-found');
  expectProblem(await undo(id, 'cio'), 403, 'forbidden');
  expectProblem(await api.as('pm-dig').get('/entries/7f9c2ba4-1d0f-4a5e-9c3b-2d1e0f9a8b7c'), 404, 'not-found');
  const list = await api.as('pm-dig').get('/entries?limit=1');
  expect(list.body.items.map((entry: { id: string }) => entry.id)).toEqual([mine.body.id]);
  expect(list.body.items[0]).toMatchObject({ cells: 1, benefits: 1, canUndo: true });
  expect((await undo(id, 'admin')).status).toBe(200);
  const seen = await api.as('pm-core').get(`/entries/${id}`);
  expect(seen.body).toMatchObject({ canUndo: false, undoneBy: emailOf('admin') });
  const { id: benefitId } = (await api.as('admin').get(`/benefits/${own}`)).body;
  await api.sql(
    `update benefits set version = version + 1, portfolio_id = (select id from portfolios where code = 'CORE') where id = $1`,
    [benefitId],
  );
  expectProblem(await undo(mine.body.id), 403, 'forbidden');
});
