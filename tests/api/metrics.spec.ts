/** Metrics as the API answers them: what stands behind one, who sees which, targets, paging, refusals. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Metric, METRIC_IDS, metrics as metricsSchema, type MetricRecords } from '../../server/contract/metric.js';
import { trace as traceSchema } from '../../server/contract/trace.js';
import { METRICS } from '../../server/core/metrics/catalogue.js';
import { type Api, expectProblem, type Person, startApi } from '../support/harness.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';

const PERIOD = 'period=2026-Q2';

describe('metrics', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi();
    await loadTables(api, GOLDEN_TABLES);
  }, 60_000);
  afterAll(() => api.stop());

  const scorecard = async (query = PERIOD, person: Person = 'cio'): Promise<Map<string, Metric>> => {
    const reply = await api.as(person).get(`/metrics?${query}`);
    expect(reply.status).toBe(200);
    const { families } = metricsSchema.strict().parse(reply.body);
    return new Map(families.flatMap(({ metrics }) => metrics.map((metric) => [metric.id, metric] as const)));
  };
  const recordsAt = async (url: string): Promise<MetricRecords> => {
    const reply = await api.as('cio').get(url);
    expect({ url, status: reply.status }).toEqual({ url, status: 200 });
    return reply.body as MetricRecords;
  };

  test.each(['', '&portfolio=DIG', '&orgUnit=BU1'])(
    'each is traced to its value, formula and records%s',
    async (scope) => {
      const found = await scorecard(`${PERIOD}${scope}`);
      expect(found.size).toBe(METRICS.length);
      for (const metric of found.values()) {
        const reply = await api.as('cio').get(`/trace/${metric.id}?${PERIOD}${scope}`);
        expect({ id: metric.id, status: reply.status }).toEqual({ id: metric.id, status: 200 });
        const traced = traceSchema.strict().parse(reply.body);
        expect(traced).toMatchObject({ figure: metric.id, title: metric.name, nullReason: metric.nullReason });
        expect(traced.formula).toEqual(metric.formula);
        if (metric.value === null) expect(traced.value).toBeNull();
        else if (metric.unit === 'money') expect(traced.value).toBe(metric.value);
        else expect(Number(traced.value)).toBeCloseTo(Number(metric.value), 9);
        expect((await recordsAt(traced.records.url)).total).toBe(traced.records.count);
        expect(traced.inputs.length).toBeGreaterThan(0);
      }
    },
  );

  test('a metric has no list of records that add up to it, and takes no parameter of other figures', async () => {
    expectProblem(await api.as('cio').get('/trace/decision.time_to_decide/records'), 422, 'validation-failed');
    const reply = await api.as('cio').get('/trace/decision.time_to_decide?span=period');
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors[0].message).toContain('known for the spans to_date only');
  });

  test('the trace says what changed last behind it, and that a period under way is provisional', async () => {
    const traced = async (query: string) =>
      traceSchema.parse((await api.as('cio').get(`/trace/decision.time_to_decide?${query}`)).body);
    expect((await traced(PERIOD)).history.map(({ object }) => object)).toEqual(['import']);
    expect((await traced(PERIOD)).quality).toEqual([]);
    expect((await traced('period=2026-Q4')).quality).toEqual(['The period is not over: the value is provisional.']);
  });

  test('a stakeholder sees outcomes, quality and what stakeholders said, of own units, and nothing else', async () => {
    const found = await scorecard(PERIOD, 'stakeholder-bu1');
    expect([...found.keys()].filter((id) => !/^(outcome|quality|stakeholder)\./.test(id))).toEqual([]);
    for (const path of ['/metrics/', '/trace/'])
      expectProblem(await api.as('stakeholder-bu1').get(`${path}decision.time_to_decide`), 404, 'not-found');
    expectProblem(await api.as('stakeholder-bu1').get(`/metrics?orgUnit=BU2`), 404, 'not-found');
  });

  test('records of types that a stakeholder does not open tell what they add and not which they are', async () => {
    const types = new Set<string>();
    const told: string[] = [];
    const figures = await scorecard(PERIOD, 'stakeholder-bu1');
    for (const { id, fold, value } of figures.values()) {
      const reply = await api.as('stakeholder-bu1').get(`/metrics/${id}/records?${PERIOD}&limit=500`);
      expect(reply.status).toBe(200);
      for (const { type, code, name } of reply.body.items as MetricRecords['items']) {
        types.add(type);
        if (['decision', 'work_item', 'survey'].includes(type) && (code !== '' || !/^A .* does not open$/.test(name)))
          told.push(`${id}: ${code}`);
      }
      if (fold.of === 'count' && value !== null) expect(reply.body.total).toBe(value);
    }
    expect(told).toEqual([]);
    expect([...types]).toEqual(expect.arrayContaining(['work_item', 'benefit']));
    const { body } = await api.as('cio').get(`/metrics/quality.rework_share/records?${PERIOD}&orgUnit=BU1`);
    expect(body.items[0].code).not.toBe('');
  });

  test('no other id is a metric', async () => {
    expect(METRIC_IDS).not.toContain('flow.speed');
    for (const path of ['/metrics/flow.speed', '/metrics/flow.speed/records', '/trace/flow.speed'])
      expectProblem(await api.as('cio').get(path), 422, 'validation-failed');
  });

  test('a target holds from its period on; status is met, near or missed, by what is better', async () => {
    const set = async (metricId: string, fromPeriod: string, target: string, amber: string) =>
      expect((await api.as('cio').post('/metric-targets', { metricId, fromPeriod, target, amber })).status).toBe(201);
    const before = (await scorecard('period=2026-Q2')).get('decision.time_to_decide')!;
    const days = Number(before.value);
    expect([before.target, before.status, before.variance]).toEqual([null, null, null]);
    // Lower is better: first below what is, then between it and amber, then above it.
    await set('decision.time_to_decide', '2025-Q1', String(Math.floor(days) - 1), String(Math.floor(days) - 1));
    await set('decision.time_to_decide', '2026-Q2', String(Math.floor(days) - 1), String(Math.ceil(days) + 1));
    await set('decision.time_to_decide', '2026-Q3', String(Math.ceil(days) + 500), String(Math.ceil(days) + 501));
    const at = async (period: string) => (await scorecard(`period=${period}`)).get('decision.time_to_decide')!;
    expect((await at('2024-Q4')).target).toBeNull();
    expect((await at('2026-Q1')).target).toBe(Math.floor(days) - 1);
    const near = await at('2026-Q2');
    expect([near.status, near.variance?.impact]).toEqual(['near', 'unfavourable']);
    expect(near.variance!.share).toBeCloseTo(days / (Math.floor(days) - 1) - 1, 9);
    const met = await at('2026-Q3');
    if (met.value !== null) expect([met.status, met.variance?.impact]).toEqual(['met', 'favourable']);
    expect(met.target).toBe(Math.ceil(days) + 500);
    // Higher is better.
    await set('quality.availability', '2025-Q1', '1.5', '1.2');
    const missed = (await scorecard()).get('quality.availability')!;
    expect([missed.status, missed.variance?.impact]).toEqual(['missed', 'unfavourable']);
  });

  test('a scope hides what has no path to it, and says so', async () => {
    const portfolio = await scorecard(`${PERIOD}&portfolio=DIG`);
    expect(portfolio.get('capability.strategic_maturity')).toMatchObject({ value: null, nullReason: 'not_in_scope' });
    expect((await recordsAt(`/metrics/capability.strategic_maturity/records?${PERIOD}&portfolio=DIG`)).total).toBe(0);
  });

  test('who has an answer already gets a 304, until something changes', async () => {
    const first = await api.as('cio').get(`/metrics?${PERIOD}`);
    const again = (etag: string) => api.as('cio').get(`/metrics?${PERIOD}`, { 'If-None-Match': etag });
    expect((await again(String(first.headers.get('etag')))).status).toBe(304);
    const target = { metricId: 'flow.wip', fromPeriod: '2026-Q1', target: '10' };
    expect((await api.as('cio').post('/metric-targets', target)).status).toBe(201);
    expect((await again(String(first.headers.get('etag')))).status).toBe(200);
  });

  test('records come page by page, each once, and a cursor of somebody else is refused', async () => {
    const url = `/metrics/flow.throughput/records?${PERIOD}`;
    const whole = await recordsAt(`${url}&limit=500`);
    expect(whole.total).toBeGreaterThan(3);
    const codes: string[] = [];
    let cursor: string | null = null;
    do {
      const page: MetricRecords = await recordsAt(`${url}&limit=3${cursor === null ? '' : `&cursor=${cursor}`}`);
      codes.push(...page.items.map(({ code }) => code));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(codes).toEqual(whole.items.map(({ code }) => code));
    expectProblem(await api.as('cio').get(`${url}&cursor=nonsense`), 422, 'validation-failed');
  });
});
