import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ImportMappingInput } from '../../server/contract/mapping.js';
import { expectNoChange, startApi, type Api } from '../support/harness.js';
import { upload } from '../support/imports.js';
import { col, countsOf, reportOf, runMapped, sourceOf } from '../support/mapping.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  const seeded = await upload(api, {
    'benefits.csv':
      'code,name,portfolio_code,currency\n' +
      Array.from({ length: 100 }, (_, place) => `BEN-${place + 1},Benefit ${place + 1},DIG,EUR\n`).join(''),
    'investments.csv': 'code,name,portfolio_code,currency\nINV-1,One,DIG,GBP\nINV-2,Two,CORE,GBP\n',
    'exchange_rates.csv': `currency,month,rate\n${['2025-01', '2026-01', '2026-02', '2026-03']
      .flatMap((month) => [`EUR,${month},1.1\n`, `GBP,${month},1.3\n`])
      .join('')}`,
  });
  expect(seeded.status).toBe(201);
});
afterAll(() => api.stop());

const sums = async () =>
  (
    await api.sql(
      `select trim_scale(sum(planned))::text as planned, trim_scale(sum(realised))::text as realised, count(*)::integer as count
       from benefit_values where archived_at is null`,
    )
  )[0];

describe('A file of 100 rows with 7 bad ones', () => {
  /** Five unknown codes, one text in a number, one month that is none; they stand in rows 14, 24, 34, 44, 54, 64, 74. */
  const LINES = Array.from({ length: 100 }, (_, place) => {
    const number = place + 1;
    const bad = number % 10 === 1 && number > 1 && number < 80;
    const code = bad && number < 60 ? 'BEN-999' : `BEN-${number}`;
    const month = bad && number === 61 ? 'someday' : 'Jan 2026';
    return `${code};${month};${bad && number === 71 ? 'lots' : `${number},5`};Ann\n`;
  });
  const FILE = `Savings of the year\n\nBenefit ID;When;Achieved (k€);Remark\n${LINES.join('')}`;
  const MAPPING: ImportMappingInput = {
    sheet: 'savings',
    headerRow: 3,
    targets: [
      {
        table: 'benefit_values',
        fields: [
          { to: 'benefit_code', column: col('Benefit ID', 0) },
          { to: 'month', column: col('When', 1) },
          { to: 'realised', column: col('Achieved (k€)', 2), multiplier: '1000' },
        ],
      },
    ],
  };

  test('is matched to benefit values by its codes, months and scale', async () => {
    const source = await sourceOf(api, 'savings.csv', FILE);
    const [sheet] = source.sheets;
    expect(sheet).toMatchObject({
      headerRow: 3,
      rows: 100,
      tables: [{ table: 'benefit_values' }, ...sheet!.tables.slice(1)],
    });
    expect(sheet!.suggestion!.mapping).toEqual(expect.objectContaining({ sheet: 'savings', headerRow: 3 }));
    const fields = sheet!.suggestion!.mapping.targets[0]!.fields;
    expect(fields.map(({ to, column, multiplier }) => [to, column?.index, multiplier])).toEqual([
      ['benefit_code', 0, '1'],
      ['month', 1, '1'],
      ['realised', 2, '1000'],
    ]);
    expect(sheet!.suggestion!.columns.find(({ field }) => field === 'benefit_code')).toMatchObject({
      confidence: 'certain',
      why: 'codes of benefits',
    });
  });

  test('shows 93 and 7, groups what is wrong with the rows of the file, and writes nothing', async () => {
    const source = await sourceOf(api, 'savings.csv', FILE);
    const report = await expectNoChange(api, async () =>
      reportOf(await runMapped(api, source, MAPPING, { dryRun: true, onProblem: 'skip' }), 200),
    );
    expect(report.preview!.rows).toEqual({ total: 100, ok: 93, bad: 7 });
    expect(countsOf(report)).toEqual({ benefit_values: [93, 0, 0, 7] });
    expect(report.preview!.groups).toEqual([
      {
        table: 'benefit_values',
        column: 'benefit_code',
        code: 'reference.unknown',
        repair: 'choose',
        title: 'There is no benefit with this code',
        count: 5,
        rowCount: 5,
        rows: [14, 24, 34, 44, 54],
        values: [{ value: 'BEN-999', count: 5 }],
      },
      expect.objectContaining({
        column: 'month',
        repair: 'rewrite',
        title: 'This is not a month',
        count: 1,
        rows: [64],
      }),
      expect.objectContaining({
        column: 'realised',
        repair: 'rewrite',
        title: 'This is not a number',
        rows: [74],
        values: [{ value: 'lots', count: 1 }],
      }),
    ]);
    expect(report.problems.map(({ row }) => row)).toEqual([14, 24, 34, 44, 54, 64, 74]);
    expect(report.problems[0]).toMatchObject({ from: { column: 0, header: 'Benefit ID', value: 'BEN-999' } });
    expect(report.problems[6]).toMatchObject({
      value: 'lots',
      from: { column: 2, header: 'Achieved (k€)', value: 'lots' },
    });
    expect(report.preview!.totals).toEqual([
      {
        of: 'benefit_values',
        measure: 'realised',
        currency: 'EUR',
        before: '0',
        after: String(1000 * (5050 + 50 - 7 * 41.5)),
      },
    ]);
    expect(report.preview!.diffs).toHaveLength(20);
    expect(report.preview!.diffs[0]).toEqual({
      table: 'benefit_values',
      record: 'BEN-1 2026-01',
      action: 'created',
      field: 'realised',
      before: null,
      after: '1500',
    });
  });

  test('stores 93, gives 7 back as they came with an Error column; again it changes nothing; undone, the totals are as before', async () => {
    const before = await sums();
    const source = await sourceOf(api, 'savings.csv', FILE);
    const report = reportOf(await runMapped(api, source, MAPPING, { onProblem: 'skip', name: 'Savings' }), 201);
    expect(countsOf(report)).toEqual({ benefit_values: [93, 0, 0, 7] });
    expect(report.mapping).toEqual({ name: 'Savings', sheet: 'savings' });
    const rejects = await api.sql<{
      table_name: string;
      row_number: number;
      header: string[];
      cells: string[];
      error: string;
    }>(
      'select table_name, row_number, header, cells, error from import_rejects where import_id = $1 order by row_number',
      [report.id],
    );
    expect(rejects.map(({ row_number }) => row_number)).toEqual([14, 24, 34, 44, 54, 64, 74]);
    expect(rejects[0]).toMatchObject({
      table_name: 'savings',
      header: ['Benefit ID', 'When', 'Achieved (k€)', 'Remark'],
      cells: ['BEN-999', 'Jan 2026', '11,5', 'Ann'],
      error: expect.stringContaining('no benefit with the code "BEN-999"'),
    });
    expect((await api.as('admin').get(`/imports/${report.id}/rejects.zip`)).status).toBe(200);

    const again = reportOf(await runMapped(api, source, MAPPING, { onProblem: 'skip' }), 201);
    expect(countsOf(again)).toEqual({ benefit_values: [0, 0, 93, 7] });
    expect(again.preview!.diffs).toEqual([]);
    for (const { before: was, after } of again.preview!.totals) expect(after).toBe(was);

    expect((await api.as('admin').post(`/imports/${report.id}/revert`)).status).toBe(200);
    expect(await sums()).toEqual(before);
  });

  test('is mended in place: a value chosen for another, a cell written anew, rows left out', async () => {
    const source = await sourceOf(api, 'savings.csv', FILE);
    const [target] = MAPPING.targets;
    const chosen = {
      ...MAPPING,
      targets: [
        {
          ...target!,
          fields: target!.fields.map((field) =>
            field.to === 'benefit_code' ? { ...field, values: [{ from: 'ben-999', to: 'BEN-11' }] } : field,
          ),
        },
      ],
    };
    const order = {
      dryRun: true,
      fixes: [
        { row: 64, column: 1, value: 'Feb 2026' },
        { row: 74, column: 2, value: '7,25' },
      ],
      leaveOut: [24, 34, 44, 54],
    };
    const report = reportOf(await runMapped(api, source, chosen, order), 200);
    expect(report.preview!.rows).toEqual({ total: 96, ok: 96, bad: 0 });
    expect(countsOf(report)).toEqual({ benefit_values: [96, 0, 0, 0] });
  });

  test('is refused as a whole unless it is to be skipped', async () => {
    const source = await sourceOf(api, 'savings.csv', FILE);
    const report = await expectNoChange(api, async () => reportOf(await runMapped(api, source, MAPPING), 422));
    expect(report).toMatchObject({
      status: 'rejected',
      problemCount: 7,
      preview: { rows: { total: 100, bad: 7 }, diffs: [] },
    });
  });
});
