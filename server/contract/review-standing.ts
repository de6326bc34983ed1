import { z } from 'zod';

/** Whether what was published, or frozen, is still true. */

export const MOST_STANDINGS = 8;
/** How many of the reviews, the newest quarter first: of those published, or also of those that are frozen to be. */
export const reviewStandingQuery = z.strictObject({
  of: z.enum(['published', 'frozen']).default('published'),
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
        /** Null of one that is frozen and not published yet. */
        publishedAt: z.string().nullable(),
        /** How many figures its headline shows. */
        headline: z.number().int(),
        /** Those of them that are different today: as frozen, and as the records of today give them. */
        restated: z.array(z.object({ key: z.string(), title: z.string(), frozen: z.string(), today: z.string() })),
      }),
    ),
  })
  .meta({ id: 'ReviewStandings' });
export type ReviewStandings = z.infer<typeof reviewStandings>;
