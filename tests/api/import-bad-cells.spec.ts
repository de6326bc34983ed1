import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoChange, startApi, type Api, type Reply } from '../support/harness.js';
import { expectRejected, seedForInput, upload, type ExpectedProblem, type Files } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await seedForInput(api);
});
afterAll(() => api.stop());

const refused = (files: Files, ...expected: ExpectedProblem[]): Promise<Reply> =>
  expectRejected(api, files, ...expected);

describe('What cannot be read is refused with its place, and nothing is stored:', () => {
  test('the month 2026-13', () =>
    refused(
      { 'investment_costs.csv': 'investment_code,month,kind,planned\nINV-1,2026-13,opex,1\n' },
      {
        table: 'investment_costs',
        row: 2,
        column: 'month',
        value: '2026-13',
        code: 'month.range',
        says: /no month 13/,
      },
    ));

  test('1.234 in a file that does not show its decimal sign', () =>
    refused(
      { 'investment_costs.csv': 'investment_code,month,kind,planned\nINV-1,2026-01,opex,1.234\n' },
      { table: 'investment_costs', row: 2, column: 'planned', value: '1.234', code: 'number.ambiguous', says: /1234/ },
    ));

  test('£3,330 in a money cell', () =>
    refused(
      { 'investment_costs.csv': 'investment_code,month,kind,planned\nINV-1,2026-01,opex,"£3,330"\n' },
      {
        table: 'investment_costs',
        row: 2,
        column: 'planned',
        value: '£3,330',
        code: 'number.currency',
        says: /without the currency sign/,
      },
    ));

  test('NA in a money cell', () =>
    refused(
      { 'investment_costs.csv': 'investment_code,month,kind,planned\nINV-1,2026-01,opex,NA\n' },
      { table: 'investment_costs', row: 2, column: 'planned', value: 'NA', code: 'number.format', says: /n\/a/ },
    ));

  test('a sentence in a money cell', () =>
    refused(
      {
        'investment_costs.csv':
          'investment_code,month,kind,planned\nINV-1,2026-01,opex,Exempt under Section 43 of the Act\n',
      },
      { table: 'investment_costs', row: 2, column: 'planned', code: 'number.format', says: /remark in a text column/ },
    ));

  test('day and month swapped', () =>
    refused(
      { 'initiatives.csv': 'code,name,start_date\nINI-9,Nine,2026-31-07\n' },
      {
        table: 'initiatives',
        row: 2,
        column: 'start_date',
        value: '2026-31-07',
        code: 'date.range',
        says: /2026-07-31/,
      },
    ));

  test('a date with slashes', () =>
    refused(
      { 'initiatives.csv': 'code,name,start_date\nINI-9,Nine,05/06/2011\n' },
      { table: 'initiatives', row: 2, column: 'start_date', code: 'date.format', says: /cannot be told apart/ },
    ));

  test('a header that stands twice', () =>
    refused(
      { 'priorities.csv': 'code,name,Name\nP,x,y\n' },
      { table: 'priorities', row: 1, column: 'name', value: null, code: 'header.twice', says: /stands twice/ },
    ));

  test('a missing key column', () =>
    refused(
      { 'priorities.csv': 'name\nx\n' },
      { table: 'priorities', row: 1, column: 'code', value: null, code: 'header.missing', says: /missing/ },
    ));

  test('the same key twice with other content names both rows', () =>
    refused(
      { 'priorities.csv': 'code,name\nP9,Nine\nP8,Eight\np9,Neun\n' },
      { table: 'priorities', row: 4, column: 'code', value: 'p9', code: 'key.twice', says: /Row 4 .* row 2/ },
    ));

  test('an id that a spreadsheet turned into 1.11E+09', () =>
    refused(
      { 'priorities.csv': 'code,name\n1.11E+09,Nine\n' },
      {
        table: 'priorities',
        row: 2,
        column: 'code',
        value: '1.11E+09',
        code: 'code.scientific',
        says: /Format the column as text/,
      },
    ));

  test('a survey code of another period', async () => {
    await refused(
      { 'surveys.csv': 'code,period,name\nS1,2026-Q1,One\nS1,2026-Q2,One\n' },
      { table: 'surveys', row: 3, column: 'code', code: 'key.twice', says: /same key/ },
    );
  });

  test('a table that nobody knows', () =>
    refused(
      { 'costs.csv': 'code\nx\n' },
      { table: 'costs', row: 1, column: null, value: 'costs', code: 'table.unknown', says: /investment_costs/ },
    ));

  test('a new record without a name', () =>
    refused(
      { 'priorities.csv': 'code,description\nP9,x\n' },
      { table: 'priorities', row: 2, column: 'name', value: null, code: 'required', says: /needs a name/ },
    ));

  test('10,000 problems in one file: the first 1,000 in full, all counted', async () => {
    const lines = Array.from({ length: 10_000 }, (_one, index) => `INV-1,2026-13,opex,${index}`);
    const reply = await expectNoChange(api, () =>
      upload(api, { 'investment_costs.csv': `investment_code,month,kind,planned\n${lines.join('\n')}\n` }),
    );
    expect(reply.status).toBe(422);
    expect(reply.body.problemCount).toBe(10_000);
    expect(reply.body.problems).toHaveLength(1_000);
    expect(reply.body.problems[999]).toMatchObject({ row: 1_001 });
  });

  test('10,000 unknown codes likewise', async () => {
    const lines = Array.from({ length: 10_000 }, (_one, index) => `NOPE-${index},2026-01,opex,${index}`);
    const reply = await expectNoChange(api, () =>
      upload(api, { 'investment_costs.csv': `investment_code,month,kind,planned\n${lines.join('\n')}\n` }),
    );
    expect(reply.body).toMatchObject({ status: 'rejected', problemCount: 10_000 });
    expect(reply.body.problems).toHaveLength(1_000);
  });
});

describe('A file that writes its numbers in two ways is refused:', () => {
  const HEADER = 'investment_code,month,kind,planned,actual\n';
  const cell = (row: number, column: string, value: string, says: RegExp) => ({
    table: 'investment_costs',
    row,
    column,
    value,
    code: 'number.style',
    says,
  });

  test('each cell of the rarer way', () =>
    refused(
      {
        'investment_costs.csv': `${HEADER}INV-1,2026-01,opex,1.5,2.5\nINV-1,2026-02,opex,"3,5",4.5\nINV-1,2026-03,opex,7,"8,25"\n`,
      },
      cell(3, 'planned', '3,5', /decimal comma.*decimal point.*3\.5/),
      cell(4, 'actual', '8,25', /decimal comma.*decimal point.*8\.25/),
    ));

  test('all of them where neither is rarer', () =>
    refused(
      { 'investment_costs.csv': `${HEADER}INV-1,2026-01,opex,1.5,7\nINV-1,2026-02,opex,"3,5",\n` },
      cell(2, 'planned', '1.5', /as many numbers .* decimal comma/),
      cell(3, 'planned', '3,5', /as many numbers .* decimal point/),
    ));
});
