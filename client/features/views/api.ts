import { queryOptions } from '@tanstack/react-query';
import { view, views, type ChangeView, type CreateView, type View } from '../../../server/contract/view.js';
import { call, callForNothing } from '../../lib/http';

/** Saved views of a page: one's own, and those that others share. */

/** As many as the server gives at once: a menu holds them all. */
const MOST = '500';

export const viewsQuery = (page: string) =>
  queryOptions({
    queryKey: ['views', page],
    queryFn: ({ signal }) => call('/views', views, { query: { page, limit: MOST }, signal }),
    staleTime: 60_000,
  });

/** @throws ApiError 409 for a name that one has used already */
export const createView = (body: CreateView): Promise<View> => call('/views', view, { method: 'POST', body });

/** @throws ApiError 412 where it was changed since it was read, 409 for a name that one has used already */
export const changeView = (of: View, body: ChangeView): Promise<View> =>
  call(`/views/${of.id}`, view, { method: 'PATCH', body, of });

/** @throws ApiError 412 where it was changed since it was read */
export const deleteView = (of: View): Promise<void> => callForNothing(`/views/${of.id}`, { method: 'DELETE', of });
