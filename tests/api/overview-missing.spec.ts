/** What is not recorded, or lies ahead, is neither 0 nor a finding; pages open where something is recorded. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SAMPLES } from '../../server/imports/samples/catalogue.js';
import { type Api, startApi } from '../support/harness.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';
import { expectTraced, overviewAt, profileAt, read, rowOf } from '../support/overviews.js';

const openPeriod = async (api: Api): Promise<string> => (await api.as('admin').get('/settings')).body.openPeriod;

describe.each(SAMPLES)('the sample $id', ({ id, period }) => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ bare: true });
    expect((await api.as('admin').post(`/samples/${id}`)).status).toBe(201);
  }, 120_000);
  afterAll(() => api.stop());

  test('opens where its card says, on each visit', async () => {
    expect(await openPeriod(api)).toBe(period);
    expect(rowOf(await overviewAt(api, `period=${period}`, 'admin'), 'invested').change!.value).not.toBeNull();
  });

  test('less spent than planned is not good while planned costs have no actual, and it is said how many', async () => {
    const found = await overviewAt(api, `period=${id === 'us-federal-it' ? '2017-Q4' : '2023-Q4'}`, 'admin');
    const { variance, varianceShare } = rowOf(found, 'invested');
    expect(variance!.value).toMatch(/^-/);
    expect([variance!.impact, varianceShare!.impact]).toEqual(['neutral', 'neutral']);
    expect(Number(found.unreportedCosts!.value)).toBeGreaterThan(100);
    const trace = await read(api, variance!.trace, 'admin');
    expect(trace.quality[0]).toContain(`${found.unreportedCosts!.value} planned costs have no actual`);
    await expectTraced(api, found, 'admin');
  });
});

test('benefits that are planned and never measured are not lost: the loss is not known', async () => {
  const api = await startApi({ bare: true });
  try {
    await api.as('admin').post('/samples/uk-major-projects');
    const found = await overviewAt(api, 'period=2023-Q4', 'admin');
    expect(found.funnel[0]!.amount.value).toMatch(/^\d/);
    expect(found.funnel.map(({ lost }) => lost?.value ?? null)).toEqual([null, null, null, null]);
    expect((await read(api, found.funnel[1]!.lost!.trace, 'admin')).nullReason).toBe('nothing_measured');
    const life = rowOf(found, 'expected');
    expect([life.variance!.value, life.varianceShare!.value, found.expectedShare.value]).toEqual([null, null, null]);
    expect(life.actual.value).toMatch(/^\d/);
  } finally {
    await api.stop();
  }
}, 120_000);

describe('own data', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.stop());
  const withoutActuals = async (): Promise<void> => {
    const archive = 'set archived_at = now(), version = version + 1 where month >= $1';
    await api.sql(`update investment_costs ${archive}`, ['2026-04-01']);
    await api.sql(`update benefit_values ${archive}`, ['2026-07-01']);
    await api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
  };

  test('opens at the last quarter that is over, and earlier where the records end before it', async () => {
    expect(await openPeriod(api)).toBe('2026-Q3');
    await loadTables(api, GOLDEN_TABLES);
    await withoutActuals();
    expect(await openPeriod(api)).toBe('2026-Q2');
  }, 60_000);
});

describe('a period that is not over', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ example: true });
  }, 120_000);
  afterAll(() => api.stop());

  test('says so, and expects no less than the period before it', async () => {
    const [over, underWay, ahead] = [
      await overviewAt(api, 'period=2026-Q3', 'admin'),
      await overviewAt(api, 'period=2026-Q4', 'admin'),
      await overviewAt(api, 'period=2027-Q4', 'admin'),
    ];
    expect([over.progress, underWay.progress, ahead.progress]).toEqual(['over', 'under_way', 'ahead']);
    for (const found of [underWay, ahead]) {
      expect(rowOf(found, 'expected').actual.value).toBe(rowOf(over, 'expected').actual.value);
      expect(found.expectedShare.value).toBe(over.expectedShare.value);
      // To date is to date of the period: what was planned for it stands, and is no shortfall.
      expect(rowOf(found, 'realised').variance!.impact).toBe('neutral');
      await expectTraced(api, found, 'admin');
    }
    expect(rowOf(over, 'realised').variance!.impact).toBe('unfavourable');
  }, 60_000);

  test('its records add up to what is expected', async () => {
    const { actual } = rowOf(await overviewAt(api, 'period=2027-Q4', 'admin'), 'expected');
    const trace = await read(api, actual.trace, 'admin');
    expect((await read(api, trace.records.url, 'admin')).total.amount).toBe(actual.value);
    const sum = trace.inputs.reduce((total: number, input: { value: string }) => total + Number(input.value), 0);
    expect(sum).toBeCloseTo(Number(actual.value), 2);
  });

  test('its profile shows forecasts in quarters that have not begun', async () => {
    const { quarters } = await profileAt(api, 'period=2027-Q2', 'admin');
    expect(quarters.map(({ period, scenario }) => `${period} ${scenario}`)).toEqual([
      '2026-Q3 AC',
      '2026-Q4 FC',
      '2027-Q1 FC',
      '2027-Q2 FC',
      '2027-Q3 FC',
      '2027-Q4 FC',
    ]);
    expect(quarters.every(({ quarter }) => quarter.value.value !== null)).toBe(true);
    await expectTraced(api, quarters, 'admin');
  });
});
