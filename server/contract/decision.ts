import { z } from 'zod';
import { LAYERS } from './chain.js';
import { METRIC_IDS } from './metric.js';
import * as p from './primitives.js';
import { createSchema, RECORDS } from './records.js';
import { SIGN_IDS } from './sign.js';

/** Decisions as people look at them: how fast, at what level, whether they stick, and what waits for them. */

export const DECISION_KINDS = ['priority', 'funding', 'scope', 'architecture', 'risk', 'strategic', 'other'] as const;
export const DECISION_OUTCOMES = ['approved', 'declined', 'deferred'] as const;
/** As of the end of the period, or today where that comes first: `late` is open, and the day by which it is needed is over. */
export const DECISION_STATES = ['open', 'late', 'decided'] as const;
/**
 * Which decisions of the log: decided in the period; in the four quarters to its end; open; open and past their day; reopened at least once;
 * decided above the intended level. Without it, all.
 */
export const DECISION_VIEWS = ['quarter', 'year', 'open', 'late', 'reopened', 'above'] as const;

const named = z.object({ code: z.string(), name: z.string() });
const level = z.number().int().nullable();
const days = z.number().nullable();

export const decisionLine = z
  .object({
    code: z.string(),
    title: z.string(),
    kind: z.enum(DECISION_KINDS).nullable(),
    forum: named.nullable(),
    /** ISO instants with the offset of the reporting time zone: their first ten signs are the day there. */
    raisedAt: z.string().nullable(),
    decidedAt: z.string().nullable(),
    neededBy: z.string().nullable(),
    revisitOn: z.string().nullable(),
    state: z.enum(DECISION_STATES),
    /** Elapsed days from raised to decided, or, while open, to the day as of which it is told. Null where it is not known when it was raised. */
    days,
    /** While open: whole days past the day on which it is needed; negative: days left. */
    daysLate: z.number().int().nullable(),
    intendedLevel: level,
    decidedLevel: level,
    outcome: z.enum(DECISION_OUTCOMES).nullable(),
    escalations: z.number().int(),
    reopened: z.number().int(),
    /** Decided again, and otherwise than before. */
    reversed: z.boolean(),
    tradeOff: z.string().nullable(),
    about: named.extend({ type: z.enum(LAYERS) }).nullable(),
  })
  .meta({ id: 'DecisionLine' });
export type DecisionLine = z.infer<typeof decisionLine>;

const scope = { period: p.period.optional(), portfolio: p.ref.optional(), orgUnit: p.ref.optional() };
export const decisionQuery = z.strictObject(scope);
export type DecisionQuery = z.infer<typeof decisionQuery>;

const aLevel = z.string().regex(/^[1-5]$/, 'Write a level from 1 to 5.');
export const DECISION_SORTS = ['raised', 'needed', 'decided', 'days', 'code'] as const;
export const decisionLogQuery = z.strictObject({
  ...scope,
  show: z.enum(DECISION_VIEWS).optional(),
  /** `-` for none. */
  kind: z.enum([...DECISION_KINDS, '-']).optional(),
  outcome: z.enum(DECISION_OUTCOMES).optional(),
  /** Code of a forum; `-` for none. */
  forum: p.ref.optional(),
  intended: aLevel.optional(),
  decided: aLevel.optional(),
  /** Words in code, question, trade-off, forum or record. */
  q: z.string().max(200).optional(),
  sort: z.enum([...DECISION_SORTS, ...DECISION_SORTS.map((sort) => `-${sort}` as const)]).default('-raised'),
  limit: p.limit,
  cursor: z.string().max(400).optional(),
});
export type DecisionLogQuery = z.infer<typeof decisionLogQuery>;

export const decisionLog = p.page(decisionLine).meta({ id: 'DecisionLog' });
export type DecisionLog = z.infer<typeof decisionLog>;

/** Of fewer decisions nobody can say how long most take. */
export const ENOUGH_DECIDED = 10;

/** More dots than these are not drawn one by one. */
export const MOST_POINTS = 1500;

export const decisionBoard = z
  .object({
    period: p.period,
    /** The day as of which what is open is told: the period's last, or today. */
    asOf: z.string(),
    /** Whether the period is over: until then what is late is told as of today. */
    isOver: z.boolean(),
    /** First period of the four that dots and levels are of; it may lie before those that can be asked for. */
    since: z.string(),
    /** Priority decisions of the four quarters, oldest first; the latest `MOST_POINTS`. */
    points: z.array(
      z.object({ code: z.string(), title: z.string(), decidedOn: z.string(), days: z.number(), inPeriod: z.boolean() }),
    ),
    pointCount: z.number().int(),
    /** Days within which half and 85 of 100 of these were decided; null below `ENOUGH_DECIDED`. */
    percentiles: z.object({ p50: z.number(), p85: z.number() }).nullable(),
    /** Decided in the four quarters, by the level intended and the level at which it happened; null: not stated. */
    levels: z.array(z.object({ intended: level, decided: level, count: z.number().int() })),
    /** What is open, the oldest first. */
    open: z.array(decisionLine),
    openCount: z.number().int(),
    /** Of the open ones, those that are `late`. */
    lateCount: z.number().int(),
  })
  .meta({ id: 'DecisionBoard' });
export type DecisionBoard = z.infer<typeof decisionBoard>;

/** Who decides what, as designed beside what happened in the four quarters to the period's end. */
export const decisionRights = z
  .object({
    period: p.period,
    since: z.string(),
    items: z.array(
      z.object({
        /** Null: decided in no forum that is known. */
        forum: named.extend({ level, scope: z.string().nullable(), isArchived: z.boolean() }).nullable(),
        kind: z.enum(DECISION_KINDS).nullable(),
        /** Whether the forum is there to decide this kind; null where nobody stated the forum or the kind, so that nobody can say. */
        designed: z.boolean().nullable(),
        decided: z.number().int(),
        /** Of the decided ones that state the level, how many per level. */
        levels: z.array(z.object({ level: z.number().int(), count: z.number().int() })),
        /** Decided above and below the level that was intended for them. */
        above: z.number().int(),
        below: z.number().int(),
        /** Of the decided ones, those that do not state both levels: neither above nor below. */
        unstated: z.number().int(),
        /** Other forums that are there to decide the same kind for the same scope. */
        overlaps: z.array(named),
      }),
    ),
  })
  .meta({ id: 'DecisionRights' });
export type DecisionRights = z.infer<typeof decisionRights>;

/** Where a decision is named: what happened on the way of metrics, in order of time, and comments on signs, by period. Both are of the enterprise. */
export const decisionNoted = z.object({
  metrics: z.array(
    z.object({
      id: p.id,
      metric: z.enum(METRIC_IDS),
      name: z.string(),
      /** The day on which it happened. */
      on: z.string(),
      text: z.string(),
    }),
  ),
  signs: z.array(
    z.object({
      sign: z.enum(SIGN_IDS),
      name: z.string(),
      period: p.period,
      /** Null where only the link is left of the comment. */
      text: z.string().nullable(),
    }),
  ),
});
export type DecisionNoted = z.infer<typeof decisionNoted>;

/** Why nobody can say what a month of waiting costs. */
export const DELAY_NULLS = ['decided', 'no_needed_by', 'about_nothing', 'no_money_planned'] as const;

export const decisionPage = z
  .object({
    period: p.period,
    currency: z.string(),
    asOf: z.string(),
    decision: decisionLine.extend({
      rationale: z.string().nullable(),
      givenUp: z.string().nullable(),
      decidedBy: z.string().nullable(),
      itInvolved: z.string().nullable(),
      version: z.number().int(),
      mayWrite: z.boolean(),
    }),
    /** The quarter in which it was decided, and the one before: what could be known. Null while it is open. */
    decidedIn: z.string().nullable(),
    before: z.string().nullable(),
    options: z.array(
      z.object({
        id: z.string(),
        version: z.number().int(),
        name: z.string(),
        consequence: z.string().nullable(),
        chosen: z.boolean().nullable(),
      }),
    ),
    /** Instants as above. */
    escalations: z.array(z.object({ at: z.string(), fromLevel: level, toLevel: level, reason: z.string().nullable() })),
    reopenings: z.array(
      z.object({
        at: z.string(),
        reason: z.string().nullable(),
        decidedAt: z.string().nullable(),
        outcome: z.enum(DECISION_OUTCOMES).nullable(),
        decidedLevel: level,
      }),
    ),
    /** What a month of waiting holds up, and the benefits that wait, the largest first: without a needed-by day those are known, and no amount is. */
    delay: z.object({
      perMonth: z.string().nullable(),
      nullReason: z.enum(DELAY_NULLS).nullable(),
      /** The months looked at, both inside; after the last day that can be entered come months that cannot. */
      from: z.string().nullable(),
      to: z.string().nullable(),
      benefits: z.array(named.extend({ share: z.number(), perMonth: z.string().nullable() })),
    }),
    noted: decisionNoted,
  })
  .meta({ id: 'DecisionPage' });
export type DecisionPage = z.infer<typeof decisionPage>;

export const reopenDecision = z
  .strictObject({ reason: p.text(4000).min(1, 'Say why it is opened again.') })
  .meta({ id: 'ReopenDecision' });
export type ReopenDecision = z.infer<typeof reopenDecision>;

/** Codes that are words of an address: `/decisions/new` is a form, and no decision. */
export const RESERVED_CODES = ['new', 'rights'] as const;

const words = p.text(4000).nullable().optional();
const outcome = z.enum(DECISION_OUTCOMES);
const decidedOrEscalated = z.number().int().min(1).max(5);

/** A new decision. `raisedOn` is a day in the reporting time zone; all else as `POST /decisions` takes it. */
export const raiseDecision = (createSchema(RECORDS.decision) as unknown as z.ZodObject)
  .omit({ raisedAt: true })
  .extend({ raisedOn: p.date })
  .meta({ id: 'RaiseDecision' }) as unknown as z.ZodType<RaiseDecision>;
export type RaiseDecision = Readonly<Record<string, unknown>> & { readonly raisedOn: string };

/** Closes a decision. `decidedOn` is a day in the reporting time zone; `chosen` the id of one of its options. What is left out stays as it is. */
export const closeDecision = z
  .strictObject({
    outcome,
    decidedLevel: decidedOrEscalated,
    decidedOn: p.date,
    decidedBy: p.text(300).nullable().optional(),
    chosen: z.uuid().nullable().optional(),
    revisitOn: p.date.nullable().optional(),
    givenUp: words,
    rationale: words,
  })
  .meta({ id: 'CloseDecision' });
export type CloseDecision = z.infer<typeof closeDecision>;

/** The option of a decision that is the chosen one; null: none of them. */
export const chooseOption = z.strictObject({ option: z.uuid().nullable() }).meta({ id: 'ChooseOption' });
export type ChooseOption = z.infer<typeof chooseOption>;

/** Why options and choice of a decision that is taken stay as they are. */
export const closedWords = (code: string): string =>
  `${code} is decided: its options and what was chosen are fixed. Open it again first, with a reason (POST /decisions/${code}/reopen).`;

/** One more option. One with this name that was removed comes back, with these consequences. */
export const newOption = z
  .strictObject({ name: p.text(300).min(1, 'Name the option.'), consequence: words })
  .meta({ id: 'NewOption' });
export type NewOption = z.infer<typeof newOption>;

/** Takes an open decision to a higher level. `on` is a day in the reporting time zone. */
export const escalateDecision = z
  .strictObject({ toLevel: decidedOrEscalated, on: p.date, reason: p.text(4000).min(1, 'Say why.') })
  .meta({ id: 'EscalateDecision' });
export type EscalateDecision = z.infer<typeof escalateDecision>;
