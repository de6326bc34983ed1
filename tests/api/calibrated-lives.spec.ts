/** Whole lives with calibrated forecasts beside the claimed ones: in the overview's ledger and in the register. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { monthsBefore, remember } from '../support/earlier-forecasts.js';
import { type Api, startApi } from '../support/harness.js';
import { expectTraced, overviewAt, read, rowOf } from '../support/overviews.js';
import { smallChain } from '../support/small-chain.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await smallChain(api);
  await api.sql(`update benefits set type = 'cost', version = version + 1 where code = 'B1'`);
  await api.sql(`update benefits set type = 'revenue', version = version + 1 where code in ('B2', 'B4')`);
}, 60_000);
afterAll(() => api.stop());

const bump = () => api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
const value = async (benefit: string, month: string, column: string, amount: string) => {
  await api.sql(
    `insert into benefit_values (benefit_id, month, ${column}, changed_by) select id, $2::date, $3, 'a@tests.example' from benefits where code = $1`,
    [benefit, `${month}-01`, amount],
  );
  await bump();
};
const ledger = async (query = '', person: 'cio' | 'stakeholder-bu1' = 'cio') => {
  const found = await overviewAt(api, `period=2026-Q2${query}`, person);
  await expectTraced(api, found, person);
  const { actual, plan, variance, varianceShare, nullReason } = rowOf(found, 'calibrated');
  return {
    expected: rowOf(found, 'expected').actual.value,
    row: [actual.value, plan!.value, variance!.value, varianceShare!.value, nullReason],
  };
};
const lineOf = async (code: string) =>
  (await read(api, '/value/benefits?period=2026-Q2')).items.find((line: { code: string }) => line.code === code);
/** What a trace's records add up to is the figure. */
const recomputed = async (
  path: string,
): Promise<{ value: string | null; nullReason: string | null; quality: string[] }> => {
  const found = await read(api, path);
  const { total } = await read(api, found.records.url);
  expect(total.amount).toBe(found.value ?? '0.00');
  return found;
};

test('where nothing is forecast there is no calibrated whole life, and that is the reason', async () => {
  // B1 has realised 20.5 and 40; nothing lies ahead.
  expect(await ledger()).toEqual({ expected: '60.50', row: [null, null, null, null, 'no_forecast'] });
});

test('where too little is known, that is the reason; nothing reads 0', async () => {
  await value('B1', '2026-08', 'forecast', '200');
  expect(await ledger()).toEqual({ expected: '260.50', row: [null, null, null, null, 'too_few_points'] });
  expect(await lineOf('B1')).toMatchObject({
    expected: '260.50',
    calibrated: null,
    calibratedReason: 'too_few_points',
  });
  const one = await recomputed('/trace/node.calibrated_expected?period=2026-Q2&type=benefit&ref=B1');
  expect(one).toMatchObject({ value: null, nullReason: 'too_few_points' });
});

test('realised to date and the forecast times what became of earlier ones, beside what the same benefits claim', async () => {
  for (const month of monthsBefore('2026-01', 8))
    await remember(api, { benefit: 'B1', month, forecast: '100', realised: '80' });
  await bump();
  // Realised 60.5 + 8 · 80 = 700.5; to come 200 claimed, 200 · 640/800 = 160 calibrated.
  expect(await ledger()).toEqual({ expected: '900.50', row: ['860.50', '900.50', '-40.00', '-0.0444197668', null] });
  expect(await lineOf('B1')).toMatchObject({ expected: '900.50', calibrated: '860.50', calibratedReason: null });
  const one = await recomputed('/trace/node.calibrated_expected?period=2026-Q2&type=benefit&ref=B1');
  expect(one.value).toBe('860.50');
});

test('later months with a plan and no forecast keep their plan; who forecasts nothing more counts as it stands', async () => {
  await value('B1', '2026-09', 'planned', '30');
  await value('B2', '2026-05', 'planned', '5');
  await api.sql(
    `update benefit_values set realised = 10, reported_by = 'a@tests.example', version = version + 1
     where planned = 5 and benefit_id = (select id from benefits where code = 'B2')`,
  );
  await bump();
  // 900.5 + 30 + 10, and 40 less.
  const { expected, row } = await ledger();
  expect([expected, ...row.slice(0, 3)]).toEqual(['940.50', '900.50', '940.50', '-40.00']);
  expect(await lineOf('B2')).toMatchObject({ expected: '10.00', calibrated: null, calibratedReason: 'no_forecast' });
  const found = await recomputed('/trace/calibrated_expected?period=2026-Q2');
  expect(found.quality).toContainEqual(expect.stringMatching(/count as they stand: [1-9]/));
});

test('who claims what cannot be calibrated is left out of both, and named', async () => {
  await value('B4', '2026-10', 'forecast', '500');
  const { expected, row } = await ledger();
  expect([expected, ...row.slice(0, 3)]).toEqual(['1440.50', '900.50', '940.50', '-40.00']);
  for (const figure of ['calibrated_expected', 'expected_of_calibrated'])
    expect((await recomputed(`/trace/${figure}?period=2026-Q2`)).quality).toContainEqual(
      expect.stringContaining('portfolio: B4.'),
    );
  await recomputed('/trace/variance.calibrated_expected?period=2026-Q2');
});

test('of a scope it is told of its own benefits, to a stakeholder too', async () => {
  await api.sql(
    `update benefits set org_unit_id = (select id from org_units where code = 'BU1'), version = version + 1 where code = 'B1'`,
  );
  await bump();
  expect((await ledger('&portfolio=DIG')).row).toEqual([null, null, null, null, 'too_few_points']);
  const own = await ledger('', 'stakeholder-bu1');
  expect(own.row.slice(0, 3)).toEqual(['890.50', '930.50', '-40.00']);
});

test('a month under way is to come until it is realised: what is claimed is the forecast in what is expected', async () => {
  const later = async () => {
    const { items } = await read(api, '/value/benefits?period=2026-Q4');
    const { expected, calibrated, calibratedReason } = items.find((line: { code: string }) => line.code === 'B1');
    const { value: claimed } = await recomputed('/trace/claimed_forecast?period=2026-Q4&type=benefit&ref=B1');
    const { value } = await recomputed('/trace/node.calibrated_expected?period=2026-Q4&type=benefit&ref=B1');
    expect(value).toBe(calibrated);
    return { expected, claimed, calibrated, calibratedReason };
  };
  // Today is 21 November: August and September are over, and what was expected of them did not come.
  expect(await later()).toEqual({
    expected: '700.50',
    claimed: null,
    calibrated: null,
    calibratedReason: 'no_forecast',
  });
  await value('B1', '2026-11', 'forecast', '100');
  expect(await later()).toEqual({
    expected: '800.50',
    claimed: '100.00',
    calibrated: '780.50',
    calibratedReason: null,
  });
  await api.sql(
    `update benefit_values set realised = 60, reported_by = 'a@tests.example', version = version + 1
     where month = '2026-11-01' and benefit_id = (select id from benefits where code = 'B1')`,
  );
  await bump();
  expect(await later()).toEqual({
    expected: '760.50',
    claimed: null,
    calibrated: null,
    calibratedReason: 'no_forecast',
  });
});
