import { z } from 'zod';
import { BETTER, FAMILIES, METRIC_STATUSES, signal } from './metric.js';
import * as p from './primitives.js';

/** An enterprise's own indicators: series entered by hand or imported, in the family that they belong to, and what they serve. */

export const indicatorTrend = z
  .object({
    id: p.id,
    version: z.number().int(),
    code: z.string(),
    name: z.string(),
    /** Null where it belongs to none. */
    family: z.enum(FAMILIES.map(({ id }) => id)).nullable(),
    unit: z.string().nullable(),
    better: z.enum(BETTER),
    /** The outcome or capability that it serves; one that serves none shows activity, not value. */
    serves: z.object({ type: z.enum(['outcome', 'capability']), code: z.string(), name: z.string() }).nullable(),
    isActivity: z.boolean(),
    /** Of the latest month of the period that has one, as exact decimal text. */
    value: z.string().nullable(),
    /** The month that it is of. */
    month: p.month.nullable(),
    previous: z.string().nullable(),
    target: z.number().nullable(),
    amber: z.number().nullable(),
    /** All of its targets, whatever the period, the latest first; amounts as exact decimal text. */
    targets: z.array(
      z.object({
        id: p.id,
        version: z.number().int(),
        fromPeriod: p.period,
        target: z.string().nullable(),
        amber: z.string().nullable(),
      }),
    ),
    status: z.enum(METRIC_STATUSES).nullable(),
    signal,
    /** Whether the period is not over yet. */
    provisional: z.boolean(),
    /** 12 periods, the asked one last. */
    trend: z.array(z.object({ period: z.string(), value: z.string().nullable() })),
  })
  .meta({ id: 'IndicatorTrend' });
export type IndicatorTrend = z.infer<typeof indicatorTrend>;

export const indicatorsQuery = z.strictObject({
  period: p.period.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type IndicatorsQuery = z.infer<typeof indicatorsQuery>;

export const indicatorTrends = z
  .object({ period: p.period, items: z.array(indicatorTrend) })
  .meta({ id: 'IndicatorTrends' });
export type IndicatorTrends = z.infer<typeof indicatorTrends>;

export const indicatorValues = z
  .object({
    indicatorCode: z.string(),
    unit: z.string().nullable(),
    items: z.array(
      z.object({
        month: p.month,
        value: z.string().nullable(),
        /** What it rests on: a sentence or a link. */
        evidence: z.string().nullable(),
        version: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'IndicatorValues' });
export type IndicatorValues = z.infer<typeof indicatorValues>;

/** Only the months that change; a null value empties one. `version` of a month that exists. Evidence that is left out stays with the value for which it was stated. */
export const changeIndicatorValues = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          month: p.month,
          value: p.decimal(4).nullable(),
          evidence: p.text().pipe(z.string().min(1)).nullable().optional(),
          version: z.number().int().optional(),
        }),
      )
      .min(1)
      .max(600),
  })
  .meta({ id: 'ChangeIndicatorValues' });
export type ChangeIndicatorValues = z.infer<typeof changeIndicatorValues>;
