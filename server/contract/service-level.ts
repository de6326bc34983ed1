import { z } from 'zod';
import { metric, METRIC_NULLS, signal } from './metric.js';
import * as p from './primitives.js';

/** How services ran: the figures of quality, service by service and month by month. */

/** The metrics that are measured service by service; each is a field of a service's figures. */
export const SERVICE_METRICS = {
  availability: 'quality.availability',
  performance: 'quality.performance_attainment',
  changeFailure: 'quality.change_failure_rate',
  incidents: 'quality.incidents_per_service_month',
} as const;
export type ServiceFigureName = keyof typeof SERVICE_METRICS;
export const SERVICE_FIGURES = Object.keys(SERVICE_METRICS) as ServiceFigureName[];

/** A metric of one service alone: the same formula over its own months. */
const figure = z
  .object({
    value: z.number().nullable(),
    /** Months behind the value. */
    n: z.number().int(),
    nullReason: z.enum(METRIC_NULLS).nullable(),
  })
  .meta({ id: 'ServiceFigure' });
export type ServiceFigure = z.infer<typeof figure>;

const figureWithTrend = figure
  .extend({
    /** In order of time, the asked one last; `period` is a quarter or a month. */
    trend: z.array(z.object({ period: z.string(), value: z.number().nullable() })),
    signal,
  })
  .meta({ id: 'ServiceFigureWithTrend' });
export type ServiceFigureWithTrend = z.infer<typeof figureWithTrend>;

const figures = z.object({
  availability: figureWithTrend,
  performance: figureWithTrend,
  changeFailure: figureWithTrend,
  incidents: figureWithTrend,
});

const named = z.object({
  code: z.string(),
  name: z.string(),
  ownerEmail: z.string().nullable(),
  /** The unit that it serves. */
  orgUnit: z.object({ code: z.string(), name: z.string() }).nullable(),
});

/** A service with its figures of the period. */
const serviceLevel = named.extend({ figures }).meta({ id: 'ServiceLevel' });
export type ServiceLevel = z.infer<typeof serviceLevel>;

export const serviceLevels = z
  .object({
    period: p.period,
    /** The family of quality over the scope, as on the scorecard. */
    metrics: z.array(metric),
    /** Services of the scope by code; none in a portfolio, to which services have no path. */
    items: z.array(serviceLevel),
    /** Months up to the period's end that cannot be: more of a part than of its whole. Their figures cannot be right before they are. */
    impossible: z.array(z.object({ code: z.string(), name: z.string(), month: z.string() })),
  })
  .meta({ id: 'ServiceLevels' });
export type ServiceLevels = z.infer<typeof serviceLevels>;

const amount = z.number().int().nullable();

/** What is recorded of a service in a month; null is not stated. */
const serviceMonth = z
  .object({
    id: p.id,
    version: z.number().int(),
    month: z.string(),
    agreedMinutes: amount,
    downtimeMinutes: amount,
    requests: amount,
    requestsWithinTarget: amount,
    changes: amount,
    failedChanges: amount,
    incidents: amount,
  })
  .meta({ id: 'ServiceMonthRecorded' });
export type ServiceMonthRecorded = z.infer<typeof serviceMonth>;

/** Of a month, what is a part of something and cannot be more than it. */
const PARTS = [
  ['downtimeMinutes', 'agreedMinutes', 'Downtime cannot be longer than the agreed minutes.'],
  ['requestsWithinTarget', 'requests', 'There cannot be more requests within the target than requests.'],
  ['failedChanges', 'changes', 'There cannot be more failed changes than changes.'],
] as const;

/** What of a month cannot be, by field: refused when it is written; months from before it was refused may still say so. */
export const impossibleParts = (
  month: Readonly<Record<string, unknown>>,
): { field: (typeof PARTS)[number][0]; message: string }[] =>
  PARTS.flatMap(([field, whole, message]) => {
    const [a, b] = [month[field], month[whole]];
    return typeof a === 'number' && typeof b === 'number' && a > b ? [{ field, message }] : [];
  });

export const serviceHistory = named
  .extend({
    period: p.period,
    /** Of the period, with its trend by period. */
    figures,
    /** Of the last month of the period, with the trend by month: 24 months, the last of the period last. */
    byMonth: figures,
    /** The period's months that state something, in order; folded as the metrics' formulas say they give `figures`. */
    months: z.array(serviceMonth),
    /** All of the 24 that state something, the latest first. */
    recorded: z.array(serviceMonth),
  })
  .meta({ id: 'ServiceHistory' });
export type ServiceHistory = z.infer<typeof serviceHistory>;

export const serviceLevelsQuery = z.strictObject({
  period: p.period.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type ServiceLevelsQuery = z.infer<typeof serviceLevelsQuery>;
