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
import { currentIn } from '../../lib/current';
import { call, callForNothing, type Query } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';
import { metricsOfQuery } from '../metrics/api';

/** Decisions, their options and what happened to them. */

const KEY = 'decisions';
export const LOG_STEP = 20;

export const boardQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: [KEY, 'board', scopeQuery(scope)],
    queryFn: ({ signal }) => call('/decision-log/board', decisionBoard, { query: scopeQuery(scope), signal }),
    placeholderData: keepPreviousData,
  });

/** How long, at what level, what is late, and how often it is passed up: the metrics of the page. */
export const decisionMetricsQuery = (scope: PageScope) =>
  metricsOfQuery(
    [
      'decision.time_to_decide',
      'decision.at_intended_level_share',
      'decision.overdue_open',
      'decision.escalation_levels',
    ],
    scope,
  );

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
    // In another period the page stays while it is fetched, and with it the form that is open on it.
    placeholderData: (previous, query) => (query?.queryKey[2] === code ? previous : undefined),
  });

export const forumsQuery = queryOptions({
  queryKey: [KEY, 'forums'],
  queryFn: async ({ signal }) =>
    (await call('/forums', pageOf(readSchema(RECORDS.forum)), { query: { limit: '500', sort: 'code' }, signal })).items,
});

type Body = Record<string, unknown>;

/** What a refusal (412) says is stored now. */
export const currentDecision = (body: unknown): AnyRecord | null => currentIn(readSchema(RECORDS.decision), body);
export const currentForum = (body: unknown): AnyRecord | null => currentIn(readSchema(RECORDS.forum), body);

export const addForum = (body: Body): Promise<AnyRecord> =>
  call('/forums', readSchema(RECORDS.forum), { method: 'POST', body });

/** @throws ApiError 412 where it was changed since it was read */
export const changeForum = ({ id, version }: AnyRecord, body: Body, reason: string): Promise<AnyRecord> =>
  call(`/forums/${id}`, readSchema(RECORDS.forum), { method: 'PATCH', body, of: { version }, reason });

/** `raisedOn` is a day, which the server places in the reporting time zone. */
export const raiseDecision = (body: Body, reason: string): Promise<AnyRecord> =>
  call('/decisions/raise', readSchema(RECORDS.decision), { method: 'POST', body, reason });

/** @throws ApiError 412 where it was changed since it was read */
export const changeDecision = ({ code, version }: Versioned, body: Body, reason: string): Promise<AnyRecord> =>
  call(pathOf(code), readSchema(RECORDS.decision), { method: 'PATCH', body, of: { version }, reason });

type Decision = DecisionPage['decision'];
type Versioned = Pick<Decision, 'code' | 'version'>;
/** @throws ApiError 412 where it, an option or its history was changed since it was read */
const act = ({ code, version }: Versioned, what: string, body: Body, reason = ''): Promise<AnyRecord> =>
  call(`${pathOf(code)}/${what}`, readSchema(RECORDS.decision), { method: 'POST', body, of: { version }, reason });

/** Outcome, day and chosen option in one request. */
export const closeDecision = (decision: Versioned, body: Body): Promise<AnyRecord> => act(decision, 'close', body);
export const reopen = (decision: Versioned, reason: string): Promise<AnyRecord> => act(decision, 'reopen', { reason });
export const escalate = (decision: Versioned, body: Body): Promise<AnyRecord> => act(decision, 'escalate', body);

type Option = DecisionPage['options'][number];
/** Adds one, or brings back one of this name. */
export const addOption = (decision: Versioned, body: Body): Promise<AnyRecord> => act(decision, 'options', body);
export const chooseOption = (decision: Versioned, option: string, reason: string): Promise<AnyRecord> =>
  act(decision, 'choose', { option }, reason);
export const removeOption = ({ id, version }: Option, reason: string): Promise<void> =>
  callForNothing(`/decision-options/${id}`, { method: 'DELETE', of: { version }, reason });
