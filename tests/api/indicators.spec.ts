/** Own indicators: defined in the product, entered by month, told by period with target and signal. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { indicatorTrends, indicatorValues, type IndicatorTrend } from '../../server/contract/indicator.js';
import { type Api, expectNoChange, expectProblem, startApi } from '../support/harness.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await loadTables(api, GOLDEN_TABLES);
}, 60_000);
afterAll(() => api.stop());

const trendsAt = async (query: string): Promise<IndicatorTrend[]> => {
  const reply = await api.as('pm-dig').get(`/indicator-trends?${query}`);
  expect(reply.status).toBe(200);
  return indicatorTrends.strict().parse(reply.body).items;
};

describe('An own indicator', () => {
  test('is defined and entered by whoever leads IT, and by nobody else', async () => {
    const calls = {
      code: 'IND-1',
      name: 'Calls',
      family: 'efficiency',
      unit: 'calls a day',
      better: 'lower',
      servesCode: 'OUT-1',
    };
    expectProblem(await expectNoChange(api, () => api.as('pm-dig').post('/indicators', calls)), 403, 'forbidden');
    expect((await api.as('cio').post('/indicators', calls)).status).toBe(201);
    expect((await api.as('cio').post('/indicators', { code: 'IND-2', name: 'Points', family: 'flow' })).status).toBe(
      201,
    );
    const items = [
      { month: '2026-04', value: '410' },
      { month: '2026-07', value: '400.5' },
      { month: '2026-09', value: '-1' },
      { month: '2026-10', value: '1' },
    ];
    expectProblem(
      await expectNoChange(api, () => api.as('finance').put('/indicators/IND-1/values', { items })),
      403,
      'forbidden',
    );
    const reply = await api.as('cio').put('/indicators/ind-1/values', { items });
    expect(reply.status).toBe(200);
    expect(
      indicatorValues
        .strict()
        .parse(reply.body)
        .items.map(({ value }) => value),
    ).toEqual(['410', '400.5', '-1', '1']);
    const [event] = (await api.as('cio').get('/audit?objectType=indicator_value')).body.items;
    expect([event.objectCode, event.after.items.length]).toEqual(['IND-1', 4]);
  });

  test('has in a period the value of its latest month, and says what it serves', async () => {
    const target = { metricId: 'IND-1', fromPeriod: '2026-Q2', target: '380', amber: '405' };
    expect((await api.as('cio').post('/metric-targets', target)).status).toBe(201);
    const [calls, points] = await trendsAt('period=2026-Q2');
    expect(calls).toMatchObject({
      code: 'IND-1',
      value: '410',
      month: '2026-04',
      previous: null,
      status: 'missed',
      isActivity: false,
    });
    expect(points).toMatchObject({ code: 'IND-2', value: null, month: null, serves: null, isActivity: true });
    const [later] = await trendsAt('period=2026-Q3');
    expect(later).toMatchObject({ value: '-1', month: '2026-09', previous: '410', target: 380, status: 'met' });
    expect(later!.serves).toMatchObject({ type: 'outcome', code: 'OUT-1' });
    expect(later!.trend.map(({ value }) => value).slice(-3)).toEqual([null, '410', '-1']);
    expect(later!.signal).toMatchObject({ state: 'insufficient', points: 2 });
  });

  test('is of no portfolio, and of the unit of what it serves', async () => {
    expect(await trendsAt('period=2026-Q3&portfolio=DIG')).toEqual([]);
    const [outcome] = await api.sql<{ unit: string }>(
      `select u.code as unit from outcomes o join org_units u on u.id = o.org_unit_id where o.code = 'OUT-1'`,
    );
    expect((await trendsAt(`period=2026-Q3&orgUnit=${outcome!.unit}`)).map(({ code }) => code)).toEqual(['IND-1']);
    expectProblem(await api.as('stakeholder-bu1').get('/indicator-trends?period=2026-Q3'), 403, 'forbidden');
    expectProblem(await api.as('stakeholder-bu1').get('/indicators/IND-1/values'), 403, 'forbidden');
  });

  test('counts in the sign where it serves nothing', async () => {
    const { items } = (await api.as('cio').get('/signs?period=2026-Q3')).body;
    const sign = items.find(({ id }: { id: string }) => id === 'activity_measurement');
    expect(sign.tests[0]).toMatchObject({
      id: 'unserving_indicators',
      value: 0.5,
      state: 'holds',
      records: { count: 1 },
    });
    expect(sign.state).toBe('present');
    const records = (await api.as('cio').get('/trace/sign.unserving_share/records?period=2026-Q3')).body;
    expect(records.items.map(({ code }: { code: string }) => code)).toEqual(['IND-2']);
  });

  test('a month changes only over the version that was read; a null empties it', async () => {
    const put = (item: object) => api.as('cio').put('/indicators/IND-1/values', { items: [item] });
    expectProblem(await expectNoChange(api, () => put({ month: '2026-07', value: '1' })), 412, 'precondition-failed');
    expectProblem(await put({ month: '2026-07', value: 'many', version: 1 }), 422, 'validation-failed');
    expectProblem(
      await api.as('cio').put('/indicators/IND-404/values', { items: [{ month: '2026-07', value: '1' }] }),
      404,
      'not-found',
    );
    expect((await put({ month: '2026-09', value: null, version: 1 })).status).toBe(200);
    expect((await trendsAt('period=2026-Q3'))[0]).toMatchObject({ value: '400.5', month: '2026-07', status: 'near' });
  });
});
