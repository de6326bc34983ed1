import { z } from 'zod';
import { BENEFIT_STATUSES } from './status.js';
import * as p from './primitives.js';

/** Values of benefits and costs of investments by month, their confirmation, and what they add up to. */

const realisedAmount = p.money.nullable();

export const changeBenefitValues = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          month: p.month,
          planned: p.money.nullable().optional(),
          forecast: p.money.nullable().optional(),
          realised: realisedAmount.optional(),
          evidence: p.text(4000).nullable().optional(),
          /** Why a realised value that is already there changes, or the plan of an approved benefit after its first; required then. */
          reason: p.reason.optional(),
          /** The version that was read; required for a month that is already there. */
          version: z.number().int().min(1).optional(),
        }),
      )
      .min(1)
      .max(2000),
  })
  .meta({ id: 'ChangeBenefitValues' });
export type ChangeBenefitValues = z.infer<typeof changeBenefitValues>;

export const benefitMonth = z
  .object({
    id: p.id,
    version: z.number().int(),
    month: z.string(),
    planned: z.string().nullable(),
    forecast: z.string().nullable(),
    realised: z.string().nullable(),
    evidence: z.string().nullable(),
    reportedBy: z.string().nullable(),
    confirmed: z.string().nullable(),
    confirmedBy: z.string().nullable(),
    confirmedAt: z.string().nullable(),
    /** `attestation` where an import said so, `person` where finance confirmed it here. */
    confirmedHow: z.enum(['person', 'attestation']).nullable(),
    updatedAt: z.string(),
  })
  .meta({ id: 'BenefitMonth' });
export type BenefitMonth = z.infer<typeof benefitMonth>;
export const benefitMonths = z
  .object({
    benefitCode: z.string(),
    currency: z.string().nullable(),
    unit: z.string().nullable(),
    /** The benefit is approved and has a plan: from now on its plan changes only with a reason. */
    isPlanFixed: z.boolean(),
    items: z.array(benefitMonth),
  })
  .meta({ id: 'BenefitMonths' });
export type BenefitMonths = z.infer<typeof benefitMonths>;

export const changeInvestmentCosts = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          month: p.month,
          kind: z.enum(['capex', 'opex', 'skills']),
          planned: p.money.nullable().optional(),
          actual: p.money.nullable().optional(),
          version: z.number().int().min(1).optional(),
        }),
      )
      .min(1)
      .max(2000),
  })
  .meta({ id: 'ChangeInvestmentCosts' });
export type ChangeInvestmentCosts = z.infer<typeof changeInvestmentCosts>;

export const costMonth = z
  .object({
    id: p.id,
    version: z.number().int(),
    month: z.string(),
    kind: z.enum(['capex', 'opex', 'skills']),
    planned: z.string().nullable(),
    actual: z.string().nullable(),
    updatedAt: z.string(),
  })
  .meta({ id: 'CostMonth' });
export const costMonths = z
  .object({ investmentCode: z.string(), currency: z.string(), items: z.array(costMonth) })
  .meta({ id: 'CostMonths' });
export type CostMonths = z.infer<typeof costMonths>;

export const confirmValue = z
  .strictObject({
    version: z.number().int().min(1),
    amount: p.money,
    /** In which the amount was seen, null where the benefit was in none; where it is stated, it must still be so. */
    currency: p.currency.nullable().optional(),
    note: p.text(1000).optional(),
  })
  .meta({ id: 'ConfirmValue' });
export type ConfirmValue = z.infer<typeof confirmValue>;

export const valueQuery = z.strictObject({
  period: p.period.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type ValueQuery = z.infer<typeof valueQuery>;

const funnel = z.object({ planned: z.string(), realised: z.string(), confirmed: z.string(), traced: z.string() });

export const value = z
  .object({
    period: z.string(),
    currency: z.string(),
    funnel,
    /** How many benefits stand behind each step: 0 means that none is recorded, which is not the same as a sum of 0. */
    counts: z.object({
      benefits: z.number().int(),
      planned: z.number().int(),
      realised: z.number().int(),
      confirmed: z.number().int(),
      traced: z.number().int(),
    }),
    /** Σ realised ÷ Σ planned to date, and the same over the months that have both; null where nothing is planned. */
    realisationRate: z.number().nullable(),
    measuredRate: z.number().nullable(),
    coverage: z.number().nullable(),
    /**
     * Σ realised ÷ Σ baseline planned to date: re-planning hides no shortfall. The baseline plan is the one in force at the approval; of a
     * benefit that is not approved (`standIns`, of those with a plan) the current plan stands in.
     */
    baselineRealisationRate: z.number().nullable(),
    baseline: z.object({ planned: z.string(), fixed: z.number().int(), standIns: z.number().int() }),
    /** What each step of the funnel loses, by benefit, largest first. */
    losses: z.array(
      z.object({
        step: z.enum(['realised', 'confirmed', 'traced']),
        code: z.string(),
        name: z.string(),
        amount: z.string(),
      }),
    ),
    byType: z.array(
      z.object({
        type: z.string().nullable(),
        benefits: z.number().int(),
        planned: z.string(),
        realised: z.string(),
        confirmed: z.string(),
      }),
    ),
    byMonth: z.array(
      z.object({
        month: z.string(),
        planned: z.string(),
        forecast: z.string(),
        realised: z.string(),
        confirmed: z.string(),
      }),
    ),
    benefits: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        type: z.string().nullable(),
        nature: z.string().nullable(),
        owner: z.string().nullable(),
        /** Of a money benefit in the reporting currency; of others in their own unit. */
        money: z.boolean(),
        unit: z.string().nullable(),
        planned: z.string(),
        realised: z.string(),
        /** realised − planned to date; null where either is missing: what is not planned, or not measured, has no variance. */
        variance: z.string().nullable(),
        /** The same against the baseline plan; where none is fixed, against the current one. */
        isPlanFixed: z.boolean(),
        baselinePlanned: z.string(),
        baselineVariance: z.string().nullable(),
        confirmed: z.string(),
        traced: z.string().nullable(),
        achievement: z.number().nullable(),
        status: z.enum(BENEFIT_STATUSES),
        declaredStatus: z.string().nullable(),
        evidenceLevel: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'Value' });
export type Value = z.infer<typeof value>;
