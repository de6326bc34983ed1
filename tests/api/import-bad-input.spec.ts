import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { expectNoChange, startApi, type Api, type Reply } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  const seeded = await put({
    'investments.csv': 'code,name,currency\nINV-1,One,USD\nINV-2,Two,EUR\nBOTH,Both,USD\n',
    'initiatives.csv': 'code,name,start_date\nINI-1,One,2026-01-01\nINI-2,Two,\nBOTH,Both too,\n',
    'capabilities.csv': 'code,name,parent_code\nCAP-1,One,\nCAP-2,Two,CAP-1\n',
    'outcomes.csv': 'code,name\nOUT-1,One\n',
    'benefits.csv': 'code,name,currency\nBEN-1,One,USD\n',
    'links.csv': 'from_code,to_code,allocation\nINV-1,INI-1,60\n',
  });
  expect(seeded.status).toBe(201);
});
afterAll(() => api.stop());

type Files = Record<string, string | Uint8Array>;
const put = (files: Files, query = ''): Promise<Reply> =>
  api.as('admin').upload(
    `/imports${query}`,
    Object.entries(files).map(([name, content]) => ({ name, content })),
  );

interface Expected {
  table: string;
  row: number;
  column: string | null;
  value?: string | null;
  code: string;
  says: RegExp;
}

/** Rejected with exactly these problems, and nothing stored. */
const refused = async (files: Files, ...expected: Expected[]): Promise<Reply> => {
  const reply = await expectNoChange(api, () => put(files));
  expect(reply.status).toBe(422);
  expect(reply.headers.get('content-type')).toContain('application/json');
  expect(reply.body).toMatchObject({ status: 'rejected', problemCount: expected.length });
  expect(reply.body.problems).toEqual(
    expected.map(({ says, ...problem }) => ({
      value: expect.anything(),
      ...problem,
      message: expect.stringMatching(says),
    })),
  );
  return reply;
};

describe('Bad input is refused with its place, and nothing is stored:', () => {
  test('an unknown code in a link', () =>
    refused(
      { 'links.csv': 'from_code,to_code\nINV-1,INI-99\n' },
      { table: 'links', row: 2, column: 'to_code', value: 'INI-99', code: 'reference.unknown', says: /no .*"INI-99"/ },
    ));

  test('a link from an investment to an outcome', () =>
    refused(
      { 'links.csv': 'from_code,to_code\nINV-1,OUT-1\n' },
      {
        table: 'links',
        row: 2,
        column: 'to_code',
        code: 'link.layers',
        says: /from investment "INV-1" to outcome "OUT-1"/,
      },
    ));

  test('allocations that add up to 100.01, with what is stored already', () =>
    refused(
      { 'links.csv': 'from_code,to_code,allocation\nINV-1,INI-2,40.01\n' },
      {
        table: 'links',
        row: 2,
        column: 'allocation',
        value: '40.01',
        code: 'share.allocation',
        says: /investment INV-1 add up to 100\.01 %: row 2, with 1 stored already/,
      },
    ));

  test('allocations of one file that add up to 100.01 name all their rows', () =>
    refused(
      { 'links.csv': 'from_code,to_code,allocation\nINV-2,INI-1,60\nINV-2,INI-2,40.01\n' },
      { table: 'links', row: 3, column: 'allocation', code: 'share.allocation', says: /rows 2, 3/ },
    ));

  test('contributions that add up to more than 100', () =>
    refused(
      { 'links.csv': 'from_code,to_code,contribution\nINV-1,INI-2,60\nINV-2,INI-2,60\n' },
      {
        table: 'links',
        row: 3,
        column: 'contribution',
        code: 'share.contribution',
        says: /initiative INI-2 add up to 120 %/,
      },
    ));

  test('a code that stands in two types', () =>
    refused(
      { 'links.csv': 'from_code,to_code\nBOTH,INI-1\n' },
      {
        table: 'links',
        row: 2,
        column: 'from_code',
        code: 'reference.ambiguous',
        says: /Initiative:BOTH or Investment:BOTH/,
      },
    ));

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

  test('an amount in a currency without a rate', () =>
    refused(
      { 'investment_costs.csv': 'investment_code,month,kind,planned\nINV-2,2026-01,opex,5\n' },
      {
        table: 'investment_costs',
        row: 2,
        column: 'month',
        value: '2026-01',
        code: 'rate.missing',
        says: /EUR.*2026-01/,
      },
    ));

  test('a unit that is its own parent', () =>
    refused(
      { 'capabilities.csv': 'code,name,parent_code\nCAP-1,One,cap-1\n' },
      { table: 'capabilities', row: 2, column: 'parent_code', code: 'reference.self', says: /above itself/ },
    ));

  test('parents that lead back to where they start', () =>
    refused(
      { 'capabilities.csv': 'code,name,parent_code\nCAP-1,One,CAP-3\nCAP-3,Three,CAP-2\n' },
      { table: 'capabilities', row: 2, column: 'parent_code', code: 'reference.cycle', says: /"CAP-1"/ },
      { table: 'capabilities', row: 3, column: 'parent_code', code: 'reference.cycle', says: /"CAP-3"/ },
    ));

  test('facts that run backwards, against what is stored too', () =>
    refused(
      { 'initiatives.csv': 'code,end_date\nINI-1,2025-12-31\n' },
      { table: 'initiatives', row: 2, column: 'end_date', code: 'order.backwards', says: /2025-12-31.*2026-01-01/ },
    ));

  test('a confirmation without a value, and one by the reporter', () =>
    refused(
      {
        'benefit_values.csv':
          'benefit_code,month,planned,realised,confirmed_by_email\nBEN-1,2026-01,5,,fin@example.org\nBEN-1,2026-02,5,5,Admin@tests.example\n',
      },
      {
        table: 'benefit_values',
        row: 2,
        column: 'confirmed_by_email',
        code: 'confirmation.without_value',
        says: /no realised value/,
      },
      {
        table: 'benefit_values',
        row: 3,
        column: 'confirmed_by_email',
        code: 'confirmation.own_value',
        says: /reported themselves/,
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

  test('self references of initiatives and work items', () =>
    refused(
      {
        'initiatives.csv': 'code,duplicate_of_code\nINI-1,INI-1\n',
        'work_items.csv': 'code,depends_on\nW1,W2;W1\nW2,\n',
      },
      {
        table: 'initiatives',
        row: 2,
        column: 'duplicate_of_code',
        code: 'reference.self',
        says: /duplicate of itself/,
      },
      { table: 'work_items', row: 2, column: 'depends_on', code: 'reference.self', says: /depend on itself/ },
    ));

  test('10,000 problems in one file: the first 1,000 in full, all counted', async () => {
    const lines = Array.from({ length: 10_000 }, (_one, index) => `INV-1,2026-13,opex,${index}`);
    const reply = await expectNoChange(api, () =>
      put({ 'investment_costs.csv': `investment_code,month,kind,planned\n${lines.join('\n')}\n` }),
    );
    expect(reply.status).toBe(422);
    expect(reply.body.problemCount).toBe(10_000);
    expect(reply.body.problems).toHaveLength(1_000);
    expect(reply.body.problems[999]).toMatchObject({ row: 1_001 });
  });

  test('10,000 unknown codes likewise', async () => {
    const lines = Array.from({ length: 10_000 }, (_one, index) => `NOPE-${index},2026-01,opex,${index}`);
    const reply = await expectNoChange(api, () =>
      put({ 'investment_costs.csv': `investment_code,month,kind,planned\n${lines.join('\n')}\n` }),
    );
    expect(reply.body).toMatchObject({ status: 'rejected', problemCount: 10_000 });
    expect(reply.body.problems).toHaveLength(1_000);
  });
});

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
