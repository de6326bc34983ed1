import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readAll, upload as stored } from '../../server/imports/reading/test-uploads.js';
import { startApi, type Api, type Person } from '../support/harness.js';
import { download } from '../support/imports.js';

const GOLDEN = resolve('tests/golden/data/tables');

let api: Api;
beforeAll(async () => {
  api = await startApi();
  const files = readdirSync(GOLDEN).map((name) => ({ name, content: readFileSync(resolve(GOLDEN, name)) }));
  expect((await api.as('admin').upload('/imports', files)).status).toBe(201);
});
afterAll(() => api.stop());

const NAME = 'due-values.xlsx';
const due = (person: Person): Promise<Buffer> => download(api, `/exports/${NAME}`, person);
const tableOf = async (content: Buffer) => {
  const tables = await readAll([await stored(NAME, content)]);
  expect(tables.map(({ table }) => table)).toEqual(['benefit_values']);
  return tables[0]!;
};
/** Months that are over on 2026-11-21, are planned or forecast, and have no value: counted from the tables. */
const expected = async (portfolio: string): Promise<string[]> =>
  (
    await api.sql<{ key: string }>(
      `select b.code || ' ' || to_char(v.month, 'YYYY-MM') as key from benefit_values v
       join benefits b on b.id = v.benefit_id join portfolios p on p.id = b.portfolio_id
       where p.code = '${portfolio}' and v.month < '2026-11-01' and v.realised is null
         and (v.planned is not null or v.forecast is not null) order by b.code, v.month`,
    )
  ).map(({ key }) => key);

describe('The workbook of the values to report', () => {
  test.each([
    ['pm-dig', 'DIG'],
    ['pm-core', 'CORE'],
  ] as const)('holds for %s the months of %s that are over and have no value', async (person, portfolio) => {
    const { rows } = await tableOf(await due(person));
    const wanted = await expected(portfolio);
    expect(wanted.length).toBeGreaterThan(3);
    expect(rows.map(({ cells }) => `${cells[0]} ${cells[1]}`).sort()).toEqual([...wanted].sort());
  });

  test('is empty for who answers for no benefit', async () => {
    expect((await tableOf(await due('cio'))).rows).toEqual([]);
  });

  test('changes nothing as it is, and only the months that were filled in', async () => {
    const content = await due('pm-dig');
    const plain = await api.as('pm-dig').upload('/imports', [{ name: NAME, content }]);
    expect(plain.body).toMatchObject({ status: 'committed', problems: [] });
    expect(plain.body.tables).toMatchObject([{ table: 'benefit_values', created: 0, updated: 0 }]);
    expect(plain.body.tables[0].unchanged).toBe(plain.body.tables[0].rows);

    const { rows } = await tableOf(content);
    const lines = rows.map(({ cells: [code, month] }, at) => [code, month, at === 0 ? '1234.56' : ''].join(','));
    const filled = ['benefit_code,month,realised', ...lines, ''].join('\n');
    const reply = await api
      .as('pm-dig')
      .upload('/imports', [{ name: 'benefit_values.csv', content: Buffer.from(filled) }]);
    expect(reply.body.problems).toEqual([]);
    expect(reply.body.tables).toMatchObject([{ created: 0, updated: 1, unchanged: rows.length - 1 }]);
    expect((await tableOf(await due('pm-dig'))).rows).toHaveLength(rows.length - 1);
  });
});
