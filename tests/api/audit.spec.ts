import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emailOf, expectProblem, PASSWORD, type Reply } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';

let api: OwnApi;
beforeAll(async () => {
  api = await startOwnApi();
});
afterAll(() => api.stop());

const verify = (): Promise<Reply> => api.as('finance').get('/audit/verify');
const addUsers = async (from: number, to: number): Promise<void> => {
  for (let number = from; number < to; number += 1) {
    const body = { email: `u${number}@tests.example`, name: `User ${number}`, password: PASSWORD, grants: [] };
    expect((await api.as('admin').post('/users', body)).status).toBe(201);
  }
};

/** SQL as somebody who may do everything and is stopped by no trigger. */
const tamper = (statements: string): Promise<unknown> =>
  api.sql(`begin; set local session_replication_role = replica; ${statements}; commit`);

describe('The audit chain', () => {
  it('is read newest first, page by page, with who, what, before and after', async () => {
    await addUsers(0, 12);
    const all = (await api.as('cio').get('/audit')).body;
    expect(all.total).toBe(all.items.length);
    expect(all.nextCursor).toBeNull();
    const seqs = all.items.map((event: { seq: number }) => event.seq);
    expect(seqs).toEqual(Array.from({ length: all.total }, (_unused, index) => all.total - index));
    expect(all.items[0]).toMatchObject({
      at: api.clock.now().toISOString(),
      actor: emailOf('admin'),
      action: 'created',
      objectType: 'user',
      objectCode: 'u11@tests.example',
      before: null,
      after: { name: 'User 11' },
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const paged: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Reply = await api.as('cio').get(`/audit?limit=5${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.body.items);
      cursor = page.body.nextCursor;
    }
    expect(paged).toEqual(all.items);
  });

  it('is filtered by object and by actor', async () => {
    const [event] = (await api.as('cio').get('/audit?limit=1')).body.items;
    const ofObject = (await api.as('cio').get(`/audit?objectType=user&objectId=${event.objectId}`)).body;
    expect(ofObject).toEqual({ items: [event], total: 1, nextCursor: null });
    expect(
      (await api.as('cio').get('/audit?actor=system')).body.items.map(
        (item: { objectType: string }) => item.objectType,
      ),
    ).toEqual(['user', 'settings']);
    expect((await api.as('cio').get('/audit?objectType=settings&actor=nobody')).body.total).toBe(0);
  });

  it('tells of a record also the events of its months, and the imports that wrote it', async () => {
    const admin = api.as('admin');
    const files = [{ name: 'benefits.csv', content: 'code,name,currency\nBEN-R,Related,USD\n' }];
    const because = { 'change-reason': 'Told%20by%20the%20controller.' };
    expect((await admin.upload('/imports', files, because)).status).toBe(201);
    const { id } = (await admin.get('/benefits/BEN-R')).body;
    const planned = (month: string, reason?: string) => ({ month, planned: '5', reason });
    const items = [planned('2026-07', 'First plan.'), planned('2026-08'), planned('2026-09', 'First plan.')];
    await admin.put('/benefits/BEN-R/values', { items }, { 'change-reason': 'As in the year before.' });
    const eventsOf = async (query: string) =>
      (await api.as('cio').get(`/audit?objectType=benefit&objectId=${query}`)).body.items.map(
        ({ objectType, action }: { objectType: string; action: string }) => `${objectType} ${action}`,
      );
    expect(await eventsOf(id)).toEqual([]);
    expect(await eventsOf(`${id}&related=true`)).toEqual(['benefit_value changed', 'import imported']);
    const { items: told } = (await api.as('cio').get(`/audit?objectType=benefit&objectId=${id}&related=true`)).body;
    expect(told.map(({ reason }: { reason: string }) => reason)).toEqual([
      'First plan. · As in the year before.',
      'Told by the controller.',
    ]);
    expect(await eventsOf(`${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}&related=true`)).toEqual([]);
  });

  it.each(['cursor=x', 'cursor=-1', 'cursor=1e5', 'limit=0', 'limit=1000', 'sort=at'])(
    'refuses the query %s',
    async (query) => expectProblem(await api.as('cio').get(`/audit?${query}`), 422, 'validation-failed'),
  );

  it('cannot be written by the role that serves requests', async () => {
    for (const sql of [
      `update audit_events set canonical = '{}'`,
      'delete from audit_events',
      'truncate audit_events',
      `insert into audit_events (seq, canonical, prev_hash, hash) values (999, '{}', '', '')`,
      'update audit_head set seq = 0',
    ])
      await expect(api.source.query(sql)).rejects.toThrow(/permission denied|never changed/);
    expect((await verify()).body.valid).toBe(true);
  });

  it('gets exactly one event from each change of people, tokens and settings, and none from a read or a refusal', async () => {
    const admin = api.as('admin');
    const length = async (): Promise<number> =>
      Number((await api.sql<{ seq: string }>('select seq from audit_head'))[0]!.seq);
    const grown = async (task: () => Promise<Reply>): Promise<[growth: number, status: number]> => {
      const before = await length();
      const { status } = await task();
      return [(await length()) - before, status];
    };
    const user = { email: 'counted@tests.example', name: 'C', password: PASSWORD, grants: [{ role: 'cio' }] };
    expect(await grown(() => admin.post('/users', user))).toEqual([1, 201]);
    expect(await grown(() => admin.post('/users', user))).toEqual([0, 409]);
    const path = `/users/${user.email}`;
    expect(await grown(() => admin.get(path))).toEqual([0, 200]);
    expect(await grown(() => admin.patch(path, { name: 'D' }, { 'if-match': '"v1"' }))).toEqual([1, 200]);
    expect(await grown(() => admin.patch(path, { name: 'E' }, { 'if-match': '"v1"' }))).toEqual([0, 412]);
    expect(await grown(() => admin.patch(path, { name: 'E' }))).toEqual([0, 428]);
    expect(await grown(() => admin.delete(path, { 'if-match': '"v1"' }))).toEqual([0, 412]);
    expect(await grown(() => admin.delete(path, { 'if-match': '"v2"' }))).toEqual([1, 204]);
    const token = { name: 'T', expiresAt: '2027-06-01T00:00:00Z' };
    expect(await grown(() => admin.post('/tokens', token))).toEqual([1, 201]);
    const [{ id }] = (await admin.get('/tokens')).body.items;
    expect(await grown(() => api.as('cio').delete(`/tokens/${id}`))).toEqual([0, 404]);
    expect(await grown(() => admin.delete(`/tokens/${id}`))).toEqual([1, 204]);
    const etag = (await admin.get('/settings')).headers.get('etag')!;
    expect(await grown(() => admin.patch('/settings', { discountRate: '0.09' }, { 'if-match': etag }))).toEqual([
      1, 200,
    ]);
    expect(await grown(() => admin.patch('/settings', { discountRate: '0.07' }, { 'if-match': etag }))).toEqual([
      0, 412,
    ]);
    expect(await grown(() => api.as('cio').patch('/settings', {}, { 'if-match': etag }))).toEqual([0, 403]);
  });

  it('takes every change of people and settings with it when its own event cannot be written', async () => {
    const admin = api.as('admin');
    await admin.get('/session');
    const state = () =>
      api.sql(`select (select json_agg(u order by id) from users u) as users, (select json_agg(r order by id) from user_roles r) as roles,
        (select json_agg(t order by id) from api_tokens t) as tokens, (select json_agg(s) from settings s) as settings,
        (select json_agg(d order by scope) from data_versions d) as versions, (select seq from audit_head) as seq`);
    const etag = (await admin.get('/settings')).headers.get('etag')!;
    const cio = (await admin.get(`/users/${emailOf('cio')}`)).body;
    await api.sql(`create function fail_audit() returns trigger language plpgsql as
      $$ begin raise exception using errcode = '53100', message = 'No space left'; end $$;
      create trigger fail_audit before insert on audit_events for each statement execute function fail_audit()`);
    try {
      const before = await state();
      const changes = [
        () =>
          admin.post('/users', { email: 'x@tests.example', name: 'X', password: PASSWORD, grants: [{ role: 'cio' }] }),
        () => admin.patch(`/users/${cio.id}`, { name: 'X', grants: [] }, { 'if-match': `"v${cio.version}"` }),
        () => admin.delete(`/users/${cio.id}`, { 'if-match': `"v${cio.version}"` }),
        () => admin.post('/tokens', { name: 'X', expiresAt: '2027-06-01T00:00:00Z' }),
        () => admin.patch('/settings', { discountRate: '0.5' }, { 'if-match': etag }),
      ];
      for (const change of changes) {
        expectProblem(await change(), 503, 'storage-full');
        expect(await state()).toEqual(before);
      }
    } finally {
      await api.sql('drop trigger fail_audit on audit_events; drop function fail_audit()');
    }
  });

  it('is valid while it grows', async () => {
    const growing = addUsers(12, 40);
    for (let check = 0; check < 10; check += 1)
      expect((await verify()).body).toMatchObject({ valid: true, firstBadSeq: null, reason: null });
    await growing;
    const [head] = await api.sql<{ seq: string; hash: string }>(
      `select seq, encode(hash, 'hex') as hash from audit_head`,
    );
    expect((await verify()).body).toEqual({
      valid: true,
      events: Number(head!.seq),
      headHash: head!.hash,
      firstBadSeq: null,
      reason: null,
    });
  });

  it('betrays each of 1,000 random tamperings, and names the first event that is wrong', async () => {
    await api.sql('create table kept_events as select seq, canonical, prev_hash, hash from audit_events');
    await api.sql('create table kept_head as select * from audit_head');
    const [{ length }] = (await api.sql<{ length: number }>('select count(*)::int as length from audit_events')) as [
      { length: number },
    ];
    const restore = `delete from audit_events; insert into audit_events (seq, canonical, prev_hash, hash) select * from kept_events;
      update audit_head h set seq = k.seq, hash = k.hash from kept_head k`;
    let seed = 20261121;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const flipped = (column: string, byte: number) =>
      `set_byte(${column}, ${byte}, get_byte(${column}, ${byte}) # ${1 + random(255)})`;
    /** Each: the SQL, and the sequence number that must be named. */
    const tamperings: ((seq: number) => [sql: string, firstBad: number])[] = [
      (seq) => [
        `update audit_events set canonical = replace(canonical, '"actor":"', '"actor":"x') where seq = ${seq}`,
        seq,
      ],
      (seq) => [`update audit_events set canonical = canonical || ' ' where seq = ${seq}`, seq],
      (seq) => [`update audit_events set hash = ${flipped('hash', random(32))} where seq = ${seq}`, seq],
      (seq) => [`update audit_events set prev_hash = ${flipped('prev_hash', random(32))} where seq = ${seq}`, seq],
      (seq) => [`delete from audit_events where seq = ${seq}`, seq],
      (seq) => [`delete from audit_events where seq >= ${seq}`, seq],
      (seq) => [`delete from audit_events where seq <= ${seq}`, 1],
      (seq) => {
        // The content of one event is edited and its own hash made right again: the next one no longer follows.
        const edit = `update audit_events set canonical = canonical || ' ' where seq = ${seq};
          update audit_events set hash = sha256(prev_hash || convert_to(seq::text || E'\\n' || canonical, 'UTF8')) where seq = ${seq}`;
        return [edit, seq === length ? seq : seq + 1];
      },
      (seq) => {
        const other = seq === length ? seq - 1 : seq + 1;
        const swap = `update audit_events set seq = -1 where seq = ${seq}; update audit_events set seq = ${seq} where seq = ${other};
          update audit_events set seq = ${other} where seq = -1`;
        return [swap, Math.min(seq, other)];
      },
      () => {
        const forged = `insert into audit_events (seq, canonical, prev_hash, hash)
          select seq + 1, canonical, hash, sha256(hash || convert_to((seq + 1)::text || E'\\n' || canonical, 'UTF8'))
          from audit_events order by seq desc limit 1`;
        return [forged, length + 1];
      },
      () => [
        `insert into audit_events (seq, canonical, prev_hash, hash) select ${-random(3)}, canonical, prev_hash, hash from audit_events where seq = 1`,
        NaN,
      ],
      (seq) => [`update audit_head set seq = ${seq - 1}`, seq],
      () => [`update audit_head set hash = ${flipped('hash', random(32))}`, length],
      () => ['truncate audit_events', 1],
    ];
    const client = api.as('finance');
    let found = 0;
    let tried = 0;
    while (tried < 1_000) {
      const kind = tamperings[tried % tamperings.length]!;
      const [sql, firstBad] = kind(1 + random(length));
      await tamper(sql);
      const { body } = await client.get('/audit/verify');
      if (body.valid === false && body.reason && (Number.isNaN(firstBad) || body.firstBadSeq === firstBad)) found += 1;
      else throw new Error(`Not found: ${sql}\nexpected ${firstBad}, got ${JSON.stringify(body)}`);
      await tamper(restore);
      tried += 1;
    }
    expect(found).toBe(1_000);
    expect((await verify()).body.valid).toBe(true);
  }, 120_000);
});
