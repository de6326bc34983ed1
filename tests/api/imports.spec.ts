import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { importPage, importReport } from '../../server/contract/import.js';
import { zipOf } from '../../server/imports/reading/test-uploads.js';
import { expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';
import { digestWithoutAudit, golden, signedIn, upload, type Files } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const put = (files: Files, query?: string): Promise<Reply> => upload(api, files, query);

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
    const before = await digestWithoutAudit(api);
    const again = await api.as('admin').upload('/imports', golden());
    expect(again.status).toBe(201);
    for (const table of again.body.tables)
      expect(table).toMatchObject({ created: 0, updated: 0, unchanged: table.rows });
    expect(await digestWithoutAudit(api)).toEqual(before);
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
    const late = { 'benefit_values.csv': 'benefit_code,month,realised\nREV-1,2026-01,9\n' };
    const again = await upload(api, late, '', 'admin', { 'change-reason': 'Billed%20late' });
    const [value] = await api.sql(
      `select v.realised, v.version, v.reported_by, v.reason, v.import_id, v.confirmed_by from benefit_values v join benefits b on b.id = v.benefit_id where b.code = 'REV-1'`,
    );
    expect(value).toEqual({
      realised: '9.0000',
      version: 2,
      reported_by: 'admin@tests.example',
      reason: 'import benefit_values.csv: Billed late',
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
    const [month] = (await api.as('cio').get('/benefits/REV-1/measurements')).body.items;
    expect(month.revisions).toMatchObject([
      { reason: 'import benefit_values.csv: Billed late', from: '8.00', to: '9.00' },
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
    const { cookie } = await signedIn(api);
    const other = await fetch(`${api.origin}/api/v1/imports`, { method: 'POST', headers: { cookie }, body: form });
    expect(other.status).toBe(422);
    const id = uuidv7();
    expect((await put({ 'priorities.csv': 'code,name\nP1,x\n' }, `?id=${id}`)).body.id).toBe(id);
    expectProblem(await put({ 'priorities.csv': 'code,name\nP1,y\n' }, `?id=${id}`), 409, 'duplicate');
  });

  test('names the files of an archive that hold no table, whatever becomes of it', async () => {
    const notes = { 'photo.png': 'x', 'docs/plan.pdf': 'x', 'Thumbs.db': 'x' };
    const name = 'tables.zip';
    for (const [csv, query, status] of [
      ['code,name\nP1,One\n', '', 201],
      ['code,name\nP1,One\n', '?dryRun=true', 200],
      ['code,name\n:,One\n', '', 422],
    ] as const) {
      const reply = await put({ [name]: await zipOf({ 'priorities.csv': csv, ...notes }) }, query);
      expect(reply.status).toBe(status);
      expect(reply.body.ignoredFiles).toEqual(['tables.zip: photo.png', 'tables.zip: docs/plan.pdf']);
      expect(reply.body.tables).toMatchObject([{ table: 'priorities', rows: 1 }]);
      const read = await api.as('admin').get(`/imports/${reply.body.id}`);
      expect(read.body).toEqual(reply.body);
      const [listed] = (await api.as('admin').get('/imports?limit=1')).body.items;
      expect(listed).toMatchObject({ ignoredFiles: reply.body.ignoredFiles, tables: reply.body.tables });
      const events = await api.as('admin').get(`/imports/${reply.body.id}/events`);
      expect(events.text).toContain('"step":"finished","table":null,"rows":1');
    }
    expect((await put({ 'priorities.csv': 'code,name\nP1,One\n' })).body.ignoredFiles).toEqual([]);
    const many = Object.fromEntries(Array.from({ length: 150 }, (_one, index) => [`${index}.png`, 'x']));
    const reply = await put({ [name]: await zipOf({ 'priorities.csv': 'code,name\nP1,One\n', ...many }) });
    expect(reply.body.ignoredFiles).toHaveLength(101);
    expect(reply.body.ignoredFiles.at(-1)).toBe('and 50 more');
    const none = await put({ [name]: await zipOf(many) });
    expectProblem(none, 415, 'unsupported-media-type');
    expect(none.body.detail).toContain('holds no CSV file, but 0.png, 1.png, 2.png and 147 more.');
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
