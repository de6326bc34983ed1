import { z } from 'zod';

/** What a person may do with one record, as the server will decide when they do it. */
export const rights = z
  .object({
    mayWrite: z.boolean(),
    /** Links that lead on from it, and links that lead to it; false of what is no layer of the chain. */
    mayLinkFrom: z.boolean(),
    mayLinkTo: z.boolean(),
    /** Who manages its portfolio; null where it lies in none, or nobody is named. */
    ask: z.string().nullable(),
  })
  .meta({ id: 'Rights' });
export type Rights = z.infer<typeof rights>;
