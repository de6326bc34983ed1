import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startApi, type Api, type Reply } from '../support/harness.js';
import { seedForInput, upload, type Files } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await seedForInput(api);
});
afterAll(() => api.stop());

const put = (files: Files): Promise<Reply> => upload(api, files);

describe('What looks odd but is clear is stored:', () => {
  beforeEach(async () => {
    await api.sql('begin'); // keeps the pool warm
    await api.sql('rollback');
  });
  afterEach(async () => {
    const open = await api.sql<{ id: string }>(
      `select id from imports where status = 'committed' order by created_at, id`,
    );
    for (const { id } of open.slice(1).reverse()) await api.as('admin').post(`/imports/${id}/revert`);
  });
  const costs = (): Promise<unknown[]> =>
    api.sql(
      `select i.code, to_char(c.month, 'YYYY-MM') as month, c.kind, c.planned, c.actual from investment_costs c
       join investments i on i.id = c.investment_id where c.archived_at is null order by month, kind`,
    );
  const stored = async (content: string | Uint8Array, ...rows: unknown[]): Promise<void> => {
    const reply = await put({ 'investment_costs.csv': content });
    expect(reply.body.problems).toEqual([]);
    expect(reply.status).toBe(201);
    expect(await costs()).toEqual(rows);
  };
  const row = (month: string, planned: string | null, actual: string | null = null) => ({
    code: 'INV-1',
    month,
    kind: 'opex',
    planned,
    actual,
  });

  test('n/a and - in number columns are blank', () =>
    stored(
      'investment_code,month,kind,planned,actual\nINV-1,2026-01,opex,N/A,-\nINV-1,2026-02,opex,3,n/a\n',
      row('2026-01', null),
      row('2026-02', '3.0000'),
    ));

  test('an identical row counts once, as unchanged', async () => {
    const reply = await put({
      'investment_costs.csv':
        'investment_code,month,kind,planned\nINV-1,2026-03,opex,1234.50\ninv-1,2026-03,OPEX,"1,234.5"\n',
    });
    expect(reply.body.tables).toMatchObject([{ rows: 2, created: 1, updated: 0, unchanged: 1 }]);
    expect(await costs()).toEqual([row('2026-03', '1234.5000')]);
  });

  test('a line break in a header counts as a space', () =>
    stored('"Investment\nCode",month,kind,planned\nINV-1,2026-04,opex,7\n', row('2026-04', '7.0000')));

  test('Windows-1252 with semicolons and decimal commas', async () => {
    const text = 'code;name\nPé;Qualité – 5 €\n';
    const bytes = Buffer.from(text.replace('–', '\x96').replace('€', '\x80'), 'latin1');
    const reply = await put({
      'priorities.csv': bytes,
      'investment_costs.csv': 'investment_code;month;kind;planned\nINV-1;2026-05;opex;1.234,50\n',
    });
    expect(reply.body.problems).toEqual([]);
    expect(await api.sql('select code, name from priorities where archived_at is null')).toEqual([
      { code: 'Pé', name: 'Qualité – 5 €' },
    ]);
    expect(await costs()).toEqual([row('2026-05', '1234.5000')]);
  });

  test('a byte order mark', () =>
    stored('\ufeffinvestment_code,month,kind,planned\nINV-1,2026-06,opex,1\n', row('2026-06', '1.0000')));

  test('columns that no table has are reported, not fatal', async () => {
    const reply = await put({ 'priorities.csv': 'code,name,colour\nP5,Five,red\n' });
    expect(reply.status).toBe(201);
    expect(reply.body.tables[0].ignoredColumns).toEqual(['colour']);
  });
});
