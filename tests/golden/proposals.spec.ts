/**
 * The Python enhancement proposals as a decision log: real data, and the reference figures of its README
 * (`tests/golden/bundles/python-peps-decisions/README.md`).
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Metric, type MetricId, metric as metricSchema } from '../../server/contract/metric.js';
import { addPeriods } from '../../server/core/period.js';
import { startWith } from '../support/bundles.js';
import type { Api } from '../support/harness.js';
import { recordsBehind, refolded } from '../support/metrics.js';

/** The first decision was taken in 2000-Q3, the last before 2026-Q4: nine trends of 12 quarters hold all of them. */
const TRENDS = Array.from({ length: 9 }, (_, index) => addPeriods('2002-Q4', index * 12));

describe('the Python enhancement proposals', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startWith('python-peps-decisions', 'USD', 1);
  }, 60_000);
  afterAll(() => api.stop());

  const ask = async (id: MetricId, period: string): Promise<Metric> => {
    const reply = await api.as('admin').get(`/metrics/${id}?period=${period}`);
    expect(reply.status).toBe(200);
    return metricSchema.parse(reply.body);
  };
  const everyQuarter = async (id: MetricId): Promise<Metric['trend']> =>
    (await Promise.all(TRENDS.map((period) => ask(id, period)))).flatMap(({ trend }) => trend);

  test.each([
    ['2007-Q2', 496.5, 32, 2177.35],
    ['2013-Q2', 1034, 19, 2169.3],
    ['2019-Q1', 1625, 15, 2106.8],
    ['2022-Q1', 118.5, 12, 441.9],
    ['2025-Q2', 119, 13, 525.8],
  ])('took, in %s, a median of %d days for %d decisions', async (period, median, n, p85) => {
    const { value, n: found, detail } = await ask('decision.time_to_decide', period);
    expect([value, found]).toEqual([median, n]);
    expect(detail['p85']).toBeCloseTo(p85, 6);
    expect(detail['allKinds']).toBe(median);
  });

  test('are 663, of which 616 are decided', async () => {
    expect(
      await api.sql(`select count(*)::int as all, count(decided_at)::int as decided, count(*) filter (where outcome = 'approved')::int as approved,
          count(*) filter (where outcome = 'declined')::int as declined, count(*) filter (where outcome = 'deferred')::int as deferred,
          count(*) filter (where decided_at is not null and f.code = 'PEP-DELEGATE')::int as delegated
        from decisions d left join forums f on f.id = d.forum_id`),
    ).toEqual([{ all: 663, decided: 616, approved: 388, declined: 167, deferred: 61, delegated: 117 }]);
    const { total } = (await api.as('admin').get('/decisions?limit=1')).body;
    expect(total).toBe(663);
  });

  test('took a median of 212.5 days in all, by the records behind every quarter', async () => {
    const quarters = TRENDS.flatMap((last) => Array.from({ length: 12 }, (_, index) => addPeriods(last, index - 11)));
    const pages = await Promise.all(
      quarters.map((period) => recordsBehind(api, 'decision.time_to_decide', `period=${period}`, 'admin')),
    );
    const items = pages.flatMap((page) => page.items);
    expect(items).toHaveLength(616);
    expect(refolded({ ...pages[0]!, items })).toBe(212.5);
    const days = items.map(({ cells }) => Number(cells[2])).sort((a, b) => a - b);
    const at = 0.85 * (days.length - 1);
    const low = days[Math.floor(at)]!;
    expect(low + (days[Math.ceil(at)]! - low) * (at % 1)).toBeCloseTo(1188.75, 6);
  });

  test('are never overdue and never escalated, and state no level', async () => {
    const overdue = await everyQuarter('decision.overdue_open');
    expect(overdue.every(({ value }) => value === 0)).toBe(true);
    const decided = await everyQuarter('decision.time_to_decide');
    expect(decided.reduce((sum, { n }) => sum + n, 0)).toBe(616);
    const escalations = await everyQuarter('decision.escalation_levels');
    expect(escalations.map(({ value }) => value)).toEqual(decided.map(({ n }) => (n > 0 ? 0 : null)));
    const levels = await everyQuarter('decision.at_intended_level_share');
    expect(levels.every(({ value, n }) => value === null && n === 0)).toBe(true);
  });
});
