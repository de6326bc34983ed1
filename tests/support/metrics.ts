import { expect } from '@jest/globals';
import {
  type Metric,
  type MetricNull,
  type MetricRecords,
  metricRecords,
  metrics as metricsSchema,
} from '../../server/contract/metric.js';
import type { Api, Person } from './harness.js';

/** The metrics of the scorecard, by id. */
export const scorecardOf = async (api: Api, query: string, who: Person = 'cio'): Promise<Map<string, Metric>> => {
  const reply = await api.as(who).get(`/metrics?${query}`);
  expect(reply.status).toBe(200);
  const { families } = metricsSchema.strict().parse(reply.body);
  return new Map(families.flatMap(({ metrics }) => metrics.map((metric) => [metric.id, metric] as const)));
};

/** Ids of the metrics without a value, by the reason that they give. */
export const unknownIn = (found: ReadonlyMap<string, Metric>): Partial<Record<MetricNull, string[]>> => {
  const unknown: Partial<Record<MetricNull, string[]>> = {};
  for (const { id, value, nullReason } of found.values()) {
    expect([id, value === null]).toEqual([id, nullReason !== null]);
    if (nullReason !== null) (unknown[nullReason] ??= []).push(id);
  }
  return unknown;
};

/** What of a scorecard does not follow from the records behind it: nothing, where all is well. */
export const notRecomputed = async (
  api: Api,
  found: ReadonlyMap<string, Metric>,
  query: string,
  who: Person = 'cio',
): Promise<string[]> => {
  const wrong: string[] = [];
  for (const { id, unit, value } of found.values()) {
    const records = await recordsBehind(api, id, query, who);
    const again = refolded(records);
    const told = `${id}: ${value}, its ${records.items.length} records give ${again}`;
    // Nothing adds up to 0 where the figure is not known: no record says otherwise.
    if (value === null ? records.items.length > 0 && again !== null : !isClose(again, value, slackOf(unit)))
      wrong.push(told);
  }
  return wrong;
};

/** To one part in a million, or to `slack`. */
export const isClose = (found: unknown, wanted: unknown, slack: number): boolean =>
  wanted === null || found === null || found === undefined
    ? wanted === null && found === null
    : Math.abs(Number(found) - Number(wanted)) <= Math.max(slack, Math.abs(Number(wanted)) * 1e-6);

/** Money is rounded to the minor unit where it leaves: to half a cent of it. */
const slackOf = (unit: Metric['unit']): number => (unit === 'money' ? 0.005 + 1e-9 : 1e-9);

/** All records behind a metric, over its pages. */
export const recordsBehind = async (
  api: Api,
  id: string,
  query: string,
  who: Person = 'cio',
): Promise<MetricRecords> => {
  const items: MetricRecords['items'] = [];
  let cursor: string | null = null;
  for (;;) {
    const more: string = cursor === null ? '' : `&cursor=${cursor}`;
    const reply = await api.as(who).get(`/metrics/${id}/records?${query}&limit=500${more}`);
    expect(reply.status).toBe(200);
    const page = metricRecords.strict().parse(reply.body);
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) {
      expect(items).toHaveLength(page.total);
      return { ...page, items };
    }
  }
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** The value that the records give when they are folded as the metric says; null where nothing can be divided by. */
export const refolded = ({ fold, columns, items }: MetricRecords): number | null => {
  const cells = (name: string | null): number[] => {
    const at = columns.findIndex(({ id }) => id === name);
    expect(at).toBeGreaterThanOrEqual(0);
    // A blank cell is no number: such a record counts in the other column only.
    return items.flatMap(({ cells: row }) => (row[at] === null ? [] : [Number(row[at])]));
  };
  const over = (a: number, b: number): number | null => (b === 0 ? null : a / b);
  switch (fold.of) {
    case 'count':
      return items.length;
    case 'sum':
      return sum(cells(fold.a));
    case 'mean':
      return over(sum(cells(fold.a)), cells(fold.a).length);
    case 'median': {
      const sorted = cells(fold.a).sort((a, b) => a - b);
      if (sorted.length === 0) return null;
      const half = (sorted.length - 1) / 2;
      return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
    }
    case 'ratio':
      return over(sum(cells(fold.a)), sum(cells(fold.b)));
    case 'complement': {
      const share = over(sum(cells(fold.a)), sum(cells(fold.b)));
      return share === null ? null : 1 - share;
    }
  }
};
