import { z } from 'zod';
import './messages.js';
import * as p from './primitives.js';

/** Values of many benefits by month on one sheet: what is due, what is saved in one transaction, and how that is taken back. */

export const MOST_ENTRY_CELLS = 10_000;
export const MOST_ENTRY_MONTHS = 60;
export const ENTRY_FIELDS = ['planned', 'forecast', 'realised', 'evidence'] as const;
export type EntryField = (typeof ENTRY_FIELDS)[number];

/** `from` and `to` are months, both inside; without them 12 months back to 12 ahead of the end of the period. */
export const entryQuery = z.strictObject({
  from: p.month.optional(),
  to: p.month.optional(),
  /** Only benefits that I own or whose portfolio I manage. */
  mine: z.literal('true').optional(),
  /** Only benefits with a value due in these months. */
  due: z.literal('true').optional(),
  /** Part of the code or name. */
  q: z.string().trim().max(200).optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
  period: p.period.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(500),
  cursor: z.string().max(400).optional(),
});
export type EntryQuery = z.infer<typeof entryQuery>;

export const entryCell = z
  .object({
    month: z.string(),
    /** Null where nothing is stored for the month: leave `version` out then. */
    version: z.number().int().nullable(),
    planned: z.string().nullable(),
    forecast: z.string().nullable(),
    realised: z.string().nullable(),
    evidence: z.string().nullable(),
    /** Texts, links and files that prove this month and have not expired. */
    evidenceItems: z.number().int(),
    reportedBy: z.string().nullable(),
    confirmedBy: z.string().nullable(),
    updatedAt: z.string().nullable(),
    updatedBy: z.string().nullable(),
    /** Finance rejected this value, and it stands as it was then; null after a new amount, evidence text or reporter. */
    rejected: z.object({ by: z.string(), at: z.string(), note: z.string().nullable() }).nullable(),
    state: z.object({
      /** A change needs a reason: it is a restatement. */
      locked: z.boolean(),
      /** Planned or forecast, over, and not reported; `overdue` ones are due, too. */
      due: z.boolean(),
      overdue: z.boolean(),
      /** Reported and not confirmed. */
      provisional: z.boolean(),
    }),
  })
  .meta({ id: 'EntryCell' });
export type EntryCell = z.infer<typeof entryCell>;

export const entryRow = z
  .object({
    benefit: z.object({
      code: z.string(),
      name: z.string(),
      type: z.string().nullable(),
      nature: z.string().nullable(),
      owner: z.string().nullable(),
      currency: z.string().nullable(),
      unit: z.string().nullable(),
      aggregation: z.enum(['sum', 'average', 'latest']),
      better: z.enum(['higher', 'lower']),
      isMoney: z.boolean(),
      approved: z.boolean(),
      /** Approved with a plan: a planned value that is there changes only with a reason. */
      planFixed: z.boolean(),
    }),
    /** The thousand or million that divides all amounts of the row in these months without rest; null where none does. */
    scaleHint: z.enum(['k', 'm']).nullable(),
    /** The latest month with a realised value, be it in these months or before. */
    last: z.object({ month: z.string(), realised: z.string() }).nullable(),
    mayWrite: z.boolean(),
    /** One of each of `months`, in their order. */
    cells: z.array(entryCell),
  })
  .meta({ id: 'EntryRow' });
export type EntryRow = z.infer<typeof entryRow>;

export const entryGrid = z
  .object({
    from: z.string(),
    to: z.string(),
    /** In the reporting time zone. */
    today: z.string(),
    /** Months up to this one are locked; null: none is. */
    lockedThrough: z.string().nullable(),
    /** Day of the next month on which the values of a month are due. */
    dueDay: z.number().int(),
    months: z.array(
      z.object({
        month: z.string(),
        locked: z.boolean(),
        /** The last day on which its values are in time. */
        dueOn: z.string(),
        /** It has ended. */
        over: z.boolean(),
      }),
    ),
    /** Over all rows that the question finds, on this page or not. */
    counts: z.object({
      /** Values due in these months, the overdue among them included. */
      due: z.number().int(),
      overdue: z.number().int(),
      /** Values due in months before `from`, and the first of these months. */
      earlier: z.number().int(),
      earliest: z.string().nullable(),
      lockedMonths: z.number().int(),
      /** The next day by which something that is due must be in; null where nothing is due but what is overdue. */
      nextDueOn: z.string().nullable(),
    }),
    /** Benefits with a value due first, then by code. */
    rows: z.array(entryRow),
    /** What the money among these rows adds up to, a line for each currency, one of each of `months`; null where nothing is recorded. */
    sums: z.array(
      z.object({
        currency: z.string(),
        rows: z.number().int(),
        months: z.array(
          z.object({
            planned: z.string().nullable(),
            forecast: z.string().nullable(),
            realised: z.string().nullable(),
          }),
        ),
      }),
    ),
    total: z.number().int(),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'EntryGrid' });
export type EntryGrid = z.infer<typeof entryGrid>;

export const saveEntry = z
  .strictObject({
    /** A UUIDv7 that the client made: the same entry sent again is answered with its receipt, and nothing is stored twice. */
    id: z.uuidv7('Write a UUIDv7.'),
    /** Of all cells that have none of their own. */
    reason: p.reason.optional(),
    items: z
      .array(
        z.strictObject({
          /** Code of the benefit. */
          benefit: p.code,
          month: p.month,
          /** What is not sent stays as it is; null empties it. */
          planned: p.money.nullable().optional(),
          forecast: p.money.nullable().optional(),
          realised: p.money.nullable().optional(),
          evidence: p.text(4000).nullable().optional(),
          reason: p.reason.optional(),
          /** The version that was read; required for a month that is there, left out for one that is not. */
          version: z.number().int().min(1).optional(),
        }),
      )
      .min(1)
      .max(MOST_ENTRY_CELLS),
  })
  .meta({ id: 'SaveEntry' });
export type SaveEntry = z.infer<typeof saveEntry>;
export type EntryItem = SaveEntry['items'][number];

/** Codes in `errors` of a refused entry; the pointer is `/items/3/reason` and the like. */
export const ENTRY_REFUSALS = [
  'benefit.unknown',
  'benefit.foreign',
  'row.twice',
  'cell.stale',
  'month.locked',
  'reason.required',
  'rate.missing',
] as const;

/** Added to a 412 as `stale`: what is stored now beside what was sent, so that the person chooses. */
export const staleCell = z.object({
  /** Index in `items`. */
  item: z.number().int(),
  benefit: z.string(),
  month: z.string(),
  yours: z.object({
    version: z.number().int().nullable(),
    planned: z.string().nullable().optional(),
    forecast: z.string().nullable().optional(),
    realised: z.string().nullable().optional(),
    evidence: z.string().nullable().optional(),
  }),
  /** Version null: it is not there any more. */
  theirs: z.object({
    version: z.number().int().nullable(),
    planned: z.string().nullable(),
    forecast: z.string().nullable(),
    realised: z.string().nullable(),
    evidence: z.string().nullable(),
    changedBy: z.string().nullable(),
    changedAt: z.string().nullable(),
  }),
});
export type StaleCell = z.infer<typeof staleCell>;
export const staleEntry = p.problem.extend({ stale: z.array(staleCell) }).meta({ id: 'StaleEntry' });

/** Added to the 409 of an undo as `changed`: what was built upon the entry since. */
export const changedSince = z.object({
  benefit: z.string(),
  month: z.string(),
  what: z.enum(['changed', 'confirmed', 'rejected', 'archived']),
  by: z.string(),
  at: z.string(),
});
export type ChangedSince = z.infer<typeof changedSince>;
export const blockedUndo = p.problem.extend({ changed: z.array(changedSince) }).meta({ id: 'BlockedUndo' });

export const entrySummary = z
  .object({
    id: p.id,
    savedAt: z.string(),
    by: z.string(),
    reason: z.string().nullable(),
    /** Values that changed, and the benefits that they belong to. */
    cells: z.number().int(),
    benefits: z.number().int(),
    /** By whoever asks, now: not undone yet, nothing built upon it, not locked since. */
    canUndo: z.boolean(),
    undoneAt: z.string().nullable(),
    undoneBy: z.string().nullable(),
  })
  .meta({ id: 'EntrySummary' });
export type EntrySummary = z.infer<typeof entrySummary>;

export const entryReceipt = entrySummary
  .extend({
    items: z.array(
      z.object({
        benefit: z.string(),
        month: z.string(),
        field: z.enum(ENTRY_FIELDS),
        before: z.string().nullable(),
        after: z.string().nullable(),
        /** Of the month after the entry, for the next change of it; one that a later entry made is not told here. */
        version: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'EntryReceipt' });
export type EntryReceipt = z.infer<typeof entryReceipt>;

export const entriesQuery = z.strictObject({ limit: p.limit, cursor: z.string().max(400).optional() });
export type EntriesQuery = z.infer<typeof entriesQuery>;
/** The newest first. */
export const entryList = p.page(entrySummary).meta({ id: 'EntryList' });
export type EntryList = z.infer<typeof entryList>;
