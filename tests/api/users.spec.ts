import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureFirstRun } from '../../server/access/first-administrator.js';
import { emailOf, expectNoChange, expectProblem, PASSWORD, type Client, type Reply } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';

let api: OwnApi;
let admin: Client;
beforeAll(async () => {
  api = await startOwnApi();
  admin = api.as('admin');
});
afterAll(() => api.stop());

const create = (email: string, grants: unknown[] = [], more: Record<string, unknown> = {}): Promise<Reply> =>
  admin.post('/users', { email, name: 'Ada', password: PASSWORD, grants, ...more });
const signIn = (email: string, password = PASSWORD): Promise<Reply> =>
  api.as('anonymous').post('/session', { email, password });
const signedIn = async (email: string): Promise<Client> =>
  api.client({ cookie: (await signIn(email)).headers.getSetCookie()[0]!.split(';')[0]! });
const lastEvent = async (): Promise<Record<string, unknown>> =>
  (
    await api.sql<{ event: Record<string, unknown> }>(
      'select canonical::jsonb as event from audit_events order by seq desc limit 1',
    )
  )[0]!.event;
const countEvents = async (): Promise<number> =>
  (await api.sql<{ n: number }>('select count(*)::int as n from audit_events'))[0]!.n;

describe('Users', () => {
  it('are created with roles by the codes of portfolio and unit, and can sign in', async () => {
    const before = await countEvents();
    const reply = await create('Ada@Tests.Example', [
      { role: 'portfolio_manager', portfolioCode: 'dig' },
      { role: 'stakeholder', orgUnitCode: 'BU1' },
      { role: 'cio' },
      { role: 'cio' },
    ]);
    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe(`/api/v1/users/${reply.body.id}`);
    expect(reply.headers.get('etag')).toBe('"v1"');
    expect(reply.body).toEqual({
      id: expect.any(String),
      version: 1,
      email: 'ada@tests.example',
      name: 'Ada',
      grants: [
        { role: 'cio', portfolioCode: null, orgUnitCode: null },
        { role: 'portfolio_manager', portfolioCode: 'DIG', orgUnitCode: null },
        { role: 'stakeholder', portfolioCode: null, orgUnitCode: 'BU1' },
      ],
      createdAt: api.clock.now().toISOString(),
      updatedAt: api.clock.now().toISOString(),
      archivedAt: null,
    });
    expect((await signIn('ada@tests.example')).status).toBe(200);
    expect(await countEvents()).toBe(before + 1);
    expect(await lastEvent()).toMatchObject({
      actor: emailOf('admin'),
      action: 'created',
      objectType: 'user',
      objectId: reply.body.id,
      objectCode: 'ada@tests.example',
      requestId: reply.headers.get('x-request-id'),
      before: null,
      after: { email: 'ada@tests.example', name: 'Ada' },
    });
  });

  it('are read by id and by e-mail address, with an ETag', async () => {
    const byEmail = await admin.get(`/users/${emailOf('cio')}`);
    expect(byEmail.status).toBe(200);
    expect(byEmail.headers.get('etag')).toBe('"v1"');
    expect((await admin.get(`/users/${byEmail.body.id}`)).body).toEqual(byEmail.body);
    expectProblem(await admin.get('/users/01a1fd3a-e355-72be-be4a-72e6df24f1f8'), 404, 'not-found');
    expectProblem(await admin.get('/users/nobody@nowhere'), 404, 'not-found');
  });

  it('are listed page by page in the order asked for, none twice and none left out', async () => {
    for (const sort of ['email', '-email', 'name', '-name', 'createdAt', '-updatedAt']) {
      const all = (await admin.get(`/users?sort=${sort}`)).body;
      expect(all.nextCursor).toBeNull();
      expect(all.items).toHaveLength(all.total);
      const paged: unknown[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Reply = await admin.get(`/users?sort=${sort}&limit=3${cursor && `&cursor=${cursor}`}`);
        expect(page.body.total).toBe(all.total);
        paged.push(...page.body.items);
        cursor = page.body.nextCursor;
      }
      expect(paged).toEqual(all.items);
    }
    expect((await admin.get('/users?q=PM-')).body.items.map((user: { email: string }) => user.email)).toEqual([
      emailOf('pm-core'),
      emailOf('pm-dig'),
    ]);
    expect((await admin.get('/users?q=%25')).body.total).toBe(0);
    expect((await admin.get('/users?role=admin')).body.total).toBe(1);
    expect((await admin.get(`/users?email=${emailOf('cio')}`)).body.total).toBe(1);
  });

  it.each([
    'sort=password_hash',
    'limit=501',
    'limit=-1',
    'cursor=nonsense',
    'cursor=W10',
    'role=king',
    'colour=red',
    'archived=maybe',
  ])('refuse the query %s', async (query) =>
    expectProblem(await admin.get(`/users?${query}`), 422, 'validation-failed'),
  );

  it('change with If-Match only, and of two writers one', async () => {
    const { body } = await create('writers@tests.example');
    const path = `/users/${body.id}`;
    expectProblem(await expectNoChange(api, () => admin.patch(path, { name: 'B' })), 428, 'precondition-required');
    expectProblem(
      await expectNoChange(api, () => admin.patch(path, { name: 'B' }, { 'if-match': '*' })),
      412,
      'precondition-failed',
    );
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_unused, index) => admin.patch(path, { name: `B${index}` }, { 'if-match': '"v1"' })),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    const stale = replies.filter((reply) => reply.status === 412);
    expect(stale).toHaveLength(19);
    const current = (await admin.get(path)).body;
    expect(current.version).toBe(2);
    for (const reply of stale) {
      expectProblem(reply, 412, 'precondition-failed');
      expect(reply.body.current).toEqual(current);
      expect(reply.headers.get('etag')).toBe('"v2"');
    }
  });

  it('get other roles at their next request, audited with before and after', async () => {
    const { body } = await create('mover@tests.example', [{ role: 'finance' }]);
    const mover = await signedIn('mover@tests.example');
    expect((await mover.get('/audit')).status).toBe(200);
    const changed = await admin.patch(
      `/users/${body.id}`,
      { grants: [{ role: 'portfolio_manager', portfolioCode: 'CORE' }] },
      { 'if-match': '"v1"' },
    );
    expect(changed.body.grants).toEqual([{ role: 'portfolio_manager', portfolioCode: 'CORE', orgUnitCode: null }]);
    expectProblem(await mover.get('/audit'), 403, 'forbidden');
    expect(await lastEvent()).toMatchObject({
      action: 'changed',
      before: { grants: [{ role: 'finance' }] },
      after: { grants: [{ role: 'portfolio_manager', portfolioCode: 'CORE' }] },
    });
  });

  it('lose all sessions with a new password; the event does not hold it', async () => {
    const { body } = await create('careful@tests.example', [{ role: 'cio' }]);
    const before = await signedIn('careful@tests.example');
    const fresh = 'a quite different sentence';
    expect((await admin.patch(`/users/${body.id}`, { password: fresh }, { 'if-match': '"v1"' })).status).toBe(200);
    expectProblem(await before.get('/session'), 401, 'unauthenticated');
    expectProblem(await signIn('careful@tests.example'), 401, 'unauthenticated');
    expect((await signIn('careful@tests.example', fresh)).status).toBe(200);
    const event = JSON.stringify(await lastEvent());
    expect(event).toContain('"passwordChanged":true');
    expect(event).not.toMatch(/argon2|different sentence/);
  });

  it('are archived, not deleted: sessions and tokens end, the record stays, the address stays taken', async () => {
    const { body } = await create('leaver@tests.example', [{ role: 'cio' }]);
    const leaver = await signedIn('leaver@tests.example');
    const { token } = (await leaver.post('/tokens', { name: 'x', expiresAt: '2027-06-01T00:00:00Z' })).body;
    expectProblem(await admin.delete(`/users/${body.id}`), 428, 'precondition-required');
    expect((await admin.delete(`/users/${body.id}`, { 'if-match': '"v1"' })).status).toBe(204);
    expectProblem(await leaver.get('/session'), 401, 'unauthenticated');
    expectProblem(await api.client({ authorization: `Bearer ${token}` }).get('/session'), 401, 'unauthenticated');
    expectProblem(await signIn('leaver@tests.example'), 401, 'unauthenticated');
    expect((await admin.get(`/users/${body.id}`)).body.archivedAt).toBe(api.clock.now().toISOString());
    expect((await admin.get('/users?q=leaver')).body.total).toBe(0);
    expect((await admin.get('/users?q=leaver&archived=true')).body.total).toBe(1);
    expectProblem(await create('leaver@tests.example'), 409, 'duplicate');
    expectProblem(await admin.patch(`/users/${body.id}`, { name: 'X' }, { 'if-match': '"v2"' }), 404, 'not-found');
    expect(await lastEvent()).toMatchObject({ action: 'archived', after: null });
  });

  it('always have an administrator: the last one keeps the role and stays, even when two give it up at once', async () => {
    const own = (await admin.get(`/users/${emailOf('admin')}`)).body;
    const ifMatch = { 'if-match': `"v${own.version}"` };
    const keepsRole = await expectNoChange(api, () => admin.patch(`/users/${own.id}`, { grants: [] }, ifMatch));
    expectProblem(keepsRole, 409, 'conflict');
    expectProblem(await expectNoChange(api, () => admin.delete(`/users/${own.id}`, ifMatch)), 409, 'conflict');
    const second = (await create('second@tests.example', [{ role: 'admin' }])).body;
    const other = await signedIn('second@tests.example');
    const replies = await Promise.all([
      admin.patch(`/users/${second.id}`, { grants: [] }, { 'if-match': '"v1"' }),
      other.patch(`/users/${own.id}`, { grants: [] }, ifMatch),
    ]);
    expect(replies.map((reply) => reply.status).filter((status) => status === 200)).toHaveLength(1);
    const [{ admins }] = (await api.sql(`select count(*)::int as admins from user_roles where role = 'admin'`)) as [
      { admins: number },
    ];
    expect(admins).toBe(1);
    // Whoever is left gives the role back to the administrator of the other tests.
    await api.sql(`insert into user_roles (user_id, role) values ($1, 'admin') on conflict do nothing`, [own.id]);
  });

  it.each([
    [{ email: 'no address' }, '/email'],
    [{ password: 'short' }, '/password'],
    [{ grants: [{ role: 'portfolio_manager' }] }, '/grants/0/portfolioCode'],
    [{ grants: [{ role: 'admin', portfolioCode: 'DIG' }] }, '/grants/0/portfolioCode'],
    [{ grants: [{ role: 'stakeholder' }] }, '/grants/0/orgUnitCode'],
    [{ grants: [{ role: 'cio' }, { role: 'portfolio_manager', portfolioCode: 'NONE' }] }, '/grants/1/portfolioCode'],
    [{ grants: [{ role: 'emperor' }] }, '/grants/0/role'],
    [{ id: '01a1fd3a-e355-72be-be4a-72e6df24f1f8' }, '/id'],
    [{ version: 7 }, '/version'],
    [{ archivedAt: null }, '/archivedAt'],
    [{ passwordHash: 'x' }, '/passwordHash'],
    [{ name: { $ne: null } }, '/name'],
  ])('are not created with %j', async (wrong, pointer) => {
    const reply = await expectNoChange(api, () => create('wrong@tests.example', [], wrong));
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  it('are managed by nobody but administrators: the refusal changes nothing', async () => {
    const body = { email: 'planted@tests.example', name: 'P', password: PASSWORD, grants: [{ role: 'admin' }] };
    for (const person of ['cio', 'pm-dig', 'finance', 'stakeholder-bu1', 'nobody'] as const) {
      const client = api.as(person);
      await client.get('/session');
      expectProblem(await expectNoChange(api, () => client.post('/users', body)), 403, 'forbidden');
      const change = () =>
        client.patch(`/users/${emailOf(person)}`, { grants: [{ role: 'admin' }] }, { 'if-match': '"v1"' });
      expectProblem(await expectNoChange(api, change), 403, 'forbidden');
    }
  });
});

describe('The first run', () => {
  it('creates settings and the administrator that the environment names, once and audited', async () => {
    const bare = await startOwnApi({ bare: true, env: { REPORTING_CURRENCY: 'CHF', FISCAL_YEAR_START_MONTH: '7' } });
    try {
      expect((await bare.as('admin').get('/settings')).body).toMatchObject({
        reportingCurrency: 'CHF',
        fiscalYearStartMonth: 7,
      });
      const events = await bare.sql<{ what: string }>(
        `select actor || ' ' || action || ' ' || object_type as what from audit_events order by seq`,
      );
      expect(events.map((event) => event.what)).toEqual(['system created settings', 'system created user']);
      const again = { ...bare.config, admin: { email: 'intruder@tests.example', password: PASSWORD } };
      expect(await ensureFirstRun(bare.source, again, bare.clock)).toBeNull();
      expect((await bare.as('admin').get('/users')).body.total).toBe(1);
    } finally {
      await bare.stop();
    }
  });

  it('generates a password where the environment names nobody, also when several processes start at once', async () => {
    const bare = await startOwnApi({ bare: true });
    try {
      await bare.sql('delete from user_roles');
      await bare.sql('delete from users');
      const config = { ...bare.config, admin: null };
      const outcomes = await Promise.all([1, 2, 3].map(() => ensureFirstRun(bare.source, config, bare.clock)));
      const created = outcomes.filter((outcome) => outcome !== null);
      expect(created).toEqual([{ email: 'admin@throughline.local', password: expect.stringMatching(/^[\w-]{24}$/) }]);
      expect((await bare.as('anonymous').post('/session', { ...created[0]! })).status).toBe(200);
    } finally {
      await bare.stop();
    }
  });
});
