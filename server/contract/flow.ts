import { z } from 'zod';
import * as p from './primitives.js';
import { stage, workItem } from './records.js';

/**
 * How work moves. What is delivered and what is in progress is defined with the metrics of flow; here it is shown item by item.
 *
 * GET /flow                       flowQuery → flow
 * GET /flow/items                 flowItemsQuery → flowItems: the items behind a panel
 * GET /flow/stages                → stagesInUse: the stages in their order, with what stands and stood in them. They are records of their own:
 *                                   POST and PATCH /stages
 * GET /work-items/:ref/moves      → itemMoves: one item's log
 */

/** How many quarters up to the asked one. */
export const WINDOWS = ['1', '2', '4', '8'] as const;
export const DEFAULT_WINDOW = '4';

export const flowQuery = z.strictObject({
  period: p.period.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
  window: z.enum(WINDOWS).default(DEFAULT_WINDOW),
  /** Only work of this kind. */
  type: workItem.columns.type.schema.optional(),
  /** Only items that this team holds, or delivered. */
  team: p.text(120).optional(),
});
export type FlowQuery = z.infer<typeof flowQuery>;

/** More are drawn as boxes with counts. */
export const MOST_DOTS = 1_500;
/** With fewer finished items no percentile is told. */
export const ENOUGH_FINISHED = 10;

const days = z.number();
/** Days within which so many of 100 finished items were delivered; null below `ENOUGH_FINISHED`. */
const percentiles = z.object({ p50: days, p85: days, p95: days }).nullable();

/**
 * Why an item is blocked, and since when; null where nothing is said. Of a time that is over only what is still said and had begun by then;
 * of a block without a beginning, if its record was last changed by then.
 */
const blocked = { blockedReason: z.string().nullable(), blockedSince: z.string().nullable() };

const flowItem = z.object({
  code: z.string(),
  title: z.string(),
  type: z.string().nullable(),
  team: z.string().nullable(),
  initiative: z.string().nullable(),
  owner: z.string().nullable(),
  /** Of a delivered item: when, and how long it took. Instants here are ISO with the offset of the reporting time zone: they begin with the day there. */
  deliveredAt: z.string().nullable(),
  /** From its first move to delivery, or to the day by which the page is told. */
  days,
  waitingDays: days,
  handoffs: z.number().int(),
  /** Of an item in progress. */
  stage: z.string().nullable(),
  stageDays: days.nullable(),
  movedAt: z.string().nullable(),
  ...blocked,
});
export type FlowItem = z.infer<typeof flowItem>;

const dot = z.object({ code: z.string(), title: z.string(), at: z.string(), days });
/** From `at` to before `until`, from `low` to below `high` days. */
const box = z.object({ at: z.string(), until: z.string(), low: days, high: days, count: z.number().int() });

export const flow = z
  .object({
    period: z.string(),
    window: z.enum(WINDOWS),
    /** The window, half open; and the instant by which work in progress is told. */
    from: z.string(),
    until: z.string(),
    asOf: z.string(),
    /** Whether moves are recorded ahead of that instant: they count, as in the metrics. */
    holdsAhead: z.boolean(),
    /** Teams and kinds of work of the scope, for the filters. */
    teams: z.array(z.string()),
    types: z.array(z.string()),
    finished: z.object({
      count: z.number().int(),
      percentiles,
      longest: days.nullable(),
      /** One of them is empty: dots up to `MOST_DOTS` items, else boxes. */
      dots: z.array(dot),
      boxes: z.array(box),
    }),
    ageing: z.object({
      count: z.number().int(),
      /** Older than 85 and 95 of 100 finished items took; null without percentiles. */
      olderThan85: z.number().int().nullable(),
      olderThan95: z.number().int().nullable(),
      stages: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          kind: z.string().nullable(),
          count: z.number().int(),
          /** The oldest ones. */
          items: z.array(z.object({ code: z.string(), title: z.string(), days })),
        }),
      ),
    }),
    cumulative: z.object({
      /** From the bottom up: what is furthest on stands lowest. */
      bands: z.array(
        z.object({
          /** Null of several stages in one band. */
          code: z.string().nullable(),
          name: z.string(),
          kind: z.string().nullable(),
          counts: z.array(z.number().int()),
        }),
      ),
      /** Days in the reporting time zone, one for each count, which tells how it stood when the day began; the last is the day after the time that is told. */
      days: z.array(z.string()),
      /** Items of all bands but what is done: at the first point and at the last. */
      openFirst: z.number().int(),
      openLast: z.number().int(),
    }),
    time: z.object({
      /** Of all delivered items together, before delivery. */
      days,
      waitingDays: days,
      /** Null where nothing was delivered. */
      waitingShare: z.number().nullable(),
      stages: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          kind: z.string().nullable(),
          items: z.number().int(),
          days,
          /** Of the days of all stages. */
          share: z.number(),
        }),
      ),
    }),
    handoffs: z.object({
      total: z.number().int(),
      /** Delivered items by how often they changed hands; the last one holds those with more, too. */
      distribution: z.array(z.object({ handoffs: z.number().int(), orMore: z.boolean(), items: z.number().int() })),
      /** The teams that pass on and receive the most, at most 8; `pairs` of all others stand under null. */
      pairs: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), count: z.number().int() })),
      teams: z.array(z.string()),
    }),
    /** In progress, the oldest first, at most 12. */
    oldest: z.array(flowItem),
  })
  .meta({ id: 'Flow' });
export type Flow = z.infer<typeof flow>;

export const flowItemsQuery = flowQuery.extend({
  /** `standing`: all that stands in a stage that is no end, whether it was ever begun or not. */
  of: z.enum(['finished', 'in_progress', 'standing']),
  /** Code of the stage that they stand in; of finished ones, of a stage that they were in before delivery. */
  stage: p.ref.optional(),
  /** Only those that took, or have taken, at least so many days; and fewer than. */
  least: z.coerce.number().min(0).max(1_000_000).optional(),
  below: z.coerce.number().min(0).max(1_000_000).optional(),
  /** Of open ones: only those that have taken more days. */
  over: z.coerce.number().min(0).max(1_000_000).optional(),
  /** Of finished ones, both together: only those that went from the one team to the other. */
  from: p.text(120).optional(),
  to: p.text(120).optional(),
  limit: p.limit,
  cursor: z
    .string()
    .regex(/^\d{1,7}$/, 'Send the nextCursor of the page before.')
    .optional(),
});
export type FlowItemsQuery = z.infer<typeof flowItemsQuery>;
export const flowItems = p.page(flowItem).meta({ id: 'FlowItems' });
export type FlowItems = z.infer<typeof flowItems>;

/** What changes where a stage is changed. Of the whole enterprise: stages are everybody's. */
export const stagesInUse = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        version: z.number().int(),
        code: z.string(),
        name: z.string(),
        kind: stage.columns.kind.schema.nullable(),
        position: z.number().int().nullable(),
        /** Items whose last move led into it; and all moves into it. */
        standing: z.number().int(),
        moves: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'StagesInUse' });
export type StagesInUse = z.infer<typeof stagesInUse>;

export const itemMoves = z
  .object({
    /** What blocks it, as its record says; both null of an item that is done or cancelled. */
    ...blocked,
    items: z.array(
      z.object({
        /** Of the move's record, by which it is taken back: DELETE /work-item-transitions/:id. */
        id: z.string(),
        version: z.number().int(),
        /** ISO with the offset of the reporting time zone. */
        at: z.string(),
        stage: z.string(),
        stageName: z.string(),
        kind: z.string().nullable(),
        team: z.string().nullable(),
        /** Until the next move; null of the last one. */
        days: days.nullable(),
      }),
    ),
  })
  .meta({ id: 'ItemMoves' });
export type ItemMoves = z.infer<typeof itemMoves>;
