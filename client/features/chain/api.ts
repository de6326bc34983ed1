import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { chain, gaps, paths, picture, type Gap, type GapKind, type Layer } from '../../../server/contract/chain.js';
import { call, type Query } from '../../lib/http';
import { registerOf } from '../../lib/registers';
import { scopeQuery, type PageScope } from '../../ui/page-scope';
import { linkPage, record } from './record-schema';
import type { ChainView } from './use-chain-view';

const key = (page: PageScope) => [page.period, page.portfolio, page.orgUnit] as const;

/** Cost down and value up of all records, for the outline. */
export const chainQuery = (page: PageScope, span: ChainView['span']) =>
  queryOptions({
    queryKey: ['chain', ...key(page), span],
    queryFn: ({ signal }) => call('/chain', chain, { query: { ...scopeQuery(page), span }, signal }),
    placeholderData: keepPreviousData,
  });

/** Where the chain breaks, counted by kind. */
export const gapCountsQuery = (page: PageScope) =>
  queryOptions({
    queryKey: ['gaps', ...key(page)],
    queryFn: ({ signal }) => call('/chain/gaps', gaps, { query: { ...scopeQuery(page), limit: '1' }, signal }),
    placeholderData: keepPreviousData,
  });

/** All records of one kind of gap, the most money at stake first. */
export const gapRecordsQuery = (page: PageScope, kind: GapKind) =>
  queryOptions({
    queryKey: ['gaps', ...key(page), kind],
    queryFn: async ({ signal }) => {
      const items: Gap[] = [];
      let cursor: string | undefined;
      do {
        const query = { ...scopeQuery(page), kind, limit: '500', cursor };
        const found = await call('/chain/gaps', gaps, { query, signal });
        items.push(...found.items);
        cursor = found.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return items;
    },
  });

/** What both the picture and the paths are asked for. */
const viewQuery = (page: PageScope, view: Pick<ChainView, 'span' | 'focus' | 'gap' | 'min'>): Query => ({
  ...scopeQuery(page),
  span: view.span,
  type: view.focus?.type,
  ref: view.focus?.ref,
  gap: view.gap,
  min: view.min,
});

type PictureView = Pick<ChainView, 'span' | 'focus' | 'gap' | 'min' | 'expand'>;

/** The boxes and links of the picture. */
export const pictureQuery = (page: PageScope, view: PictureView) => {
  const query = { ...viewQuery(page, view), expand: view.expand.length === 0 ? undefined : view.expand.join(',') };
  return queryOptions({
    queryKey: ['chain-picture', query],
    queryFn: ({ signal }) => call('/chain/picture', picture, { query, signal }),
    placeholderData: keepPreviousData,
  });
};

/** The same picture with what of each box and link goes through one record, `investment:INV-1`. */
export const throughQuery = (page: PageScope, view: PictureView, through: string) => {
  const expand = view.expand.length === 0 ? undefined : view.expand.join(',');
  const query = { ...viewQuery(page, view), expand, through };
  return queryOptions({
    queryKey: ['chain-picture', query],
    queryFn: ({ signal }) => call('/chain/picture', picture, { query, signal }),
  });
};

export const PATHS_A_PAGE = 100;

/** One page of paths, the largest cost first. */
export const pathsQuery = (page: PageScope, view: ChainView) => {
  const offset = view.page === 1 ? undefined : String((view.page - 1) * PATHS_A_PAGE);
  const query = { ...viewQuery(page, view), limit: String(PATHS_A_PAGE), offset };
  return queryOptions({
    queryKey: ['chain-paths', query],
    queryFn: ({ signal }) => call('/chain/paths', paths, { query, signal }),
    placeholderData: keepPreviousData,
  });
};

/** The links of one record, for their reasons and their forms. */
export const linksQuery = (type: Layer, code: string) =>
  queryOptions({
    queryKey: ['links', 'of', type, code],
    queryFn: async ({ signal }) => {
      const found = await Promise.all(
        (['fromCode', 'toCode'] as const).map((end) =>
          call('/links', linkPage, { query: { [end]: code, limit: '500' }, signal }),
        ),
      );
      return found.flatMap(({ items }) => items);
    },
  });

/** The gaps of one record. */
export const gapsOfQuery = (page: PageScope, type: Layer, code: string) =>
  queryOptions({
    queryKey: ['gaps', ...key(page), 'of', type, code],
    queryFn: ({ signal }) =>
      call('/chain/gaps', gaps, { query: { ...scopeQuery(page), type, ref: code, limit: '100' }, signal }),
  });

/**
 * Gives a record an owner, over the version that is stored now.
 * @throws ApiError 412 where somebody changed it in between, 422 for what is no e-mail address
 */
export async function assignOwner(type: Layer, code: string, ownerEmail: string, reason: string): Promise<void> {
  const path = `/${registerOf(type)!.path}/${encodeURIComponent(code)}`;
  const { version } = await call(path, record);
  await call(path, record, { method: 'PATCH', body: { ownerEmail }, of: { version }, reason });
}
