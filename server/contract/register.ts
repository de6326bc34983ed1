import { z } from 'zod';
import { FORECAST_REASONS } from './case.js';
import { GAP_KINDS } from './chain.js';
import { BENEFIT_STATUSES } from './status.js';
import * as p from './primitives.js';

/** The register of benefits: one line a benefit, by class, with what the lines of a class add up to. */

/** What becomes money, and what does not; `unclassified` where nobody has said so. Classes are never added to each other. */
export const BENEFIT_CLASSES = ['cashable', 'non_cashable', 'non_financial', 'unclassified'] as const;
export type BenefitClass = (typeof BENEFIT_CLASSES)[number];

/** Beside the classes: the two of money together, and what is expected to do harm. */
export const CLASS_FILTERS = [...BENEFIT_CLASSES, 'financial', 'disbenefit'] as const;
export const EVIDENCE_FILTERS = ['0', '1', '2', '3'] as const;
/** Of the first month that has no realised value: whether it is late, still in time, or whether there is none. */
export const DUE_FILTERS = ['overdue', 'upcoming', 'none'] as const;
/** In place of an owner's e-mail: nobody. */
export const NO_OWNER = 'none';

export const benefitFilter = z.strictObject({
  class: z.enum(CLASS_FILTERS).optional(),
  /** Only what is expected to do harm, whatever its class. */
  effect: z.enum(['disbenefit']).optional(),
  type: z.enum(['revenue', 'cost', 'risk', 'experience']).optional(),
  owner: z.string().trim().toLowerCase().max(254).optional(),
  status: z.enum(BENEFIT_STATUSES).optional(),
  /** `differs`: the declared status is another than the computed one; `better`: a better one. */
  declared: z.enum(['differs', 'better']).optional(),
  evidence: z.enum(EVIDENCE_FILTERS).optional(),
  due: z.enum(DUE_FILTERS).optional(),
  gap: z.enum(GAP_KINDS).optional(),
  /** Words in the code or name. */
  q: p.text(200).optional(),
  /** The day by which `due` is judged; default today. */
  on: p.date.optional(),
});
export type BenefitFilter = z.infer<typeof benefitFilter>;

export const benefitListQuery = benefitFilter.extend({
  period: p.period.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type BenefitListQuery = z.infer<typeof benefitListQuery>;

/** Without `limit` the lines come all at once, for a page that sorts them; facts, groups and `total` are of all lines either way. */
export const benefitPageQuery = benefitListQuery.extend({
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z.string().max(400).optional(),
});
export type BenefitPageQuery = z.infer<typeof benefitPageQuery>;

/** What lines add up to, in the reporting currency, to date; null where none of them has such a value. */
const sums = z.object({
  planned: z.string().nullable(),
  realised: z.string().nullable(),
  /** realised − planned: an unmeasured benefit counts with its plan. Null where either is missing. */
  variance: z.string().nullable(),
  /** realised − baseline planned, likewise. */
  baselineVariance: z.string().nullable(),
  expected: z.string().nullable(),
  /**
   * How much of the plan came, fractions as text, as on the overview: null against a plan where nothing is measured. `standIns`: benefits with a
   * plan that are not approved, of which the current plan counts in the baseline, too; `fixed` those that are.
   */
  rates: z.object({
    current: z.string().nullable(),
    baseline: z.string().nullable(),
    measured: z.string().nullable(),
    coverage: z.string().nullable(),
    fixed: z.number().int(),
    standIns: z.number().int(),
  }),
  /** Money benefits that are due, and those of them with a realised value. */
  due: z.number().int(),
  measured: z.number().int(),
  /** What the lines were filtered by, for the traces of these figures. */
  among: z.string(),
});
export type BenefitSums = z.infer<typeof sums>;

const line = z.object({
  code: z.string(),
  name: z.string(),
  class: z.enum(BENEFIT_CLASSES),
  type: z.string().nullable(),
  /** Over its whole life it is planned, or else expected, to lie below zero. */
  isDisbenefit: z.boolean(),
  owner: z.string().nullable(),
  portfolio: z.string().nullable(),
  /** Outcomes that lead to it, as far as the reader sees them. */
  outcomes: z.array(z.object({ code: z.string(), name: z.string() })),
  /** A money benefit is in the reporting currency; others in their own unit. */
  money: z.boolean(),
  unit: z.string().nullable(),
  better: z.enum(['higher', 'lower']),
  /** Of the measure, as entered, in the benefit's own currency or unit. */
  baseline: z.string().nullable(),
  baselineUnit: z.string().nullable(),
  planned: z.string().nullable(),
  realised: z.string().nullable(),
  variance: z.string().nullable(),
  /** variance ÷ |planned|, a fraction as text. */
  varianceShare: z.string().nullable(),
  /** Against the baseline plan; of a benefit that is not approved (`isPlanFixed` false) against the current one. */
  baselineVariance: z.string().nullable(),
  isPlanFixed: z.boolean(),
  /** The plan to date is another than the one that was approved. */
  isReplanned: z.boolean(),
  /** Realised to date and the outlook of later months. */
  expected: z.string().nullable(),
  /** The same with what earlier forecasts of its like came to; null with a reason, which is `not_money` where the benefit is not money. */
  calibrated: z.string().nullable(),
  calibratedReason: z.enum(FORECAST_REASONS).nullable(),
  status: z.enum(BENEFIT_STATUSES),
  declaredStatus: z.enum(BENEFIT_STATUSES).nullable(),
  declaredNote: z.string().nullable(),
  isDeclaredBetter: z.boolean(),
  evidenceLevel: z.number().int(),
  /** The first month that is planned or forecast and has no realised value, and the last day on which that is in time. */
  due: z.object({ month: z.string(), on: z.string(), isOverdue: z.boolean() }).nullable(),
  /** Null where the reader does not read the chain. */
  gaps: z.array(z.enum(GAP_KINDS)).nullable(),
});
export type BenefitLine = z.infer<typeof line>;

export const benefitList = z
  .object({
    period: z.string(),
    currency: z.string(),
    /** The day by which what is due is judged. */
    on: z.string(),
    /** Of all benefits of the scope, whatever the filters. */
    facts: z.object({
      benefits: z.number().int(),
      statuses: z.array(z.object({ status: z.enum(BENEFIT_STATUSES), count: z.number().int() })),
      /** Part of the realised value (money) whose months carry neither evidence nor a confirmation; null where nothing is realised. */
      unevidencedShare: z.number().nullable(),
      declared: z.number().int(),
      declaredOtherwise: z.number().int(),
      declaredBetter: z.number().int(),
      /** declaredBetter ÷ declared; null where nothing is declared. */
      statusMismatchShare: z.number().nullable(),
      noOwner: z.number().int(),
    }),
    /** Owners of the scope's benefits, for the filter. */
    owners: z.array(z.string()),
    /** Lines that pass the filters. */
    total: z.number().int(),
    groups: z.array(z.object({ class: z.enum(BENEFIT_CLASSES), benefits: z.number().int(), sums: sums.nullable() })),
    /** Cashable and non-cashable together; only where the lines are filtered by `financial`. */
    financial: sums.nullable(),
    items: z.array(line),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'BenefitList' });
export type BenefitList = z.infer<typeof benefitList>;
