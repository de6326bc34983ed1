import { z } from 'zod';
import { METRIC_IDS } from './metric.js';
import * as p from './primitives.js';

/** What people say of a metric: who answers for it, what happened on its way, and what it is to reach. */

const content = p.text(300).refine((value) => value !== '', 'Say in a sentence what happened.');

export const addAnnotation = z
  .strictObject({
    /** The day on which it happened. */
    on: p.date,
    text: content,
    /** The decision behind it. */
    decisionCode: p.code.nullable().optional(),
  })
  .meta({ id: 'AddAnnotation' });
export type AddAnnotation = z.infer<typeof addAnnotation>;

/** What was left out stays. */
export const changeAnnotation = z
  .strictObject({ on: p.date.optional(), text: content.optional(), decisionCode: p.code.nullable().optional() })
  .meta({ id: 'ChangeAnnotation' });
export type ChangeAnnotation = z.infer<typeof changeAnnotation>;

export const annotation = z
  .object({
    id: p.id,
    version: z.number().int(),
    on: z.string(),
    text: z.string(),
    /** E-mail of who wrote it. */
    by: z.string(),
    decision: z
      .object({
        code: z.string(),
        title: z.string(),
        /** The day in the reporting time zone. */
        decidedOn: z.string().nullable(),
        /** Archived since: it is named and has no page. */
        isArchived: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'Annotation' });
export type Annotation = z.infer<typeof annotation>;

export const setMetricOwner = z.strictObject({ owner: p.email.nullable() }).meta({ id: 'SetMetricOwner' });
export type SetMetricOwner = z.infer<typeof setMetricOwner>;

export const metricOwner = z
  .object({ metric: z.enum(METRIC_IDS), owner: z.string().nullable(), version: z.number().int() })
  .meta({ id: 'MetricOwner' });
export type MetricOwner = z.infer<typeof metricOwner>;

export const metricNotes = z
  .object({
    owner: z.string().nullable(),
    /** For If-Match; 0 where nobody was ever named. */
    ownerVersion: z.number().int(),
    mayAnnotate: z.boolean(),
    /** Whether the reader names the owner and sets targets. */
    mayRule: z.boolean(),
    /** In order of time. */
    annotations: z.array(annotation),
    /** What it is to reach from a period on, the earliest first. */
    targets: z.array(
      z.object({
        id: p.id,
        version: z.number().int(),
        from: z.string(),
        target: z.string().nullable(),
        amber: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'MetricNotes' });
export type MetricNotes = z.infer<typeof metricNotes>;
