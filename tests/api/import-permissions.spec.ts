import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoChange, expectProblem, startApi, type Api, type Person, type Reply } from '../support/harness.js';
import { digestWithoutAudit, download, golden, upload, type Files } from '../support/imports.js';

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

describe('Who may see and import', () => {
  test.each(['pm-dig', 'cio', 'finance'] as const)(
    'imports the own export again and changes nothing: %s',
    async (person) => {
      const before = await digestWithoutAudit(api);
      const content = await download(api, '/exports/data.zip', person);
      const reply = await api.as(person).upload('/imports', [{ name: 'data.zip', content }]);
      expect(reply.body.problems).toEqual([]);
      expect(reply.status).toBe(201);
      expect(reply.body.tables.length).toBeGreaterThan(20);
      for (const table of reply.body.tables)
        expect(table).toMatchObject({ created: 0, updated: 0, skipped: 0, unchanged: table.rows });
      expect(await digestWithoutAudit(api)).toEqual(before);
    },
  );

  test('needs the right to a table that is out of sight, whatever the rows say', async () => {
    const content = golden().find(({ name }) => name === 'survey_responses.csv')!.content;
    const reply = await expectNoChange(api, () => put({ 'survey_responses.csv': content }, '', 'finance'));
    expect(reply.status).toBe(422);
    expect(new Set(reply.body.problems.map((problem: { code: string }) => problem.code))).toEqual(
      new Set(['not_permitted']),
    );
  });

  test('is told the same of a table that is out of sight, whether its rows are stored, differ from what is, or contradict each other', async () => {
    const [answer] = await api.sql<{ survey: string; respondent: string; satisfaction: number }>(
      `select s.code as survey, r.respondent, r.satisfaction from survey_responses r join surveys s on s.id = r.survey_id
       where r.satisfaction is not null and r.archived_at is null order by r.respondent limit 1`,
    );
    const { survey, respondent, satisfaction } = answer!;
    const told = async (...scores: (number | string)[]): Promise<unknown> => {
      const rows = scores.map((score) => `${survey},${respondent},${score}`);
      const content = `survey_code,respondent,satisfaction\n${rows.join('\n')}\n`;
      const reply = await put({ 'survey_responses.csv': content }, '?dryRun=true&onProblem=skip', 'pm-dig');
      const { problems, tables } = reply.body as { problems: Record<string, unknown>[]; tables: unknown };
      return [reply.status, tables, problems.map(({ row, column, code, message }) => [row, column, code, message])];
    };
    expect(await told(satisfaction)).toEqual(await told((satisfaction % 5) + 1));
    const guesses = await told('', 1, 2, 3, 4, 5);
    expect(guesses).toEqual(await told('', 5, 4, 3, 2, 1));
    expect((guesses as [number, unknown, string[][]])[2].map(([row, , code]) => [row, code])).toEqual(
      [2, 3, 4, 5, 6, 7].map((row) => [row, 'not_permitted']),
    );
  });
});

describe('Finance', () => {
  const VALUES = 'benefit_code,month,planned,forecast,realised,evidence,confirmed_by_email\n';
  beforeAll(async () => {
    const seeded = await put({
      'benefits.csv': 'code,name,currency,portfolio_code\nF-B,Confirmed,USD,CORE\n',
      'benefit_values.csv': `${VALUES}F-B,2026-01,10,,8,slip,\nF-B,2026-02,10,,9,slip,\nF-B,2026-03,10,,,,\n`,
    });
    expect(seeded.status).toBe(201);
  });

  test('confirms values by an import, as an attestation', async () => {
    const reply = await put(
      {
        'benefit_values.csv': `${VALUES}F-B,2026-01,,,,,fin@example.org\nF-B,2026-02,10,,9.00,slip,fin@example.org\nF-B,2026-03,10,,,,\n`,
      },
      '',
      'finance',
    );
    expect(reply.body.problems).toEqual([]);
    expect(reply.body.tables).toMatchObject([{ updated: 2, unchanged: 1 }]);
    expect(
      await api.sql(`select v.realised, v.reported_by, v.confirmed_by, v.confirmed_how from benefit_values v
        join benefits b on b.id = v.benefit_id where b.code = 'F-B' and v.confirmed_by is not null order by v.month`),
    ).toEqual(
      ['8.0000', '9.0000'].map((realised) => ({
        realised,
        reported_by: 'admin@tests.example',
        confirmed_by: 'fin@example.org',
        confirmed_how: 'attestation',
      })),
    );
  });

  test.each([
    ['another realised value', 'F-B,2026-01,,,8.5,,fin@example.org'],
    ['another plan beside a confirmation', 'F-B,2026-02,11,,,,other@example.org'],
    ['other evidence', 'F-B,2026-02,,,,(clear),'],
    ['a value of a month that is not there', 'F-B,2026-09,,,5,,fin@example.org'],
  ])('is refused %s', async (_what, row) => {
    const reply = await expectNoChange(api, () => put({ 'benefit_values.csv': `${VALUES}${row}\n` }, '', 'finance'));
    expect(reply.status).toBe(422);
    expect(reply.body.problems).toMatchObject([{ row: 2, code: 'not_permitted' }]);
  });

  test('confirms by an import what the rules of attestations permit only', async () => {
    const reply = await expectNoChange(api, () =>
      put(
        { 'benefit_values.csv': `${VALUES}F-B,2026-01,,,,,admin@tests.example\nF-B,2026-03,,,,,fin@example.org\n` },
        '',
        'finance',
      ),
    );
    expect(reply.body.problems).toMatchObject([
      { row: 2, code: 'confirmation.own_value' },
      { row: 3, code: 'confirmation.without_value' },
    ]);
  });
});
