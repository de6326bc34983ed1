import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { importPage, importProgress, importReport } from '../../server/contract/import.js';
import { ImportService } from '../../server/imports/import.service.js';
import { zipOf } from '../../server/imports/reading/test-uploads.js';
import {
  expectNoChange,
  expectProblem,
  startApi,
  type Api,
  type Person,
  type Reply,
  type UploadedFile,
} from '../support/harness.js';

const GOLDEN = resolve('tests/golden/data/tables');
const golden = (): UploadedFile[] =>
  readdirSync(GOLDEN).map((name) => ({ name, content: readFileSync(resolve(GOLDEN, name)) }));

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const put = (files: Record<string, string | Uint8Array>, query = '', person: Person = 'admin'): Promise<Reply> =>
  api.as(person).upload(
    `/imports${query}`,
    Object.entries(files).map(([name, content]) => ({ name, content })),
  );

const digestWithoutAudit = async (): Promise<Record<string, string>> => {
  const digest = await api.digest();
  delete digest['audit_events'];
  delete digest['audit_head'];
  return digest;
};

/** Holds the lock of the writers, so that an import waits where a test wants it. */
const whileWritersWait = async <T>(task: () => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
  await client.query('select pg_advisory_lock(7203552)');
  try {
    return await task();
  } finally {
    await client.end();
  }
};

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return;
    await new Promise((later) => setTimeout(later, 25));
  }
  throw new Error('It did not come to that within 5 s.');
};

const statusOf = async (id: string): Promise<string | undefined> =>
  (await api.sql<{ status: string }>('select status from imports where id = $1', [id]))[0]?.status;

describe('An import', () => {
  test('stores one CSV file and says what it did', async () => {
    const reply = await put({
      'priorities.csv': 'code,name,description\nP1,Cheaper claims,Because\nP2,Faster claims,\n',
    });
    expect(reply.status).toBe(201);
    expect(importReport.safeParse(reply.body).error).toBeUndefined();
    expect(reply.headers.get('location')).toBe(`/api/v1/imports/${reply.body.id}`);
    expect(reply.body).toMatchObject({
      status: 'committed',
      fileNames: ['priorities.csv'],
      problemCount: 0,
      tables: [{ table: 'priorities', rows: 2, created: 2, updated: 0, unchanged: 0, skipped: 0, ignoredColumns: [] }],
    });
    expect(await api.sql('select code, name, description, version from priorities order by code')).toEqual([
      { code: 'P1', name: 'Cheaper claims', description: 'Because', version: 1 },
      { code: 'P2', name: 'Faster claims', description: null, version: 1 },
    ]);
  });

  test('reports before it stores: the dry run of all golden tables equals the import, and changes nothing', async () => {
    const dry = await expectNoChange(api, () => api.as('admin').upload('/imports?dryRun=true', golden()));
    expect(dry.status).toBe(200);
    expect(dry.body).toMatchObject({ status: 'dry_run', problems: [] });
    const real = await api.as('admin').upload('/imports', golden());
    expect(real.status).toBe(201);
    expect(real.body.tables).toEqual(dry.body.tables);
  });

  test('of the same files again leaves everything unchanged', async () => {
    const before = await digestWithoutAudit();
    const again = await api.as('admin').upload('/imports', golden());
    expect(again.status).toBe(201);
    for (const table of again.body.tables)
      expect(table).toMatchObject({ created: 0, updated: 0, unchanged: table.rows });
    expect(await digestWithoutAudit()).toEqual(before);
  });

  test('leaves one event in the audit chain, with its counts', async () => {
    const count = async () =>
      (await api.sql<{ count: number }>('select count(*) as count from audit_events'))[0]!.count;
    const before = await count();
    const reply = await put({ 'priorities.csv': 'code,name\nP1,Cheaper claims still\n' });
    expect(await count()).toBe(before + 1);
    const [event] = await api.sql<{ canonical: string }>(
      'select canonical from audit_events order by seq desc limit 1',
    );
    expect(JSON.parse(event!.canonical)).toMatchObject({
      action: 'imported',
      actor: 'admin@tests.example',
      objectId: reply.body.id,
      after: { tables: { priorities: { updated: 1 } }, changes: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  test('leaves what is blank, empties what says (clear), and matches codes whatever their case', async () => {
    await put({ 'priorities.csv': 'code,name,description\nP3,Three,Text\n' });
    const reply = await put({ 'priorities.csv': 'CODE,Name,Description\np3,,\n' });
    expect(reply.body.tables[0]).toMatchObject({ unchanged: 1 });
    await put({ 'priorities.csv': 'code,description\np3,(Clear)\n' });
    expect(await api.sql(`select code, name, description, version from priorities where code = 'P3'`)).toEqual([
      { code: 'P3', name: 'Three', description: null, version: 2 },
    ]);
  });

  test('resolves references in any order, in and between tables', async () => {
    const reply = await put({
      'work_items.csv': 'code,depends_on\nW-1,W-2;W-3\nW-2,W-3\nW-3,\n',
      'org_units.csv': 'code,name,parent_code\nX-1,One,X-2\nX-2,Two,X-3\nX-3,Three,ENT\n',
      'links.csv': 'from_code,to_code\nX-INV,X-INI\n',
      'investments.csv': 'code,name\nX-INV,Invest\n',
      'initiatives.csv': 'code,name,duplicate_of_code\nX-INI,Init,X-INI2\nX-INI2,Init 2,\n',
    });
    expect(reply.body.problems).toEqual([]);
    expect(reply.status).toBe(201);
    const [item] = await api.sql<{ depends: string[] }>(
      `select array(select o.code from unnest(w.depends_on) with ordinality d (id, n) join work_items o on o.id = d.id order by n) as depends
       from work_items w where code = 'W-1'`,
    );
    expect(item!.depends).toEqual(['W-2', 'W-3']);
  });

  test('restores an archived code, counted as created', async () => {
    await api.sql(`update priorities set archived_at = now(), version = version + 1 where code = 'P3'`);
    const reply = await put({ 'priorities.csv': 'code,name\nP3,Three again\n' });
    expect(reply.body.tables[0]).toMatchObject({ created: 1 });
    expect(await api.sql(`select archived_at, name from priorities where code = 'P3'`)).toEqual([
      { archived_at: null, name: 'Three again' },
    ]);
  });

  test('keeps a different realised value as a revision with the import as its reason', async () => {
    await put({ 'benefits.csv': 'code,name,currency\nREV-1,Rev,USD\n' });
    const first =
      'benefit_code,month,planned,realised,evidence,confirmed_by_email\nREV-1,2026-01,10,8,ledger,fin@example.org\n';
    await put({ 'benefit_values.csv': first });
    const again = await put({ 'benefit_values.csv': 'benefit_code,month,realised\nREV-1,2026-01,9\n' });
    const [value] = await api.sql(
      `select v.realised, v.version, v.reported_by, v.reason, v.import_id, v.confirmed_by from benefit_values v join benefits b on b.id = v.benefit_id where b.code = 'REV-1'`,
    );
    expect(value).toEqual({
      realised: '9.0000',
      version: 2,
      reported_by: 'admin@tests.example',
      reason: `import ${again.body.id}`,
      import_id: again.body.id,
      confirmed_by: null,
    });
    const revisions = await api.sql(
      `select r.version, r.realised, r.confirmed_by from benefit_value_revisions r join benefit_values v on v.id = r.benefit_value_id
       join benefits b on b.id = v.benefit_id where b.code = 'REV-1' order by 1`,
    );
    expect(revisions).toEqual([
      { version: 1, realised: '8.0000', confirmed_by: 'fin@example.org' },
      { version: 2, realised: '9.0000', confirmed_by: null },
    ]);
    const verdicts = await api.sql<{ verdict: string }>(
      `select c.verdict from confirmations c join benefit_values v on v.id = c.benefit_value_id join benefits b on b.id = v.benefit_id
       where b.code = 'REV-1' order by c.value_version`,
    );
    expect(verdicts.map((row) => row.verdict)).toEqual(['attested', 'withdrawn']);
  });

  test('accepts the rates that it brings itself', async () => {
    const reply = await put({
      'investment_costs.csv': 'investment_code,month,kind,planned\nX-CHF,2026-01,opex,5\n',
      'investments.csv': 'code,name,currency\nX-CHF,Swiss,chf\n',
      'exchange_rates.csv': 'currency,month,rate\nCHF,2026-01,1.1234567891\n',
    });
    expect(reply.body.problems).toEqual([]);
    expect(reply.status).toBe(201);
  });

  test('lets shares move between links within one file', async () => {
    await put({ 'links.csv': 'from_code,to_code,allocation\nX-INV,X-INI,100\n' });
    const reply = await put({ 'links.csv': 'from_code,to_code,allocation\nX-INV,X-INI2,50\nX-INV,X-INI,50\n' });
    expect(reply.body.problems).toEqual([]);
    expect(reply.body.tables[0]).toMatchObject({ created: 1, updated: 1 });
  });

  test('without a file, with another field, or twice under one id is refused', async () => {
    expectProblem(await put({}), 422, 'validation-failed');
    const form = new FormData();
    form.append('other', new Blob(['x']), 'x.csv');
    const { cookie } = await signedIn();
    const other = await fetch(`${api.origin}/api/v1/imports`, { method: 'POST', headers: { cookie }, body: form });
    expect(other.status).toBe(422);
    const id = uuidv7();
    expect((await put({ 'priorities.csv': 'code,name\nP1,x\n' }, `?id=${id}`)).body.id).toBe(id);
    expectProblem(await put({ 'priorities.csv': 'code,name\nP1,y\n' }, `?id=${id}`), 409, 'duplicate');
  });

  test('is listed, newest first, and read again with its problems', async () => {
    const list = await api.as('cio').get('/imports?limit=2');
    expect(importPage.safeParse(list.body).error).toBeUndefined();
    expect(list.body.items).toHaveLength(2);
    expect(list.body.items[0]).not.toHaveProperty('problems');
    const next = await api.as('cio').get(`/imports?limit=2&cursor=${list.body.nextCursor}`);
    expect(next.body.items.map((item: { id: string }) => item.id)).not.toContain(list.body.items[1].id);
    const one = await api.as('cio').get(`/imports/${list.body.items[0].id}`);
    expect(importReport.safeParse(one.body).error).toBeUndefined();
    expectProblem(await api.as('cio').get(`/imports/${uuidv7()}`), 404, 'not-found');
    expectProblem(await api.as('stakeholder-bu1').get('/imports'), 403, 'forbidden');
  });
});

const signedIn = async (): Promise<{ cookie: string }> => {
  const reply = await fetch(`${api.origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@tests.example', password: 'correct horse battery staple' }),
  });
  return {
    cookie: reply.headers
      .getSetCookie()
      .map((one) => one.split(';')[0]!)
      .join('; '),
  };
};

describe('onProblem=skip', () => {
  const FILES = {
    'investments.csv': 'code,name,start_month\nS-1,Good,2026-01\nS-2,Bad,2026-13\nS-3,Good too,\n',
    'investment_costs.csv':
      'investment_code,month,kind,planned\nS-1,2026-01,opex,5\nS-2,2026-01,opex,5\nS-3,2026-01,opex,1\nS-3,2026-01,opex,2\n',
    'initiatives.csv': 'code,name\nS-I1,One\nS-I2,Two\n',
    'links.csv':
      'from_code,to_code,allocation,rationale\nS-1,S-I1,60,=a\nS-1,S-I2,50,b\nS-2,S-I1,10,c\nS-3,S-I1,10,d\n',
  };

  test('stores the good rows that depend on no bad one, and gives the others back', async () => {
    const dry = await expectNoChange(api, () => put(FILES, '?onProblem=skip&dryRun=true'));
    expect(dry.status).toBe(200);
    const reply = await put(FILES, '?onProblem=skip');
    expect(reply.status).toBe(201);
    expect(reply.body.tables).toEqual(dry.body.tables);
    expect(reply.body.problems).toEqual(dry.body.problems);
    const counts = Object.fromEntries(
      reply.body.tables.map((table: { table: string; created: number; skipped: number }) => [
        table.table,
        [table.created, table.skipped],
      ]),
    );
    expect(counts).toEqual({ investments: [2, 1], investment_costs: [1, 3], initiatives: [2, 0], links: [1, 3] });
    const rejects = await api.as('admin').get(`/imports/${reply.body.id}/rejects.zip`);
    expect(rejects.status).toBe(200);
    expect(rejects.headers.get('content-type')).toBe('application/zip');
    const rows = await api.sql<{ table_name: string; row_number: number; cells: string[]; error: string }>(
      'select table_name, row_number, cells, error from import_rejects where import_id = $1 order by 1, 2',
      [reply.body.id],
    );
    expect(rows.map((row) => `${row.table_name} ${row.row_number}`)).toEqual([
      'investment_costs 3',
      'investment_costs 4',
      'investment_costs 5',
      'investments 3',
      'links 2',
      'links 3',
      'links 4',
    ]);
    expect(rows[0]!.error).toMatch(/row of investments that has a problem itself/);
    expect(rows[3]).toMatchObject({ cells: ['S-2', 'Bad', '2026-13'], error: expect.stringContaining('no month 13') });
    expect(rows[4]!.cells[3]).toBe('=a');
  });

  test('is refused to others: the rejected rows are the importer’s', async () => {
    const [row] = await api.sql<{ id: string }>(`select import_id as id from import_rejects limit 1`);
    expectProblem(await api.as('pm-dig').get(`/imports/${row!.id}/rejects.zip`), 403, 'forbidden');
    expectProblem(await api.as('admin').get(`/imports/${uuidv7()}/rejects.zip`), 404, 'not-found');
  });
});

describe('Who imports', () => {
  const own = {
    'investments.csv': 'code,name,portfolio_code\nD-1,Mine,DIG\n',
    'investment_costs.csv': 'investment_code,month,kind,planned\nD-1,2026-01,opex,5\n',
  };

  test('may write inside own portfolios', async () => {
    const reply = await put(own, '', 'pm-dig');
    expect(reply.body.problems).toEqual([]);
    expect(reply.status).toBe(201);
  });

  test.each([
    ['creates in a foreign portfolio', { 'investments.csv': 'code,name,portfolio_code\nD-9,New,CORE\n' }],
    ['creates in none', { 'investments.csv': 'code,name\nD-9,New\n' }],
    ['changes a foreign record', { 'investments.csv': 'code,name\nINV-1,Renamed\n' }],
    ['moves an own record away', { 'investments.csv': 'code,portfolio_code\nD-1,CORE\n' }],
    ['writes foreign costs', { 'investment_costs.csv': 'investment_code,month,kind,planned\nX-INV,2026-01,opex,5\n' }],
    ['writes a table of administrators', { 'stages.csv': 'code,name\nNEW,New\n' }],
  ])('is refused a row that %s', async (_what, files) => {
    const foreign = await api.sql<{ code: string }>(
      `select i.code from investments i join portfolios p on p.id = i.portfolio_id where p.code = 'CORE' order by 1 limit 1`,
    );
    const text = Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name, content.replace('INV-1', foreign[0]!.code)]),
    );
    const reply = await expectNoChange(api, () => put(text, '', 'pm-dig'));
    expect(reply.status).toBe(422);
    expect(reply.body.problems).toMatchObject([{ row: 2, code: 'not_permitted' }]);
  });

  test('keeps the permitted rows with onProblem=skip', async () => {
    const reply = await put(
      { 'investments.csv': 'code,name,portfolio_code\nD-2,Mine,DIG\nD-3,Not mine,CORE\n' },
      '?onProblem=skip',
      'pm-dig',
    );
    expect(reply.status).toBe(201);
    expect(reply.body.tables).toMatchObject([{ created: 1, skipped: 1 }]);
    expect(await api.sql(`select code from investments where code in ('D-2', 'D-3')`)).toEqual([{ code: 'D-2' }]);
  });

  test('may not confirm values as a portfolio manager', async () => {
    await put({ 'benefits.csv': 'code,name,currency,portfolio_code\nD-B,Mine,USD,DIG\n' }, '', 'pm-dig');
    const reply = await expectNoChange(api, () =>
      put(
        { 'benefit_values.csv': 'benefit_code,month,realised,confirmed_by_email\nD-B,2026-01,5,fin@example.org\n' },
        '',
        'pm-dig',
      ),
    );
    expect(reply.body.problems).toMatchObject([{ row: 2, column: 'confirmed_by_email', code: 'not_permitted' }]);
  });

  test('is nobody without the right to import', async () => {
    for (const person of ['stakeholder-bu1', 'nobody'] as const)
      expectProblem(await put(own, '', person), 403, 'forbidden');
    expectProblem(await put(own, '', 'anonymous'), 401, 'unauthenticated');
  });
});

describe('While an import runs', () => {
  const files = { 'priorities.csv': 'code,name\nRUN-1,One\n' };
  const isStored = async (): Promise<boolean> =>
    (await api.sql(`select 1 from priorities where code = 'RUN-1'`)).length > 0;

  test('its progress is told, from before the upload arrives until it is finished', async () => {
    const id = uuidv7();
    const events = api.as('admin').get(`/imports/${id}/events`);
    await new Promise((later) => setTimeout(later, 300));
    const reply = await put({ 'priorities.csv': 'code,name\nSSE-1,One\n' }, `?id=${id}`);
    expect(reply.status).toBe(201);
    const stream = await events;
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const told = stream.text
      .split('\n\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => importProgress.parse(JSON.parse(line.slice(6))));
    expect(told.at(-1)).toEqual({ id, status: 'committed', step: 'finished', table: null, rows: 1 });
    const late = await api.as('admin').get(`/imports/${id}/events`);
    expect(late.text).toContain('"step":"finished"');
  });

  test('it can be cancelled until it is committed, and then stores nothing', async () => {
    const id = uuidv7();
    await whileWritersWait(async () => {
      const upload = put(files, `?id=${id}`);
      await until(async () => (await statusOf(id)) === 'running');
      expectProblem(await api.as('pm-dig').post(`/imports/${id}/cancel`), 403, 'forbidden');
      const cancelled = await api.as('admin').post(`/imports/${id}/cancel`);
      expect(cancelled.status).toBe(202);
      expect(cancelled.body.status).toBe('cancelled');
      const reply = await upload;
      expect(reply.status).toBe(409);
      expect(reply.body.status).toBe('cancelled');
    });
    expect(await isStored()).toBe(false);
    const done = await put({ 'priorities.csv': 'code,name\nP1,One\n' });
    expectProblem(await api.as('admin').post(`/imports/${done.body.id}/cancel`), 409, 'conflict');
  });

  test('a client that goes away cancels it', async () => {
    const id = uuidv7();
    await whileWritersWait(async () => {
      const left = new AbortController();
      const form = new FormData();
      form.append('file', new Blob([files['priorities.csv']]), 'priorities.csv');
      const { cookie } = await signedIn();
      const upload = fetch(`${api.origin}/api/v1/imports?id=${id}`, {
        method: 'POST',
        headers: { cookie },
        body: form,
        signal: left.signal,
      });
      upload.catch(() => undefined);
      await until(async () => (await statusOf(id)) === 'running');
      left.abort();
      await until(async () => (await statusOf(id)) === 'cancelled');
    });
    expect(await isStored()).toBe(false);
  });

  test('a process that dies leaves it failed, and one that lives is left alone', async () => {
    const dead = uuidv7();
    const [user] = await api.sql<{ id: string }>(`select id from users where email = 'admin@tests.example'`);
    await api.sql(
      `insert into imports (id, status, file_names, file_hash, file_bytes, dry_run, on_problem, user_id, user_email, created_at)
       values ($1, 'running', '{a.csv}', '', 0, false, 'reject', $2, 'admin@tests.example', now())`,
      [dead, user!.id],
    );
    const alive = uuidv7();
    await whileWritersWait(async () => {
      const upload = put(files, `?id=${alive}`);
      await until(async () => (await statusOf(alive)) === 'running');
      expect(await api.app.nest.get(ImportService).failInterruptedImports()).toBe(1);
      expect([await statusOf(dead), await statusOf(alive)]).toEqual(['failed', 'running']);
      await api.as('admin').post(`/imports/${alive}/cancel`);
      await upload;
    });
  });
});

describe('A file that cannot be read', () => {
  const uploadsLeft = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('throughline-upload-'));
  const bomb = () => zipOf({ 'priorities.csv': Buffer.alloc(40_000_000, 0x41) });

  test.each([
    ['a PDF', async () => ({ 'priorities.csv': Buffer.from('%PDF-1.7 x') }), 415, 'unsupported-media-type'],
    [
      'an archive in an archive',
      async () => ({ 'all.zip': await zipOf({ 'inner.zip': await zipOf({ 'a.csv': 'x' }) }) }),
      422,
      'validation-failed',
    ],
    ['an archive that unpacks to far more', async () => ({ 'all.zip': await bomb() }), 413, 'payload-too-large'],
    [
      'a damaged archive',
      async () => ({ 'all.zip': (await zipOf({ 'priorities.csv': 'code,name\n' })).subarray(0, 60) }),
      422,
      'validation-failed',
    ],
    [
      'UTF-16',
      async () => ({ 'priorities.csv': Buffer.from('\ufeffcode,name\nA,B\n', 'utf16le') }),
      422,
      'validation-failed',
    ],
    [
      'a table twice',
      async () => ({ 'priorities.csv': 'code,name\n', 'Priorities.csv': 'code,name\n' }),
      422,
      'validation-failed',
    ],
  ])('is refused within 2 s, and leaves nothing behind: %s', async (_what, files, status, type) => {
    const content = (await files()) as Record<string, Uint8Array | string>;
    const started = performance.now();
    const reply = await expectNoChange(api, () => put(content));
    expect(performance.now() - started).toBeLessThan(2_500); // the two digests included
    expectProblem(reply, status, type);
    expect(uploadsLeft()).toEqual([]);
  });
});
