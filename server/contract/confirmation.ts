import { z } from 'zod';
import * as p from './primitives.js';

/** What finance has to judge, what it judged, and everything that was ever said of a value. */

export const CONFIRMATION_STATES = ['waiting', 'confirmed', 'rejected'] as const;
export const CONFIRMATION_REASONS = ['new', 'changed', 'resubmitted'] as const;
export const CONFIRMATION_SORTS = ['-amount', 'reportedAt', '-reportedAt', 'code'] as const;

export const confirmationQuery = z.strictObject({
  state: z.enum(CONFIRMATION_STATES).default('waiting'),
  /** `new`: never judged; `changed`: it was confirmed with another amount; `resubmitted`: it was rejected before. */
  why: z.enum(CONFIRMATION_REASONS).optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
  q: p.text(200).optional(),
  /** Largest first, oldest first, newest first, or by code and month. */
  sort: z.enum(CONFIRMATION_SORTS).default('-amount'),
  limit: p.limit,
  cursor: z.string().max(400).optional(),
});
export type ConfirmationQuery = z.infer<typeof confirmationQuery>;

const judged = z.object({
  amount: z.string(),
  /** In which it was said, null where the benefit was in none; it may be in another since. */
  currency: z.string().nullable(),
  /** The benefit's own unit then, where the amount was in no currency. */
  unit: z.string().nullable(),
  by: z.string(),
  at: z.string(),
  note: z.string().nullable(),
});

export const confirmationItem = z
  .object({
    benefit: z.object({
      code: z.string(),
      name: z.string(),
      owner: z.string().nullable(),
      /** ISO 4217 code, or null for a benefit that is not money. */
      currency: z.string().nullable(),
      unit: z.string().nullable(),
    }),
    month: z.string(),
    version: z.number().int(),
    /** Realised, in the currency or unit of the benefit. */
    amount: z.string(),
    /** The same in the reporting currency, by which the list is sorted; null where it is not money. */
    reporting: z.string().nullable(),
    planned: z.string().nullable(),
    /** Realised less planned, and what that means for the business; null where nothing is planned. */
    variance: z.object({ value: z.string(), impact: z.enum(['favourable', 'unfavourable', 'neutral']) }).nullable(),
    evidence: z.string().nullable(),
    /** Texts, links and files that prove this month. */
    evidenceItems: z.number().int(),
    reportedBy: z.string(),
    reportedAt: z.string(),
    why: z.enum(CONFIRMATION_REASONS),
    /** The last amount that was confirmed, where it was another. */
    before: judged.nullable(),
    /** The last rejection, where there is one. */
    rejection: judged.nullable(),
    /** The confirmation that holds. */
    confirmation: judged.nullable(),
    /** False for one's own value: someone else must judge it. */
    mayJudge: z.boolean(),
  })
  .meta({ id: 'ConfirmationItem' });
export type ConfirmationItem = z.infer<typeof confirmationItem>;

export const confirmations = z
  .object({
    items: z.array(confirmationItem),
    total: z.number().int(),
    nextCursor: z.string().nullable(),
    currency: z.string(),
    /** Over the whole scope, whatever is filtered: months and their sum in the reporting currency (money only). */
    counts: z.array(z.object({ state: z.enum(CONFIRMATION_STATES), count: z.number().int(), amount: z.string() })),
    /** Why the values wait that do, over the whole scope. */
    reasons: z.array(z.object({ why: z.enum(CONFIRMATION_REASONS), count: z.number().int() })),
    /** When the oldest value that waits was reported; null where none waits. */
    oldest: z.string().nullable(),
    /** Days since then, in the reporting time zone. */
    oldestDays: z.number().int().nullable(),
  })
  .meta({ id: 'Confirmations' });
export type Confirmations = z.infer<typeof confirmations>;

export const judgeValues = z
  .strictObject({
    verdict: z.enum(['confirm', 'reject']),
    /** Required for a rejection: what has to be put right. */
    note: p.text(1000).optional(),
    items: z
      .array(
        z.strictObject({
          benefit: p.ref,
          month: p.month,
          version: z.number().int().min(1),
          amount: p.money,
          /** In which the amount was seen; null where the benefit is in none. */
          currency: p.currency.nullable(),
        }),
      )
      .min(1)
      .max(500),
  })
  .meta({ id: 'JudgeValues' });
export type JudgeValues = z.infer<typeof judgeValues>;

export const judgedValues = z
  .object({
    verdict: z.enum(['confirm', 'reject']),
    values: z.number().int(),
    benefits: z.number().int(),
    at: z.string(),
  })
  .meta({ id: 'JudgedValues' });
export type JudgedValues = z.infer<typeof judgedValues>;

/** Added to a refusal as `refused`: which values, why, and what stands there now beside what was seen. */
export const refusedValue = z.object({
  /** Index in `items`. */
  item: z.number().int(),
  benefit: z.string(),
  month: z.string(),
  /** `changed`: another amount or version than was seen; `currency`: in another currency than was seen; `own`: reported by whoever asks; `done`: confirmed already; `gone`: no value there. */
  why: z.enum(['changed', 'currency', 'own', 'done', 'gone']),
  message: z.string(),
  seen: z.string(),
  now: z.string().nullable(),
  version: z.number().int().nullable(),
});
export type RefusedValue = z.infer<typeof refusedValue>;
export const refusedValues = p.problem.extend({ refused: z.array(refusedValue) }).meta({ id: 'RefusedValues' });

/** Every verdict on the values of one benefit, newest first; nothing of it is ever changed. */
export const verdicts = z
  .object({
    items: z.array(
      z.object({
        month: z.string(),
        /** Of this month's verdicts: the first is 1. */
        number: z.number().int(),
        verdict: z.enum(['confirmed', 'attested', 'rejected', 'withdrawn']),
        amount: z.string(),
        currency: z.string().nullable(),
        /** The benefit's own unit then, where the amount is in no currency. */
        unit: z.string().nullable(),
        /** The version of the month that it was said of. */
        version: z.number().int(),
        by: z.string(),
        at: z.string(),
        note: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Verdicts' });
export type Verdicts = z.infer<typeof verdicts>;
