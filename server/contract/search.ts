import { z } from 'zod';
import { LAYERS } from './chain.js';
import * as p from './primitives.js';

/** What can be found: records of the chain, decisions, services, own indicators, and metrics by their id or name. */
export const FOUND_TYPES = [...LAYERS, 'decision', 'service', 'indicator', 'metric'] as const;

/** Records and metrics by code or name, for the command palette. */
export const searchQuery = z.strictObject({
  q: p.text(200).min(1, 'Write a word to search for.'),
  limit: z.coerce.number().int().min(1).max(50).default(12),
});
export type SearchQuery = z.infer<typeof searchQuery>;

export const searchResult = z
  .object({
    /** Best first: the code itself, then codes and names that begin with the words, then those that hold them. */
    items: z.array(z.object({ type: z.enum(FOUND_TYPES), code: z.string(), name: z.string() })),
    total: z.number().int(),
  })
  .meta({ id: 'SearchResult' });
export type SearchResult = z.infer<typeof searchResult>;
