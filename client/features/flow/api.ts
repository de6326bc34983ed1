import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { DEFAULT_WINDOW, flow, flowItems, itemMoves, WINDOWS } from '../../../server/contract/flow.js';
import { readSchema, workItem } from '../../../server/contract/records.js';
import { call, type Query } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

/** What the address of the page says beside scope and period. */
export interface FlowSearch {
  window?: string;
  type?: string;
  team?: string;
}
export const FLOW_NAMES = ['window', 'type', 'team'] as const;

/** Of the items behind a panel. */
export interface FlowItemsSearch extends FlowSearch {
  of?: string;
  stage?: string;
  least?: string;
  below?: string;
}

export const windowOf = ({ window }: FlowSearch): string =>
  WINDOWS.find((quarters) => quarters === window) ?? DEFAULT_WINDOW;

const filters = (search: FlowSearch): Query => ({
  window: windowOf(search),
  type: isType(search.type) ? search.type : undefined,
  team: search.team,
});
/** A kind of work that the address mangles is none. */
const isType = (type: string | undefined): boolean =>
  type !== undefined && workItem.columns.type.schema.safeParse(type).success;

export const flowQuery = (page: PageScope, search: FlowSearch) => {
  const query = { ...scopeQuery(page), ...filters(search) };
  return queryOptions({
    queryKey: ['flow', query],
    queryFn: ({ signal }) => call('/flow', flow, { query, signal }),
    placeholderData: keepPreviousData,
  });
};

export const ITEMS_A_PAGE = 100;

export const flowItemsQuery = (page: PageScope, search: FlowItemsSearch) => {
  const asNumber = (text: string | undefined): string | undefined => (text && Number(text) >= 0 ? text : undefined);
  const query = {
    ...scopeQuery(page),
    ...filters(search),
    of: search.of === 'in_progress' ? 'in_progress' : 'finished',
    stage: search.stage,
    least: asNumber(search.least),
    below: asNumber(search.below),
  };
  return infiniteQueryOptions({
    queryKey: ['flow', 'items', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call('/flow/items', flowItems, { query: { ...query, limit: String(ITEMS_A_PAGE), cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
};

const pathOf = (ref: string): string => `/work-items/${encodeURIComponent(ref)}`;

export const itemQuery = (ref: string) =>
  queryOptions({
    queryKey: ['work-item', ref],
    queryFn: ({ signal }) => call(pathOf(ref), readSchema(workItem), { signal }),
  });

export const movesQuery = (ref: string) =>
  queryOptions({
    queryKey: ['work-item', ref, 'moves'],
    queryFn: ({ signal }) => call(`${pathOf(ref)}/moves`, itemMoves, { signal }),
  });
