/** Forecasts of the benefits that an investment pays for, claimed and calibrated, the part that is due to it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { monthsBefore, remember } from '../support/earlier-forecasts.js';
import { type Api, expectProblem, startApi } from '../support/harness.js';
import { read } from '../support/overviews.js';
import { smallChain } from '../support/small-chain.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await smallChain(api);
  await api.sql(`update benefits set type = 'cost', version = version + 1 where code = 'B1'`);
}, 60_000);
afterAll(() => api.stop());

const bump = () => api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
const forecastOf = async (ref: string, query = '') =>
  (await read(api, `/investments/${ref}/case?period=2026-Q2${query}`)).forecast;
const value = (benefit: string, month: string, column: string, amount: string) =>
  api.sql(
    `insert into benefit_values (benefit_id, month, ${column}, changed_by) select id, $2::date, $3, 'a@tests.example' from benefits where code = $1`,
    [benefit, `${month}-01`, amount],
  );

/** A figure's trace and records; the records add up to it. */
const traced = async ({ trace }: { trace: string }) => {
  const found = await read(api, trace);
  const records = await read(api, found.records.url);
  expect(records.total.amount).toBe(found.value ?? '0.00');
  return found;
};

test('where nothing is to come there is no forecast', async () => {
  const found = await forecastOf('I1');
  expect(found).toMatchObject({
    claimed: { value: null, nullReason: 'no_forecast' },
    calibrated: { value: null, nullReason: 'no_forecast' },
    leftOut: [],
    benefits: [],
  });
});

test('what is claimed is told with the part due; calibrated is told in words where too little is known, and never as 0', async () => {
  await value('B1', '2026-08', 'forecast', '200');
  await value('B2', '2026-09', 'forecast', '90');
  await bump();
  // Of B1 and B2 three quarters are due to I1 (see case.spec.ts): 150 and 67.5. B2 has no type.
  const found = await forecastOf('I1');
  expect(found.claimed).toMatchObject({ value: '217.50', nullReason: null });
  expect(found.calibrated).toMatchObject({ value: null, nullReason: 'too_few_points' });
  expect(found.claimedOfCalibrated).toMatchObject({ value: null, nullReason: 'too_few_points' });
  expect(found.leftOut).toEqual(['B1', 'B2']);
  expect(found.benefits).toMatchObject([
    { code: 'B1', claimed: { value: '150.00' }, calibrated: { value: null, nullReason: 'too_few_points' } },
    { code: 'B2', claimed: { value: '67.50' }, calibrated: { value: null, nullReason: 'unclassified' } },
  ]);
  expect((await traced(found.claimed)).value).toBe('217.50');
  expect(await traced(found.calibrated)).toMatchObject({ value: null, nullReason: 'too_few_points' });
  expect(await traced(found.benefits[1].calibrated)).toMatchObject({ value: null, nullReason: 'unclassified' });
  // Of B1 a quarter is due to I2, which has N2 with I1 by halves.
  expect((await forecastOf('I2')).claimed.value).toBe('72.50');
});

test('calibrated is the part due of the claimed one times what became of earlier forecasts', async () => {
  for (const month of monthsBefore('2026-01', 8))
    await remember(api, { benefit: 'B1', month, forecast: '100', realised: '80' });
  await bump();
  const found = await forecastOf('I1');
  // 3/4 · 200 · 80/100; B2 is not in the sum, and named.
  expect(found.calibrated).toMatchObject({ value: '120.00', nullReason: null });
  expect(found.leftOut).toEqual(['B2']);
  expect(found.claimedOfCalibrated).toMatchObject({ value: '150.00', nullReason: null });
  expect((await traced(found.claimedOfCalibrated)).value).toBe('150.00');
  expect(found.benefits[0]).toMatchObject({ claimed: { value: '150.00' }, calibrated: { value: '120.00' } });
  const sum = await traced(found.calibrated);
  expect(sum).toMatchObject({ value: '120.00', quality: [expect.stringContaining('B2')] });
  // The inputs say what the same benefits claim, and then add up.
  expect(sum.inputs.map(({ value: amount }: { value: string }) => amount)).toEqual(['150.00', '120.00']);
  const one = await traced(found.benefits[0].calibrated);
  expect(one).toMatchObject({ value: '120.00', inputs: [{ value: '160.00' }, { value: '0.75' }] });
  expect((await traced(found.benefits[0].claimed)).inputs).toMatchObject([{ value: '200.00' }, { value: '0.75' }]);
  expect((await read(api, one.inputs[0].trace)).value).toBe('160.00');
});

test('another rate moves no forecast, and a plan of later months without one is told beside it', async () => {
  expect(await forecastOf('I1', '&rate=0.5')).toEqual(await forecastOf('I1'));
  await value('B2', '2026-10', 'planned', '30');
  await bump();
  const found = await forecastOf('I1');
  expect(found.claimed.value).toBe('217.50');
  expect((await traced(found.claimed)).quality).toEqual([expect.stringContaining('a plan and no forecast: 1.')]);
});

test('the traces are of an investment and its own benefits, and of those who read the chain', async () => {
  const trace = (query: string, figure = 'calibrated') => `/trace/case.${figure}_forecast?period=2026-Q2&${query}`;
  expectProblem(await api.as('cio').get(trace('type=benefit&ref=B1')), 422, 'validation-failed');
  expectProblem(await api.as('cio').get(trace('type=investment&ref=I1&kind=planned')), 422, 'validation-failed');
  expectProblem(await api.as('cio').get(trace('type=investment&ref=I1&to=B4', 'claimed')), 404, 'not-found');
  expectProblem(await api.as('stakeholder-bu1').get(trace('type=investment&ref=I1')), 403, 'forbidden');
  expect((await api.as('cio').get(trace('type=investment&ref=i1&to=b1'))).body.value).toBe('120.00');
});
