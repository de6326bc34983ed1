import { describe, expect, test } from '@jest/globals';
import type { MetricId } from '../../contract/metric.js';
import { ratio } from '../money.js';
import type { MetricFacts } from './facts.js';
import { flowMetrics, type InitiativeFacts, type ItemFacts } from './flow.js';
import { qualityMetrics, type ServiceFacts } from './quality.js';

const ITEMS: ItemFacts = {
  period: '2026-Q3',
  seen: 0,
  delivered: 0,
  cycleDays: null,
  microseconds: 0n,
  waitingMicroseconds: 0n,
  handoffs: 0n,
  dependencies: 0n,
  reworked: 0,
  nonDefects: 0,
  defects: 0,
  inProgress: 0,
};
const INITIATIVES: InitiativeFacts = { period: '2026-Q3', delivered: 0, onTime: 0 };
const SERVICES: ServiceFacts = {
  period: '2026-Q3',
  availability: { months: 0, downtimeMinutes: 0n, agreedMinutes: 0n },
  performance: { months: 0, withinTarget: 0n, requests: 0n },
  changes: { months: 0, failed: 0n, changes: 0n },
  incidents: { months: 0, incidents: 0n },
};

interface Facts {
  items?: Partial<ItemFacts>;
  initiatives?: Partial<InitiativeFacts>;
  services?: Partial<ServiceFacts>;
}

/** Value, n and reason in a period that follows one without anything. */
const figure = (id: MetricId, { items, initiatives, services }: Facts = {}) => {
  const metric = [...flowMetrics, ...qualityMetrics].find((each) => each.id === id)!;
  const facts = {
    items: [ITEMS, { ...ITEMS, ...items }],
    initiatives: [INITIATIVES, { ...INITIATIVES, ...initiatives }],
    services: [SERVICES, { ...SERVICES, ...services }],
  } as unknown as MetricFacts;
  const { value, n, nullReason } = metric.compute(facts, 1);
  return [value === null || typeof value === 'number' ? value : ratio(value.n, value.d), n, nullReason];
};

describe('the metrics of flow', () => {
  const items = { delivered: 4, cycleDays: { median: 12.5, p85: 40 }, microseconds: 400n, waitingMicroseconds: 300n };

  test('cycle time is the median, the 85th percentile beside it', () => {
    expect(figure('flow.cycle_time', { items })).toEqual([12.5, 4, null]);
    const metric = flowMetrics.find(({ id }) => id === 'flow.cycle_time')!;
    expect(metric.compute({ items: [ITEMS, { ...ITEMS, ...items }] } as unknown as MetricFacts, 1).detail).toEqual({
      p85: 40,
    });
  });

  test('the waiting share is a ratio of sums; what took no time has none', () => {
    expect(figure('flow.waiting_share', { items })).toEqual([0.75, 4, null]);
    expect(figure('flow.waiting_share', { items: { delivered: 2 } })).toEqual([null, 2, 'zero_denominator']);
  });

  test('handoffs and dependencies are means over items delivered', () => {
    expect(figure('flow.handoffs', { items: { ...items, handoffs: 6n } })).toEqual([1.5, 4, null]);
    expect(figure('flow.dependencies', { items: { ...items, dependencies: 1n } })).toEqual([0.25, 4, null]);
  });

  test('counts over nothing are 0, means over nothing are not known', () => {
    expect(figure('flow.throughput')).toEqual([0, 0, null]);
    expect(figure('flow.wip')).toEqual([0, 0, null]);
    for (const id of ['flow.cycle_time', 'flow.waiting_share', 'flow.handoffs', 'flow.dependencies'] as const)
      expect([id, ...figure(id)]).toEqual([id, null, 0, 'no_records']);
  });

  test('a count of 0 is blank only before any item moved', () => {
    for (const id of ['flow.throughput', 'flow.wip'] as const) {
      const { compute } = flowMetrics.find((each) => each.id === id)!;
      const at = (seen: number) => compute({ items: [ITEMS, { ...ITEMS, seen }] } as unknown as MetricFacts, 1);
      expect([at(0), at(3)]).toMatchObject([
        { value: { n: 0n }, isBlank: true },
        { value: { n: 0n }, isBlank: false },
      ]);
    }
  });

  test('predictability is of initiatives that have both dates', () => {
    expect(figure('flow.delivery_predictability', { initiatives: { delivered: 4, onTime: 3 } })).toEqual([
      0.75,
      4,
      null,
    ]);
    expect(figure('flow.delivery_predictability')).toEqual([null, 0, 'no_records']);
  });
});

describe('the metrics of quality', () => {
  test('availability is what is left after downtime', () => {
    const services = { availability: { months: 3, downtimeMinutes: 25n, agreedMinutes: 10_000n } };
    expect(figure('quality.availability', { services })).toEqual([0.9975, 3, null]);
    const none = { availability: { months: 2, downtimeMinutes: 0n, agreedMinutes: 0n } };
    expect(figure('quality.availability', { services: none })).toEqual([null, 2, 'zero_denominator']);
    expect(figure('quality.availability')).toEqual([null, 0, 'no_records']);
  });

  test('requests, changes and incidents each have months of their own', () => {
    const services = {
      performance: { months: 1, withinTarget: 9n, requests: 12n },
      changes: { months: 2, failed: 1n, changes: 8n },
      incidents: { months: 3, incidents: 12n },
    };
    expect(figure('quality.performance_attainment', { services })).toEqual([0.75, 1, null]);
    expect(figure('quality.change_failure_rate', { services })).toEqual([0.125, 2, null]);
    expect(figure('quality.incidents_per_service_month', { services })).toEqual([4, 3, null]);
  });

  test('defects are held against items delivered that are none', () => {
    expect(figure('quality.defect_rate', { items: { defects: 3, nonDefects: 12 } })).toEqual([0.25, 12, null]);
    expect(figure('quality.defect_rate', { items: { defects: 3 } })).toEqual([null, 0, 'zero_denominator']);
    expect(figure('quality.defect_rate')).toEqual([null, 0, 'no_records']);
    expect(figure('quality.rework_share', { items: { delivered: 4, reworked: 1 } })).toEqual([0.25, 4, null]);
  });
});
