import { queryOptions } from '@tanstack/react-query';
import {
  type ChangedReviewAction,
  madeReviewShare,
  type MadeReviewShare,
  type NewReviewAction,
  type NewReviewShare,
  type OpenSharedReview,
  reviewAction,
  type ReviewAction,
  reviewActions,
  reviewShares,
  sharedReview,
  type SharedReview,
} from '../../../server/contract/review-after.js';
import { currentIn } from '../../lib/current';
import { call, callForNothing } from '../../lib/http';

const pathOf = (review: string): string => `/reviews/${encodeURIComponent(review)}`;

/** What the quarter of a review and the one reviewed before decided and agreed. @param review id or code */
export const agreedQuery = (review: string) =>
  queryOptions({
    queryKey: ['reviews', 'actions', review],
    queryFn: ({ signal }) => call(`${pathOf(review)}/actions`, reviewActions, { signal }),
  });

export const recordAction = (review: string, given: NewReviewAction): Promise<ReviewAction> =>
  call(`${pathOf(review)}/actions`, reviewAction, { method: 'POST', body: given });

/** @throws ApiError 412 where somebody else changed it meanwhile */
export const changeAction = (
  review: string,
  action: ReviewAction,
  changed: ChangedReviewAction,
): Promise<ReviewAction> =>
  call(`${pathOf(review)}/actions/${action.id}`, reviewAction, {
    method: 'PATCH',
    body: changed,
    of: action,
  });

export const withdrawAction = (review: string, action: ReviewAction): Promise<void> =>
  callForNothing(`${pathOf(review)}/actions/${action.id}`, { method: 'DELETE', of: action });

export const currentAction = (body: unknown): ReviewAction | null => currentIn(reviewAction, body);

/** Links by which a review is read without an account, the newest first. */
export const sharesQuery = (review: string) =>
  queryOptions({
    queryKey: ['reviews', 'shares', review],
    queryFn: ({ signal }) => call(`${pathOf(review)}/shares`, reviewShares, { signal }),
  });

/** The answer holds the address, which is told this once. */
export const makeShare = (review: string, given: NewReviewShare): Promise<MadeReviewShare> =>
  call(`${pathOf(review)}/shares`, madeReviewShare, { method: 'POST', body: given });

export const revokeShare = (review: string, share: string): Promise<void> =>
  callForNothing(`${pathOf(review)}/shares/${share}`, { method: 'DELETE' });

/** Opens a link; with no token that which is named, where this browser opened it before. */
export const openShared = (given: OpenSharedReview): Promise<SharedReview> =>
  call('/shared/reviews', sharedReview, { method: 'POST', body: given });
