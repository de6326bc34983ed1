import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type ChangeThresholds,
  type SignId,
  signs,
  signThresholds,
  type WriteComment,
  writtenComment,
} from '../../../server/contract/sign.js';
import { call } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

/** The eight signs of the period, in the scope of the page. */
export const signsQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: ['signs', scope.period, scope.portfolio, scope.orgUnit],
    queryFn: ({ signal }) => call('/signs', signs, { query: scopeQuery(scope), signal }),
    placeholderData: keepPreviousData,
  });

/** From where on the tests hold. */
export const thresholdsQuery = queryOptions({
  queryKey: ['sign thresholds'],
  queryFn: ({ signal }) => call('/signs/thresholds', signThresholds, { signal }),
});

/** @throws ApiError 412 where somebody else changed them */
export const changeThresholds = (version: number, body: ChangeThresholds, reason: string) =>
  call('/signs/thresholds', signThresholds, { method: 'PATCH', body, of: { version }, reason });

/** @throws ApiError 412 where somebody else wrote, 422 for a decision that is not there */
export const writeComment = (sign: SignId, period: string, body: WriteComment) =>
  call(`/signs/${sign}/comments/${period}`, writtenComment, { method: 'PUT', body });
