import { z } from 'zod';

/** Whether what was published is still true. */

export const MOST_STANDINGS = 8;
/** How many of the published reviews, the newest quarter first. */
export const reviewStandingQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MOST_STANDINGS).default(1),
});
export type ReviewStandingQuery = z.infer<typeof reviewStandingQuery>;

export const reviewStandings = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        code: z.string(),
        period: z.string(),
        revision: z.number().int(),
        publishedAt: z.string(),
        /** How many figures its headline shows. */
        headline: z.number().int(),
        /** Those of them that are different today: as frozen, and as the records of today give them. */
        restated: z.array(z.object({ key: z.string(), title: z.string(), frozen: z.string(), today: z.string() })),
      }),
    ),
  })
  .meta({ id: 'ReviewStandings' });
export type ReviewStandings = z.infer<typeof reviewStandings>;
