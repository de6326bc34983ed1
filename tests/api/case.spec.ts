/** Investment cases and calibrated forecasts: who may ask, what a case says where something is missing, and what experience makes of a forecast. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { monthsBefore, remember } from '../support/earlier-forecasts.js';
import { type Api, expectProblem, startApi } from '../support/harness.js';
import { read } from '../support/overviews.js';
import { smallChain } from '../support/small-chain.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await smallChain(api);
}, 60_000);
afterAll(() => api.stop());

const bump = () => api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
const caseOf = (ref: string, query = 'period=2026-Q2') => read(api, `/investments/${ref}/case?${query}`);

describe('who may ask', () => {
  test.each(['admin', 'cio', 'pm-dig', 'pm-core', 'finance'] as const)('%s reads a case', async (person) => {
    expect((await api.as(person).get('/investments/I1/case?period=2026-Q2')).status).toBe(200);
  });

  test('a stakeholder does not, nor its traces; who is not signed in is asked to', async () => {
    expectProblem(await api.as('stakeholder-bu1').get('/investments/I1/case'), 403, 'forbidden');
    const trace = '/trace/case.npv?period=2026-Q2&type=investment&ref=I1&kind=planned';
    expectProblem(await api.as('stakeholder-bu1').get(trace), 403, 'forbidden');
    expectProblem(await api.as('anonymous').get('/investments/I1/case'), 401, 'unauthenticated');
  });

  test('an investment that is not there, a rate that is none, and a figure that is not fully named are refused', async () => {
    expectProblem(await api.as('cio').get('/investments/I9/case'), 404, 'not-found');
    for (const rate of ['-1', '11', 'x', '0.00001'])
      expectProblem(await api.as('cio').get(`/investments/I1/case?rate=${rate}`), 422, 'validation-failed');
    const trace = '/trace/case.npv?period=2026-Q2&type=';
    expectProblem(await api.as('cio').get(`${trace}investment&ref=I1`), 422, 'validation-failed');
    expectProblem(await api.as('cio').get(`${trace}benefit&ref=B1&kind=planned`), 422, 'validation-failed');
    expectProblem(await api.as('cio').get('/trace/spend?period=2026-Q2&rate=0.05'), 422, 'validation-failed');
    const driver = '/trace/case.driver_low?period=2026-Q2&type=investment&ref=I1';
    expectProblem(await api.as('cio').get(`${driver}&driver=nothing`), 422, 'validation-failed');
  });

  test('the answer is kept by version, and another rate is another answer', async () => {
    const first = await api.as('cio').get('/investments/I1/case?period=2026-Q2');
    const etag = first.headers.get('etag')!;
    expect((await api.as('cio').get('/investments/I1/case?period=2026-Q2', { 'if-none-match': etag })).status).toBe(
      304,
    );
    const other = await api.as('cio').get('/investments/I1/case?period=2026-Q2&rate=0.2');
    expect(other.headers.get('etag')).not.toBe(etag);
  });
});

describe('a case', () => {
  test('where no cost is recorded there is none', async () => {
    const body = await caseOf('I3');
    expect([body.firstCostMonth, body.months, body.drivers]).toEqual([null, [], []]);
    for (const each of body.cases)
      expect([
        each.npv.nullReason,
        each.irr.nullReason,
        each.payback.nullReason,
        each.roi.nullReason,
        each.cost.nullReason,
      ]).toEqual(Array(5).fill('no_cost'));
  });

  test('without a planned cost has no planned figures; what is recorded has', async () => {
    const [planned, expected, realised] = (await caseOf('I1')).cases;
    expect([planned.npv.value, planned.npv.nullReason, planned.value.value]).toEqual([null, 'no_cost', '75.00']);
    // B1 is due to I1 by halves at C1 (N1, N2) and N2 (I1, I2): 3/4 of its 20.50 in February and 40 in May; 100 spent in May.
    // 15.375 · 1.08^(3/12) + 30 − 100, by hand: 15.375 · 1.0194265469 = 15.6736831…
    expect([realised.value.value, realised.cost.value, realised.npv.value]).toEqual(['45.38', '100.00', '-54.33']);
    expect(expected).toMatchObject({ npv: { value: '-54.33' }, payback: { value: null, nullReason: 'never' } });
  });

  test('pays back, earns a rate, and moves with what lies ahead', async () => {
    await api.sql(`insert into investment_costs (investment_id, month, kind, planned, actual)
      select id, '2026-06-01', 'opex', 120, 120 from investments where code = 'I3'`);
    await api.sql(`insert into links (from_type, from_id, to_type, to_id, contribution)
      select 'investment', (select id from investments where code = 'I3'), 'initiative', (select id from initiatives where code = 'N1'), null`);
    await api.sql(`insert into benefit_values (benefit_id, month, planned, changed_by)
      select id, '2027-06-01', 528, 'a@tests.example' from benefits where code = 'B2'`);
    await bump();
    // N1 is shared by I1 and I3, C1 by N1 and N2: a quarter of 528 is 132, and of B1 before the first cost (15.125): taken away for this test.
    await api.sql(
      `update benefit_values set archived_at = now(), version = version + 1 where benefit_id = (select id from benefits where code = 'B1')`,
    );
    await bump();
    const body = await caseOf('I3');
    const [planned, expected, realised] = body.cases;
    expect(planned).toMatchObject({
      value: { value: '132.00' },
      cost: { value: '120.00' },
      irr: { value: '0.1', nullReason: null, roots: ['0.1'] },
      payback: { value: '12', month: '2027-06' },
      roi: { value: '0.1' },
    });
    // 132 ÷ 1.08 − 120
    expect([planned.npv.value, expected.npv.value, realised.npv.value]).toEqual(['2.22', '2.22', '-120.00']);
    expect(realised.irr.nullReason).toBe('no_sign_change');
    expect(body.months.map(({ month }: { month: string }) => month)).toHaveLength(13);
    expect([body.months[0].expected.value, body.months[12].expected.value]).toEqual(['-120.00', '12.00']);
    expect([body.months[0].scenario, body.months[1].scenario]).toEqual(['AC', 'FC']);
    // ±20 % of 122.22; half a year later 132 ÷ 1.08^1.5; the rate at 6 and 10 %.
    const ends = Object.fromEntries(
      body.drivers.map(({ id, low, high }: { id: string; low: { value: string }; high: { value: string } }) => [
        id,
        [low.value, high.value],
      ]),
    );
    expect(ends).toMatchObject({
      'benefit.B2': ['-22.22', '26.67'],
      delay_6: ['-2.39', '2.22'],
      rate: ['0.00', '4.53'],
    });
    expect(ends).not.toHaveProperty('costs_20');
  });
});

describe('the calibrated forecast', () => {
  const forecast = (query = '') => read(api, `/benefits/B4/forecast?period=2026-Q2${query}`);

  test('is not told of imported data, which has no earlier forecast', async () => {
    expect(await forecast()).toMatchObject({
      claimed: null,
      calibrated: null,
      nullReason: 'unclassified',
      ratio: null,
    });
    await api.sql(`update benefits set type = 'cost', version = version + 1 where code = 'B4'`);
    await api.sql(`insert into benefit_values (benefit_id, month, forecast, changed_by)
      select id, '2026-08-01', 200, 'a@tests.example' from benefits where code = 'B4'`);
    await bump();
    expect(await forecast()).toEqual({
      code: 'B4',
      period: '2026-Q2',
      currency: 'USD',
      claimed: '200.00',
      calibrated: null,
      nullReason: 'too_few_points',
      ratio: null,
      points: 0,
      months: 0,
    });
  });

  test('is the claimed one times what became of forecasts made three months earlier, from 8 months on', async () => {
    // Each month: 100 forecast in the last hour of the third month before, 50 one hour into the next, and 80 came.
    for (const [at, month] of monthsBefore('2026-01', 8).entries()) {
      await remember(api, { benefit: 'B4', month, forecast: '100', realised: '80' });
      await bump();
      if (at === 6) expect(await forecast()).toMatchObject({ nullReason: 'too_few_points', months: 7, points: 7 });
    }
    expect(await forecast()).toMatchObject({
      claimed: '200.00',
      calibrated: '160.00',
      nullReason: null,
      ratio: 0.8,
      months: 8,
      points: 8,
    });
    for (const one of ['', '&type=benefit&ref=B4']) {
      const [claimed, calibrated] = [
        await read(api, `/trace/claimed_forecast?period=2026-Q2${one}`),
        await read(api, `/trace/calibrated_forecast?period=2026-Q2${one}`),
      ];
      expect([claimed.value, calibrated.value]).toEqual(['200.00', '160.00']);
      for (const trace of [claimed, calibrated])
        expect((await read(api, trace.records.url)).total.amount).toBe(trace.value);
    }
  });

  test('of a benefit outside a stakeholder’s units there is none', async () => {
    await api.sql(
      `update benefits set org_unit_id = (select id from org_units where code = 'BU1'), version = version + 1 where code = 'B4'`,
    );
    await bump();
    expect((await api.as('stakeholder-bu1').get('/benefits/B4/forecast?period=2026-Q2')).body.calibrated).toBe(
      '160.00',
    );
    expectProblem(await api.as('stakeholder-bu2').get('/benefits/B4/forecast?period=2026-Q2'), 404, 'not-found');
    expectProblem(
      await api.as('stakeholder-bu2').get('/trace/calibrated_forecast?period=2026-Q2&type=benefit&ref=B4'),
      404,
      'not-found',
    );
    expect((await api.as('stakeholder-bu2').get('/trace/calibrated_forecast?period=2026-Q2')).body.value).toBeNull();
    expectProblem(await api.as('cio').get('/benefits/B9/forecast'), 404, 'not-found');
    expect((await read(api, '/benefits/B3/forecast?period=2026-Q2')).nullReason).toBe('not_money');
  });
});
