import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  assessment,
  type Assessment,
  capabilityMap,
  capabilityStrength,
  competencyCount,
  type CompetencyCount,
} from '../../../server/contract/capability.js';
import { call, callForNothing } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

/** Capabilities: the map, and what assesses one of them. */

export type MapSpan = 'period' | 'to_date';

export const capabilityMapQuery = (scope: PageScope, span: MapSpan) =>
  queryOptions({
    queryKey: ['capability-map', scopeQuery(scope), span],
    queryFn: ({ signal }) => call('/capability-map', capabilityMap, { query: { ...scopeQuery(scope), span }, signal }),
    placeholderData: keepPreviousData,
  });

const path = (code: string): string => `/capabilities/${encodeURIComponent(code)}`;

export const strengthQuery = (code: string) =>
  queryOptions({
    queryKey: ['capability-strength', code],
    queryFn: ({ signal }) => call(`${path(code)}/strength`, capabilityStrength, { signal }),
  });

/** @param key the same for each try with the same content and reason, so that a repetition is done once */
export const addAssessment = (
  code: string,
  body: Record<string, unknown>,
  key: string,
  reason: string,
): Promise<Assessment> =>
  call(`${path(code)}/assessments`, assessment, { method: 'POST', body, headers: { 'idempotency-key': key }, reason });

/** @throws ApiError 412 where it was changed since it was read */
export const changeAssessment = (
  code: string,
  stored: Assessment,
  body: Record<string, unknown>,
  reason: string,
): Promise<Assessment> =>
  call(`${path(code)}/assessments/${stored.id}`, assessment, { method: 'PATCH', body, of: stored, reason });

export const addCount = (
  code: string,
  body: Record<string, unknown>,
  key: string,
  reason: string,
): Promise<CompetencyCount> =>
  call(`${path(code)}/competencies`, competencyCount, {
    method: 'POST',
    body,
    headers: { 'idempotency-key': key },
    reason,
  });

/** @throws ApiError 412 where it was changed since it was read */
export const changeCount = (
  code: string,
  stored: CompetencyCount,
  body: Record<string, unknown>,
  reason: string,
): Promise<CompetencyCount> =>
  call(`${path(code)}/competencies/${stored.id}`, competencyCount, { method: 'PATCH', body, of: stored, reason });

/** Takes an assessment or a count out of every figure. @throws ApiError 412 where it was changed since it was read */
export const takeBack = (
  of: 'assessments' | 'competencies',
  code: string,
  stored: { id: string; version: number },
  reason: string,
): Promise<void> => callForNothing(`${path(code)}/${of}/${stored.id}`, { method: 'DELETE', of: stored, reason });
