/** Real incidents of a service desk, with the figures of flow and quality that the README of the bundle says must come out. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Metric } from '../../server/contract/metric.js';
import { startWith } from '../support/bundles.js';
import type { Api } from '../support/harness.js';
import { recordsBehind, refolded } from '../support/metrics.js';

const PERIODS = ['2016-Q1', '2016-Q2', '2016-Q3'] as const;

/** The table of the README: rows are metrics, columns quarters, decimals as printed there. */
const stated = (): [name: string, period: string, figure: string][] => {
  const readme = readFileSync(new URL('./bundles/servicenow-incidents/README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| (`[^|]+`) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$/gm)];
  return rows.flatMap(([, name, ...figures]) =>
    PERIODS.map((period, index): [string, string, string] => [name!.replaceAll('`', ''), period, figures[index]!]),
  );
};

describe('the incidents of a service desk', () => {
  let api: Api;
  const found = new Map<string, Map<string, Metric>>();

  beforeAll(async () => {
    api = await startWith('servicenow-incidents', 'USD', 1);
    for (const period of PERIODS) {
      const { body } = await api.as('admin').get(`/metrics?period=${period}`);
      const metrics: Metric[] = body.families.flatMap((family: { metrics: Metric[] }) => family.metrics);
      found.set(period, new Map(metrics.map((metric) => [metric.id, metric])));
    }
  }, 120_000);
  afterAll(() => api.stop());

  const figure = (period: string, name: string): number => {
    const [detail, id] = name.includes(' of ') ? name.split(' of ') : [null, name];
    const metric = found.get(period)!.get(id!)!;
    return Number(detail ? metric.detail[detail] : metric.value);
  };

  test('the README states seven figures for three quarters', () => {
    expect(stated()).toHaveLength(21);
  });

  test.each(stated())('%s of %s is %s', (name, period, wanted) => {
    const decimals = wanted.split('.')[1]?.length ?? 0;
    expect(figure(period, name).toFixed(decimals)).toBe(wanted);
  });

  test.each(PERIODS)('there are no defects and no dependencies in %s', (period) => {
    expect(figure(period, 'quality.defect_rate')).toBe(0);
    expect(figure(period, 'flow.dependencies')).toBe(0);
  });

  test('each figure comes from the records listed behind it', async () => {
    for (const id of ['flow.cycle_time', 'flow.waiting_share', 'flow.handoffs', 'flow.wip', 'quality.rework_share']) {
      const records = await recordsBehind(api, id, 'period=2016-Q2', 'admin');
      expect([id, refolded(records)]).toEqual([id, expect.closeTo(figure('2016-Q2', id), 9)]);
    }
  });
});
