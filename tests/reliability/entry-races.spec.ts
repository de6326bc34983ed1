import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { lockThrough, newBenefit, save, stored } from '../support/entries.js';
import { startApi, type Api } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const countBy = (statuses: readonly number[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

test('of 50 entries on one cell at once exactly one wins, and its value is what is stored', async () => {
  const code = await newBenefit(api);
  await save(api, [{ benefit: code, month: '2026-09', realised: '0' }]);
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      save(api, [{ benefit: code, month: '2026-09', realised: String(index + 1), version: 1 }], { reason: 'race' }),
    ),
  );
  expect(countBy(replies.map((reply) => reply.status))).toEqual({ 200: 1, 412: 49 });
  const won = replies.find((reply) => reply.status === 200)!.body.items[0].after;
  expect(await stored(api, code)).toEqual([expect.objectContaining({ realised: won, version: 2 })]);
  for (const lost of replies.filter((reply) => reply.status === 412))
    expect(lost.body.stale[0].theirs).toMatchObject({ version: 2, realised: won });
}, 60_000);

test('entries over the same benefits in any order wait for each other, and none is lost', async () => {
  const codes = await Promise.all(Array.from({ length: 6 }, () => newBenefit(api)));
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, index) => {
      const turned = index % 2 === 0 ? codes : [...codes].reverse();
      const month = `2030-${String(index + 1).padStart(2, '0')}`;
      return save(
        api,
        turned.map((benefit) => ({ benefit, month, planned: String(index) })),
      );
    }),
  );
  expect(countBy(replies.map((reply) => reply.status))).toEqual({ 200: 12 });
  for (const code of codes) expect(await stored(api, code)).toHaveLength(12);
}, 60_000);

test('an undo that races a change or a confirmation loses to it, or comes first: never both', async () => {
  for (let round = 0; round < 20; round += 1) {
    const code = await newBenefit(api);
    const entry = await save(api, [{ benefit: code, month: '2026-09', realised: '5' }]);
    const [undone, other] = await Promise.all([
      api.as('pm-dig').post(`/entries/${entry.body.id}/undo`),
      round % 2 === 0
        ? api.as('finance').post(`/benefits/${code}/values/2026-09/confirm`, { version: 1, amount: '5' })
        : save(api, [{ benefit: code, month: '2026-09', forecast: '6', version: 1 }], {}, 'admin'),
    ]);
    expect([undone.status, other.status].filter((status) => status === 200)).toHaveLength(1);
    expect((await stored(api, code)).length).toBe(undone.status === 200 ? 0 : 1);
  }
}, 60_000);

test('an undo that is sent twice at once is done once', async () => {
  const code = await newBenefit(api);
  const entry = await save(api, [{ benefit: code, month: '2026-09', realised: '5' }]);
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => api.as('pm-dig').post(`/entries/${entry.body.id}/undo`)),
  );
  expect(countBy(replies.map((reply) => reply.status))).toEqual({ 200: 1, 409: 7 });
});

test('no month that is locked while it is entered holds a value without a reason', async () => {
  for (let round = 0; round < 15; round += 1) {
    const code = await newBenefit(api);
    await lockThrough(api, null);
    const [entry] = await Promise.all([
      save(api, [{ benefit: code, month: '2026-09', planned: '5' }]),
      lockThrough(api, '2026-09'),
    ]);
    // In order of commit by the audit chain: what was entered came before the lock.
    const events = await api.sql<{ object_type: string }>(
      `select object_type from audit_events where object_type in ('settings', 'value_entry') order by seq desc limit 2`,
    );
    expect([entry.status, events[0]!.object_type]).toEqual([entry.status, 'settings']);
    expect([200, 422]).toContain(entry.status);
  }
  await lockThrough(api, null);
}, 60_000);
