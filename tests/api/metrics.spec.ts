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

  test('no other id is a metric', async () => {
    expect(METRIC_IDS).not.toContain('flow.speed');
    for (const path of ['/metrics/flow.speed', '/metrics/flow.speed/records', '/trace/flow.speed'])
      expectProblem(await api.as('cio').get(path), 422, 'validation-failed');
  });
});
