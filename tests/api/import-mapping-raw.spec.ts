import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApi, type Api } from '../support/harness.js';
import { countsOf, reportOf, runMapped, sourceOf } from '../support/mapping.js';
import { END, MILLION, PROJECTS, PROPOSALS, START } from '../support/raw-mappings.js';

const raw = (name: string): Buffer => readFileSync(resolve('tests/data/raw', name));

let api: Api;
beforeAll(async () => {
  api = await startApi({ bare: true });
  await api.sql(`update settings set reporting_currency = 'GBP', fiscal_year_start_month = 4, version = version + 1`);
});
afterAll(() => api.stop());

/** MOD_0137_2122-Q1 is published with an end before its start: a person leaves its end blank. */
const FIXES = [{ row: 178, column: 9, value: '' }];

describe('UK government major projects, as published', () => {
  test('are seen as a table of projects with amounts in millions of pounds, under headers of several lines', async () => {
    const source = await sourceOf(api, 'GMPP_AR_Data_March_2023.csv', raw('GMPP_AR_Data_March_2023.csv'));
    const [sheet] = source.sheets;
    expect(sheet).toMatchObject({ headerRow: 1, rows: 244, own: false });
    expect(sheet!.columns).toHaveLength(19);
    expect(sheet!.columns[8]).toMatchObject({ header: START.header, kind: 'date', question: null });
    expect(sheet!.columns[15]).toMatchObject({ kind: 'number', multiplier: MILLION, question: null });
    expect(sheet!.columns[17]!.odd[0]).toEqual({ value: 'NA', count: 122 });
    expect(sheet!.suggestion!.mapping.targets[0]).toMatchObject({ table: 'investments' });
    const fields = sheet!.suggestion!.mapping.targets[0]!.fields;
    expect(Object.fromEntries(fields.map(({ to, column, constant }) => [to, column?.index ?? constant]))).toMatchObject(
      {
        code: 0,
        name: 1,
        description: 4,
        org_unit_code: 2,
        start_month: 8,
        end_month: 9,
        currency: 'GBP',
      },
    );
  });

  test('give the reference figures', async () => {
    const source = await sourceOf(api, 'GMPP_AR_Data_March_2023.csv', raw('GMPP_AR_Data_March_2023.csv'));
    const dry = reportOf(await runMapped(api, source, PROJECTS, { dryRun: true, onProblem: 'skip' }), 200);
    expect(dry.problems[0]).toMatchObject({
      table: 'investments',
      row: 178,
      code: 'order.backwards',
      from: { column: 9, header: END.header, value: '2023-01-20' },
    });
    expect(dry.preview!.rows).toEqual({ total: 244, ok: 243, bad: 1 });

    const report = reportOf(await runMapped(api, source, PROJECTS, { fixes: FIXES, name: 'GMPP' }), 201);
    expect(report).toMatchObject({ problemCount: 0, mapping: { name: 'GMPP', sheet: 'GMPP_AR_Data_March_2023' } });
    expect(countsOf(report)).toEqual({
      org_units: [21, 0, 0, 0],
      portfolios: [4, 0, 0, 0],
      investments: [244, 0, 0, 0],
      investment_costs: [395, 0, 0, 0],
      initiatives: [244, 0, 0, 0],
      benefits: [110, 0, 0, 0],
      benefit_values: [107, 0, 0, 0],
      links: [244, 0, 0, 0],
    });
    expect(report.preview).toMatchObject({
      rows: { total: 244, ok: 244, bad: 0 },
      totals: [
        { of: 'benefit_values', measure: 'planned', currency: 'GBP', before: '0', after: '687575310000' },
        { of: 'investment_costs', measure: 'planned', currency: 'GBP', before: '0', after: '471818000000' },
        { of: 'investment_costs', measure: 'actual', currency: 'GBP', before: '0', after: '41507930000' },
      ],
    });
    expect(
      await api.sql(
        `select count(planned)::integer as planned, count(actual)::integer as actual from investment_costs`,
      ),
    ).toEqual([{ planned: 193, actual: 207 }]);
    const [infra] = await api.sql(
      `select trim_scale(sum(c.actual))::text as actual,
         (select trim_scale(sum(v.planned))::text from benefit_values v join benefits b on b.id = v.benefit_id where b.portfolio_id = p.id) as planned
       from portfolios p join investments i on i.portfolio_id = p.id join investment_costs c on c.investment_id = i.id
       where p.code = 'INFRA' group by p.id`,
    );
    expect(infra).toEqual({ actual: '10036340000', planned: '277642000000' });
    const [dates] = await api.sql(
      `select count(*) filter (where start_date is null)::integer as no_start, count(*) filter (where end_date is null)::integer as no_end from initiatives`,
    );
    expect(dates).toEqual({ no_start: 7, no_end: 31 });
    const due = await api.sql(
      `select trim_scale(sum(planned))::text as planned from benefit_values where month < '2023-04-01'`,
    );
    expect(due).toEqual([{ planned: '5306000000' }]);

    const again = reportOf(await runMapped(api, source, PROJECTS, { fixes: FIXES }), 201);
    for (const [created, updated, , skipped] of Object.values(countsOf(again)))
      expect([created, updated, skipped]).toEqual([0, 0, 0]);
    expect(again.preview!.diffs).toEqual([]);
  });
});

describe('Python Enhancement Proposals, as counted', () => {
  test('become decisions with the reference counts; the one that was decided before it was raised is left out', async () => {
    const forums = await api
      .as('admin')
      .upload('/imports', [
        { name: 'forums.csv', content: 'code,name,level\nPEP-CORE,Steering Council,5\nPEP-DELEGATE,Delegate,2\n' },
      ]);
    expect(forums.status).toBe(201);
    const source = await sourceOf(api, 'peps.csv', raw('peps.csv'));
    expect(source.sheets[0]!.tables[0]).toMatchObject({ table: 'decisions' });
    const report = reportOf(await runMapped(api, source, PROPOSALS, { onProblem: 'skip' }), 201);
    expect(countsOf(report)).toEqual({ decisions: [663, 0, 0, 1] });
    expect(report.problems).toMatchObject([
      {
        table: 'decisions',
        row: 3,
        column: 'decided_at',
        code: 'order.backwards',
        from: { column: 10, value: '2001-03-21' },
      },
    ]);
    expect(report.preview!.rows).toEqual({ total: 664, ok: 663, bad: 1 });
    const counts = await api.sql(
      `select outcome, count(*)::integer as count from decisions group by outcome order by outcome nulls last`,
    );
    expect(counts).toEqual([
      { outcome: 'approved', count: 388 },
      { outcome: 'declined', count: 167 },
      { outcome: 'deferred', count: 61 },
      { outcome: null, count: 47 },
    ]);
    const [figures] = await api.sql(
      `select count(*) filter (where f.code = 'PEP-DELEGATE')::integer as delegated,
         percentile_cont(0.5) within group (order by extract(epoch from decided_at - raised_at) / 86400)::float8 as median
       from decisions d join forums f on f.id = d.forum_id where decided_at is not null`,
    );
    expect(figures).toEqual({ delegated: 117, median: 212.5 });
    const again = reportOf(await runMapped(api, source, PROPOSALS, { onProblem: 'skip' }), 201);
    expect(countsOf(again)).toEqual({ decisions: [0, 0, 663, 1] });
  });
});
