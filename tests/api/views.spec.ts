import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { views as viewsSchema } from '../../server/contract/view.js';
import { writeCursor } from '../../server/http/cursor.js';
import { expectNoChange, expectProblem, startApi, type Api, type Person, type Reply } from '../support/harness.js';

/** Saved views: everybody keeps their own, shared ones are everybody's to open, and only their owner's to change. */

let api: Api;
let n = 0;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const save = (person: Person, more: Record<string, unknown> = {}): Promise<Reply> =>
  api.as(person).post('/views', { page: 'benefits', name: `View ${(n += 1)}`, search: 'status=off_track', ...more });
const list = async (person: Person): Promise<{ name: string; isOwn: boolean }[]> => {
  const { body } = await api.as(person).get('/views?page=benefits');
  return viewsSchema.parse(body).items;
};
const etag = (reply: Reply): Record<string, string> => ({ 'if-match': reply.headers.get('etag')! });

describe('The views of a page', () => {
  test('come page by page, own ones first, and all of them are counted', async () => {
    for (const name of ['C', 'A', 'B']) expect((await save('cio', { page: 'chain', name })).status).toBe(201);
    await save('pm-dig', { page: 'chain', name: 'AA', shared: true });
    const first = (await api.as('cio').get('/views?page=chain&limit=3')).body;
    expect([viewsSchema.parse(first).items.map(({ name }) => name), first.total]).toEqual([['A', 'B', 'C'], 4]);
    const second = (await api.as('cio').get(`/views?page=chain&limit=3&cursor=${first.nextCursor}`)).body;
    expect([second.items[0].name, second.total, second.nextCursor]).toEqual(['AA', 4, null]);
    const past = (await api.as('cio').get(`/views?page=chain&cursor=${writeCursor(50)}`)).body;
    expect([past.items, past.total, past.nextCursor]).toEqual([[], 4, null]);
    expectProblem(await api.as('cio').get('/views?page=chain&cursor=x'), 422, 'validation-failed');
  });
});

describe('A view', () => {
  test('is its owner’s until it is shared; then all of them find it, with the name of its owner', async () => {
    const made = await save('pm-dig', { name: 'Mine' });
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/views/${made.body.id}`]);
    expect(made.body).toMatchObject({ version: 1, isOwn: true, shared: false, search: 'status=off_track' });
    expect((await list('cio')).map(({ name }) => name)).not.toContain('Mine');
    const shared = await api.as('pm-dig').patch(`/views/${made.body.id}`, { shared: true }, etag(made));
    expect(shared.body).toMatchObject({ version: 2, shared: true });
    expect(await list('stakeholder-bu1')).toEqual([
      expect.objectContaining({ name: 'Mine', isOwn: false, owner: made.body.owner }),
    ]);
    expect((await api.as('cio').get('/views?page=metrics')).body.items).toEqual([]);
  });

  test('is changed and deleted by its owner only; what is not shared does not exist for others', async () => {
    const made = await save('pm-dig');
    const path = `/views/${made.body.id}`;
    await expectNoChange(api, async () => {
      expectProblem(await api.as('admin').patch(path, { name: 'Taken' }, etag(made)), 404, 'not-found');
      expectProblem(await api.as('admin').delete(path, etag(made)), 404, 'not-found');
    });
    const shared = await api.as('pm-dig').patch(path, { shared: true }, etag(made));
    await expectNoChange(api, async () => {
      expectProblem(await api.as('admin').patch(path, { name: 'Taken' }, etag(shared)), 403, 'forbidden');
      expectProblem(await api.as('admin').delete(path, etag(shared)), 403, 'forbidden');
    });
    expect((await api.as('pm-dig').delete(path, etag(shared))).status).toBe(204);
    expectProblem(await api.as('pm-dig').patch(path, { name: 'Back' }, etag(shared)), 404, 'not-found');
    expect((await list('pm-dig')).map(({ name }) => name)).not.toContain(made.body.name);
  });

  test('needs the version that was read, and gives the one that is there', async () => {
    const made = await save('cio');
    const path = `/views/${made.body.id}`;
    expectProblem(await api.as('cio').patch(path, { name: 'X' }), 428, 'precondition-required');
    expect((await api.as('cio').patch(path, { name: 'First' }, etag(made))).status).toBe(200);
    const stale = await api.as('cio').patch(path, { name: 'Second' }, etag(made));
    expectProblem(stale, 412, 'precondition-failed');
    expect(stale.body.current).toMatchObject({ name: 'First', version: 2 });
  });

  test('has a name of its own, in any case; a deleted one gives its name back', async () => {
    const made = await save('finance', { name: 'Unproven' });
    const twice = await save('finance', { name: 'UNPROVEN' });
    expectProblem(twice, 409, 'duplicate');
    expect(twice.body.detail).toBe('You have a view called “UNPROVEN” already. Choose another name.');
    expect((await save('cio', { name: 'Unproven' })).status).toBe(201);
    expect((await save('finance', { name: 'Unproven', page: 'metrics' })).status).toBe(201);
    const other = await save('finance');
    expectProblem(
      await api.as('finance').patch(`/views/${other.body.id}`, { name: 'unproven' }, etag(other)),
      409,
      'duplicate',
    );
    await api.as('finance').delete(`/views/${made.body.id}`, etag(made));
    expect((await save('finance', { name: 'Unproven' })).status).toBe(201);
  });

  test('saved twice at once is there once', async () => {
    const replies = await Promise.all([1, 2, 3, 4].map(() => save('pm-core', { name: 'At once' })));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  test.each([
    ['no name', { name: ' ' }],
    ['a name that is too long', { name: 'x'.repeat(81) }],
    ['a search that is too long', { search: 'q='.padEnd(2001, 'x') }],
    ['a search that is an address', { search: '?status=off_track' }],
    ['a page that is none', { page: '../admin' }],
  ])('with %s is refused', async (_what, more) => {
    await expectNoChange(api, async () => expectProblem(await save('cio', more), 422, 'validation-failed'));
  });

  test('is one of at most fifty of a page', async () => {
    for (let at = 0; at < 50; at += 1) expect((await save('finance-2')).status).toBe(201);
    expectProblem(await save('finance-2'), 422, 'rule-broken');
  }, 30_000);

  test('is not for who has no role, and leaves a trace of who changed what', async () => {
    expectProblem(await save('nobody'), 403, 'forbidden');
    expectProblem(await save('anonymous'), 401, 'unauthenticated');
    const made = await save('stakeholder-bu2', { name: 'Audited' });
    const { body } = await api.as('admin').get(`/audit?objectType=saved_view&objectId=${made.body.id}`);
    expect(body.items).toMatchObject([
      { action: 'created', objectCode: 'Audited', after: { page: 'benefits', name: 'Audited', shared: false } },
    ]);
  });
});
