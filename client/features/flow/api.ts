import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  DEFAULT_WINDOW,
  flow,
  flowItems,
  type ItemMoves,
  itemMoves,
  stagesInUse,
  WINDOWS,
} from '../../../server/contract/flow.js';
import { readSchema, stage, workItem, type AnyRecord } from '../../../server/contract/records.js';
import { rights } from '../../../server/contract/rights.js';
import { currentIn } from '../../lib/current';
import { call, callForNothing, type Query } from '../../lib/http';
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
  over?: string;
  /** Teams of a handoff. */
  from?: string;
  to?: string;
}
export type ItemsOf = 'finished' | 'in_progress' | 'standing';

/** Which items are asked for; what the address mangles is what is finished. */
export const itemsOf = ({ of }: FlowItemsSearch): ItemsOf =>
  of === 'in_progress' || of === 'standing' ? of : 'finished';

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
    of: itemsOf(search),
    stage: search.stage,
    ...(search.from !== undefined && search.to !== undefined ? { from: search.from, to: search.to } : {}),
    least: asNumber(search.least),
    below: asNumber(search.below),
    over: asNumber(search.over),
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

export const stagesQuery = queryOptions({
  queryKey: ['stages', 'in-use'],
  queryFn: ({ signal }) => call('/flow/stages', stagesInUse, { signal }),
});

/** @throws ApiError 412 where it was changed since it was read */
export const changeStage = (
  { id, version }: { id: string; version: number },
  body: Record<string, unknown>,
  reason: string,
) => call(`/stages/${id}`, readSchema(stage), { method: 'PATCH', body, of: { version }, reason });

export const addStage = (body: Record<string, unknown>) => call('/stages', readSchema(stage), { method: 'POST', body });

export const itemRightsQuery = (ref: string) =>
  queryOptions({
    queryKey: ['work-item', ref, 'rights'],
    queryFn: ({ signal }) => call(`${pathOf(ref)}/rights`, rights, { signal }),
  });

/** @throws ApiError 412 where it was changed since it was read */
export const changeItem = ({ id, version }: AnyRecord, body: Record<string, unknown>, reason: string) =>
  call(pathOf(id), readSchema(workItem), { method: 'PATCH', body, of: { version }, reason });

/** What a refusal says that the item is now. */
export const currentItem = (body: unknown): AnyRecord | null => currentIn(readSchema(workItem), body);

/** @throws ApiError 412 where it was changed since it was read */
export const takeBackMove = ({ id, version }: ItemMoves['items'][number], reason: string): Promise<void> =>
  callForNothing(`/work-item-transitions/${id}`, { method: 'DELETE', of: { version }, reason });
