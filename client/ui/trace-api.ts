import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { trace, traceRecords } from '../../server/contract/trace.js';
import { call } from '../lib/http';
import { stepQuery, writeStep, type TraceScope, type TraceStep } from '../lib/trace-path';

const key = (step: TraceStep, page: TraceScope) =>
  [writeStep(step), page.period, page.portfolio, page.orgUnit] as const;

/** What was read of the same figure stays while it is read for another period or scope. */
const sameFigure =
  (step: TraceStep) =>
  <Data>(previous: Data | undefined, query: { queryKey: readonly unknown[] } | undefined): Data | undefined =>
    query?.queryKey[1] === writeStep(step) ? previous : undefined;

/** What stands behind one figure. */
export const traceQuery = (step: TraceStep, page: TraceScope) =>
  queryOptions({
    queryKey: ['trace', ...key(step, page)],
    queryFn: ({ signal }) => call(`/trace/${step.figure}`, trace, { query: stepQuery(step, page), signal }),
    placeholderData: sameFigure(step),
  });

export const RECORDS_A_PAGE = 200;

/** The records behind one figure, page by page. */
export const traceRecordsQuery = (step: TraceStep, page: TraceScope) =>
  infiniteQueryOptions({
    queryKey: ['trace-records', ...key(step, page)],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(`/trace/${step.figure}/records`, traceRecords, {
        query: { ...stepQuery(step, page), limit: String(RECORDS_A_PAGE), cursor: pageParam },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: sameFigure(step),
  });
