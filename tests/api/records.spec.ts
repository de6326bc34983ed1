import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DECLARATIONS } from '../../server/contract/records.js';
import { expectNoChange, expectProblem, startApi, type Api } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

let n = 0;
const fresh = (prefix: string): string => `${prefix}-${(n += 1)}`;
const events = async (): Promise<number> =>
  (await api.sql<{ n: string }>('select count(*) as n from audit_events')).map((row) => Number(row.n))[0]!;

test('a record that is created comes back with its id, version, address and ETag, and can be read by code in any case', async () => {
  const code = fresh('INV');
  const before = await events();
  const made = await api
    .as('admin')
    .post('/investments', { code, name: 'Claims', portfolioCode: 'dig', currency: 'EUR', startMonth: '2026-01' });
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toBe(`/api/v1/investments/${made.body.id}`);
  expect(made.headers.get('etag')).toBe('"v1"');
  expect(made.body).toMatchObject({
    code,
    name: 'Claims',
    portfolioCode: 'DIG',
    currency: 'EUR',
    startMonth: '2026-01',
    version: 1,
    description: null,
  });
  expect(made.body.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  for (const ref of [made.body.id, code, code.toLowerCase()])
    expect((await api.as('cio').get(`/investments/${ref}`)).body).toEqual(made.body);
  expect(await events()).toBe(before + 1);
});

test('PATCH without If-Match is 428, with a stale one 412 with the current record, with * never accepted', async () => {
  const code = fresh('PR');
  const made = await api.as('admin').post('/priorities', { code, name: 'One' });
  const patch = (headers: Record<string, string>) =>
    api.as('admin').patch(`/priorities/${code}`, { name: 'Two' }, headers);
  await expectNoChange(api, async () => {
    expectProblem(await patch({}), 428, 'precondition-required');
    expectProblem(await patch({ 'if-match': '*' }), 412, 'precondition-failed');
    expectProblem(await patch({ 'if-match': 'W/"v1"' }), 412, 'precondition-failed');
    const stale = await patch({ 'if-match': '"v7"' });
    expectProblem(stale, 412, 'precondition-failed');
    expect(stale.body.current).toEqual(made.body);
    expect(stale.headers.get('etag')).toBe('"v1"');
  });
  const changed = await patch({ 'if-match': '"v1"' });
  expect([changed.status, changed.body.name, changed.body.version, changed.headers.get('etag')]).toEqual([
    200,
    'Two',
    2,
    '"v2"',
  ]);
});

test('a record is read anew with the ETag of its version: what stands beside it changes without it', async () => {
  const code = fresh('PR');
  await api.as('admin').post('/priorities', { code, name: 'One' });
  for (const known of ['"v1"', 'W/"v1"', '"other", "v1"']) {
    // As a browser reloads: without its own word about caches `fetch` would say no-cache, to which nothing is "not modified".
    const reload = { 'if-none-match': known, 'cache-control': 'max-age=0' };
    const again = await api.as('admin').get(`/priorities/${code}`, reload);
    expect([known, again.status]).toEqual([known, 200]);
    expect(again.body.code).toBe(code);
    expect(again.headers.get('cache-control')).toBe('private, no-cache');
  }
});

test('of 200 simultaneous edits of one record one is stored and 199 are told that they are stale', async () => {
  const code = fresh('PR');
  await api.as('admin').post('/priorities', { code, name: 'Zero' });
  const admin = api.as('admin');
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_one, i) =>
      admin.patch(`/priorities/${code}`, { name: `Edit ${i}` }, { 'if-match': '"v1"' }),
    ),
  );
  const counts = new Map<number, number>();
  for (const reply of replies) counts.set(reply.status, (counts.get(reply.status) ?? 0) + 1);
  expect(Object.fromEntries(counts)).toEqual({ 200: 1, 412: 199 });
  const winner = replies.find((reply) => reply.status === 200)!;
  expect((await admin.get(`/priorities/${code}`)).body).toEqual(winner.body);
});

test('an unknown field, a field of the server and a wrong type are each refused by name', async () => {
  await expectNoChange(api, async () => {
    for (const [body, pointer] of [
      [{ code: 'X-1', name: 'x', colour: 'red' }, '/colour'],
      [{ code: 'X-1', name: 'x', id: '019a0000-0000-7000-8000-000000000000' }, '/id'],
      [{ code: 'X-1', name: 'x', version: 7 }, '/version'],
      [{ code: 'X-1', name: ['x'] }, '/name'],
      [{ code: 'X-1', name: { $ne: null } }, '/name'],
      [{ code: 'X:1', name: 'x' }, '/code'],
      [{ name: 'x' }, '/code'],
      [{ code: 'X-1', name: 'x', startMonth: '2026-13' }, '/startMonth'],
      [{ code: 'X-1', name: 'x', currency: 'euro' }, '/currency'],
      [{ code: 'X-1', name: 'x', portfolioCode: 'NOPE' }, '/portfolioCode'],
    ] as const) {
      const reply = await api.as('admin').post('/investments', body);
      expectProblem(reply, 422, 'validation-failed');
      expect(reply.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    }
  });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test.each(['0.12345', 'NaN', '1e400', '1,50', '12345678901234567', '', ' 1', '-'])(
  'money written as %j is refused',
  async (written) => {
    const code = fresh('INV');
    await api.as('admin').post('/investments', { code, name: 'Money' });
    const put = () =>
      api
        .as('admin')
        .put(`/investments/${code}/costs`, { items: [{ month: '2026-01', kind: 'opex', actual: written }] });
    expectProblem(await expectNoChange(api, put), 422, 'validation-failed');
  },
);

test('money is kept to the last of four decimals and comes back as text', async () => {
  const code = fresh('INV');
  await api.as('admin').post('/investments', { code, name: 'Money' });
  const amounts = ['0.1', '0.125', '-3.0001', '9999999999999999.9999', '5'];
  const items = amounts.map((actual, i) => ({ month: `2026-0${i + 1}`, kind: 'opex', actual }));
  const stored = await api.as('admin').put(`/investments/${code}/costs`, { items });
  expect(stored.body.items.map((row: { actual: string }) => row.actual)).toEqual([
    '0.10',
    '0.125',
    '-3.0001',
    '9999999999999999.9999',
    '5.00',
  ]);
});

test('an archived record is gone from lists and by code, stays readable by id, and its code is not free', async () => {
  const code = fresh('PR');
  const made = await api.as('admin').post('/priorities', { code, name: 'Gone' });
  expect((await api.as('admin').delete(`/priorities/${code}`, { 'if-match': '"v1"' })).status).toBe(204);
  expectProblem(await api.as('admin').get(`/priorities/${code}`), 404, 'not-found');
  expect((await api.as('admin').get(`/priorities/${made.body.id}`)).body.archivedAt).toBe('2026-11-21T12:00:00.000Z');
  expect((await api.as('admin').get(`/priorities?code=${code}`)).body.total).toBe(0);
  expect((await api.as('admin').get(`/priorities?code=${code}&archived=true`)).body.total).toBe(1);
  expectProblem(await api.as('admin').post('/priorities', { code, name: 'Again' }), 409, 'duplicate');
});

test('archiving what has costs or links is refused and names them', async () => {
  const code = fresh('INV');
  const initiative = fresh('INI');
  await api.as('admin').post('/investments', { code, name: 'Used' });
  await api.as('admin').post('/initiatives', { code: initiative, name: 'Used' });
  await api.as('admin').put(`/investments/${code}/costs`, { items: [{ month: '2026-01', kind: 'opex', actual: '5' }] });
  await api.as('admin').post('/links', { fromCode: code, toCode: initiative, allocation: '100' });
  const refused = await expectNoChange(api, () =>
    api.as('admin').delete(`/investments/${code}`, { 'if-match': '"v1"' }),
  );
  expectProblem(refused, 409, 'conflict');
  expect(refused.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
    '/investment_cost',
    '/link',
  ]);
});

test('a link says of which types its ends are, and a code that two types have must name its type', async () => {
  const code = fresh('TWIN');
  for (const path of ['/investments', '/initiatives']) await api.as('admin').post(path, { code, name: 'Twin' });
  const ambiguous = await api.as('admin').post('/links', { fromCode: code, toCode: `Initiative:${code}` });
  expectProblem(ambiguous, 422, 'validation-failed');
  expect(ambiguous.body.errors[0]).toMatchObject({ pointer: '/fromCode', code: 'reference.ambiguous' });
  const made = await api
    .as('admin')
    .post('/links', { fromCode: `Investment:${code}`, toCode: `Initiative:${code}`, allocation: '12.5' });
  expect(made.body).toMatchObject({
    fromCode: code,
    fromType: 'investment',
    toCode: code,
    toType: 'initiative',
    allocation: '12.50',
    contribution: null,
  });
});

test('a link that skips a layer, and shares over 100, are refused with a sentence', async () => {
  const [inv, out, ini, ini2] = [fresh('INV'), fresh('OUT'), fresh('INI'), fresh('INI')];
  await api.as('admin').post('/investments', { code: inv, name: 'x' });
  await api.as('admin').post('/outcomes', { code: out, name: 'x' });
  for (const code of [ini, ini2]) await api.as('admin').post('/initiatives', { code, name: 'x' });
  const skipping = await api.as('admin').post('/links', { fromCode: inv, toCode: out });
  expectProblem(skipping, 422, 'rule-broken');
  expect(skipping.body.detail).toContain('neighbouring layers');
  await api.as('admin').post('/links', { fromCode: inv, toCode: ini, allocation: '60' });
  const over = await api.as('admin').post('/links', { fromCode: inv, toCode: ini2, allocation: '40.01' });
  expectProblem(over, 422, 'rule-broken');
  expect(over.body.detail).toContain(inv);
  expect(over.body.detail).toContain('100.01');
});

test('a list pages through everything once, in every order, with a total', async () => {
  for (let i = 0; i < 7; i += 1)
    await api.as('admin').post('/forums', { code: `F-${i}`, name: `Forum ${6 - i}`, level: i % 2 ? 3 : null });
  for (const sort of ['code', '-code', 'name', '-name', 'level', '-level', 'createdAt']) {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await api.as('cio').get(`/forums?limit=3&sort=${sort}${cursor && `&cursor=${cursor}`}`);
      expect([page.status, page.body.total]).toEqual([200, 7]);
      seen.push(...page.body.items.map((item: { code: string }) => item.code));
      cursor = page.body.nextCursor ?? '';
    } while (cursor);
    expect([sort, [...new Set(seen)].sort()]).toEqual([sort, ['F-0', 'F-1', 'F-2', 'F-3', 'F-4', 'F-5', 'F-6']]);
    expect(seen).toHaveLength(7);
  }
  expect((await api.as('cio').get('/forums?sort=-name')).body.items.map((item: { name: string }) => item.name)[0]).toBe(
    'Forum 6',
  );
  expect(
    (await api.as('cio').get('/forums?q=forum%203')).body.items.map((item: { code: string }) => item.code),
  ).toEqual(['F-3']);
});

test.each(['limit=501', 'limit=0', 'limit=x', 'sort=password', 'secret=1', 'cursor=xyz', 'q=%00'])(
  'a list refuses ?%s',
  async (query) => {
    expectProblem(await api.as('admin').get(`/forums?${query}`), 422, 'validation-failed');
  },
);

test('every record type has its register, and reading an empty or full list answers 200', async () => {
  for (const declaration of DECLARATIONS.filter((d) => d.register === 'list'))
    expect([
      declaration.type,
      (await api.as('admin').get(`/${declaration.table.replaceAll('_', '-')}`)).status,
    ]).toEqual([declaration.type, 200]);
});

test('an address that exists for another method is 405 with Allow, an unknown one 404', async () => {
  const reply = await api.as('admin').put('/forums', {});
  expectProblem(reply, 405, 'method-not-allowed');
  expect(reply.headers.get('allow')).toContain('POST');
  expectProblem(await api.as('admin').get('/nothing-here'), 404, 'not-found');
});

test('what is outside the prefix is refused in the same form', async () => {
  expectProblem(await api.as('anonymous').get('/api/nope'), 404, 'not-found');
  expectProblem(await api.as('anonymous').post('/health/live', {}), 405, 'method-not-allowed');
});

test('a change of nothing leaves the record as it is', async () => {
  const code = fresh('PR');
  const made = await api.as('admin').post('/priorities', { code, name: 'Same' });
  const changed = await expectNoChange(api, () =>
    api.as('admin').patch(`/priorities/${code}`, {}, { 'if-match': '"v1"' }),
  );
  expect([changed.status, changed.body]).toEqual([200, made.body]);
});

test('what is wrong is said in words that help', async () => {
  const reply = await api.as('admin').post('/stages', { code: 'S', position: 'x', kind: 'later' });
  const messages = Object.fromEntries(
    reply.body.errors.map((error: { pointer: string; message: string }) => [error.pointer, error.message]),
  );
  expect(messages).toEqual({
    '/name': 'This is missing. State it.',
    '/position': 'Write a number here.',
    '/kind': 'Write one of: waiting, active, done, cancelled.',
  });
});
