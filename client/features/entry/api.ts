import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  blockedUndo,
  entryGrid,
  entryList,
  entryReceipt,
  staleEntry,
  type ChangedSince,
  type SaveEntry,
  type StaleCell,
} from '../../../server/contract/entry.js';
import { ApiError, call, type Query } from '../../lib/http';

/** The entry grid, what is saved of it, and how that is taken back. */

export const gridQuery = (query: Query) =>
  queryOptions({
    queryKey: ['entry', query],
    queryFn: ({ signal }) => call('/entry', entryGrid, { query, signal }),
    placeholderData: keepPreviousData,
  });

/** One's own entries, the newest first. */
export const entriesQuery = infiniteQueryOptions({
  queryKey: ['entries', 'list'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) =>
    call('/entries', entryList, { query: { limit: '20', cursor: pageParam }, signal }),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** What one entry changed, value by value. */
export const entryQuery = (id: string) =>
  queryOptions({
    queryKey: ['entries', 'one', id],
    queryFn: ({ signal }) => call(`/entries/${encodeURIComponent(id)}`, entryReceipt, { signal }),
  });

/** @throws ApiError 412 with the stale cells, 422 (a missing reason or rate), 403 for a foreign benefit */
export const saveEntry = (body: SaveEntry) => call('/entry', entryReceipt, { method: 'PUT', body });

/** @throws ApiError 409 naming what was built upon the entry since */
export const undoEntry = (id: string, reason: string) =>
  call(`/entries/${encodeURIComponent(id)}/undo`, entryReceipt, { method: 'POST', body: {}, reason });

/** The cells of a refused entry that others changed; none where the refusal names none. */
export function staleOf(error: Error): StaleCell[] {
  const body = error instanceof ApiError && error.status === 412 ? staleEntry.safeParse(error.body) : null;
  return body?.success ? body.data.stale : [];
}

export function changedOf(error: Error): ChangedSince[] {
  const body = error instanceof ApiError && error.status === 409 ? blockedUndo.safeParse(error.body) : null;
  return body?.success ? body.data.changed : [];
}
