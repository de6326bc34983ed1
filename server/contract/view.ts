import { z } from 'zod';
import * as p from './primitives.js';

/** Saved views: what a page was narrowed to, under a name. The address stays the truth; a view is one that is kept. */

/** Of the page that the view is of: `benefits`. */
const page = z.string().regex(/^[a-z][a-z-]{0,39}$/, 'Name the page in small letters, such as benefits.');
const name = p.text(80).min(1, 'A view needs a name.');
/** The search of an address without its question mark. */
const search = z
  .string()
  .max(2000, 'At most 2000 characters.')
  .regex(/^[^?#\s\p{Cc}\p{Surrogate}]*$/u, 'Write the search of an address, such as status=off_track&sort=-planned.');

export const viewQuery = z.strictObject({ page, limit: p.limit, cursor: z.string().max(400).optional() });
export type ViewQuery = z.infer<typeof viewQuery>;

export const createView = z
  .strictObject({ page, name, search, shared: z.boolean().default(false) })
  .meta({ id: 'CreateView' });
export type CreateView = z.infer<typeof createView>;

export const changeView = z
  .strictObject({ name: name.optional(), search: search.optional(), shared: z.boolean().optional() })
  .meta({ id: 'ChangeView' });
export type ChangeView = z.infer<typeof changeView>;

export const view = z
  .object({
    id: p.id,
    version: z.number().int(),
    page: z.string(),
    name: z.string(),
    search: z.string(),
    /** Whether everybody sees it. Only its owner changes it. */
    shared: z.boolean(),
    isOwn: z.boolean(),
    /** Name of its owner. */
    owner: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'View' });
export type View = z.infer<typeof view>;

/** Own ones first, then those that others share; by name. */
export const views = p.page(view).meta({ id: 'Views' });
export type Views = z.infer<typeof views>;
