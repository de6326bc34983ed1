import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem, startApi, type Api, type Person } from '../support/harness.js';

/** Rates against the current and the baseline plan, where three benefits were planned anew and two were not approved. */

let api: Api;
const PERIOD = 'period=2026-Q1';

const benefit = (code: string, more: Record<string, unknown>): Promise<unknown> =>
  api.as('admin').post('/benefits', {
    code,
    name: code,
    portfolioCode: 'DIG',
    orgUnitCode: 'BU1',
    currency: 'USD',
    nature: 'cashable',
    ...more,
  });
const put = async (code: string, items: unknown[]): Promise<void> => {
  api.clock.advance(60_000);
  const reply = await api.as('admin').put(`/benefits/${code}/values`, { items });
  expect([code, reply.status, reply.text.slice(0, 300 * Number(reply.status !== 200))]).toEqual([code, 200, '']);
};
const reason = 'The supplier is late.';
const APPROVED = { approvedOn: '2025-12-01' };

beforeAll(async () => {
  api = await startApi();
  await api.sql(
    `insert into exchange_rates (currency, month, rate) select 'EUR', m, 2 from generate_series('2026-01-01'::date, '2026-12-01', '1 month') m`,
  );
  // Planned 100 a month, then 60; 45 came in two months of three. Of March and later the baseline holds what it held.
  await benefit('SHRUNK', APPROVED);
  await put('SHRUNK', [
    { month: '2026-01', planned: '100', realised: '45' },
    { month: '2026-02', planned: '100', realised: '45' },
    { month: '2026-03', planned: '100' },
    { month: '2026-07', planned: '1000' },
  ]);
  await put('SHRUNK', [
    { month: '2026-01', planned: '60', version: 1, reason },
    { month: '2026-02', planned: '60', version: 1, reason },
    { month: '2026-03', planned: null, version: 1, reason },
  ]);
  // A month planned later is not in the baseline; amounts at the rate of their month.
  await benefit('GROWN', { ...APPROVED, currency: 'EUR' });
  await put('GROWN', [{ month: '2026-01', planned: '10', realised: '5' }]);
  await put('GROWN', [{ month: '2026-02', planned: '10', reason }]);
  await benefit('FREE', {});
  await put('FREE', [{ month: '2026-01', planned: '50', realised: '50' }]);
  await put('FREE', [{ month: '2026-01', planned: '40', version: 1 }]);
  await benefit('EMPTY', {});
  await benefit('SCORE', {
    ...APPROVED,
    currency: null,
    nature: 'non_financial',
    unit: 'points',
    aggregation: 'average',
  });
  await put('SCORE', [
    { month: '2026-01', planned: '8', realised: '6' },
    { month: '2026-02', planned: '9', realised: '6.5' },
    { month: '2026-03', planned: '9' },
  ]);
  await put('SCORE', [{ month: '2026-02', planned: '7', version: 1, reason }]);
  await benefit('OTHER', { ...APPROVED, orgUnitCode: 'BU2', portfolioCode: 'CORE' });
  await put('OTHER', [{ month: '2026-01', planned: '30', realised: '30' }]);
});
afterAll(() => api.stop());

const get = async (path: string, person: Person = 'cio') => {
  const reply = await api.as(person).get(path);
  expect([path, reply.status]).toEqual([path, 200]);
  return reply.body;
};
const figure = (name: string, more = '', person: Person = 'cio') => get(`/trace/${name}?${PERIOD}${more}`, person);
const sumOf = async (url: string): Promise<number> =>
  (await get(url)).items.reduce((sum: number, item: { amount: string }) => sum + Number(item.amount), 0);

// By hand, in USD: realised 90 + 10 + 50 + 30; current plan 120 + 40 + 40 + 30; baseline 300 + 20 + 40 (not approved) + 30.
const [REALISED, CURRENT, BASELINE] = [180, 230, 390];

test('the value of a scope says both rates, and how many plans are fixed', async () => {
  const value = await get(`/value?${PERIOD}`);
  expect(value.realisationRate).toBeCloseTo(REALISED / CURRENT, 12);
  expect(value.baselineRealisationRate).toBeCloseTo(REALISED / BASELINE, 12);
  expect(value.measuredRate).toBeCloseTo(REALISED / (CURRENT - 20), 12);
  expect(value.coverage).toBeCloseTo(5 / 6, 12);
  expect(value.baseline).toEqual({ planned: '390.00', fixed: 3, standIns: 1 });
  const ofEach = Object.fromEntries(
    value.benefits.map((row: Record<string, unknown>) => [
      row['code'],
      [row['isPlanFixed'], row['planned'], row['baselinePlanned'], row['variance'], row['baselineVariance']],
    ]),
  );
  expect(ofEach).toEqual({
    SHRUNK: [true, '120.00', '300.00', '-30.00', '-210.00'],
    GROWN: [true, '40.00', '20.00', '-30.00', '-10.00'],
    FREE: [false, '40.00', '40.00', '10.00', '10.00'],
    EMPTY: [false, '0.00', '0.00', null, null],
    SCORE: [true, '7.5', '8.5', '-1.25', '-2.25'],
    OTHER: [true, '30.00', '30.00', '0.00', '0.00'],
  });
});

describe('traces', () => {
  test('of the baseline plan: inputs and records add up to it, and it says which plans stand in', async () => {
    const found = await figure('baseline_planned');
    expect([found.value, found.unit, found.records.count]).toEqual(['390.00', 'USD', 6]);
    expect(await sumOf(found.records.url)).toBe(BASELINE);
    expect(found.inputs.map((input: { label: string; value: string }) => [input.label, input.value])).toEqual([
      ['SHRUNK SHRUNK', '300.00'],
      ['FREE FREE, current plan', '40.00'],
      ['OTHER OTHER', '30.00'],
      ['GROWN GROWN', '20.00'],
    ]);
    expect(found.quality).toEqual([
      '1 of 4 money benefits with a plan are not approved: their current plan stands in.',
    ]);
    const months = (await get(`${found.records.url}&limit=200`)).items.map(
      (item: { code: string; at: string; entered: string; amount: string }) =>
        `${item.code} ${item.at} ${item.entered} ${item.amount}`,
    );
    expect(months).toContain('SHRUNK 2026-03 100 100.00');
    expect(months).toContain('GROWN 2026-01 10 20.00');
  });

  test('of the rate: its inputs lead on to figures that have it', async () => {
    const found = await figure('baseline_realisation_rate');
    expect(Number(found.value)).toBeCloseTo(REALISED / BASELINE, 9);
    expect(found.inputs.map((input: { value: string }) => input.value)).toEqual(['180.00', '390.00']);
    expect(await sumOf(found.records.url)).toBe(REALISED);
    for (const input of found.inputs) expect((await get(input.trace)).value).toBe(input.value);
  });

  test('of one benefit, money or not', async () => {
    for (const [code, value, unit] of [
      ['SHRUNK', '300.00', 'USD'],
      ['SCORE', '8.5', 'points'],
    ]) {
      const found = await figure('node.baseline_planned', `&type=benefit&ref=${code}`);
      expect([found.value, found.unit]).toEqual([value, unit]);
      expect(await sumOf(found.records.url)).toBe(Number(value));
    }
    const none = await figure('node.baseline_planned', '&type=benefit&ref=EMPTY');
    expect([none.value, none.nullReason]).toEqual([null, 'nothing_planned']);
    const free = await figure('node.baseline_planned', '&type=benefit&ref=FREE');
    expect(free.quality).toEqual(['FREE is not approved: its current plan stands in.']);
  });

  test('in the months of a period, and in the whole life', async () => {
    expect((await figure('baseline_planned', '&span=life')).value).toBe('1390.00');
    expect((await get('/trace/baseline_planned?period=2026-Q3&span=period')).value).toBe('1000.00');
  });

  test('a stakeholder reads those of own units only', async () => {
    const own = await figure('baseline_realisation_rate', '', 'stakeholder-bu2');
    expect([own.value, own.inputs[1].value]).toEqual(['1', '30.00']);
    const refused = await api
      .as('stakeholder-bu2')
      .get(`/trace/node.baseline_planned?${PERIOD}&type=benefit&ref=SHRUNK`);
    expectProblem(refused, 404, 'not-found');
  });
});

test('the overview says all four rates, each with its trace', async () => {
  const { rates } = await get(`/overview?${PERIOD}`);
  expect([rates.fixed, rates.standIns]).toEqual([3, 1]);
  for (const [name, of] of [
    ['current', 'realisation_rate'],
    ['baseline', 'baseline_realisation_rate'],
    ['measured', 'measured_rate'],
    ['coverage', 'coverage'],
  ] as const) {
    expect(rates[name].trace).toContain(`/trace/${of}?`);
    expect((await get(rates[name].trace)).value).toBe(rates[name].value);
  }
  expect(Number(rates.baseline.value)).toBeCloseTo(REALISED / BASELINE, 9);
});
