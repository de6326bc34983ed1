/** Services with their figures: the metrics of quality for each service alone, by period and by month, within the reader's sight. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Metric, MetricRecords } from '../../server/contract/metric.js';
import {
  SERVICE_FIGURES,
  SERVICE_METRICS,
  serviceHistory,
  serviceLevels,
  type ServiceHistory,
  type ServiceLevels,
} from '../../server/contract/service-level.js';
import { type Api, type Person, startApi } from '../support/harness.js';
import { recordsBehind, refolded } from '../support/metrics.js';

const PERIOD = 'period=2026-Q4';

describe('services of the golden tables', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ golden: true });
  }, 60_000);
  afterAll(() => api.stop());

  const levels = async (query = PERIOD, person: Person = 'cio'): Promise<ServiceLevels> => {
    const reply = await api.as(person).get(`/service-levels?${query}`);
    expect(reply.status).toBe(200);
    return serviceLevels.strict().parse(reply.body);
  };
  const history = async (ref: string, query = PERIOD, person: Person = 'cio'): Promise<ServiceHistory> => {
    const reply = await api.as(person).get(`/service-levels/${ref}?${query}`);
    expect(reply.status).toBe(200);
    return serviceHistory.strict().parse(reply.body);
  };

  test('each figure of a service is its metric over the records of that service alone', async () => {
    const { items } = await levels();
    expect(items.map(({ code }) => code)).toEqual(['SVC-1', 'SVC-2', 'SVC-3']);
    for (const name of SERVICE_FIGURES) {
      const records: MetricRecords = await recordsBehind(api, SERVICE_METRICS[name], PERIOD);
      for (const { code, figures } of items) {
        const own = { ...records, items: records.items.filter((record) => record.code === code) };
        expect([name, code, figures[name].n]).toEqual([name, code, own.items.length]);
        const again = refolded(own);
        expect([name, code, figures[name].value]).toEqual([
          name,
          code,
          again === null ? null : expect.closeTo(again, 9),
        ]);
      }
    }
  });

  test('the metrics on top are those of the scorecard', async () => {
    const { metrics } = await levels();
    const scorecard = await api.as('cio').get(`/metrics?${PERIOD}`);
    const quality = scorecard.body.families.find(({ id }: { id: string }) => id === 'quality');
    // How fresh they are is told by the scorecard and by a metric's own page.
    expect(metrics).toEqual(quality.metrics.map(({ lastRecordedOn: _, ...metric }: Metric) => metric));
  });

  test('a service shows its months, and its figures by month are the metrics of that month', async () => {
    const found = await history('svc-1');
    expect(found.months.map(({ month }) => month)).toEqual(['2026-10', '2026-11', '2026-12']);
    expect(found.recorded).toHaveLength(24);
    expect(found.byMonth.availability.trend).toHaveLength(24);
    const last = found.months.at(-1)!;
    expect(found.byMonth.availability.trend.at(-1)).toEqual({
      period: '2026-12',
      value: expect.closeTo(1 - last.downtimeMinutes! / last.agreedMinutes!, 12),
    });
    const sum = (of: 'requests' | 'requestsWithinTarget'): number =>
      found.months.reduce((total, month) => total + month[of]!, 0);
    expect(found.figures.performance.value).toBeCloseTo(sum('requestsWithinTarget') / sum('requests'), 12);
    const row = (await levels()).items.find(({ code }) => code === 'SVC-1')!;
    expect(found.figures).toEqual(row.figures);
  });

  test('a month that states one side only counts in no share of that kind', async () => {
    const found = await history('SVC-1', 'period=2025-Q2');
    expect(found.months.find(({ month }) => month === '2025-04')).toMatchObject({ downtimeMinutes: null });
    expect(found.figures.availability.n).toBe(1);
    expect(found.figures.incidents.n).toBe(3);
    expect(found.byMonth.availability.trend.find(({ period }) => period === '2025-04')).toEqual({
      period: '2025-04',
      value: null,
    });
  });

  test.each([
    ['capabilities', 'efficiency.cost_per_capability'],
    ['outcomes', 'efficiency.cost_per_outcome'],
  ] as const)('what is listed as reached in a period, of %s, is what stands behind %s', async (list, metric) => {
    const found: string[] = [];
    for (const period of ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'])
      for (const scope of ['', '&orgUnit=BU1']) {
        const query = `period=${period}${scope}`;
        const { body } = await api.as('cio').get(`/efficiency?${query}`);
        const reached = body[list].filter(({ isNew }: { isNew: boolean }) => isNew);
        const records = await recordsBehind(api, metric, query);
        expect([query, reached.map(({ code }: { code: string }) => code).sort()]).toEqual([
          query,
          records.items.map(({ code }) => code).sort(),
        ]);
        found.push(...reached.map(({ code }: { code: string }) => code));
      }
    expect(found.length).toBeGreaterThan(0);
  });

  test('every initiative that the share of duplicate effort counts is listed as marked, in every scope', async () => {
    for (const scope of ['', '&portfolio=DIG', '&portfolio=CORE', '&orgUnit=BU1']) {
      const query = `${PERIOD}${scope}`;
      const records = await recordsBehind(api, 'efficiency.duplicate_effort_share', query);
      const part = records.columns.findIndex(({ id }) => id === 'part');
      const counted = records.items.filter(({ cells }) => cells[part] !== null && Number(cells[part]) !== 0);
      const { body } = await api.as('cio').get(`/efficiency?${query}`);
      const marked = body.marked.map(({ initiative }: { initiative: { code: string } }) => initiative.code);
      expect([scope, marked]).toEqual([scope, expect.arrayContaining(counted.map(({ code }) => code))]);
    }
  });

  test('a period without records has no figures, and says why', async () => {
    const { items } = await levels('period=2030-Q1');
    for (const { figures } of items)
      for (const name of SERVICE_FIGURES)
        expect(figures[name]).toMatchObject({ value: null, n: 0, nullReason: 'no_records' });
  });

  test('a unit has its own services; a portfolio has none', async () => {
    expect((await levels(`${PERIOD}&orgUnit=BU1`)).items.map(({ code }) => code)).toEqual(['SVC-2']);
    const portfolio = await levels(`${PERIOD}&portfolio=DIG`);
    expect(portfolio.items).toEqual([]);
    expect(portfolio.metrics.find(({ id }) => id === 'quality.availability')?.nullReason).toBe('not_in_scope');
    expect((await api.as('cio').get(`/service-levels/SVC-2?${PERIOD}&portfolio=DIG`)).status).toBe(404);
  });

  test('a stakeholder sees the services of own units, and others do not exist', async () => {
    const own = await levels(PERIOD, 'stakeholder-bu1');
    expect(own.items.map(({ code }) => code)).toEqual(['SVC-2']);
    expect(own.metrics.find(({ id }) => id === 'quality.availability')?.n).toBe(3);
    expect((await history('SVC-2', PERIOD, 'stakeholder-bu1')).code).toBe('SVC-2');
    const client = api.as('stakeholder-bu1');
    expect((await client.get(`/service-levels/SVC-1?${PERIOD}`)).status).toBe(404);
    expect((await client.get(`/service-levels?${PERIOD}&orgUnit=BU2`)).status).toBe(404);
    expect((await api.as('nobody').get('/service-levels')).status).toBe(403);
    expect((await api.as('anonymous').get('/service-levels')).status).toBe(401);
  });

  test('a month that is entered changes the figures at once; who may not write is refused', async () => {
    const before = await history('SVC-3', 'period=2027-Q1');
    expect(before.months).toEqual([]);
    const month = {
      serviceCode: 'SVC-3',
      month: '2027-01',
      agreedMinutes: 1000,
      downtimeMinutes: 10,
      changes: 0,
      failedChanges: 0,
    };
    expect((await api.as('pm-dig').post('/service-months', month)).status).toBe(403);
    const created = await api.as('admin').post('/service-months', month);
    expect(created.status).toBe(201);
    const after = await history('SVC-3', 'period=2027-Q1');
    expect(after.figures.availability).toMatchObject({ value: 0.99, n: 1 });
    expect(after.figures.changeFailure).toMatchObject({ value: null, n: 1, nullReason: 'zero_denominator' });
    const [entered] = after.months;
    const changed = await api
      .as('admin')
      .patch(`/service-months/${entered!.id}`, { downtimeMinutes: 20 }, { 'If-Match': `"v${entered!.version}"` });
    expect(changed.status).toBe(200);
    expect((await history('SVC-3', 'period=2027-Q1')).figures.availability.value).toBe(0.98);
  });

  test('months from before impossible ones were refused are named, in the scope and up to the period', async () => {
    expect((await levels()).impossible).toEqual([]);
    await api.sql(`alter table service_months drop constraint service_months_failed_changes_changes_ck`);
    await api.sql(
      `update service_months set changes = 3, failed_changes = 5, version = version + 1
       where month = '2026-11-01' and service_id = (select id from services where code = 'SVC-2')`,
    );
    await api.sql(`update data_versions set version = version + 1`);
    const named = [{ code: 'SVC-2', name: expect.any(String), month: '2026-11' }];
    expect((await levels()).impossible).toEqual(named);
    expect((await levels(PERIOD, 'stakeholder-bu1')).impossible).toEqual(named);
    expect((await levels('period=2026-Q3')).impossible).toEqual([]);
    expect((await levels(`${PERIOD}&portfolio=DIG`)).impossible).toEqual([]);
  });
});
