import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  emailOf,
  expectNoChange,
  expectProblem,
  startApi,
  type Api,
  type Client,
  type Reply,
} from '../support/harness.js';

const DAY = 24 * 3_600_000;
const EXPIRES = '2027-01-01T00:00:00.000Z';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const make = (client: Client, name = 'BI', expiresAt = EXPIRES, headers: Record<string, string> = {}): Promise<Reply> =>
  client.post('/tokens', { name, expiresAt }, headers);
const withToken = (made: Reply): Client => api.client({ authorization: `Bearer ${made.body.token}` });
const events = async (): Promise<{ action: string; after: unknown }[]> =>
  api.sql(
    `select action, canonical::jsonb -> 'after' as after from audit_events where object_type = 'token' order by seq`,
  );

describe('API tokens', () => {
  it('are shown once, and only their SHA-256 is stored', async () => {
    const made = await make(api.as('cio'));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'BI', expiresAt: EXPIRES, lastUsedAt: null, revokedAt: null });
    expect(made.body.token).toMatch(/^tl_[\w-]{43}$/);
    expect(made.headers.get('location')).toBe(`/api/v1/tokens/${made.body.id}`);
    expect(made.headers.get('cache-control')).toBe('no-store');
    const listed = await api.as('cio').get('/tokens');
    expect(listed.body.items).toEqual([expect.not.objectContaining({ token: expect.anything() })]);
    const [row] = await api.sql<{ hashed: boolean; text: string }>(
      `select token_hash = sha256(convert_to($1, 'UTF8')) as hashed, t::text as text from api_tokens t where id = $2`,
      [made.body.token, made.body.id],
    );
    expect(row!.hashed).toBe(true);
    expect(row!.text).not.toContain(made.body.token);
  });

  it('act for their maker with the rights that the maker has now', async () => {
    const token = withToken(await make(api.as('finance-2')));
    expect((await token.get('/session')).body.user.email).toBe(emailOf('finance-2'));
    expect((await token.get('/audit')).status).toBe(200);
    const roles = await api.sql(
      `delete from user_roles where user_id = (select id from users where email = $1) returning *`,
      [emailOf('finance-2')],
    );
    expect(roles).toHaveLength(1);
    expectProblem(await token.get('/audit'), 403, 'forbidden');
  });

  it('cannot make tokens nor end a session', async () => {
    const token = withToken(await make(api.as('admin')));
    expectProblem(await expectNoChange(api, () => make(token)), 403, 'forbidden');
    expectProblem(await token.delete('/session'), 403, 'forbidden');
  });

  it('stand alone: a request with a bad one is not helped by a cookie', async () => {
    const signedIn = await api
      .as('anonymous')
      .post('/session', { email: emailOf('cio'), password: 'correct horse battery staple' });
    const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
    expect((await api.client({ cookie }).get('/session')).status).toBe(200);
    for (const authorization of ['Bearer tl_wrong', 'Bearer wrong', 'Bearer', `bearer tl_${'A'.repeat(43)}`])
      expectProblem(await api.client({ cookie, authorization }).get('/session'), 401, 'unauthenticated');
  });

  it('need no check of the origin, because no browser sends them by itself', async () => {
    const token = withToken(await make(api.as('admin')));
    const { headers } = await token.get('/settings');
    const changed = await token.patch(
      '/settings',
      {},
      { 'if-match': headers.get('etag')!, origin: 'https://scripts.example' },
    );
    expect(changed.status).toBe(200);
  });

  it('end at their time', async () => {
    const token = withToken(
      await make(api.as('cio'), 'short', new Date(api.clock.now().getTime() + DAY).toISOString()),
    );
    expect((await token.get('/session')).status).toBe(200);
    api.clock.advance(DAY);
    expectProblem(await token.get('/session'), 401, 'unauthenticated');
    api.clock.advance(-DAY);
  });

  it('end when they are revoked, by their maker only', async () => {
    const made = await make(api.as('pm-dig'));
    const token = withToken(made);
    expectProblem(await expectNoChange(api, () => api.as('admin').delete(`/tokens/${made.body.id}`)), 404, 'not-found');
    expect((await api.as('pm-dig').delete(`/tokens/${made.body.id}`)).status).toBe(204);
    expectProblem(await token.get('/session'), 401, 'unauthenticated');
    const [listed] = (await api.as('pm-dig').get('/tokens')).body.items;
    expect(listed.revokedAt).toBe(api.clock.now().toISOString());
    expect((await expectNoChange(api, () => api.as('pm-dig').delete(`/tokens/${made.body.id}`))).status).toBe(204);
  });

  it('show when they were last used', async () => {
    const made = await make(api.as('pm-core'));
    await withToken(made).get('/session');
    expect((await api.as('pm-core').get('/tokens')).body.items[0].lastUsedAt).toBe(api.clock.now().toISOString());
  });

  it('leave one event in the audit chain when made and when revoked, without the token', async () => {
    const before = (await events()).length;
    const made = await make(api.as('cio'), 'audited');
    await api.as('cio').delete(`/tokens/${made.body.id}`);
    const added = (await events()).slice(before);
    expect(added).toEqual([
      { action: 'created', after: { name: 'audited', expiresAt: EXPIRES } },
      { action: 'revoked', after: null },
    ]);
    expect(JSON.stringify(await api.sql('select canonical from audit_events'))).not.toContain(made.body.token);
  });

  it.each([
    [{ name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    [{ name: '', expiresAt: EXPIRES }, '/name'],
    [{ name: 'x', expiresAt: 'tomorrow' }, '/expiresAt'],
    [{ name: 'x', expiresAt: EXPIRES, userId: '01a1fd3a-e355-72be-be4a-72e6df24f1f8' }, '/userId'],
    [{ name: 'x', expiresAt: EXPIRES, token: 'tl_mine' }, '/token'],
    [{ name: ['x'], expiresAt: EXPIRES }, '/name'],
  ])('are not made of %j', async (body, pointer) => {
    const reply = await expectNoChange(api, () => api.as('cio').post('/tokens', body));
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors[0].pointer).toBe(pointer);
  });

  it('are made once with an Idempotency-Key, and their text is not kept to be shown again', async () => {
    const headers = { 'idempotency-key': 'token-once' };
    const made = await make(api.as('finance'), 'once', EXPIRES, headers);
    expect(made.status).toBe(201);
    expectProblem(await make(api.as('finance'), 'once', EXPIRES, headers), 409, 'conflict');
    expect((await api.as('finance').get('/tokens')).body.items).toHaveLength(1);
    expect(JSON.stringify(await api.sql('select * from idempotency_keys'))).not.toContain(made.body.token);
  });
});
