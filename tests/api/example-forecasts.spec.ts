/** Forecasts of the example that were made earlier: what came of them, and that they go with it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Api, startApi } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi({ example: true });
}, 60_000);
afterAll(() => api.stop());

const END = '2026-10-01';
const get = async (path: string, person: 'cio' | 'admin' = 'cio') => {
  const reply = await api.as(person).get(path);
  expect({ path, status: reply.status }).toEqual({ path, status: 200 });
  return reply.body;
};

interface Revision {
  code: string;
  type: string;
  portfolio: string;
  month: string;
  rate: number;
  realised: number | null;
  forecast: number | null;
  changed_at: string;
  version: number;
}
const revisions = (): Promise<Revision[]> =>
  api.sql<Revision>(
    `select b.code, b.type, p.code as portfolio, to_char(v.month, 'YYYY-MM') as month, coalesce(r.rate, 1)::float8 as rate,
       v.realised::float8 as realised, e.forecast::float8 as forecast, e.changed_at, e.version
     from benefit_value_revisions e join benefit_values v on v.id = e.benefit_value_id join benefits b on b.id = v.benefit_id
       join portfolios p on p.id = b.portfolio_id left join exchange_rates r on r.currency = b.currency and r.month = v.month
     where b.nature <> 'non_financial' order by e.version desc`,
  );

/** By the definition (model §3), step by step: what was forecast three months before each month that came, of one type and portfolio. */
const ratioOf = (all: readonly Revision[], type: string, portfolio: string) => {
  const months = new Map<string, { realised: number; forecast: number; month: string }>();
  for (const each of all) {
    if (each.type !== type || each.portfolio !== portfolio || each.realised === null || `${each.month}-01` >= END)
      continue;
    const [year, month] = each.month.split('-').map(Number) as [number, number];
    const isEarly = Date.parse(each.changed_at) < Date.UTC(year, month - 1 - 2, 1);
    const key = `${each.code} ${each.month}`;
    if (!isEarly || each.forecast === null || months.has(key)) continue;
    months.set(key, { realised: each.realised * each.rate, forecast: each.forecast * each.rate, month: each.month });
  }
  const rows = [...months.values()];
  const sum = (kind: 'realised' | 'forecast') => rows.reduce((total, row) => total + row[kind], 0);
  return {
    ratio: sum('realised') / sum('forecast'),
    points: rows.length,
    months: new Set(rows.map((row) => row.month)).size,
  };
};

describe('Earlier forecasts of the example', () => {
  test.each([
    ['revenue', 'EX-PF-GROWTH', ['EX-BEN-04', 'EX-BEN-05', 'EX-BEN-07', 'EX-BEN-09', 'EX-BEN-17']],
    ['cost', 'EX-PF-CLAIMS', ['EX-BEN-01', 'EX-BEN-02', 'EX-BEN-08']],
    ['risk', 'EX-PF-CLAIMS', ['EX-BEN-03']],
    ['cost', 'EX-PF-CORE', ['EX-BEN-10', 'EX-BEN-11', 'EX-BEN-14', 'EX-BEN-16']],
    ['risk', 'EX-PF-CORE', ['EX-BEN-12', 'EX-BEN-13']],
  ])('of %s in %s give a calibrated forecast, by definition', async (type, portfolio, codes) => {
    const { ratio, points, months } = ratioOf(await revisions(), type, portfolio);
    expect(months).toBe(12);
    for (const code of codes) {
      const found = await get(`/benefits/${code}/forecast?period=2026-Q3`);
      expect(found).toMatchObject({ points, months, nullReason: null });
      expect(found.ratio).toBeCloseTo(ratio, 8);
      expect(Math.abs(Number(found.calibrated) - Number(found.claimed) * ratio)).toBeLessThan(0.01);
    }
  });

  test('claim growth of revenue a quarter too high; most others were about right', async () => {
    const ratio = async (code: string): Promise<number> =>
      (await get(`/benefits/${code}/forecast?period=2026-Q3`)).ratio;
    expect(await ratio('EX-BEN-04')).toBeGreaterThan(0.7);
    expect(await ratio('EX-BEN-04')).toBeLessThan(0.8);
    for (const code of ['EX-BEN-01', 'EX-BEN-03', 'EX-BEN-12']) {
      expect(await ratio(code)).toBeGreaterThan(0.95);
      expect(await ratio(code)).toBeLessThan(1.05);
    }
  });

  test('are too few where nobody forecast long enough, which is said', async () => {
    expect(await get('/benefits/EX-BEN-06/forecast?period=2026-Q3')).toMatchObject({
      claimed: '1370000.00',
      calibrated: null,
      nullReason: 'too_few_points',
      months: 6,
    });
  });

  test('change no plan and no value, and stand in the history of a month', async () => {
    const { items } = await get('/benefits/EX-BEN-04/measurements');
    const month = items.find((item: { month: string }) => item.month === '2026-02');
    expect(month.revisions).toContainEqual(expect.objectContaining({ field: 'forecast', to: null }));
    const [stored] = await api.sql<{ n: number }>(
      'select count(*)::int as n from benefit_value_revisions where version = 0 and (planned is not null or realised is not null)',
    );
    expect(stored!.n).toBe(0);
    const versions = await get('/benefits/EX-BEN-01/plan-versions');
    expect(versions.items).toHaveLength(1);
  });

  test('go with the example', async () => {
    expect((await api.as('admin').delete('/example')).status).toBe(200);
    const found = await get('/trace/calibrated_forecast', 'admin');
    expect(found).toMatchObject({ value: null, nullReason: 'no_forecast' });
    const [left] = await api.sql<{ n: number }>(
      `select count(*)::int as n from benefit_value_revisions e join benefit_values v on v.id = e.benefit_value_id
       where e.version = 0 and v.archived_at is null`,
    );
    expect(left!.n).toBe(0);
  });
});
