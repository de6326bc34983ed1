import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import {
  confirmations,
  judgedValues,
  refusedValues,
  type JudgeValues,
  type RefusedValue,
} from '../../../server/contract/confirmation.js';
import { ApiError, call, type Query } from '../../lib/http';

/** What waits for finance, page by page, and what finance says of it. */

export const workListQuery = (query: Query) =>
  infiniteQueryOptions({
    queryKey: ['confirmations', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call('/confirmations', confirmations, { query: { ...query, limit: '50', cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/**
 * All of them or none; the same key again gets the answer of the first time.
 * @throws ApiError with what `refusedOf` reads, 422 for a rejection without a note
 */
export const judge = (body: JudgeValues, key: string) =>
  call('/confirmations', judgedValues, { method: 'POST', body, headers: { 'idempotency-key': key } });

/** The values of a refused verdict that cannot be judged; none where the refusal names none. */
export function refusedOf(error: Error | null): RefusedValue[] {
  const body = error instanceof ApiError ? refusedValues.safeParse(error.body) : null;
  return body?.success ? body.data.refused : [];
}
