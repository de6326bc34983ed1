import { expect } from '@jest/globals';
import { type MetricRecords, metricRecords } from '../../server/contract/metric.js';
import type { Api, Person } from './harness.js';

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
