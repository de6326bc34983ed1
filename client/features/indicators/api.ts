import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type ChangeIndicatorValues,
  type IndicatorValues,
  indicatorTrends,
  indicatorValues,
} from '../../../server/contract/indicator.js';
import { currentIn } from '../../lib/current';
import { call, callForNothing } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

/** Own indicators with their trend, in the scope of the page. */
export const indicatorsQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: ['indicators', scope.period, scope.portfolio, scope.orgUnit],
    queryFn: ({ signal }) => call('/indicator-trends', indicatorTrends, { query: scopeQuery(scope), signal }),
    placeholderData: keepPreviousData,
  });

export const indicatorValuesQuery = (code: string) =>
  queryOptions({
    queryKey: ['indicator values', code],
    queryFn: ({ signal }) => call(`/indicators/${encodeURIComponent(code)}/values`, indicatorValues, { signal }),
  });

/** @throws ApiError 412 with the months of `body` as they are, where somebody else changed them */
export const changeValues = (code: string, body: ChangeIndicatorValues, reason: string) =>
  call(`/indicators/${encodeURIComponent(code)}/values`, indicatorValues, { method: 'PUT', body, reason });

/** The one month that was sent, as it is stored now. */
export const currentMonth = (body: unknown): IndicatorValues['items'][number] | null =>
  currentIn(indicatorValues, body)?.items[0] ?? null;

const stored = z.object({
  code: z.string(),
  version: z.number(),
  name: z.string().nullable(),
  family: z.string().nullable(),
  unit: z.string().nullable(),
  better: z.string().nullable(),
  servesType: z.string().nullable(),
  servesCode: z.string().nullable(),
});
type StoredIndicator = Pick<z.infer<typeof stored>, 'code' | 'version'>;
export const currentIndicator = (body: unknown) => currentIn(stored, body);
export type IndicatorRecord = z.infer<typeof stored>;

/** Defines an indicator, or changes one. Refused (422) where a code stands already or what it serves is not there. */
export const saveIndicator = (fields: Record<string, string | null>, of: StoredIndicator | null, reason: string) =>
  of === null
    ? call('/indicators', stored, { method: 'POST', body: fields, reason })
    : call(`/indicators/${encodeURIComponent(of.code)}`, stored, {
        method: 'PATCH',
        body: fields,
        of,
        reason,
      });

/** Archives an indicator with its months and targets. @throws ApiError 412 where it was changed since it was read */
export const dropIndicator = ({ code, version }: StoredIndicator, reason: string): Promise<void> =>
  callForNothing(`/indicators/${encodeURIComponent(code)}/drop`, { method: 'POST', of: { version }, reason });
