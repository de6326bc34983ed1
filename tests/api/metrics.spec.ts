/** Metrics as the API answers them: what stands behind one, who sees which, targets, paging, refusals. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Metric, METRIC_IDS, metrics as metricsSchema, type MetricRecords } from '../../server/contract/metric.js';
import { metricPage } from '../../server/contract/metric-page.js';
import { trace as traceSchema } from '../../server/contract/trace.js';
import { METRICS } from '../../server/core/metrics/catalogue.js';
import { type Api, expectProblem, type Person, startApi } from '../support/harness.js';

const PERIOD = 'period=2026-Q2';

describe('metrics', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ golden: true });
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

  test.each([
    ['cio', '', 46],
    ['cio', '&orgUnit=BU1', 46],
    ['stakeholder-bu1', '', 21],
  ] as const)(
    'each says what it is made of, and what stands beside it; inputs that are figures carry their own trace (%s%s)',
    async (person, scope, metrics) => {
      const wrong: string[] = [];
      const traced = new Set<string>();
      const found = await scorecard(`${PERIOD}${scope}`, person);
      expect(found.size).toBe(metrics);
      for (const { id, value, unit, detail } of found.values()) {
        const reply = await api.as(person).get(`/metrics/${id}?${PERIOD}${scope}`);
        const page = metricPage.strict().parse(reply.body);
        const panel = traceSchema.parse((await api.as(person).get(`/trace/${id}?${PERIOD}${scope}`)).body);
        if (value !== null && page.inputs.length < (id.startsWith('flow.') && unit === 'days' ? 1 : 2))
          wrong.push(`${id} says not what it is made of`);
        if (value !== null)
          expect(panel.inputs.map(({ label }) => label)).toEqual(page.inputs.map(({ label }) => label));
        expect(page.beside.map((each) => each.id)).toEqual(expect.arrayContaining(Object.keys(detail)));
        expect(page.definitions.at(-1)!.version).toBe(page.formula.version);
        for (const [at, input] of page.inputs.entries()) {
          expect(input.trend).toHaveLength(12);
          expect(input.trend.at(-1)).toEqual(input.value);
          expect(panel.inputs[at]!.trace).toBe(input.trace);
          if (input.trace === null) continue;
          traced.add(input.trace.split('?')[0]!);
          const own = await api.as(person).get(input.trace);
          const same = own.body.value === panel.inputs[at]!.value;
          if (own.status !== 200 || !same)
            wrong.push(`${id}: ${input.label} ${input.value}, ${input.trace}: ${own.status} ${own.body.value}`);
        }
      }
      expect(wrong).toEqual([]);
      expect([...traced]).toEqual(
        expect.arrayContaining(person === 'cio' ? ['/trace/spend', '/trace/flow.throughput', '/trace/realised'] : []),
      );
    },
  );

  test('what stands beside a figure is a value or a table, with words, on its page and in its trace', async () => {
    const page = async (id: string) => metricPage.parse((await api.as('cio').get(`/metrics/${id}?${PERIOD}`)).body);
    const distribution = (await page('alignment.top_priority_spend_share')).beside[0]!;
    expect(distribution).toMatchObject({ id: 'distribution', label: 'Share of spend by priority', value: null });
    const shares = distribution.parts!.map(({ value }) => Number(value));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    const { beside } = traceSchema.parse(
      (await api.as('cio').get(`/trace/alignment.top_priority_spend_share?${PERIOD}`)).body,
    );
    expect(beside.map(({ group }) => group)).toEqual(shares.map(() => 'Share of spend by priority'));
    const { beside: times, detail } = await page('decision.time_to_decide');
    expect(times.map(({ label, value }) => [label, value])).toEqual([
      ['85 of 100 are decided within', detail['p85']],
      ['Median of decisions of all kinds', detail['allKinds']],
    ]);
  });

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

  test('those that are asked for come as on the whole scorecard, and those that are not the reader’s are left out', async () => {
    const whole = await scorecard(PERIOD);
    const ids = ['outcome.realisation_rate', 'flow.cycle_time', 'decision.overdue_open'];
    const only = `${PERIOD}&only=${ids.join(',')}`;
    const some = await scorecard(only);
    expect([...some.keys()].sort()).toEqual([...ids].sort());
    for (const [id, metric] of some) {
      const { lastRecordedOn, ...rest } = whole.get(id)!;
      expect([metric, lastRecordedOn]).toEqual([rest, expect.any(String)]);
    }
    expect([...(await scorecard(only, 'stakeholder-bu1')).keys()]).toEqual(['outcome.realisation_rate']);
    expectProblem(await api.as('cio').get('/metrics?only=flow.cycle_time,flow.speed'), 422, 'validation-failed');
    expectProblem(await api.as('cio').get('/metrics?only='), 422, 'validation-failed');
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
    await set('quality.availability', '2025-Q1', '1', '1');
    const missed = (await scorecard()).get('quality.availability')!;
    expect([missed.status, missed.variance?.impact]).toEqual(['missed', 'unfavourable']);
  });

  test('a target of what adds up is one of the enterprise: no part of it is judged by that, nor a reader’s own units', async () => {
    const targets = { 'flow.throughput': '10000', 'outcome.cost_saved': '90000000', 'flow.cycle_time': '1' };
    for (const [metricId, target] of Object.entries(targets)) {
      const body = { metricId, fromPeriod: '2025-Q1', target, amber: target };
      expect((await api.as('cio').post('/metric-targets', body)).status).toBe(201);
    }
    const told = ({ target, isTargetOfEnterprise, status, variance, assurance }: Metric) => {
      const isJudged = [status, variance, assurance].some((each) => each !== null);
      return [Number(target), isTargetOfEnterprise, isJudged, status];
    };
    const whole = await scorecard();
    expect(told(whole.get('flow.throughput')!)).toEqual([10_000, false, true, 'missed']);
    expect(told(whole.get('outcome.cost_saved')!)).toEqual([90_000_000, false, true, 'missed']);
    for (const part of ['portfolio=DIG', 'orgUnit=BU1']) {
      const found = await scorecard(`${PERIOD}&${part}`);
      expect(told(found.get('flow.throughput')!)).toEqual([10_000, true, false, null]);
      // What is to be fast in the whole is to be fast in each part; without a target there is none of the enterprise.
      expect(told(found.get('flow.cycle_time')!)).toEqual([1, false, true, 'missed']);
      expect(found.get('outcome.risk_reduced')!.isTargetOfEnterprise).toBe(false);
      const page = await api.as('cio').get(`/metrics/flow.throughput?${PERIOD}&${part}`);
      expect(told(page.body)).toEqual([10_000, true, false, null]);
    }
    const own = await scorecard(PERIOD, 'stakeholder-bu1');
    expect(told(own.get('outcome.cost_saved')!)).toEqual([90_000_000, true, false, null]);
  });

  test('says when a record that feeds it was written last; of surveys only when a round was closed or imported', async () => {
    const days = async (person: Person = 'cio') =>
      new Map([...(await scorecard(PERIOD, person))].map(([id, { lastRecordedOn }]) => [id, lastRecordedOn]));
    const imported = await days();
    expect(new Set(imported.values())).toEqual(new Set(['2026-11-21']));
    // The reporting time zone says which day it is; a record of another kind says nothing of these.
    await api.sql(`update settings set reporting_time_zone = 'Europe/Berlin', version = version + 1`);
    const event = { at: '2026-11-21T23:30:00.000Z', actor: 'a', action: 'changed', objectId: null };
    for (const objectType of ['decision', 'survey', 'survey_response', 'settings', 'metric_target'])
      await api.sql('select append_audit_event($1)', [JSON.stringify({ ...event, objectType })]);
    await api.sql('update data_versions set version = version + 1');
    const later = await days();
    expect([...later].filter(([, on]) => on === '2026-11-22').map(([id]) => id)).toEqual([
      ...[...later.keys()].filter((id) => id.startsWith('decision.')),
      'stakeholder.strategic_involvement',
    ]);
    expect((await days('stakeholder-bu1')).get('stakeholder.strategic_involvement')).toBe('2026-11-22');
    // Neither a write to a survey nor an answer tells its day.
    expect(later.get('stakeholder.satisfaction')).toBe('2026-11-21');
    const page = metricPage.parse((await api.as('cio').get(`/metrics/decision.overdue_open?${PERIOD}`)).body);
    expect(page.lastRecordedOn).toBe('2026-11-22');
    // What a revert takes back it writes, too.
    const content = 'outcome_code,measured_on,value\nOUT-1,2026-06-29,7\n';
    const { body } = await api.as('admin').upload('/imports', [{ name: 'outcome_measurements.csv', content }]);
    expect((await api.as('admin').post(`/imports/${body.id}/revert`)).status).toBe(200);
    await api.sql(`update imports set reverted_at = '2026-11-24T10:00:00Z' where id = $1`, [body.id]);
    await api.sql('update data_versions set version = version + 1');
    const reverted = await days();
    expect([reverted.get('outcome.attained_share'), reverted.get('decision.overdue_open')]).toEqual([
      '2026-11-24',
      '2026-11-22',
    ]);
    await api.sql(`update settings set reporting_time_zone = 'UTC', version = version + 1`);
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
