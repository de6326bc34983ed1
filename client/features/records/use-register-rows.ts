import { keepPreviousData, useInfiniteQuery, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { ChainNode, GapKind } from '../../../server/contract/chain.js';
import type { SessionInfo } from '../../../server/contract/access.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import { compare } from '../../../server/contract/decimal.js';
import type { RegisterType } from '../../lib/registers';
import { usePageScope } from '../../ui/page-scope';
import { stepOf } from '../../lib/shown-rows';
import { useShownRows } from '../../ui/shown-rows';
import { readsChain } from '../access/api';
import { allGapsQuery, chainQuery, listQuery } from './api';
import { gapsByCode } from './gap-words';
import { isOwnField, listQueryOf, type RegisterSearch } from './register-search';

/** One line of a register: the record, and what is computed about it. */
export interface RegisterRow {
  record: AnyRecord;
  /** Spend to date that reaches it; null where chain figures are not for the reader. */
  node: ChainNode | null;
  gaps: readonly GapKind[];
}

/** What is computed about the records of a register, read beside the list: it may fail while the list is there. */
export interface Figures {
  /** In a sentence: `the spend`. */
  what: string;
  /** Ids of the columns that show it. */
  columns: readonly string[];
  query: Pick<UseQueryResult, 'data' | 'error' | 'isFetching' | 'dataUpdatedAt' | 'refetch'>;
}

/** There is nothing of it, not even from before. */
export const isUnread = ({ query }: Figures): boolean => query.error !== null && query.data === undefined;

const STEP = 50;
/** More rows than this are not sorted by what is computed. */
const MOST_WHOLE = 5000;

/** What an order by something computed compares; text that is no decimal stands last. */
const COMPUTED: Record<string, (row: RegisterRow) => string | null> = {
  spend: ({ node }) => node?.cost ?? null,
};
export const isComputed = (field: string): boolean => field in COMPUTED;

const FIGURES = {
  chain: { what: 'the spend to date', columns: ['spend'] },
  gaps: { what: 'the gaps', columns: ['gaps'] },
} as const;

/** By raw value, what is not known last in either direction. */
function inOrder(rows: readonly RegisterRow[], sort: string): RegisterRow[] {
  const pick = COMPUTED[sort.replace(/^-/, '')]!;
  const sign = sort.startsWith('-') ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [pick(a), pick(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compare(left, right);
  });
}

/**
 * The rows of a register. Pages come from the server in its order; where the page filters or sorts by something computed, all records are
 * read first, so that nothing is sorted or left out by halves.
 */
export function useRegisterRows(type: RegisterType, search: RegisterSearch, session: SessionInfo) {
  const scope = usePageScope();
  const isChain = type !== 'link' && readsChain(session);
  const gaps = useQuery({ ...allGapsQuery(scope), enabled: isChain });
  const chain = useQuery({ ...chainQuery(scope), enabled: isChain });

  const sort = search.sort?.replace(/^-/, '');
  const sortsHere = sort !== undefined && !isOwnField(type, sort) && isComputed(sort);
  const isWhole = sortsHere || search.gap !== undefined;
  const list = useInfiniteQuery({
    ...listQuery(type, listQueryOf(type, search, scope), isWhole),
    placeholderData: keepPreviousData,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const total = list.data?.pages[0]?.total ?? 0;
  const read = list.data?.pages.reduce((sum, { items }) => sum + items.length, 0) ?? 0;
  const { shown, showMore } = useShownRows(STEP);
  const isShort = isWhole ? total <= MOST_WHOLE : read > 0 && read < shown;
  useEffect(() => {
    if (isShort && hasNextPage && !isFetchingNextPage && list.error === null) void fetchNextPage();
  }, [isShort, hasNextPage, isFetchingNextPage, fetchNextPage, list.error]);

  const rows = useMemo(() => {
    const nodes = new Map(chain.data?.nodes.flatMap((node) => (node.type === type ? [[node.code, node]] : [])));
    const found = gapsByCode(gaps.data ?? [], type);
    const all = (list.data?.pages ?? []).flatMap(({ items }) =>
      items.map((record): RegisterRow => {
        const code = String(record['code'] ?? '');
        return { record, node: nodes.get(code) ?? null, gaps: found.get(code) ?? [] };
      }),
    );
    const kept = all.filter((row) => search.gap === undefined || row.gaps.includes(search.gap as GapKind));
    return sortsHere && search.sort !== undefined ? inOrder(kept, search.sort) : kept;
  }, [list.data, chain.data, gaps.data, type, search.gap, search.sort, sortsHere]);

  const step = stepOf(rows.length, shown, !isWhole && hasNextPage, list.error !== null);

  const figures: Figures[] = [
    ...(isChain ? [{ ...FIGURES.chain, query: chain }] : []),
    ...(isChain ? [{ ...FIGURES.gaps, query: gaps }] : []),
  ];
  const unread = figures.filter(isUnread);
  // What is filtered by something that could not be read is not known, and not none.
  const missing = unread.find(({ query }) => query === gaps && search.gap !== undefined);
  const waits = search.gap !== undefined && gaps.isPending && isChain;
  const sortsByFigure = sortsHere && isChain && chain.isPending;
  return {
    list: missing
      ? {
          ...list,
          error: missing.query.error,
          data: undefined,
          refetch: () => Promise.all([list, missing.query].map(({ refetch }) => refetch())),
        }
      : list,
    /** In whose order the rows are not, though the address asks for it. */
    isUnsorted: sortsHere && unread.some(({ columns }) => columns.some((id) => id === sort)),
    figures,
    isFetching: [list, gaps, chain].some(({ isFetching }) => isFetching),
    isReady: missing === undefined && list.data !== undefined && !waits && !sortsByFigure && !(isWhole && hasNextPage),
    rows: rows.slice(0, step.rows),
    total: isWhole ? rows.length : total,
    hasMore: step.next !== null,
    isFetchingMore: isFetchingNextPage,
    showMore: step.next === 'read' ? () => void fetchNextPage() : showMore,
    gaps: gaps.data,
    currency: chain.data?.currency,
  };
}
