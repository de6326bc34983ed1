import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoChange, expectProblem, startApi, type Api, type Person, type Reply } from '../support/harness.js';
import { golden, upload, type Files } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  expect((await api.as('admin').upload('/imports', golden())).status).toBe(201);
  expect((await put({ 'investments.csv': 'code,name\nX-INV,Invest\n' })).status).toBe(201);
});
afterAll(() => api.stop());

const put = (files: Files, query?: string, person?: Person): Promise<Reply> => upload(api, files, query, person);

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
