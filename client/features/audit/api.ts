import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { auditPage, auditVerification } from '../../../server/contract/access.js';
import { call } from '../../lib/http';

export interface AuditFilter {
  objectType?: string;
  objectId?: string;
  actor?: string;
}

/** Events, newest first. Of one record also those of its months, and of the imports that wrote it. */
export const eventsQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => {
      const isRecord = filter.objectType !== undefined && filter.objectId !== undefined && filter.actor === undefined;
      const query = { ...filter, ...(isRecord ? { related: 'true' } : {}), limit: '50', cursor: pageParam };
      return call('/audit', auditPage, { query, signal });
    },
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** One event: the first below the number after it. */
export const eventQuery = (seq: number) =>
  queryOptions({
    queryKey: ['audit', 'one', seq],
    queryFn: async ({ signal }) => {
      const { items } = await call('/audit', auditPage, { query: { cursor: String(seq + 1), limit: '1' }, signal });
      return items.find((event) => event.seq === seq) ?? null;
    },
  });

export const verifyChain = () => call('/audit/verify', auditVerification);
