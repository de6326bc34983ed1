import { queryOptions } from '@tanstack/react-query';
import { type ReviewStandingQuery, reviewStandings } from '../../../server/contract/review-standing.js';
import { call } from '../../lib/http';

/**
 * Whether the newest reviews still hold: of the enterprise, whatever the scope.
 * @param limit of how many, 1 to 8
 * @param of published ones alone, or also those that are frozen to be
 */
export const standingQuery = (limit: number, of: ReviewStandingQuery['of'] = 'published') =>
  queryOptions({
    queryKey: ['reviews', 'standing', limit, of],
    queryFn: ({ signal }) =>
      call('/reviews/standing', reviewStandings, { query: { limit: String(limit), of }, signal }),
  });
