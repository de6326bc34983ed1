import { z } from 'zod';
import { CASES, discountRate } from './case-words.js';
import { GAP_KINDS, LAYERS, pictureQuery, SPANS } from './chain.js';
import { CONFIRMATION_REASONS, CONFIRMATION_STATES } from './confirmation.js';
import * as p from './primitives.js';
import { changesText, SIDES } from './scenario-words.js';

/** What stands behind a figure: its value in full, its formula, its inputs and its records. */

/**
 * Figures that can be traced. `spend`: actual cost; `budget`: planned cost; the steps of the funnel; `reached.<layer>`: spend that reaches a layer;
 * `node.<quantity>` with `type` and `ref`: one record of the chain; `gap` counts breaks of the chain, of one `kind` or of all, and
 * `gap_at_stake` adds up what is at stake in them; `benefits` counts benefits, `status` those of one `kind`.
 * `outlook`: forecast of the span's months, of a month without forecast its plan; `expected`: realised to date and the outlook of later months up to `until`;
 * `variance.<figure>`: that figure less its plan, `variance_share` the same ÷ |plan|; `un…`: what a step of the funnel, or a layer, does not reach
 * (`unreached.<layer>`: spend − what reaches the layer); `node.variance…` and `node.un…`: the same of one benefit; `due` and `measured`: benefits with
 * a plan to date, and those of them with a realised value; `unreported_costs` counts planned costs without an actual;
 * `baseline…`: of the plan in force at a benefit's approval (model §3), which re-planning does not change.
 * `link.…` with `type`, `ref` and `to`: one link; `path.spend` with `path`: one way of money; `view.…`: spend on the paths of a view, which `type` and `ref`
 * (a record), `kind` (a gap) and `min` narrow: all of it, what does not reach a `layer`, the box of the smaller records of a `layer`, a link of the picture.
 * `case.…`: the investment case of one investment, `kind` planned, expected or realised; `case.cumulative` its net up to a `month`; `case.driver_low`
 * and `case.driver_high` the ends of one `driver` of the expected NPV. `claimed_forecast` and `calibrated_forecast`: of one benefit, or of the scope;
 * `case.…_forecast`: the part of them that is due to one investment, of all its benefits or of the one named by `to`.
 * Values of one benefit can be asked for one `month` in the place of the period; `node.credited_…` is the part of a benefit's value that its
 * paths credit to the investment `to`, `node.uncredited_…` what they credit to none; `node.plan_version` what a `version` of its plan adds up to,
 * `node.plan_change` that less the version before. `node.credited_share`, `node.uncredited_share`: the part itself; `node.credit_shares`: all parts.
 * `node.action_effect`: what one corrective `action` of it is to bring. `measure.…`: of one outcome, from where, to where, and measured `on` a day.
 * `scenario.…`: what `changes` would do, `kind` baseline, scenario or difference: to what is changed and what is credited to it (or one investment of it),
 * to one outcome or benefit, or to the months `from`–`to`.
 * `claims` counts realised values of one `kind` (state of their confirmation, or why they wait), whatever the period, and `claims_amount` adds them up;
 * `value.…` with `type`, `ref` and `month`: one month of one benefit in its own currency or unit, `value.reporting` in the reporting currency,
 * `value.verdict` the amount of which a verdict (its number is `version`) was said.
 * `listed.…`: of the benefits that pass the filters of the register (`among`, as in its search), money only. `declared…`: benefits whose owner
 * declares a status, one that differs from the computed one, a better one; `status_mismatch_share`: the better ones ÷ all declared.
 * `needs_action`: benefits short in two periods in a row that nobody acts upon; `open_actions…`: corrective actions not done, and their expected effect.
 */
export const FIGURES = [
  'spend',
  'budget',
  'planned',
  'realised',
  'confirmed',
  'traced',
  'evidenced',
  'realisation_rate',
  'measured_rate',
  'coverage',
  'traced_spend',
  'traced_spend_share',
  'assumed_share',
  'benefits',
  'status',
  'gap',
  'gap_at_stake',
  'reached.investment',
  'reached.initiative',
  'reached.capability',
  'reached.outcome',
  'reached.benefit',
  'lost.investment',
  'lost.initiative',
  'lost.capability',
  'lost.outcome',
  'node.cost',
  'node.unallocated',
  'node.planned',
  'node.forecast',
  'node.realised',
  'node.confirmed',
  'forecast',
  'outlook',
  'expected',
  'expected_share',
  'variance.spend',
  'variance.traced_spend',
  'variance.realised',
  'variance.outlook',
  'variance.expected',
  'variance_share.spend',
  'variance_share.traced_spend',
  'variance_share.realised',
  'variance_share.expected',
  'unrealised',
  'unconfirmed',
  'untraced',
  'untraced_spend',
  'untraced_spend_share',
  'unreached.initiative',
  'unreached.capability',
  'unreached.outcome',
  'unreached.benefit',
  'measured',
  'due',
  'non_financial',
  'non_financial_on_track',
  'change.non_financial_on_track',
  'node.variance',
  'node.variance_share',
  'node.unrealised',
  'node.unconfirmed',
  'node.untraced',
  'unreported_costs',
  'baseline_planned',
  'baseline_realisation_rate',
  'node.baseline_planned',
  'link.spend',
  'link.allocation',
  'link.contribution',
  'path.spend',
  'view.spend',
  'view.unreached',
  'view.smaller',
  'view.link',
  'case.npv',
  'case.irr',
  'case.payback',
  'case.roi',
  'case.value',
  'case.cost',
  'case.cumulative',
  'case.driver_low',
  'case.driver_high',
  'case.claimed_forecast',
  'case.calibrated_forecast',
  'claimed_forecast',
  'calibrated_forecast',
  'node.outlook',
  'node.expected',
  'node.variance_outlook',
  'node.variance_expected',
  'node.realisation_rate',
  'node.baseline_realisation_rate',
  'node.measured_rate',
  'node.coverage',
  'node.credited_planned',
  'node.credited_realised',
  'node.uncredited_planned',
  'node.uncredited_realised',
  'node.plan_version',
  'node.plan_change',
  'node.credited_share',
  'node.uncredited_share',
  'node.credit_shares',
  'node.action_effect',
  'measure.baseline',
  'measure.target',
  'measure.value',
  'scenario.cost',
  'scenario.credited',
  'scenario.net',
  'scenario.sunk',
  'scenario.value',
  'scenario.delayed',
  'scenario.share',
  'scenario.credited_share',
  'claims',
  'claims_amount',
  'value.realised',
  'value.planned',
  'value.forecast',
  'value.baseline',
  'value.confirmed',
  'value.verdict',
  'value.variance',
  'value.reporting',
  'listed.planned',
  'listed.realised',
  'listed.variance',
  'listed.expected',
  'node.baseline_variance',
  'unevidenced_share',
  'declared',
  'declared_otherwise',
  'declared_better',
  'status_mismatch_share',
  'needs_action',
  'open_actions',
  'overdue_actions',
  'open_actions_effect',
] as const;
export type Figure = (typeof FIGURES)[number];

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
  /** Of a cumulative net: the last month that counts; of values of one benefit: the one month, or (`to_date`) the last. */
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
});
export type TraceQuery = z.infer<typeof traceQuery>;

export const trace = z
  .object({
    figure: z.enum(FIGURES),
    title: z.string(),
    /** Exact decimal text, rounded only to the minor unit of the currency; null with a reason where there is no value. */
    value: z.string().nullable(),
    nullReason: z.string().nullable(),
    /** A currency code, `share`, `count` or the unit of a benefit. */
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
    records: z.object({
      count: z.number().int(),
      /** Path with query of the records behind the figure (`/trace/spend/records?…`). */
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
    figure: z.enum(FIGURES),
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
