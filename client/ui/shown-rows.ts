import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { shownOf, stepOf } from '../lib/shown-rows';

/** How many rows of a long list are shown, which the address keeps (`rows=100`), and how to show more. */
export function useShownRows(step: number): { shown: number; showMore: () => void } {
  const { rows } = useSearch({ strict: false }) as { rows?: string };
  const navigate = useNavigate();
  const shown = shownOf(rows, step);
  return {
    shown,
    showMore: () =>
      void navigate({
        to: '.',
        search: (current: Record<string, unknown>) => ({ ...current, rows: String(shown + step) }),
        replace: true,
        resetScroll: false,
      }),
  };
}

type Pages<Item> = UseInfiniteQueryResult<InfiniteData<{ items: readonly Item[] }>>;

/** The same of a list that comes page by page: pages are read until there are as many rows as the address says. */
export function useShownPages<Item>(query: Pages<Item>, size: number) {
  const { shown, showMore } = useShownRows(size);
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const all = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const isShort = all.length > 0 && all.length < shown && hasNextPage;
  useEffect(() => {
    if (isShort && !isFetchingNextPage && error === null) void fetchNextPage();
  }, [isShort, isFetchingNextPage, error, fetchNextPage]);
  const step = stepOf(all.length, shown, hasNextPage, error !== null);
  const rows = useMemo(() => all.slice(0, step.rows), [all, step.rows]);
  return {
    rows,
    hasMore: step.next !== null,
    isFetchingMore: isFetchingNextPage,
    showMore: step.next === 'read' ? () => void fetchNextPage() : showMore,
  };
}
