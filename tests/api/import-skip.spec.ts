import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';
import { upload, type Files } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const put = (files: Files, query?: string): Promise<Reply> => upload(api, files, query);

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
    expect(
      reply.body.problems.filter((problem: { code: string }) => problem.code === 'reference.not_live'),
    ).toMatchObject([
      { table: 'investment_costs', row: 3, column: 'investment_code', value: 'S-2' },
      { table: 'links', row: 4, column: 'from_code', value: 'S-2' },
    ]);
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

describe('A reference to a row that was left out', () => {
  test('is told as it was written', async () => {
    const reply = await put(
      {
        'investments.csv': 'code,name,start_month\nN-1,Bad,2026-13\n',
        'initiatives.csv': 'code,name\nN-I,Good\n',
        'links.csv': 'from_code,to_code\nInvestment:n-1,N-I\n',
        'work_items.csv': 'code,type,depends_on\nN-W1,nonsense,\nN-W2,,N-W3;n-w1\nN-W3,,\n',
      },
      '?onProblem=skip',
    );
    expect(
      reply.body.problems.filter((problem: { code: string }) => problem.code === 'reference.not_live'),
    ).toMatchObject([
      { table: 'links', row: 2, column: 'from_code', value: 'Investment:n-1' },
      { table: 'work_items', row: 3, column: 'depends_on', value: 'n-w1' },
    ]);
  });
});
