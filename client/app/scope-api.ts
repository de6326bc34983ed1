import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { auditPage } from '../../server/contract/access.js';
import { page } from '../../server/contract/primitives.js';
import { call } from '../lib/http';

/** What the bar needs of every page: the scopes to choose from, and when something last changed. */

const scopeItem = z.object({ code: z.string(), name: z.string(), parentCode: z.string().nullable().optional() });
export type ScopeItem = z.infer<typeof scopeItem>;
const scopePage = page(scopeItem);

/** More than this many do not fit a picker; the picker says so. */
const MOST = '500';

const scopeQuery = (path: '/portfolios' | '/org-units') =>
  queryOptions({
    queryKey: ['scopes', path],
    queryFn: ({ signal }) => call(path, scopePage, { query: { limit: MOST, sort: 'code' }, signal }),
    staleTime: 5 * 60_000,
  });
export const portfoliosQuery = scopeQuery('/portfolios');
export const orgUnitsQuery = scopeQuery('/org-units');

/** Signing in and out is audited too, but changes no figure. */
const CHANGES_NOTHING = new Set(['session', 'token', 'user']);

/** The instant of the newest change to a record; null where there is none among the newest events. */
export const lastChangeQuery = queryOptions({
  queryKey: ['last-change'],
  queryFn: async ({ signal }) => {
    const events = await call('/audit', auditPage, { query: { limit: '50' }, signal });
    const changes = events.items.filter(({ objectType }) => !CHANGES_NOTHING.has(objectType));
    return (
      changes
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? null
    );
  },
});
