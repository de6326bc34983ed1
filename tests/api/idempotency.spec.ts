import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  expectNoChange,
  expectProblem,
  PASSWORD,
  startApi,
  type Api,
  type Client,
  type Reply,
} from '../support/harness.js';

const HOUR = 3_600_000;

let api: Api;
let admin: Client;
let number = 0;
beforeAll(async () => {
  api = await startApi();
  admin = api.as('admin');
});
afterAll(() => api.stop());

const portfolio = () => {
  number += 1;
  return { code: `P${number}`, name: `Portfolio ${number}` };
};
const post = (key: string, body: unknown, client = admin): Promise<Reply> =>
  client.post('/portfolios', body, { 'idempotency-key': key });
const claim = (key: string, requestId: string): Promise<unknown> =>
  api.sql(
    `insert into idempotency_keys (user_id, key, request_hash, created_at, headers)
     select user_id, $1, request_hash, $2, jsonb_build_object('requestId', $3::text) from idempotency_keys where key = 'pattern'`,
    [key, api.clock.now().toISOString(), requestId],
  );

describe('An Idempotency-Key', () => {
  it('makes 200 parallel POSTs one, with one event and equal answers', async () => {
    await admin.get('/session');
    const body = portfolio();
    const [before] = await api.sql<{ seq: string }>('select seq from audit_head');
    const replies = await Promise.all(Array.from({ length: 200 }, () => post('parallel', body)));
    const done = replies.filter((reply) => reply.status === 201);
    const waiting = replies.filter((reply) => reply.status !== 201);
    expect(done.filter((reply) => reply.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    for (const reply of done) expect(reply.text).toBe(done[0]!.text);
    for (const reply of waiting) expectProblem(reply, 409, 'idempotency-in-progress');
    const [{ n }] = (await api.sql('select count(*)::int as n from portfolios where code = $1', [body.code])) as [
      { n: number },
    ];
    expect(n).toBe(1);
    const [after] = await api.sql<{ seq: string }>('select seq from audit_head');
    expect(Number(after!.seq)).toBe(Number(before!.seq) + 1);
  });

  it('answers the same again: status, body, Location and ETag', async () => {
    const body = portfolio();
    const first = await post('again', body);
    const again = await expectNoChange(api, () => post('again', body));
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.text).toBe(first.text);
    for (const name of ['location', 'etag', 'content-type'])
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect(again.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  });

  it('takes the same JSON in another order for the same', async () => {
    const { code, name } = portfolio();
    const first = await post('order', { code, name });
    const again = await post('order', `{ "name": ${JSON.stringify(name)},\n "code": "${code}" }`);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body.id).toBe(first.body.id);
  });

  it('is not for another body, address, query or reason', async () => {
    const body = portfolio();
    await post('reused', body);
    expectProblem(
      await expectNoChange(api, () => post('reused', { ...body, name: 'Other' })),
      422,
      'idempotency-key-reused',
    );
    const elsewhere = await expectNoChange(api, () => admin.post('/forums', body, { 'idempotency-key': 'reused' }));
    expectProblem(elsewhere, 422, 'idempotency-key-reused');
    const because = { 'idempotency-key': 'reused', 'change-reason': 'Another' };
    const reasoned = await expectNoChange(api, () => admin.post('/portfolios', body, because));
    expectProblem(reasoned, 422, 'idempotency-key-reused');
  });

  it('is each person’s own', async () => {
    const second = { email: 'second@tests.example', name: 'S', password: PASSWORD, grants: [{ role: 'admin' }] };
    expect((await admin.post('/users', second)).status).toBe(201);
    const signedIn = await api.as('anonymous').post('/session', { email: second.email, password: PASSWORD });
    const other = api.client({ cookie: signedIn.headers.getSetCookie()[0]!.split(';')[0]! });
    expect((await post('shared', portfolio())).status).toBe(201);
    const theirs = await post('shared', portfolio(), other);
    expect(theirs.status).toBe(201);
    expect(theirs.headers.get('idempotency-replayed')).toBeNull();
  });

  it('is kept for 24 hours and is free afterwards', async () => {
    const body = portfolio();
    await post('day', body);
    api.clock.advance(23 * HOUR);
    expect((await post('day', body, api.client(await fresh()))).headers.get('idempotency-replayed')).toBe('true');
    api.clock.advance(HOUR);
    expectProblem(await post('day', body, api.client(await fresh())), 409, 'duplicate');
    expect((await post('day', portfolio(), api.client(await fresh()))).status).toBe(201);
    const [{ n }] = (await api.sql('select count(*)::int as n from idempotency_keys where created_at <= $1', [
      new Date(api.clock.now().getTime() - 24 * HOUR).toISOString(),
    ])) as [{ n: number }];
    expect(n).toBeLessThan(2); // those of the other administrator, who has not come again
  });

  it('is free again after a refusal and after a failure, because nothing was done', async () => {
    admin = api.client(await fresh());
    const body = portfolio();
    expectProblem(await post('refused', { ...body, colour: 'red' }), 422, 'validation-failed');
    expect((await post('refused', body)).status).toBe(201);
    const next = portfolio();
    await api.sql('alter table portfolios add constraint away check (false) not valid');
    try {
      expect((await post('failed', next)).status).toBe(422);
      await api.sql('alter table portfolios rename to portfolios_away');
      expect((await post('failed', next)).status).toBe(500);
    } finally {
      await api.sql('alter table if exists portfolios_away rename to portfolios');
      await api.sql('alter table portfolios drop constraint away');
    }
    const retried = await post('failed', next);
    expect(retried.status).toBe(201);
    expect(retried.headers.get('idempotency-replayed')).toBeNull();
  });

  it('of a process that died is taken over, unless the work was done and only its answer lost', async () => {
    const body = portfolio();
    const pattern = await post('pattern', body);
    await claim('died-before', 'a request that stored nothing');
    await claim('died-after', pattern.headers.get('x-request-id')!);
    expectProblem(await post('died-before', body), 409, 'idempotency-in-progress');
    api.clock.advance(16 * 60_000);
    const lost = await expectNoChange(api, () => post('died-after', body));
    expectProblem(lost, 409, 'conflict');
    // Taken over and done again; the code is there by now.
    expectProblem(await post('died-before', body), 409, 'duplicate');
  });

  it.each(['', 'x'.repeat(201), 'schlüssel'])('is refused where it is no key: "%s"', async (key) => {
    const send = () => post(Buffer.from(key, 'utf8').toString('latin1'), portfolio());
    expectProblem(await expectNoChange(api, send), 422, 'validation-failed');
  });

  it('means nothing to a read or a change with If-Match', async () => {
    const { body } = await admin.get('/settings');
    for (let time = 0; time < 2; time += 1) {
      const reply = await admin.patch(
        '/settings',
        {},
        { 'if-match': `"v${body.version + time}"`, 'idempotency-key': 'patch' },
      );
      expect(reply.status).toBe(200);
    }
  });
});

/** The clock has moved on, so the session of before has ended. */
const fresh = async (): Promise<Record<string, string>> => {
  const reply = await api.as('anonymous').post('/session', { email: 'admin@tests.example', password: PASSWORD });
  return { cookie: reply.headers.getSetCookie()[0]!.split(';')[0]! };
};
