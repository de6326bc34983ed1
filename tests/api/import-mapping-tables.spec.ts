import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ImportMappingInput } from '../../server/contract/mapping.js';
import { startApi, type Api } from '../support/harness.js';
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

describe('A wide table', () => {
  const WIDE =
    'Benefit,Plan Jan 2026 (£m),Plan Feb 2026 (£m),Actual Jan 2026 (£m)\nBEN-1,1.1,0.07,\nBEN-2,,oops,2.25\nBEN-3,,,\n';

  test('becomes a row a month, exactly; a bad cell leaves out its month alone', async () => {
    const source = await sourceOf(api, 'wide.csv', WIDE);
    const { mapping } = source.sheets[0]!.suggestion!;
    expect(mapping.targets[0]).toMatchObject({
      table: 'benefit_values',
      layout: 'wide',
      wide: {
        multiplier: '1000000',
        months: [
          { column: { index: 1 }, month: '2026-01', to: 'planned' },
          { column: { index: 2 }, month: '2026-02', to: 'planned' },
          { column: { index: 3 }, month: '2026-01', to: 'realised' },
        ],
      },
    });
    const report = reportOf(await runMapped(api, source, mapping, { onProblem: 'skip' }), 201);
    expect(countsOf(report)).toEqual({ benefit_values: [3, 0, 0, 1] });
    expect(report.preview!.rows).toEqual({ total: 2, ok: 1, bad: 1 });
    expect(report.problems).toMatchObject([
      { row: 3, column: 'planned', value: 'oops', from: { column: 2, header: 'Plan Feb 2026 (£m)', value: 'oops' } },
    ]);
    const stored = await api.sql(
      `select b.code, to_char(v.month, 'YYYY-MM') as month, trim_scale(v.planned)::text as planned, trim_scale(v.realised)::text as realised
       from benefit_values v join benefits b on b.id = v.benefit_id where v.import_id = $1 order by 1, 2`,
      [report.id],
    );
    expect(stored).toEqual([
      { code: 'BEN-1', month: '2026-01', planned: '1100000', realised: null },
      { code: 'BEN-1', month: '2026-02', planned: '70000', realised: null },
      { code: 'BEN-2', month: '2026-01', planned: null, realised: '2250000' },
    ]);
    expect(countsOf(reportOf(await runMapped(api, source, mapping, { onProblem: 'skip' }), 201))).toEqual({
      benefit_values: [0, 0, 3, 1],
    });
    expect((await api.as('admin').post(`/imports/${report.id}/revert`)).status).toBe(200);
  });
});

describe('One sheet for several tables', () => {
  test('gives records, costs with a constant kind, and choices in our words; two rows of one key are named as in the file', async () => {
    const file =
      'Project;Sponsor area;State;Started;Budget (TGBP);Spent (TGBP)\n' +
      'P-1;Claims;In progress;03/25/2026;1,5;\n' +
      'P-2;Claims;Done;04/02/2026;2;3\n' +
      'P-2;Sales;Done;04/02/2026;2;3\n';
    const source = await sourceOf(api, 'projects.csv', file);
    const ID = col('Project', 0);
    const mapping: ImportMappingInput = {
      sheet: 'projects',
      targets: [
        {
          table: 'org_units',
          once: true,
          fields: [
            { to: 'code', column: col('Sponsor area', 1) },
            { to: 'name', column: col('Sponsor area', 1) },
          ],
        },
        {
          table: 'investments',
          fields: [
            { to: 'code', column: ID },
            { to: 'name', column: ID, prefix: 'Project ' },
            { to: 'org_unit_code', column: col('Sponsor area', 1) },
            { to: 'currency', constant: 'GBP' },
            { to: 'start_month', column: col('Started', 3) },
            {
              to: 'status',
              column: col('State', 2),
              values: [
                { from: 'in progress', to: 'active' },
                { from: 'done', to: 'closed' },
              ],
            },
          ],
        },
        {
          table: 'investment_costs',
          fields: [
            { to: 'investment_code', column: ID },
            { to: 'month', constant: '2026-01' },
            { to: 'kind', constant: 'opex' },
            { to: 'planned', column: col('Budget (TGBP)', 4), multiplier: '1000' },
            { to: 'actual', column: col('Spent (TGBP)', 5), multiplier: '1000' },
          ],
        },
      ],
    };
    const twice = reportOf(await runMapped(api, source, mapping, { dryRun: true }), 422);
    expect(twice.problems).toMatchObject([
      {
        table: 'investments',
        row: 4,
        code: 'key.twice',
        message: expect.stringMatching(/^Row 4 has the same key as row 3 /),
      },
    ]);
    const report = reportOf(await runMapped(api, source, mapping, { leaveOut: [4] }), 201);
    expect(countsOf(report)).toEqual({
      org_units: [1, 0, 0, 0],
      investments: [2, 0, 0, 0],
      investment_costs: [2, 0, 0, 0],
    });
    const stored = await api.sql(
      `select i.name, i.status, to_char(i.start_month, 'YYYY-MM') as start, u.code as unit, trim_scale(c.planned)::text as planned, trim_scale(c.actual)::text as actual
       from investments i join org_units u on u.id = i.org_unit_id join investment_costs c on c.investment_id = i.id order by i.code`,
    );
    expect(stored).toEqual([
      { name: 'Project P-1', status: 'active', start: '2026-03', unit: 'Claims', planned: '1500', actual: null },
      { name: 'Project P-2', status: 'closed', start: '2026-04', unit: 'Claims', planned: '2000', actual: '3000' },
    ]);
  });
});
