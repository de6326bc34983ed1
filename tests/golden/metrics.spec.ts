/**
 * Every metric of the API against figures that a second, independent implementation worked out from the same tables: value, n and detail, to one
 * part in a million (money to half a cent), and each figure again from the records that are listed behind it.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { METRIC_IDS, type Metric, metrics as metricsSchema } from '../../server/contract/metric.js';
import { type Api, startApi } from '../support/harness.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';
import { recordsBehind, refolded } from '../support/metrics.js';

interface Wanted {
  value: number | null;
  n: number;
  detail?: Record<string, unknown>;
}
type Golden = Record<string, { metrics: Record<string, Wanted> }>;

const folder = new URL('./data/', import.meta.url);
const golden = (name: string): Golden => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Golden;

const isClose = (found: unknown, wanted: unknown, slack: number): boolean =>
  wanted === null || found === null || found === undefined
    ? wanted === null && found === null
    : Math.abs(Number(found) - Number(wanted)) <= Math.max(slack, Math.abs(Number(wanted)) * 1e-6);

/** Half a unit of the last of the ten decimals that the golden file prints. */
const PRINTED = 5e-11;

const detailDifferences = (found: unknown, wanted: unknown, path: string): string[] => {
  if (wanted !== null && typeof wanted === 'object')
    return Object.entries(wanted).flatMap(([name, inner]) =>
      detailDifferences((found as Record<string, unknown> | undefined)?.[name], inner, `${path}.${name}`),
    );
  return isClose(found, wanted, PRINTED) ? [] : [`${path}: ${String(found)}, expected ${String(wanted)}`];
};

const differences = (found: Metric | undefined, wanted: Wanted): string[] => {
  if (!found) return ['is not there'];
  const slack = found.unit === 'money' ? 0.005 + 1e-9 : PRINTED;
  return [
    ...(isClose(found.value, wanted.value, slack) ? [] : [`value ${found.value}, expected ${wanted.value}`]),
    ...(found.n === wanted.n ? [] : [`n ${found.n}, expected ${wanted.n}`]),
    ...(wanted.value === null ? (found.nullReason === null ? ['has no reason for its null'] : []) : []),
    ...detailDifferences(found.detail, wanted.detail ?? {}, 'detail'),
  ];
};

const FILES = [
  ['expected.json', ''],
  ['expected-portfolio-DIG.json', '&portfolio=DIG'],
  ['expected-unit-BU1.json', '&orgUnit=BU1'],
] as const;
const CASES = FILES.flatMap(([file, scope]) =>
  Object.keys(golden(file)).map((period) => [file, period, scope] as const),
);

describe('the metrics of the golden tables', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi();
    await loadTables(api, GOLDEN_TABLES);
  }, 60_000);
  afterAll(() => api.stop());

  const scorecard = async (period: string, scope: string): Promise<Map<string, Metric>> => {
    const reply = await api.as('cio').get(`/metrics?period=${period}${scope}`);
    expect(reply.status).toBe(200);
    const { families } = metricsSchema.strict().parse(reply.body);
    return new Map(families.flatMap(({ metrics }) => metrics.map((metric) => [metric.id, metric] as const)));
  };

  test('are those of the contract, each with a figure in the golden files', () => {
    const told = Object.keys(Object.values(golden('expected.json'))[0]!.metrics);
    expect([...METRIC_IDS].sort()).toEqual([...told].sort());
  });

  test.each(CASES)('agree with %s at %s%s', async (file, period, scope) => {
    const found = await scorecard(period, scope);
    const wrong = Object.entries(golden(file)[period]!.metrics).flatMap(([id, wanted]) =>
      differences(found.get(id), wanted).map((each) => `${id}: ${each}`),
    );
    expect(wrong).toEqual([]);
  });

  test.each(CASES)('are recomputed from the records behind them (%s at %s%s)', async (_file, period, scope) => {
    const found = await scorecard(period, scope);
    const wrong: string[] = [];
    for (const metric of found.values()) {
      const records = await recordsBehind(api, metric.id, `period=${period}${scope}`);
      const again = refolded(records);
      const slack = metric.unit === 'money' ? 0.005 + 1e-9 : 1e-9;
      if (metric.value === null) {
        if (records.items.length > 0 && metric.nullReason !== 'no_ranking' && again !== null)
          wrong.push(`${metric.id} has no value, its records give ${again}`);
      } else if (!isClose(again, metric.value, slack))
        wrong.push(`${metric.id}: ${metric.value}, its ${records.items.length} records give ${again}`);
    }
    expect(wrong).toEqual([]);
  });
});
