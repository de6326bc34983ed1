import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { filesOf, startWith } from '../support/bundles.js';
import type { Api } from '../support/harness.js';

const get = async (api: Api, path: string) => {
  const reply = await api.as('admin').get(path);
  expect(reply.status).toBe(200);
  return reply.body;
};

const gapCounts = async (api: Api, period: string): Promise<Record<string, [number, string]>> => {
  const { counts } = await get(api, `/chain/gaps?period=${period}`);
  return Object.fromEntries(
    counts.map((gap: { kind: string; count: number; amountAtStake: string }) => [
      gap.kind,
      [gap.count, gap.amountAtStake],
    ]),
  );
};

const statuses = (value: { benefits: { status: string }[] }): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status } of value.benefits) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

describe('UK Government Major Projects', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startWith('uk-major-projects', 'GBP', 4);
  });
  afterAll(() => api.stop());

  test('spend and cost to date', async () => {
    const spend = await get(api, '/chain?period=2023-Q1&span=period');
    expect(spend.totals.cost).toBe('41507930000.00');
    const toDate = await get(api, '/chain?period=2023-Q4');
    expect(toDate.totals.cost).toBe('41507930000.00');
    expect(
      await api.sql(
        'select count(distinct investment_id) as n, sum(planned)::numeric(20,2)::text as planned from investment_costs where planned is not null',
      ),
    ).toEqual([{ n: 193, planned: '471818000000.00' }]);
    expect((await get(api, '/chain?period=2023-Q4&portfolio=INFRA')).totals.cost).toBe('10036340000.00');
  });

  test('value, and what is not due or not measured', async () => {
    const value = await get(api, '/value?period=2023-Q4');
    expect(value.funnel).toEqual({ planned: '5306000000.00', realised: '0.00', confirmed: '0.00', traced: '0.00' });
    expect(statuses(value)).toEqual({ unmeasured: 5, not_due: 105 });
    const later = await get(api, '/value?period=2030-Q4');
    expect(later.funnel.planned).toBe('588829310000.00');
    expect(statuses(later)['unmeasured']).toBe(90);
    expect(
      await api.sql(
        'select count(distinct benefit_id) as n, sum(planned)::numeric(20,2)::text as planned from benefit_values',
      ),
    ).toEqual([{ n: 107, planned: '687575310000.00' }]);
    expect(
      await api.sql(`select sum(v.planned)::numeric(20,2)::text as planned from benefit_values v join benefits b on b.id = v.benefit_id
        join portfolios p on p.id = b.portfolio_id where p.code = 'INFRA'`),
    ).toEqual([{ planned: '277642000000.00' }]);
  });

  test('gaps', async () => {
    const gaps = await gapCounts(api, '2023-Q4');
    expect(gaps['initiative_without_capability']).toEqual([244, '41507930000.00']);
    expect(gaps['benefit_without_outcome']).toEqual([110, '5306000000.00']);
    const count = (kind: string): number => gaps[kind]?.[0] ?? 0;
    expect(count('benefit_without_plan')).toBe(3);
    expect(count('benefit_without_measurement')).toBe(5);
    expect(count('benefit_without_baseline')).toBe(110);
    expect(count('no_owner')).toBe(598);
    expect(count('investment_without_initiative')).toBe(0);
    expect(count('initiative_without_investment')).toBe(0);
  });
});

describe('US federal IT', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startWith('us-federal-it', 'USD', 10);
  });
  afterAll(() => api.stop());

  test('spend', async () => {
    const spend = async (query: string): Promise<string> => (await get(api, `/chain?span=period&${query}`)).totals.cost;
    expect(await spend('period=2015-Q1')).toBe('41806900465.00');
    expect(await spend('period=2016-Q1')).toBe('39169245503.00');
    for (const period of ['2015-Q2', '2015-Q3', '2015-Q4', '2016-Q2', '2017-Q1'])
      expect(await spend(`period=${period}`)).toBe('0.00');
    expect(await spend('period=2016-Q1&portfolio=029')).toBe('3961779000.00');
    expect(
      await api.sql(
        `select sum(planned)::numeric(20,2)::text as planned, sum(actual) as actual from investment_costs where month = '2016-10-01'`,
      ),
    ).toEqual([{ planned: '38287360588.00', actual: null }]);
  });

  test('gaps', async () => {
    const gaps = await gapCounts(api, '2022-Q4');
    expect(gaps['investment_without_initiative']).toEqual([747, '85587938968.00']);
    for (const [kind, count] of [
      ['outcome_without_benefit', 230],
      ['outcome_without_capability', 230],
      ['outcome_without_target', 17],
      ['no_owner', 977],
    ] as const)
      expect([kind, gaps[kind]?.[0]]).toEqual([kind, count]);
  });

  test('codes keep their leading zeros', async () => {
    expect(await api.sql(`select code from org_units where code in ('005', '005-03') order by 1`)).toEqual([
      { code: '005' },
      { code: '005-03' },
    ]);
  });
});

describe.each(['python-peps-decisions', 'servicenow-incidents'])('%s', (bundle) => {
  test('imports with the rows of its README, and again as unchanged', async () => {
    const api = await startWith(bundle, 'USD', 1);
    try {
      const again = await api.as('admin').upload('/imports', filesOf(bundle));
      for (const table of again.body.tables)
        expect(table).toMatchObject({ created: 0, updated: 0, unchanged: table.rows });
    } finally {
      await api.stop();
    }
  });
});
