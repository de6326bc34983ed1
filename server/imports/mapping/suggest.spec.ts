import { afterAll, describe, expect, it } from '@jest/globals';
import { openSource } from '../reading/source.js';
import { removeUploads, upload } from '../reading/test-uploads.js';
import { foreignSheet } from './foreign-sheet.js';
import { inspect } from './inspect.js';
import { suggest } from './suggest.js';

afterAll(removeUploads);

const suggested = async (content: string, table: string, name = 'sheet.csv') => {
  const source = await openSource([await upload(name, content)], {}, true);
  try {
    const sheet = await foreignSheet(source.tables[0]!);
    const { columns, above } = await inspect(sheet);
    const words = { sheet: sheet.sheet, file: name, titles: above.flatMap(({ cells }) => cells) };
    return suggest(columns, words, sheet.headerRow, new Map(), table).suggestion!;
  } finally {
    await source.close();
  }
};

const monthsOf = async (header: string, table: string, name?: string): Promise<(string | number)[][]> => {
  const { mapping } = await suggested(`${header}\nINV-1;opex;1;2\nINV-2;opex;3;4\n`, table, name);
  return (mapping.targets[0]!.wide?.months ?? []).map(({ column, to }) => [column.index, to]);
};

describe('Columns that are months', () => {
  it.each([
    [
      'Investment;Kind;Plan 2026-01;Actual 2026-01',
      [
        [2, 'planned'],
        [3, 'actual'],
      ],
    ],
    [
      'Investment;Kind;2026-01;2026-02',
      [
        [2, 'actual'],
        [3, 'actual'],
      ],
    ],
    // Costs have no forecast: neither a plan nor an actual may be made of it.
    ['Investment;Kind;Actual 2026-01;Forecast 2026-02', [[2, 'actual']]],
    ['Investment;Kind;Forecast 2026-01;Forecast 2026-02', []],
  ])('of costs under %s fill what they name', async (header, months) => {
    expect(await monthsOf(header, 'investment_costs')).toEqual(months);
  });

  it('of costs are none of a sheet that is called a forecast', async () => {
    expect(await monthsOf('Investment;Kind;2026-01;2026-02', 'investment_costs', 'Forecast 2026.csv')).toEqual([]);
  });

  it('of benefits fill what they name', async () => {
    expect(await monthsOf('Benefit;Kind;Forecast 2026-01;Actual 2026-01', 'benefit_values')).toEqual([
      [2, 'forecast'],
      [3, 'realised'],
    ]);
  });
});

describe('A column of a forecast, where each row is a month', () => {
  it('fills neither plan nor actual of a cost', async () => {
    const { mapping } = await suggested(
      'Investment;Month;Kind;Planned cost;Forecast cost\nINV-1;2026-01;opex;5;6\nINV-2;2026-02;opex;7;8\n',
      'investment_costs',
    );
    const fields = mapping.targets[0]!.fields.map(({ to, column }) => [to, column?.header]);
    expect(fields).toContainEqual(['planned', 'Planned cost']);
    expect(fields.map(([, header]) => header)).not.toContain('Forecast cost');
  });
});
