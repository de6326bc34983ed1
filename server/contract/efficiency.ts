import { z } from 'zod';
import './messages.js';
import * as p from './primitives.js';

/** What it costs to bring a capability or an outcome where it should be, and effort that is made twice. */

export const efficiencyQuery = z.strictObject({
  period: p.period.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type EfficiencyQuery = z.infer<typeof efficiencyQuery>;

const reaching = z.object({
  code: z.string(),
  name: z.string(),
  owner: z.string().nullable(),
  /** Cost to date that the links lead to it. */
  cost: z.string(),
  /** Day on which it first reached its target; null where it has not, by the end of the period. */
  reachedOn: z.string().nullable(),
  /** Whether that day lies in the period. */
  isNew: z.boolean(),
});
export type Reaching = z.infer<typeof reaching>;

const effort = z.object({
  code: z.string(),
  name: z.string(),
  owner: z.string().nullable(),
  version: z.number().int(),
  from: z.string().nullable(),
  /** Null: it goes on. */
  to: z.string().nullable(),
  /** Cost to date from the money of the scope: 0 for one that others pay. */
  cost: z.string(),
  /** Whether the reader may mark it. */
  mayWrite: z.boolean(),
});
export type Effort = z.infer<typeof effort>;

const shared = z.array(z.object({ code: z.string(), name: z.string() }));

export const efficiencyLists = z
  .object({
    period: z.string(),
    currency: z.string(),
    /** Null in a portfolio: levels and measurements have no path to one. Those with a target and spend or a level; the most costly first. */
    capabilities: z.array(reaching).nullable(),
    outcomes: z.array(reaching).nullable(),
    /** Initiatives that build the same capability in overlapping time, and of which nobody has said yet whether they do the same. */
    candidates: z.array(z.object({ a: effort, b: effort, capabilities: shared })),
    /** Initiatives that are marked as duplicating another: those of the scope, and others that its money reaches. All that the metric counts. */
    marked: z.array(
      z.object({
        initiative: effort,
        of: z.object({ code: z.string(), name: z.string(), isArchived: z.boolean() }),
        /** Who said so here, when and why; null where it came with an import or an edit. */
        said: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
      }),
    ),
    /** Pairs of which somebody said that they are no duplicates. */
    dismissed: z.array(
      z.object({
        id: z.string(),
        a: z.object({ code: z.string(), name: z.string() }),
        b: z.object({ code: z.string(), name: z.string() }),
        by: z.string(),
        at: z.string(),
        reason: z.string(),
        mayWrite: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'EfficiencyLists' });
export type EfficiencyLists = z.infer<typeof efficiencyLists>;

export const DUPLICATE_VERDICTS = ['duplicate', 'different'] as const;

export const judgeDuplicate = z
  .strictObject({
    verdict: z.enum(DUPLICATE_VERDICTS),
    /** Code of the initiative that duplicates the other; with `different`, either of the two. */
    initiative: p.code,
    other: p.code,
    /** Version of `initiative` as it was read. */
    version: z.number().int().min(1),
    reason: p.text(1000).min(1, 'Say why, so that others can follow it.'),
  })
  .meta({ id: 'JudgeDuplicate' });
export type JudgeDuplicate = z.infer<typeof judgeDuplicate>;

export const duplicateVerdict = z
  .object({
    id: z.string(),
    verdict: z.enum(DUPLICATE_VERDICTS),
    initiative: z.string(),
    other: z.string(),
    reason: z.string(),
    by: z.string(),
    at: z.string(),
  })
  .meta({ id: 'DuplicateVerdict' });
export type DuplicateVerdict = z.infer<typeof duplicateVerdict>;
