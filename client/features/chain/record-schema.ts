import { z } from 'zod';
import { LAYERS } from '../../../server/contract/chain.js';

/** What this page asks of records that have forms of their own. */

/** Of any record: what a change needs to know. */
export const record = z.object({ id: z.string(), version: z.number().int() });

/** A link as it was entered: shares in percent as text, null where they are left blank. */
export const linkRecord = z.object({
  id: z.string(),
  fromType: z.enum(LAYERS),
  fromCode: z.string(),
  toType: z.enum(LAYERS),
  toCode: z.string(),
  rationale: z.string().nullable(),
});
export type LinkRecord = z.infer<typeof linkRecord>;

export const linkPage = z.object({ items: z.array(linkRecord) });
