import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { frozenRecords, restatement, reviewVerification } from '../../../server/contract/review-after.js';
import { reviewColumns } from '../../../server/contract/review-columns.js';
import type { ReviewChange } from '../../../server/contract/review-change.js';
import { review, reviews, type Review } from '../../../server/contract/review.js';
import { call, callForNothing } from '../../lib/http';

const KEY = 'reviews';
const pathOf = (id: string): string => `/reviews/${encodeURIComponent(id)}`;

/** All that one may read, the newest quarter first. */
export const reviewsQuery = queryOptions({
  queryKey: [KEY, 'list'],
  queryFn: ({ signal }) => call('/reviews', reviews, { signal }),
});

/** With its document: as frozen, or of a draft as it would be frozen now. */
export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, 'one', id],
    queryFn: ({ signal }) => call(pathOf(id), review, { signal }),
  });

/** As frozen, as the quarter before froze it, and as the records of today give it. */
export const restatementQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, 'restatement', id],
    queryFn: ({ signal }) => call(`${pathOf(id)}/restatement`, restatement, { signal }),
  });

/** What stands in the place of its tables and drawings as the quarter before froze them, and as the records of today make them. */
export const columnsQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, 'columns', id],
    queryFn: ({ signal }) => call(`${pathOf(id)}/columns`, reviewColumns, { signal }),
  });

export const verificationQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, 'verification', id],
    queryFn: ({ signal }) => call(`${pathOf(id)}/verify`, reviewVerification, { signal }),
    // Asked for by hand each time: an answer of a minute ago proves nothing.
    enabled: false,
    gcTime: 0,
  });

const RECORDS_AT_ONCE = '50';

/** Records behind a figure as they were frozen, page by page. */
export const frozenRecordsQuery = (id: string, figure: string) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'records', id, figure],
    queryFn: ({ signal, pageParam }) =>
      call(`${pathOf(id)}/records`, frozenRecords, {
        query: { figure, limit: RECORDS_AT_ONCE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

type Stored = Pick<Review, 'id' | 'version'>;

/** A draft of the quarter; the next revision where the last is frozen. */
export const startReview = (period: string): Promise<Review> =>
  call('/reviews', review, { method: 'POST', body: { period } });

/** @throws ApiError 412 where somebody else saved meanwhile, 409 where it is frozen */
export const changeReview = (stored: Stored, changed: ReviewChange): Promise<Review> =>
  call(pathOf(stored.id), review, { method: 'PATCH', body: changed, of: stored });

/**
 * Freezes what was read, and nothing else.
 * @param attempt names the attempt, so that sending it twice freezes once
 * @throws ApiError 412 where the draft says something else by now
 */
export const freezeReview = (
  stored: Stored & Pick<Review, 'contentSha256'>,
  reason: string | null,
  attempt: string,
): Promise<Review> =>
  call(`${pathOf(stored.id)}/freeze`, review, {
    method: 'POST',
    body: { reason, contentSha256: stored.contentSha256 },
    of: stored,
    headers: { 'Idempotency-Key': attempt },
  });

export const publishReview = (stored: Stored): Promise<Review> =>
  call(`${pathOf(stored.id)}/publish`, review, { method: 'POST', of: stored });

export const deleteReview = (stored: Stored): Promise<void> =>
  callForNothing(pathOf(stored.id), { method: 'DELETE', of: stored });
