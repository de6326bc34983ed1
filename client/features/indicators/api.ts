import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type ChangeIndicatorValues,
  type IndicatorTrend,
  indicatorTrends,
  indicatorValues,
} from '../../../server/contract/indicator.js';
import { call } from '../../lib/http';
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

/** @throws ApiError 412 where somebody else changed the months */
export const changeValues = (code: string, body: ChangeIndicatorValues) =>
  call(`/indicators/${encodeURIComponent(code)}/values`, indicatorValues, { method: 'PUT', body });

const named = z.object({ items: z.array(z.object({ code: z.string(), name: z.string() })) });

/** What an indicator may serve. */
export const servableQuery = queryOptions({
  queryKey: ['records', 'servable'],
  queryFn: async ({ signal }) => {
    const [outcomes, capabilities] = await Promise.all(
      ['/outcomes', '/capabilities'].map((path) => call(path, named, { query: { limit: '500' }, signal })),
    );
    return [
      ...outcomes!.items.map(({ code, name }) => ({ value: `outcome:${code}`, label: `${name} (outcome ${code})` })),
      ...capabilities!.items.map(({ code, name }) => ({
        value: `capability:${code}`,
        label: `${name} (capability ${code})`,
      })),
    ];
  },
});

const stored = z.object({ code: z.string() });

/** Defines an indicator, or changes one. Refused (422) where a code stands already or what it serves is not there. */
export const saveIndicator = (fields: Record<string, string | null>, of: IndicatorTrend | null) =>
  of === null
    ? call('/indicators', stored, { method: 'POST', body: fields })
    : call(`/indicators/${encodeURIComponent(of.code)}`, stored, {
        method: 'PATCH',
        body: fields,
        headers: { 'If-Match': `"v${of.version}"` },
      });
