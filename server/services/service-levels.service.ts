import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import {
  SERVICE_FIGURES,
  SERVICE_METRICS,
  type ServiceFigureName,
  type ServiceFigureWithTrend,
  type ServiceHistory,
  type ServiceLevels,
} from '../contract/service-level.js';
import { addMonths, monthOf } from '../core/period.js';
import { notFound } from '../http/problem.js';
import type { Reading } from '../http/reading.js';
import { MetricsService } from '../metrics/metrics.service.js';
import { ServiceMetricsService, type ServicePoints } from '../metrics/service-metrics.service.js';
import { impossibleMonths, monthsOf, serviceAt, servicesOf } from './service-levels.queries.js';

/** Months of a service's history. */
const HISTORY = 24;
/** Points of a figure that nothing is recorded for. */
const NOTHING: ServiceFigureWithTrend = {
  value: null,
  n: 0,
  nullReason: 'no_records',
  trend: [],
  signal: { state: 'insufficient', direction: null, rule: null, points: 0, limits: null },
};

/** How services ran: the metrics of quality, worked out for each service from its own months. */
@Injectable()
export class ServiceLevelsService {
  constructor(
    private readonly metrics: MetricsService,
    private readonly each: ServiceMetricsService,
  ) {}

  /** Services of the scope with their figures of the period, and the family of quality over all of them, as JSON text. */
  async levels(manager: EntityManager, reading: Reading, who: Principal): Promise<string> {
    const services = reading.scope.portfolioId === null ? await servicesOf(manager, reading.scope) : [];
    const points = await this.each.byPeriod(manager, reading);
    return JSON.stringify({
      period: reading.period,
      metrics: await this.metrics.family(manager, reading, who, 'quality'),
      items: services.map(({ id: _id, ...service }) => ({ ...service, figures: figuresOf(points, service.code) })),
      impossible: reading.scope.portfolioId === null ? await impossibleMonths(manager, reading.scope, reading.end) : [],
    } satisfies ServiceLevels);
  }

  /**
   * One service with its months, as JSON text.
   * @throws Problem 404 for a service that is not there, or outside the scope
   */
  async history(manager: EntityManager, reading: Reading, ref: string): Promise<string> {
    const service = reading.scope.portfolioId === null ? await serviceAt(manager, reading.scope, ref) : undefined;
    if (!service) throw notFound();
    const { id, ...shown } = service;
    const end = monthOf(reading.end);
    const months = Array.from({ length: HISTORY }, (_, index) => addMonths(end, index - HISTORY));
    const recorded = await monthsOf(manager, id, `${months[0]}-01`, reading.end);
    return JSON.stringify({
      ...shown,
      period: reading.period,
      figures: figuresOf(await this.each.byPeriod(manager, reading), service.code),
      byMonth: figuresOf(await this.each.byMonth(manager, reading, months), service.code),
      months: recorded.filter(({ month }) => `${month}-01` >= reading.start),
      recorded: [...recorded].reverse(),
    } satisfies ServiceHistory);
  }
}

const figuresOf = (points: ServicePoints, code: string): Record<ServiceFigureName, ServiceFigureWithTrend> => {
  const own = points.get(code);
  return Object.fromEntries(
    SERVICE_FIGURES.map((name) => [name, own?.get(SERVICE_METRICS[name]) ?? NOTHING]),
  ) as Record<ServiceFigureName, ServiceFigureWithTrend>;
};
