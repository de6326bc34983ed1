import { z } from 'zod';
import { METRIC_UNITS, metric, metricValue } from './metric.js';

/** One metric with what it is made of and what stands beside it. */

const unit = z.enum(METRIC_UNITS);

export const metricInput = z.object({
  label: z.string(),
  unit,
  value: metricValue,
  /** Path with query of the trace of this input, or null where it is no figure of its own. */
  trace: z.string().nullable(),
  /** By period of the metric's trend. */
  trend: z.array(metricValue),
});
export type MetricInput = z.infer<typeof metricInput>;

/** What `detail` holds, with its words: one value, or one for each of several parts. */
export const metricBeside = z.object({
  id: z.string(),
  label: z.string(),
  unit,
  /** Null where it is not known, or stands for its parts. */
  value: metricValue,
  /** In the order in which they are read; `code` null for what is none of the records. */
  parts: z
    .array(z.object({ type: z.string(), code: z.string().nullable(), name: z.string(), value: metricValue }))
    .nullable(),
});
export type MetricBeside = z.infer<typeof metricBeside>;

export const metricPage = metric
  .extend({
    lastRecordedOn: metric.shape.lastRecordedOn.unwrap(),
    inputs: z.array(metricInput),
    beside: z.array(metricBeside),
    /** Versions of the definition, the one in force last. */
    definitions: z.array(z.object({ version: z.string(), on: z.string(), change: z.string() })),
  })
  .meta({ id: 'MetricPage' });
export type MetricPage = z.infer<typeof metricPage>;
