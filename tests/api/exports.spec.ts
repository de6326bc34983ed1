import { readFileSync, readdirSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DECLARATIONS, snake } from '../../server/contract/records.js';
import { readAll } from '../../server/imports/reading/test-uploads.js';
import { startApi, type Api, type Person, type UploadedFile } from '../support/harness.js';

const GOLDEN = resolve('tests/golden/data/tables');
const golden = (): UploadedFile[] =>
  readdirSync(GOLDEN).map((name) => ({ name, content: readFileSync(resolve(GOLDEN, name)) }));

let api: Api;
const folder = mkdtempSync(join(tmpdir(), 'throughline-exports-'));
beforeAll(async () => {
  api = await startApi();
  expect((await api.as('admin').upload('/imports', golden())).status).toBe(201);
  // Codes in two types, texts that a spreadsheet would run, numbers with three decimals.
  const odd = await api.as('admin').upload('/imports', [
    {
      name: 'investments.csv',
      content: 'code,name,description,portfolio_code\nTWIN,"\'=1+1","line 1\nline 2; ""quoted"", comma",DIG\n',
    },
    { name: 'initiatives.csv', content: "code,name,description\nTWIN,'@SUM,'-2\n" },
    {
      name: 'links.csv',
      content: 'from_code,to_code,allocation,rationale\nInvestment:TWIN,Initiative:TWIN,12.5,＋full\n',
    },
    {
      name: 'investment_costs.csv',
      content:
        'investment_code,month,kind,planned,actual\nTWIN,2026-01,opex,1.2340,-0.125\nTWIN,2026-02,opex,1234567890123456.1234,1000\n',
    },
    {
      name: 'decisions.csv',
      content: 'code,title,about_code,raised_at\nD-TWIN,"＝x",Initiative:TWIN,2026-01-01T00:00:00.123+02:00\n',
    },
    { name: 'indicators.csv', content: 'code,name,serves_code,better\nI-1,One,OUT-1,higher\n' },
    { name: 'indicator_values.csv', content: 'indicator_code,month,value\nI-1,2026-01,7.125\nI-1,2026-02,7.25\n' },
    { name: 'forums.csv', content: 'code,name,decides\nF-ODD,Odd,funding;scope\n' },
    { name: 'metric_targets.csv', content: 'metric_id,from_period,target\nflow.cycle_time,2026-Q1,45\n' },
  ]);
  expect(odd.body.problems).toEqual([]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await api.stop();
});

const download = async (person: Person, name: string): Promise<Buffer> => {
  const client = api.as(person);
  await client.get('/session');
  // The harness reads text; bytes are fetched with the same credentials.
  const cookie = await cookieOf(person);
  const reply = await fetch(`${api.origin}/api/v1/exports/${name}`, { headers: { cookie } });
  expect(reply.status).toBe(200);
  return Buffer.from(await reply.arrayBuffer());
};
const cookieOf = async (person: Person): Promise<string> => {
  const reply = await fetch(`${api.origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${person}@tests.example`, password: 'correct horse battery staple' }),
  });
  return reply.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .join('; ');
};
const tablesOf = async (name: string, content: Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return readAll([{ path, originalName: name }]);
};

const withoutAudit = async (): Promise<Record<string, string>> => {
  const digest = await api.digest();
  delete digest['audit_events'];
  delete digest['audit_head'];
  return digest;
};

describe('What is exported', () => {
  test.each(['data.zip', 'data.xlsx'])('%s imports again and changes nothing', async (name) => {
    const content = await download('admin', name);
    const before = await withoutAudit();
    const reply = await api.as('admin').upload('/imports', [{ name, content }]);
    expect(reply.body.problems).toEqual([]);
    expect(reply.status).toBe(201);
    expect(reply.body.tables).toHaveLength(DECLARATIONS.length);
    for (const table of reply.body.tables)
      expect(table).toMatchObject({ created: 0, updated: 0, unchanged: table.rows, ignoredColumns: [] });
    expect(await withoutAudit()).toEqual(before);
  });

  test('fills an empty product with the same', async () => {
    const content = await download('admin', 'data.zip');
    const other = await startApi({ bare: true });
    try {
      const reply = await other.as('admin').upload('/imports', [{ name: 'data.zip', content }]);
      expect(reply.body.problems).toEqual([]);
      const counts = `select count(*) as links, (select count(*) from benefit_values) as values, (select count(*) from work_item_transitions) as moves,
        (select sum(planned) from benefit_values) as planned, (select sum(actual) from investment_costs) as actual from links`;
      expect(await other.sql(counts)).toEqual(await api.sql(counts));
    } finally {
      await other.stop();
    }
  });

  test('has the columns of the import tables, in their order', async () => {
    for (const table of await tablesOf('all.zip', await download('admin', 'data.zip'))) {
      const declaration = DECLARATIONS.find((one) => one.table === table.table)!;
      expect(table.columns).toEqual(Object.keys(declaration.columns).map(snake));
    }
  });

  test('cannot run as a formula, and names the type of a code that two types have', async () => {
    const zip = await tablesOf('all.zip', await download('admin', 'data.zip'));
    const links = zip.find((table) => table.table === 'links')!;
    expect(links.rows.some((row) => row.cells[0] === 'Investment:TWIN' && row.cells[1] === 'Initiative:TWIN')).toBe(
      true,
    );
    const workbook = await download('admin', 'data.xlsx');
    const sheets = await tablesOf('all.xlsx', workbook);
    const twin = sheets.find((table) => table.table === 'investments')!.rows.find((row) => row.cells[0] === 'TWIN')!;
    expect(twin.cells[1]).toBe('=1+1');
  });

  test('holds only what the reader may see', async () => {
    const tables = await tablesOf('bu1.zip', await download('stakeholder-bu1', 'data.zip'));
    const names = tables.map((table) => table.table);
    expect(names).toContain('benefits');
    expect(names).not.toContain('investments');
    expect(names).not.toContain('survey_responses');
    const benefits = tables.find((table) => table.table === 'benefits')!;
    const unit = benefits.columns.indexOf('org_unit_code');
    expect(new Set(benefits.rows.map((row) => row.cells[unit]))).toEqual(new Set(['BU1']));
    const cio = await tablesOf('cio.zip', await download('cio', 'data.zip'));
    expect(cio.map((table) => table.table)).not.toContain('survey_responses');
  });

  test('leaves a trace where single survey answers go out', async () => {
    const before = await api.sql<{ count: number }>(
      `select count(*) as count from audit_events where action = 'exported'`,
    );
    const zip = await tablesOf('all.zip', await download('admin', 'data.zip'));
    const answers = zip.find((table) => table.table === 'survey_responses')!;
    expect(answers.rows.length).toBeGreaterThan(0);
    for (const row of answers.rows)
      expect(row.cells[answers.columns.indexOf('respondent')]).toMatch(/^sha256:[0-9a-f]{64}$/);
    const after = await api.sql<{ count: number }>(
      `select count(*) as count from audit_events where action = 'exported'`,
    );
    expect(after[0]!.count).toBe(before[0]!.count + 1);
  });
});

describe('The template', () => {
  test('has a sheet for each table, and imports as nothing', async () => {
    const content = await download('admin', 'template.xlsx');
    const tables = await tablesOf('template.xlsx', content);
    expect(tables.map((table) => table.table)).toEqual(DECLARATIONS.map((declaration) => declaration.table));
    const reply = await api.as('admin').upload('/imports', [{ name: 'template.xlsx', content }]);
    expect(reply.status).toBe(201);
    for (const table of reply.body.tables) expect(table).toMatchObject({ rows: 0, created: 0, ignoredColumns: [] });
  });
});
