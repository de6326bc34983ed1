import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MetricId, MetricNull, Signal } from '../contract/metric.js';
import { serviceMetrics, type ServiceFacts } from '../core/metrics/quality.js';
import { addMonths } from '../core/period.js';
import { signalOfPeriod } from '../core/signal.js';
import type { Reading } from '../http/reading.js';
import { boundsOf, boundsOfTrend, type Bounds } from './bounds.js';
import { numberOf } from '../core/metrics/judged.js';
import { readSumsByService } from './services.queries.js';

/** A metric of one service over time, the last point's value first. */
export interface ServicePoint {
  readonly value: number | null;
  /** Months behind the value. */
  readonly n: number;
  readonly nullReason: MetricNull | null;
  readonly trend: { period: string; value: number | null }[];
  readonly signal: Signal;
}
/** By code of the service, then by metric; services that state nothing are not there. */
export type ServicePoints = ReadonlyMap<string, ReadonlyMap<MetricId, ServicePoint>>;

/** The metrics of quality that rest on service months, for each service of the scope alone: the same sums, the same formulas. */
@Injectable()
export class ServiceMetricsService {
  /** Over the periods of the trend, the asked one last. */
  byPeriod(manager: EntityManager, reading: Reading): Promise<ServicePoints> {
    return pointsOf(manager, reading, boundsOfTrend(reading).slice(1));
  }

  /** Over months (`2026-07`) that follow each other. */
  byMonth(manager: EntityManager, reading: Reading, months: readonly string[]): Promise<ServicePoints> {
    const period = boundsOf(reading);
    return pointsOf(
      manager,
      reading,
      months.map((month) => ({ ...period, period: month, start: `${month}-01`, end: `${addMonths(month, 1)}-01` })),
    );
  }
}

const pointsOf = async (manager: EntityManager, reading: Reading, times: readonly Bounds[]): Promise<ServicePoints> => {
  const sums = await readSumsByService(manager, reading, times);
  return new Map([...sums].map(([code, services]) => [code, ownPoints(services)]));
};

const ownPoints = (services: readonly ServiceFacts[]): ReadonlyMap<MetricId, ServicePoint> =>
  new Map(
    serviceMetrics.map((metric) => {
      const points = services.map((_, at) => metric.compute({ services }, at));
      const trend = points.map(({ value }, at) => ({ period: services[at]!.period, value: numberOf(value) }));
      const { n, nullReason } = points.at(-1)!;
      const signal = signalOfPeriod(
        trend.map(({ value }) => value),
        metric.better,
      );
      return [metric.id, { value: trend.at(-1)!.value, n, nullReason, trend, signal }];
    }),
  );
