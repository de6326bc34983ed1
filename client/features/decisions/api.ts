import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  decisionBoard,
  decisionLog,
  type DecisionPage,
  decisionPage,
  decisionRights,
} from '../../../server/contract/decision.js';
import { page as pageOf } from '../../../server/contract/primitives.js';
import { type AnyRecord, readSchema, RECORDS } from '../../../server/contract/records.js';
import { call, callForNothing, type Query } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

/** Decisions, their options and what happened to them. */

const KEY = 'decisions';
export const LOG_STEP = 20;

export const boardQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: [KEY, 'board', scopeQuery(scope)],
    queryFn: ({ signal }) => call('/decision-log/board', decisionBoard, { query: scopeQuery(scope), signal }),
    placeholderData: keepPreviousData,
  });

export const logQuery = (scope: PageScope, filters: Query) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'log', scopeQuery(scope), filters],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call('/decision-log', decisionLog, {
        query: { ...scopeQuery(scope), ...filters, limit: String(LOG_STEP), cursor: pageParam },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const rightsTableQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: [KEY, 'rights', scopeQuery(scope)],
    queryFn: ({ signal }) => call('/decision-log/rights', decisionRights, { query: scopeQuery(scope), signal }),
    placeholderData: keepPreviousData,
  });

const pathOf = (code: string): string => `/decisions/${encodeURIComponent(code)}`;

export const decisionQuery = (code: string, scope: PageScope) =>
  queryOptions({
    queryKey: [KEY, 'one', code, scopeQuery(scope)],
    queryFn: ({ signal }) => call(`${pathOf(code)}/page`, decisionPage, { query: scopeQuery(scope), signal }),
  });

export const forumsQuery = queryOptions({
  queryKey: [KEY, 'forums'],
  queryFn: async ({ signal }) =>
    (await call('/forums', pageOf(readSchema(RECORDS.forum)), { query: { limit: '500', sort: 'code' }, signal })).items,
});

type Body = Record<string, unknown>;
const atVersion = (version: number) => ({ 'if-match': `"v${version}"` });

export const createDecision = (body: Body): Promise<AnyRecord> =>
  call('/decisions', readSchema(RECORDS.decision), { method: 'POST', body });

/** @throws ApiError 412 where it was changed since it was read */
export const changeDecision = ({ code, version }: DecisionPage['decision'], body: Body): Promise<AnyRecord> =>
  call(pathOf(code), readSchema(RECORDS.decision), { method: 'PATCH', body, headers: atVersion(version) });

/** @throws ApiError 412 where it was changed since it was read */
export const reopen = ({ code, version }: DecisionPage['decision'], reason: string): Promise<AnyRecord> =>
  call(`${pathOf(code)}/reopen`, readSchema(RECORDS.decision), {
    method: 'POST',
    body: { reason },
    headers: atVersion(version),
  });

export const escalate = (body: Body): Promise<AnyRecord> =>
  call('/decision-escalations', readSchema(RECORDS.decision_escalation), { method: 'POST', body });

type Option = DecisionPage['options'][number];
const option = readSchema(RECORDS.decision_option);
export const addOption = (body: Body): Promise<AnyRecord> =>
  call('/decision-options', option, { method: 'POST', body });
export const changeOption = ({ id, version }: Option, body: Body): Promise<AnyRecord> =>
  call(`/decision-options/${id}`, option, { method: 'PATCH', body, headers: atVersion(version) });
export const removeOption = ({ id, version }: Option): Promise<void> =>
  callForNothing(`/decision-options/${id}`, { method: 'DELETE', headers: atVersion(version) });
