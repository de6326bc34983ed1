import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { importReport } from '../../server/contract/import.js';
import { expectNoChange, expectProblem, startApi, type Api, type Person, type Reply } from '../support/harness.js';
import { importStatus, signedIn, until, upload, whileWritersWait, type Files } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const put = (key: string, files: Files, query?: string, person?: Person): Promise<Reply> =>
  upload(api, files, query, person, { 'idempotency-key': key });
const count = async (table: string): Promise<number> =>
  (await api.sql<{ count: number }>(`select count(*)::int as count from ${table}`))[0]!.count;
const priority = (code: string, name = 'One'): Files => ({ 'priorities.csv': `code,name\n${code},${name}\n` });

describe('An upload with an Idempotency-Key', () => {
  test('is imported once, and then answered the same', async () => {
    const first = await put('again', priority('K-1'));
    const imports = await count('imports');
    const again = await expectNoChange(api, () => put('again', priority('K-1')));
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.text).toBe(first.text);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(importReport.safeParse(again.body).error).toBeUndefined();
    expect(await count('imports')).toBe(imports);
  });

  test('sent 20 times at once is committed once', async () => {
    const before = await count('audit_events');
    const replies = await Promise.all(Array.from({ length: 20 }, () => put('parallel', priority('K-2'))));
    const done = replies.filter((reply) => reply.status === 201);
    expect(done.filter((reply) => reply.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    for (const reply of done) expect(reply.text).toBe(done[0]!.text);
    for (const reply of replies) if (reply.status !== 201) expectProblem(reply, 409, 'idempotency-in-progress');
    expect(await count('audit_events')).toBe(before + 1);
    expect(
      await count(`imports where status = 'committed' and tables -> 0 ->> 'created' = '1' and file_hash = (
      select file_hash from imports where id = '${done[0]!.body.id}')`),
    ).toBe(1);
  });

  test('is refused with other files, another name of a file, or another query', async () => {
    await put('reused', priority('K-3'));
    for (const other of [
      () => put('reused', priority('K-3', 'Two')),
      () => put('reused', { 'Priorities.csv': priority('K-3')['priorities.csv']! }),
      () => put('reused', { ...priority('K-3'), 'stages.csv': 'code,name\n' }),
      () => put('reused', priority('K-3'), '?dryRun=true'),
      () => upload(api, priority('K-3'), '', 'admin', { 'idempotency-key': 'reused', 'change-reason': 'Late' }),
      () => api.as('admin').post('/priorities', { code: 'K-3', name: 'One' }, { 'idempotency-key': 'reused' }),
    ])
      expectProblem(await expectNoChange(api, other), 422, 'idempotency-key-reused');
  });

  test('again without a key keeps its reason, and each check says which import was before it, and why', async () => {
    const files = priority('K-10');
    const send = (query: string, reason?: string) =>
      upload(api, files, query, 'admin', reason === undefined ? {} : { 'change-reason': encodeURIComponent(reason) });
    const read = async (id: string) => importReport.parse((await api.as('admin').get(`/imports/${id}`)).body);
    const first = importReport.parse((await send('', 'Aus dem Vertrag, 5 %')).body);
    expect(first).toMatchObject({ reason: 'Aus dem Vertrag, 5 %', earlier: null });
    const earlier = { id: first.id, by: first.by, at: first.createdAt, reason: first.reason };
    const checked = importReport.parse((await send('?dryRun=true', 'Another')).body);
    expect(checked).toMatchObject({ status: 'dry_run', reason: null, earlier });
    const again = importReport.parse((await send('', 'Another')).body);
    expect(again).toMatchObject({ status: 'committed', reason: 'Another', earlier });
    expect((await read(again.id)).reason).toBe('Another');
    const after = importReport.parse((await send('?dryRun=true')).body);
    expect(after.earlier).toMatchObject({ id: again.id, reason: 'Another' });
    // What was taken back does not stand.
    for (const id of [again.id, first.id])
      expect((await api.as('admin').post(`/imports/${id}/revert`)).status).toBe(200);
    expect((await read(checked.id)).earlier).toBeNull();
  });

  test('says that the first is still running', async () => {
    const id = uuidv7();
    await whileWritersWait(api, async () => {
      const first = put('running', priority('K-4'), `?id=${id}`);
      await until(async () => (await importStatus(api, id)) === 'running');
      const second = await put('running', priority('K-4'), `?id=${id}`);
      expectProblem(second, 409, 'idempotency-in-progress');
      expect(second.headers.get('retry-after')).toBe('1');
      await api.as('admin').post(`/imports/${id}/cancel`);
      expect((await first).status).toBe(409);
    });
    // It was cancelled, so nothing was done, and the same key may do it.
    expectProblem(await put('running', priority('K-4'), `?id=${id}`), 409, 'duplicate');
    expect((await put('running', priority('K-4'))).status).toBe(201);
  });

  test('is free again after a rejected import, a file that cannot be read, and a client that left', async () => {
    const costs = { 'investment_costs.csv': 'investment_code,month,kind,planned\nK-INV,2026-01,opex,5\n' };
    expect((await put('rejected', costs)).status).toBe(422);
    expect((await upload(api, { 'investments.csv': 'code,name\nK-INV,Invest\n' })).status).toBe(201);
    expect((await put('rejected', costs)).status).toBe(201);
    expectProblem(await put('unreadable', { 'priorities.csv': '%PDF-1.7' }), 415, 'unsupported-media-type');
    expect((await put('unreadable', priority('K-5'))).status).toBe(201);

    await whileWritersWait(api, async () => {
      const left = new AbortController();
      const form = new FormData();
      form.append('file', new Blob([String(priority('K-6')['priorities.csv'])]), 'priorities.csv');
      const headers = { ...(await signedIn(api)), 'idempotency-key': 'left' };
      const address = `${api.origin}/api/v1/imports`;
      fetch(address, { method: 'POST', headers, body: form, signal: left.signal }).catch(() => undefined);
      await until(async () => (await count(`imports where status = 'running'`)) === 1);
      left.abort();
      await until(async () => (await count(`idempotency_keys where key = 'left'`)) === 0);
    });
    const retried = await put('left', priority('K-6'));
    expect(retried.status).toBe(201);
    expect(retried.headers.get('idempotency-replayed')).toBeNull();
  });

  test('repeats a dry run, and is each person’s own', async () => {
    const first = await put('dry', priority('K-7'), '?dryRun=true');
    const again = await put('dry', priority('K-7'), '?dryRun=true');
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true']);
    const own = { 'investments.csv': 'code,name,portfolio_code\nK-8,Mine,DIG\n' };
    expect((await put('own', own)).status).toBe(201);
    const theirs = await put('own', own, '', 'pm-dig');
    expect([theirs.status, theirs.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  test.each(['', 'x'.repeat(201)])('is refused where the key is none: "%s"', async (key) => {
    expectProblem(await expectNoChange(api, () => put(key, priority('K-9'))), 422, 'validation-failed');
  });
});
