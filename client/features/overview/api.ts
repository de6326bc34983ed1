import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { value } from '../../../server/contract/benefit.js';
import { chain } from '../../../server/contract/chain.js';
import { overview, profile } from '../../../server/contract/overview.js';
import { call, type Query } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

const key = (page: PageScope) => [page.period, page.portfolio, page.orgUnit] as const;

/** Message, ledger, funnel and deviations: of one moment. */
export const overviewQuery = (page: PageScope) =>
  queryOptions({
    queryKey: ['overview', ...key(page)],
    queryFn: ({ signal }) => call('/overview', overview, { query: scopeQuery(page), signal }),
    placeholderData: keepPreviousData,
  });

/** Money benefits by quarter. @param nature only benefits of one nature */
export const profileQuery = (page: PageScope, nature: string | undefined) =>
  queryOptions({
    queryKey: ['overview-profile', ...key(page), nature],
    queryFn: ({ signal }) => call('/overview/profile', profile, { query: { ...scopeQuery(page), nature }, signal }),
    placeholderData: keepPreviousData,
  });

/** Each benefit's status. */
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

/** What is due of the scope, whoever reports it, counted; the sheet of entry says the same. */
export const dueValues = (page: PageScope): Query => ({ ...scopeQuery(page), limit: '1' });
