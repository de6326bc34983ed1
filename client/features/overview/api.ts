import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { value } from '../../../server/contract/benefit.js';
import { chain, gaps } from '../../../server/contract/chain.js';
import { call } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

const key = (page: PageScope) => [page.period, page.portfolio, page.orgUnit] as const;

/** Benefits to date: the proof funnel, its losses, and each benefit's status. */
export const valueQuery = (page: PageScope) =>
  queryOptions({
    queryKey: ['value', ...key(page)],
    queryFn: ({ signal }) => call('/value', value, { query: scopeQuery(page), signal }),
    placeholderData: keepPreviousData,
  });

/** Cost down and value up, to date. */
export const chainQuery = (page: PageScope) =>
  queryOptions({
    queryKey: ['chain', ...key(page)],
    queryFn: ({ signal }) => call('/chain', chain, { query: scopeQuery(page), signal }),
    placeholderData: keepPreviousData,
  });

/** Where the chain breaks, counted by kind. */
export const gapCountsQuery = (page: PageScope) =>
  queryOptions({
    queryKey: ['gaps', ...key(page)],
    queryFn: ({ signal }) => call('/chain/gaps', gaps, { query: { ...scopeQuery(page), limit: '1' }, signal }),
    placeholderData: keepPreviousData,
  });
