import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { metric, type MetricId, metricRecords, metrics } from '../../../server/contract/metric.js';
import { call } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

const key = ({ period, portfolio, orgUnit }: PageScope) => [period, portfolio, orgUnit] as const;

/** All metrics that the reader may see, by family. */
export const scorecardQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: ['metrics', ...key(scope)],
    queryFn: ({ signal }) => call('/metrics', metrics, { query: scopeQuery(scope), signal }),
    placeholderData: keepPreviousData,
  });

/** One metric. */
export const metricQuery = (id: MetricId, scope: PageScope) =>
  queryOptions({
    queryKey: ['metric', id, ...key(scope)],
    queryFn: ({ signal }) => call(`/metrics/${id}`, metric, { query: scopeQuery(scope), signal }),
    placeholderData: (previous, query) => (query?.queryKey[1] === id ? previous : undefined),
  });

export const RECORDS_A_PAGE = 200;

/** The records behind a metric, page by page. */
export const metricRecordsQuery = (id: MetricId, scope: PageScope) =>
  infiniteQueryOptions({
    queryKey: ['metric-records', id, ...key(scope)],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(`/metrics/${id}/records`, metricRecords, {
        query: { ...scopeQuery(scope), limit: String(RECORDS_A_PAGE), cursor: pageParam },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: (previous, query) => (query?.queryKey[1] === id ? previous : undefined),
  });
