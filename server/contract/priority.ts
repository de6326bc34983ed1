import { z } from 'zod';
import * as p from './primitives.js';

/** What comes first in a quarter, why, and how that changed from quarter to quarter. */

/** Quarters that the chart of stability looks back on, the asked one included. */
export const ORDER_QUARTERS = 8;

/** More priorities than these are not ranked in one request. */
export const MOST_PRIORITIES = 1000;

/** As the register of ranks takes them. */
export const LOWEST_RANK = 10_000;

const rank = z.number().int().nullable();

export const priorityOrder = z
  .object({
    period: p.period,
    /** The latest quarter before that has a ranking; where none has one, the quarter directly before. Before 1900 it cannot be asked for, but it is told. */
    previousPeriod: z.string(),
    /** Stands for the quarter's ranking as it was read: send it back when saving. */
    version: z.string(),
    /** Whether the quarter has a ranking, and any before it. */
    isRanked: z.boolean(),
    wasRanked: z.boolean(),
    mayWrite: z.boolean(),
    /** In the order of the quarter; what is not ranked last, in the order of the ranking before. */
    items: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        rank,
        /** In `previousPeriod`. */
        previousRank: rank,
        rationale: z.string().nullable(),
      }),
    ),
    /** Ranks by quarter, the oldest first; quarters without a ranking hold none. */
    quarters: z.array(
      z.object({ period: z.string(), ranks: z.array(z.object({ code: z.string(), rank: z.number().int() })) }),
    ),
  })
  .meta({ id: 'PriorityOrder' });
export type PriorityOrder = z.infer<typeof priorityOrder>;

export const priorityOrderQuery = z.strictObject({ period: p.period.optional() });
export type PriorityOrderQuery = z.infer<typeof priorityOrderQuery>;

/**
 * Every priority once, in the order of their ranks; those with `rank` null are not ranked and stand last. Ranks may be equal or leave gaps; one that is
 * left out is the place in the list.
 */
export const savePriorityOrder = z
  .strictObject({
    version: z.string().max(100),
    items: z
      .array(
        z.strictObject({
          code: p.code,
          rank: z.number().int().min(1).max(LOWEST_RANK).nullable().optional(),
          rationale: p.text(4000).nullable(),
        }),
      )
      .min(1)
      .max(MOST_PRIORITIES),
  })
  .meta({ id: 'SavePriorityOrder' });
export type SavePriorityOrder = z.infer<typeof savePriorityOrder>;
