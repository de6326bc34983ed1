/** A chain with more paths than are listed: the list says what to do, the picture and narrower lists go on. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LAYERS, paths as pathsSchema, picture as pictureSchema } from '../../server/contract/chain.js';
import { type Api, expectProblem, startApi } from '../support/harness.js';

let api: Api;
/** Twelve records a layer, each linked to all of the next: 12⁵ paths. Each investment has spent 144.00. */
beforeAll(async () => {
  api = await startApi();
  const tables = ['investments', 'initiatives', 'capabilities', 'outcomes', 'benefits'];
  for (const [layer, table] of tables.entries())
    await api.sql(
      `insert into ${table} (code, name) select '${layer}-' || i, 'Record ' || i from generate_series(1, 12) i`,
    );
  for (let layer = 0; layer < 4; layer += 1)
    await api.sql(`insert into links (from_type, from_id, to_type, to_id)
      select '${LAYERS[layer]}', f.id, '${LAYERS[layer + 1]}', t.id from ${tables[layer]} f, ${tables[layer + 1]} t`);
  await api.sql(
    `insert into investment_costs (investment_id, month, kind, actual) select id, '2026-05-01', 'opex', 144 from investments`,
  );
  await api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
}, 60_000);
afterAll(() => api.stop());

test('more than 200,000 paths are refused with what narrows them', async () => {
  const reply = await api.as('cio').get('/chain/paths?period=2026-Q4');
  expectProblem(reply, 422, 'validation-failed');
  expect(reply.body.detail).toBe(
    'There are more than 200,000 paths. Narrow them by a scope, a record, a kind of gap, or a least amount (min).',
  );
});

test('a record in focus, or a least amount, makes the list small enough', async () => {
  const focus = await api.as('cio').get('/chain/paths?period=2026-Q4&type=investment&ref=0-3&limit=2');
  const found = pathsSchema.parse(focus.body);
  // 144.00 over 12⁴ paths is less than a cent each; together they are 144.00.
  expect([found.total, found.cost, found.items[0]!.cost]).toEqual([12 ** 4, '144.00', '0.01']);
  const least = await api.as('cio').get('/chain/paths?period=2026-Q4&min=1');
  expect([least.status, least.body.total, least.body.cost]).toEqual([200, 0, '0.00']);
});

test('the picture holds at most 40 boxes and 60 links, and all the spend', async () => {
  const found = pictureSchema.parse((await api.as('cio').get('/chain/picture?period=2026-Q4')).body);
  expect(found.invested).toBe('1728.00');
  expect(found.nodes.length).toBeLessThanOrEqual(40);
  expect(found.links.length).toBeLessThanOrEqual(60);
  for (const type of LAYERS) {
    const column = found.nodes.filter((node) => node.type === type);
    expect(column.reduce((count, node) => count + node.records, 0)).toBe(12);
    expect(column.at(-1)).toMatchObject({ kind: 'smaller', code: null });
  }
});
