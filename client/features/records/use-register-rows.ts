import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Value } from '../../../server/contract/benefit.js';
import type { ChainNode, GapKind } from '../../../server/contract/chain.js';
import type { SessionInfo } from '../../../server/contract/access.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import { compare } from '../../lib/decimal';
import type { RegisterType } from '../../lib/registers';
import { usePageScope } from '../../ui/page-scope';
import { readsChain } from '../access/api';
import { allGapsQuery, chainQuery, listQuery, valueQuery } from './api';
import { gapsByCode } from './gap-words';
import { isOwnField, listQueryOf, type RegisterSearch } from './register-search';

/** One line of a register: the record, and what is computed about it. */
export interface RegisterRow {
  record: AnyRecord;
  /** Spend to date that reaches it; null where chain figures are not for the reader. */
  node: ChainNode | null;
  /** Of a benefit: its figures to date. */
  value: Value['benefits'][number] | null;
  gaps: readonly GapKind[];
}

const STEP = 50;
/** More rows than this are not sorted by what is computed. */
const MOST_WHOLE = 5000;

/** What an order by something computed compares; text that is no decimal stands last. */
const COMPUTED: Record<string, (row: RegisterRow) => string | null> = {
  spend: ({ node }) => node?.cost ?? null,
  planned: ({ value }) => (value === null || value.status === 'not_due' ? null : value.planned),
  realised: ({ value }) => (value === null || value.evidenceLevel === 0 ? null : value.realised),
  variance: ({ value }) => value?.variance ?? null,
  evidence: ({ value }) => (value === null ? null : String(value.evidenceLevel)),
};
export const isComputed = (field: string): boolean => field in COMPUTED;

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
  const value = useQuery({ ...valueQuery(scope), enabled: type === 'benefit' });

  const sort = search.sort?.replace(/^-/, '');
  const sortsHere = sort !== undefined && !isOwnField(type, sort) && isComputed(sort);
  const status = type === 'benefit' ? search.status : undefined;
  const isWhole = sortsHere || search.gap !== undefined || status !== undefined;
  const list = useInfiniteQuery({
    ...listQuery(type, listQueryOf(type, search, scope), isWhole),
    placeholderData: keepPreviousData,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const total = list.data?.pages[0]?.total ?? 0;
  useEffect(() => {
    if (isWhole && hasNextPage && !isFetchingNextPage && total <= MOST_WHOLE) void fetchNextPage();
  }, [isWhole, hasNextPage, isFetchingNextPage, fetchNextPage, total]);

  const key = JSON.stringify([type, search]);
  const [steps, setSteps] = useState({ key, shown: STEP });
  if (steps.key !== key) setSteps({ key, shown: STEP });

  const rows = useMemo(() => {
    const nodes = new Map(chain.data?.nodes.flatMap((node) => (node.type === type ? [[node.code, node]] : [])));
    const values = new Map(value.data?.benefits.map((one) => [one.code, one]));
    const found = gapsByCode(gaps.data ?? [], type);
    const all = (list.data?.pages ?? []).flatMap(({ items }) =>
      items.map((record): RegisterRow => {
        const code = String(record['code'] ?? '');
        return { record, node: nodes.get(code) ?? null, value: values.get(code) ?? null, gaps: found.get(code) ?? [] };
      }),
    );
    const kept = all.filter(
      (row) =>
        (search.gap === undefined || row.gaps.includes(search.gap as GapKind)) &&
        (status === undefined || row.value?.status === status),
    );
    return sortsHere && search.sort !== undefined ? inOrder(kept, search.sort) : kept;
  }, [list.data, chain.data, value.data, gaps.data, type, search.gap, search.sort, status, sortsHere]);

  const waits = (search.gap !== undefined && gaps.isPending && isChain) || (status !== undefined && value.isPending);
  const sortsByFigure = sortsHere && ((isChain && chain.isPending) || (type === 'benefit' && value.isPending));
  return {
    list,
    isFetching: [list, gaps, chain, value].some(({ isFetching }) => isFetching),
    isReady: list.data !== undefined && !waits && !sortsByFigure && !(isWhole && hasNextPage),
    rows: isWhole ? rows.slice(0, steps.shown) : rows,
    total: isWhole ? rows.length : total,
    hasMore: isWhole ? rows.length > steps.shown : hasNextPage,
    isFetchingMore: isFetchingNextPage,
    showMore: () => (isWhole ? setSteps({ key, shown: steps.shown + STEP }) : void fetchNextPage()),
    gaps: gaps.data,
    currency: chain.data?.currency ?? value.data?.currency,
  };
}
