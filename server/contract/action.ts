import { z } from 'zod';
import { tracedFigure } from './overview.js';
import * as p from './primitives.js';
import { BENEFIT_STATUSES } from './status.js';

/** Benefits that fall short and that nobody acts upon; and what is being done about the others. */

export const needsActionQuery = z.strictObject({
  period: p.period.optional(),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type NeedsActionQuery = z.infer<typeof needsActionQuery>;

export const correctiveAction = z
  .object({
    code: z.string(),
    version: z.number().int(),
    benefit: z.object({ code: z.string(), name: z.string() }),
    title: z.string().nullable(),
    owner: z.string().nullable(),
    dueOn: z.string().nullable(),
    doneOn: z.string().nullable(),
    /** It is not done, and its day is over. */
    isOverdue: z.boolean(),
    /** The expected effect in words, and as an amount in the benefit's currency or unit. */
    effect: z.string().nullable(),
    effectAmount: z.string().nullable(),
    unit: z.string().nullable(),
    result: z.string().nullable(),
  })
  .meta({ id: 'CorrectiveActionOfBenefit' });
export type CorrectiveActionOfBenefit = z.infer<typeof correctiveAction>;

export const benefitInNeed = z
  .object({
    code: z.string(),
    name: z.string(),
    owner: z.string().nullable(),
    money: z.boolean(),
    unit: z.string().nullable(),
    /** At the end of the period before, and of this one. */
    before: z.enum(BENEFIT_STATUSES),
    now: z.enum(BENEFIT_STATUSES),
    planned: tracedFigure,
    realised: tracedFigure,
    variance: tracedFigure.extend({ impact: z.enum(['favourable', 'unfavourable', 'neutral']) }),
  })
  .meta({ id: 'BenefitInNeed' });
export type BenefitInNeed = z.infer<typeof benefitInNeed>;

export const needsAction = z
  .object({
    period: z.string(),
    previousPeriod: z.string(),
    currency: z.string(),
    /** The day by which it is judged what is overdue. */
    today: z.string(),
    /** Benefits off track or not measured in both periods that have no open action. */
    needed: tracedFigure,
    /** Corrective actions that are not done, those of them whose day is over, and what they are to bring, in the reporting currency. */
    open: tracedFigure,
    overdue: tracedFigure,
    effect: tracedFigure,
    benefits: z.array(benefitInNeed),
    /** Overdue first, then by the day on which they are due. */
    openActions: z.array(correctiveAction),
    /** Done in the last half-year, the latest first. */
    doneActions: z.array(correctiveAction),
  })
  .meta({ id: 'NeedsAction' });
export type NeedsAction = z.infer<typeof needsAction>;
