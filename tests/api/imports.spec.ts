import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { importPage, importReport } from '../../server/contract/import.js';
import { expectNoChange, expectProblem, startApi, type Api, type UploadedFile } from '../support/harness.js';
import { zipOf } from '../../server/imports/reading/test-uploads.js';

const GOLDEN = resolve('tests/golden/data/tables');
const golden = (): UploadedFile[] =>
  readdirSync(GOLDEN).map((name) => ({ name, content: readFileSync(resolve(GOLDEN, name)) }));

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

describe('An import', () => {
  test('stores one CSV file and says what it did', async () => {
    const reply = await api
      .as('admin')
      .upload('/imports', [
        { name: 'priorities.csv', content: 'code,name,description\nP1,Cheaper claims,Because\nP2,Faster claims,\n' },
      ]);
    expect(reply.status).toBe(201);
    expect(importReport.safeParse(reply.body).error).toBeUndefined();
    expect(reply.body).toMatchObject({
      status: 'committed',
      fileNames: ['priorities.csv'],
      problemCount: 0,
      tables: [{ table: 'priorities', rows: 2, created: 2, updated: 0, unchanged: 0, skipped: 0, ignoredColumns: [] }],
    });
    const rows = await api.sql('select code, name, description, version from priorities order by code');
    expect(rows).toEqual([
      { code: 'P1', name: 'Cheaper claims', description: 'Because', version: 1 },
      { code: 'P2', name: 'Faster claims', description: null, version: 1 },
    ]);
  });

  test('stores all golden tables at once, and the same files again change nothing', async () => {
    const first = await api.as('admin').upload('/imports', golden());
    expect(first.body.problems ?? first.body).toEqual([]);
    expect(first.status).toBe(201);
    const before = await api.digest();
    const again = await api.as('admin').upload('/imports', golden());
    expect(again.status).toBe(201);
    for (const table of again.body.tables)
      expect(table).toMatchObject({ created: 0, updated: 0, unchanged: table.rows });
    const after = await api.digest();
    for (const table of ['audit_events', 'audit_head']) (delete before[table], delete after[table]);
    expect(after).toEqual(before);
  });
});
