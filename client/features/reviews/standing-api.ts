import { queryOptions } from '@tanstack/react-query';
import { reviewStandings } from '../../../server/contract/review-standing.js';
import { call } from '../../lib/http';

/** Whether the newest published reviews still hold: of the enterprise, whatever the scope. @param limit of how many, 1 to 8 */
export const standingQuery = (limit: number) =>
  queryOptions({
    queryKey: ['reviews', 'standing', limit],
    queryFn: ({ signal }) => call('/reviews/standing', reviewStandings, { query: { limit: String(limit) }, signal }),
  });
