import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type Metric, type MetricId, metricRecords, metrics } from '../../../server/contract/metric.js';
import { metricPage } from '../../../server/contract/metric-page.js';
import {
  type AddAnnotation,
  annotation,
  type Annotation,
  type ChangeAnnotation,
  metricNotes,
  type MetricNotes,
  metricOwner,
  type MetricOwner,
} from '../../../server/contract/metric-notes.js';
import { currentIn } from '../../lib/current';
import { call, callForNothing } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

const key = ({ period, portfolio, orgUnit }: PageScope) => [period, portfolio, orgUnit] as const;

/** All metrics that the reader may see, by family. */
export const scorecardQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: ['metrics', ...key(scope)],
    queryFn: ({ signal }) => call('/metrics', metrics, { query: scopeQuery(scope), signal }),
    placeholderData: keepPreviousData,
  });

/** Some metrics, in the order in which they are named: one question, whose facts are read once. Those that the reader may not see are left out. */
export const metricsOfQuery = (ids: readonly MetricId[], scope: PageScope) => {
  const only = ids.join(',');
  return queryOptions({
    queryKey: ['metrics-of', only, ...key(scope)],
    queryFn: ({ signal }) => call('/metrics', metrics, { query: { ...scopeQuery(scope), only }, signal }),
    placeholderData: (previous, query) => (query?.queryKey[1] === only ? previous : undefined),
    select: ({ families }): Metric[] => {
      const found = families.flatMap((family) => family.metrics);
      return ids.flatMap((id) => found.find((metric) => metric.id === id) ?? []);
    },
  });
};

/** One metric, with what it is made of. */
export const metricQuery = (id: MetricId, scope: PageScope) =>
  queryOptions({
    queryKey: ['metric', id, ...key(scope)],
    queryFn: ({ signal }) => call(`/metrics/${id}`, metricPage, { query: scopeQuery(scope), signal }),
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

/** Who answers for a metric, what happened on its way, what it is to reach. */
export const metricNotesQuery = (id: MetricId) =>
  queryOptions({
    queryKey: ['metric-notes', id],
    queryFn: ({ signal }) => call(`/metrics/${id}/notes`, metricNotes, { signal }),
  });

export const nameOwner = (id: MetricId, version: number, owner: string | null): Promise<MetricOwner> =>
  call(`/metrics/${id}/owner`, metricOwner, { method: 'PUT', body: { owner }, of: { version } });

export const addAnnotation = (id: MetricId, body: AddAnnotation): Promise<Annotation> =>
  call(`/metrics/${id}/annotations`, annotation, { method: 'POST', body });

/** @throws ApiError 412 where it was changed since it was read */
export const changeAnnotation = (id: MetricId, stored: Annotation, body: ChangeAnnotation): Promise<Annotation> =>
  call(`/metrics/${id}/annotations/${stored.id}`, annotation, {
    method: 'PATCH',
    body,
    of: stored,
  });

export const withdrawAnnotation = (id: MetricId, { id: which, version }: Annotation): Promise<void> =>
  callForNothing(`/metrics/${id}/annotations/${which}`, { method: 'DELETE', of: { version } });

/** Who answers for a metric, with the version for the next change. */
export type Owner = Pick<MetricNotes, 'owner' | 'ownerVersion'>;
const storedOwner = z
  .object({ owner: z.string().nullable(), version: z.number() })
  .transform(({ owner, version }): Owner => ({ owner, ownerVersion: version }));
export const currentOwner = (body: unknown): Owner | null => currentIn(storedOwner, body);
