import { z } from 'zod';
import { CASES, discountRate } from './case-words.js';
import { GAP_KINDS, LAYERS, pictureQuery, SPANS } from './chain.js';
import { CONFIRMATION_REASONS, CONFIRMATION_STATES } from './confirmation.js';
import { ADDED_FIGURES, type AddedFigure, type Figure, FIGURES } from './figures.js';
import * as p from './primitives.js';
import { changesText, SIDES } from './scenario-words.js';
import { SURVEY_QUESTION_IDS } from './survey.js';

/** What stands behind a figure: its value in full, its formula, its inputs and its records. */

export { ADDED_FIGURES, type AddedFigure, type Figure, FIGURES };

/** `later`: months that begin at or after the period's end; `life`: all months. Both are for values of benefits only. */
export const TRACE_SPANS = [...SPANS, 'later', 'life'] as const;
export const MONEY_NATURES = ['cashable', 'non_cashable'] as const;

export const traceQuery = z.strictObject({
  period: p.period.optional(),
  span: z.enum(TRACE_SPANS).default('to_date'),
  /** Of `later` and `life`, and of what is expected: the last period that counts. */
  until: p.period.optional(),
  /** Only money benefits of one nature. */
  nature: z.enum(MONEY_NATURES).optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
  type: z.enum(LAYERS).optional(),
  ref: p.ref.optional(),
  /** Of a gap, a status, a case, or values to confirm; the side of a what-if. */
  kind: z
    .union([
      z.enum(CONFIRMATION_STATES),
      z.enum(CONFIRMATION_REASONS),
      z.enum(GAP_KINDS),
      z.enum(['on_track', 'at_risk', 'off_track', 'unmeasured', 'not_due']),
      z.enum(CASES),
      z.enum(SIDES),
    ])
    .optional(),
  /** Of an investment case: another discount rate than that of the settings. */
  rate: discountRate.optional(),
  /** Of a cumulative net: the last month that counts; of values of one benefit: the one month, or (`to_date`) the last; of an own indicator: the month. */
  month: p.month.optional(),
  /** What is changed, as the case lists it. */
  driver: p.ref.optional(),
  /** Number of a plan version; of a month, that of a verdict. */
  version: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'Write the number of the version.')
    .optional(),
  /** Of a link: the code of the record at its end; of credit: that of the investment; of a link of the picture: the box there, and the one at its beginning; of a what-if: months. */
  to: p.ref.optional(),
  from: p.ref.optional(),
  /** A path: the type of its first record, then the codes of all, parted by colons. */
  path: z.string().max(600).optional(),
  /** What a view of the chain is narrowed and drawn by, as in `chain/picture`. */
  min: pictureQuery.shape.min,
  expand: pictureQuery.shape.expand,
  layer: z.enum(LAYERS).optional(),
  /** What a what-if changes. */
  changes: changesText.optional(),
  /** Which benefits of the register: its filters, as the search of an address. */
  among: z.string().max(1200).optional(),
  /** Code of a corrective action. */
  action: p.ref.optional(),
  /** Day of a measurement. */
  on: p.date.optional(),
  /** Code of a decision, of an own indicator. */
  decision: p.ref.optional(),
  indicator: p.ref.optional(),
  /** Of the survey. */
  question: z.enum(SURVEY_QUESTION_IDS).optional(),
});
export type TraceQuery = z.infer<typeof traceQuery>;

export const trace = z
  .object({
    figure: z.enum(FIGURES),
    title: z.string(),
    /** Exact decimal text, rounded only to the minor unit of the currency; null with a reason where there is no value. */
    value: z.string().nullable(),
    nullReason: z.string().nullable(),
    /** A currency code, `share`, `count` or the unit of a benefit; of a metric its unit, money as a currency code. */
    unit: z.string(),
    period: z.string(),
    scope: z.string(),
    formula: z.object({ text: z.string(), expression: z.string(), version: z.string() }),
    inputs: z.array(
      z.object({
        label: z.string(),
        value: z.string().nullable(),
        unit: z.string(),
        /** Path with query of the trace of this input (`/trace/spend?period=…`), or null where it is a record's own value. */
        trace: z.string().nullable(),
      }),
    ),
    /** What stands beside a metric; `group`: the table that it is a row of. */
    beside: z.array(
      z.object({ group: z.string().nullable(), label: z.string(), value: z.string().nullable(), unit: z.string() }),
    ),
    records: z.object({
      count: z.number().int(),
      /** Path with query of the records behind the figure (`/trace/spend/records?…`, of a metric `/metrics/flow.wip/records?…`). */
      url: z.string(),
    }),
    history: z.array(
      z.object({ at: z.string(), actor: z.string(), action: z.string(), object: z.string(), seq: z.number().int() }),
    ),
    quality: z.array(z.string()),
  })
  .meta({ id: 'Trace' });
export type Trace = z.infer<typeof trace>;

export const traceRecordsQuery = traceQuery.extend({ limit: p.limit, cursor: z.string().max(400).optional() });
export type TraceRecordsQuery = z.infer<typeof traceRecordsQuery>;

/** The records behind a figure; `amount` of all pages adds up to `total.amount`, which is the figure (or its stated part). */
export const traceRecords = z
  .object({
    figure: z.enum(ADDED_FIGURES),
    /** What the amounts add up to: the figure, or of a share its numerator. */
    title: z.string(),
    unit: z.string(),
    items: z.array(
      z.object({
        type: z.string(),
        code: z.string(),
        name: z.string(),
        /** Month or day of the fact; null for a record that has none. */
        at: z.string().nullable(),
        note: z.string().nullable(),
        /** As entered, with its currency or unit, before conversion and shares. */
        entered: z.string().nullable(),
        enteredUnit: z.string().nullable(),
        /** What it adds to the figure. */
        amount: z.string(),
      }),
    ),
    total: z.object({ count: z.number().int(), amount: z.string() }),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'TraceRecords' });
export type TraceRecords = z.infer<typeof traceRecords>;
