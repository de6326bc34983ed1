import { z } from 'zod';

/** Versions of a benefit's plan: one save each, whatever it changed of the plan. */

export const planVersions = z
  .object({
    benefitCode: z.string(),
    /** What amounts are in: the currency of a money benefit, else its own unit. */
    currency: z.string().nullable(),
    unit: z.string().nullable(),
    /** Oldest first. */
    items: z.array(
      z.object({
        number: z.number().int(),
        at: z.string(),
        by: z.string(),
        reason: z.string().nullable(),
        /** The import that brought it, or whose revert did; null where a person entered it. */
        importId: z.string().nullable(),
        /** In force at the approval, or the first one where that came later. None is, of a benefit that is not approved. */
        isBaseline: z.boolean(),
        isCurrent: z.boolean(),
        /** Σ planned of all months; null of a benefit whose months are averaged, or whose latest month counts. */
        total: z.string().nullable(),
        /** Its total less that of the version before; null of the first. */
        change: z.string().nullable(),
        /** The whole plan as it was then, without months that had none. */
        months: z.array(z.object({ month: z.string(), planned: z.string() })),
      }),
    ),
  })
  .meta({ id: 'PlanVersions' });
export type PlanVersions = z.infer<typeof planVersions>;
