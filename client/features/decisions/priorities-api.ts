import { queryOptions } from '@tanstack/react-query';
import { type PriorityOrder, priorityOrder, type SavePriorityOrder } from '../../../server/contract/priority.js';
import { call } from '../../lib/http';

/** The ranking of a quarter, whoever's page it is: priorities are the enterprise's. */
export const priorityOrderQuery = (period: string) =>
  queryOptions({
    queryKey: ['priority-order', period],
    queryFn: ({ signal }) => call('/priority-order', priorityOrder, { query: { period }, signal }),
  });

/** @throws ApiError 412 with the ranking as it is now, 422 where a changed rank has no rationale */
export const saveOrder = (period: string, body: SavePriorityOrder): Promise<PriorityOrder> =>
  call(`/priority-order/${period}`, priorityOrder, { method: 'PUT', body });
