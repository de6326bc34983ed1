import { z } from 'zod';
import { FORECAST_REASONS } from './case.js';
import { tracedFigure, variance } from './overview.js';
import * as p from './primitives.js';
import { BENEFIT_STATUSES } from './status.js';

/**
 * What the page of one benefit says. Figures are those of the benefit, whatever scope a page is read in: of a money benefit in the reporting
 * currency, of others in their own unit.
 */

export const benefitPageQuery = z.strictObject({ period: p.period.optional() });
export type BenefitPageQuery = z.infer<typeof benefitPageQuery>;

/** What a figure counts in: a currency code, or the benefit's own unit (null: not stated). */
const unit = z.string().nullable();

/** The four tests of a benefit: said in full, seen by a measure, traced to what causes it, measured in time. */
export const DOAM_TESTS = ['described', 'observable', 'attributable', 'measurable'] as const;
export type DoamTest = (typeof DOAM_TESTS)[number];
export const DOAM_LACKS = [
  'type',
  'nature',
  'owner',
  'org_unit',
  'unit',
  'baseline',
  'outcome_measure',
  'no_outcome',
  'no_investment',
  'assumed_shares',
  'plan',
  'conversion',
  'overdue',
] as const;
export type DoamLack = (typeof DOAM_LACKS)[number];

export const benefitSummary = z
  .object({
    code: z.string(),
    name: z.string(),
    period: z.string(),
    isMoney: z.boolean(),
    unit,
    /** Whether months add up: of money, and of own units that are summed. */
    addsUp: z.boolean(),
    owner: z.string().nullable(),
    type: z.string().nullable(),
    nature: z.string().nullable(),
    better: z.enum(['higher', 'lower']),
    status: z.enum(BENEFIT_STATUSES),
    /** What the owner says, beside what is computed; `differs`: on which side of it that lies. */
    declared: z.object({
      status: z.enum(BENEFIT_STATUSES).nullable(),
      note: z.string().nullable(),
      differs: z.enum(['better', 'worse', 'otherwise']).nullable(),
    }),
    evidenceLevel: z.number().int(),
    planned: tracedFigure,
    baselinePlanned: tracedFigure,
    realised: tracedFigure,
    confirmed: tracedFigure,
    variance,
    varianceShare: variance,
    /** The baseline plan is fixed by an approval; where it is not, the current one stands in. */
    isPlanFixed: z.boolean(),
    /** Whether any month's baseline plan differs from its current one. */
    isReplanned: z.boolean(),
    /** Realised to date and the outlook of months to come, against the plan of the whole life; no value where months do not add up. */
    expected: tracedFigure,
    plannedLife: tracedFigure,
    expectedVariance: variance,
    rates: z.object({
      current: tracedFigure,
      baseline: tracedFigure,
      measured: tracedFigure,
      coverage: tracedFigure,
    }),
    /** Of the months after the period, as claimed and as experience has it: beside each other, never the one for the other. */
    forecast: z.object({
      claimed: tracedFigure,
      calibrated: tracedFigure,
      nullReason: z.enum(FORECAST_REASONS).nullable(),
    }),
    /** The first month that is planned, and the last day on which its value is in time; null once a value is there, or where nothing is planned. */
    firstDue: z.object({ month: z.string(), on: z.string() }).nullable(),
    /** The four tests in their order, each with what it lacks. `count` of `of`: how many, where it is a number of things. */
    completeness: z.array(
      z.object({
        test: z.enum(DOAM_TESTS),
        lacks: z.array(
          z.object({
            id: z.enum(DOAM_LACKS),
            count: z.number().int().nullable(),
            of: z.number().int().nullable(),
            /** The record that has to be mended, where it is another one than the benefit. */
            record: z.object({ type: z.string(), ref: z.string() }).nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'BenefitSummary' });
export type BenefitSummary = z.infer<typeof benefitSummary>;

export const benefitProfileQuery = benefitPageQuery.extend({ by: z.enum(['quarter', 'month']).default('quarter') });
export type BenefitProfileQuery = z.infer<typeof benefitProfileQuery>;

const profileValue = z.object({ value: tracedFigure, planned: tracedFigure, variance });

export const EVENT_KINDS = ['approval', 'replan', 'action', 'decision'] as const;

/** One benefit over its whole life, by quarter or by month: to the period's end realised (`AC`), of months to come the outlook (`FC`). */
export const benefitProfile = z
  .object({
    code: z.string(),
    name: z.string(),
    period: z.string(),
    by: z.enum(['quarter', 'month']),
    isMoney: z.boolean(),
    unit,
    /** `sum`, or how else the months of a column combine: such a benefit has no sum over time. */
    aggregation: z.enum(['sum', 'average', 'latest']),
    better: z.enum(['higher', 'lower']),
    /** Under which column today lies; null where it lies outside. */
    todayAt: z.string().nullable(),
    columns: z.array(
      z.object({
        /** A period, or a month. */
        at: z.string(),
        scenario: z.enum(['AC', 'FC']),
        /** `p`: part of it is not reported, or nobody has confirmed it. */
        isProvisional: z.boolean(),
        part: profileValue,
        /** From the first month to the end of this column; null where months do not add up. */
        cumulative: profileValue.nullable(),
        /** The baseline plan, where any month has another one than its current plan; else null. */
        baseline: z.object({ part: tracedFigure, cumulative: tracedFigure.nullable() }).nullable(),
      }),
    ),
    /** What happened to it, oldest first; `column` is that under which it lies, null outside. */
    events: z.array(
      z.object({
        kind: z.enum(EVENT_KINDS),
        on: z.string(),
        column: z.string().nullable(),
        code: z.string().nullable(),
        text: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'BenefitProfile' });
export type BenefitProfile = z.infer<typeof benefitProfile>;

export const benefitMeasures = z
  .object({
    code: z.string(),
    period: z.string(),
    /** How the measure becomes a value, in words. */
    conversion: z.string().nullable(),
    isMoney: z.boolean(),
    /** Of the outcomes that lead to it; of a benefit that is not money first its own values. */
    items: z.array(
      z.object({
        kind: z.enum(['benefit', 'outcome']),
        code: z.string(),
        name: z.string(),
        unit: z.string().nullable(),
        better: z.enum(['higher', 'lower']).nullable(),
        /** Null where none is stated. */
        baseline: tracedFigure.nullable(),
        target: tracedFigure.nullable(),
        /** Day by which the target is to be reached. */
        targetOn: z.string().nullable(),
        /** What was planned by month, of a benefit's own values; else empty. */
        planned: z.array(z.object({ on: z.string(), value: tracedFigure })),
        /** What was measured, to the period's end. */
        measured: z.array(
          z.object({
            on: z.string(),
            value: z.string(),
            trace: z.string(),
            evidence: z.string().nullable(),
          }),
        ),
      }),
    ),
    /** Outcomes that lead to it and cannot be drawn: nothing measured, or no baseline. */
    lacking: z.array(
      z.object({
        type: z.enum(['benefit', 'outcome']),
        code: z.string(),
        name: z.string(),
        lacks: z.enum(['measurement', 'baseline']),
      }),
    ),
  })
  .meta({ id: 'BenefitMeasures' });
export type BenefitMeasures = z.infer<typeof benefitMeasures>;

const chainEnd = z.object({ type: z.string(), code: z.string(), name: z.string() });

const credited = z.object({ share: tracedFigure, planned: tracedFigure, realised: tracedFigure });

/** What a benefit's value is due to: each link on the way back to the investments, and what they credit. */
export const benefitCredits = z
  .object({
    code: z.string(),
    period: z.string(),
    isMoney: z.boolean(),
    unit,
    links: z.array(
      z.object({
        from: chainEnd,
        to: chainEnd,
        contribution: tracedFigure,
        isAssumed: z.boolean(),
        rationale: z.string().nullable(),
      }),
    ),
    /** Those that its links lead back to; `share` is the part of its value that is credited to each. */
    investments: z.array(credited.extend({ code: z.string(), name: z.string() })),
    uncredited: credited,
    /** `share`: all of them and what is not credited, added up. */
    total: credited,
  })
  .meta({ id: 'BenefitCredits' });
export type BenefitCredits = z.infer<typeof benefitCredits>;

/** `p` provisional: nobody has confirmed it; `x` planned, over and not reported; `r` restated: changed since it was first reported. */
export const MEASUREMENT_LETTERS = ['p', 'x', 'r'] as const;

export const benefitMeasurements = z
  .object({
    code: z.string(),
    isMoney: z.boolean(),
    /** What amounts are in, as entered. */
    currency: z.string().nullable(),
    unit: z.string().nullable(),
    isPlanFixed: z.boolean(),
    lockedThrough: z.string().nullable(),
    /** By month, oldest first. Amounts as entered. */
    items: z.array(
      z.object({
        id: p.id,
        version: z.number().int(),
        month: z.string(),
        planned: z.string().nullable(),
        /** The baseline plan where it differs from the plan; else null. */
        baseline: z.string().nullable(),
        /** Whether its baseline plan differs, be it that there is none. */
        isReplanned: z.boolean(),
        forecast: z.string().nullable(),
        realised: z.string().nullable(),
        letters: z.array(z.enum(MEASUREMENT_LETTERS)),
        isLocked: z.boolean(),
        evidence: z.string().nullable(),
        /** Texts, links and files that prove this month. */
        evidenceItems: z.number().int(),
        confirmed: z.string().nullable(),
        confirmedBy: z.string().nullable(),
        confirmedAt: z.string().nullable(),
        confirmedHow: z.enum(['person', 'attestation']).nullable(),
        reportedBy: z.string().nullable(),
        changedBy: z.string(),
        updatedAt: z.string(),
        source: z.enum(['person', 'import']),
        /** What stood there before, newest first: only what replaced something. */
        revisions: z.array(
          z.object({
            at: z.string(),
            by: z.string(),
            reason: z.string().nullable(),
            source: z.enum(['person', 'import']),
            field: z.enum(['planned', 'forecast', 'realised', 'evidence']),
            from: z.string(),
            to: z.string().nullable(),
          }),
        ),
      }),
    ),
    /** Over all months, in the reporting currency or the own unit; null where months do not add up. */
    totals: z
      .object({
        unit,
        planned: tracedFigure,
        baseline: tracedFigure,
        forecast: tracedFigure,
        realised: tracedFigure,
        confirmed: tracedFigure,
      })
      .nullable(),
  })
  .meta({ id: 'BenefitMeasurements' });
export type BenefitMeasurements = z.infer<typeof benefitMeasurements>;
