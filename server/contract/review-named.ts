import { z } from 'zod';

/** A frozen review as another one names it: by its hash, whatever becomes of its quarter later. */
export const namedReview = z
  .object({
    id: z.uuid(),
    code: z.string(),
    revision: z.number().int(),
    period: z.string(),
    /** `2026 Q2`. */
    periodName: z.string(),
    frozenAt: z.string(),
    sha256: z.string(),
  })
  .meta({ id: 'NamedReview' });
export type NamedReview = z.infer<typeof namedReview>;
