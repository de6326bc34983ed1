import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  duplicateVerdict,
  type DuplicateVerdict,
  efficiencyLists,
  type JudgeDuplicate,
} from '../../../server/contract/efficiency.js';
import { call, callForNothing } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

/** What capabilities and outcomes cost, and what may be done twice. */

export const efficiencyQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: ['efficiency', scopeQuery(scope)],
    queryFn: ({ signal }) => call('/efficiency', efficiencyLists, { query: scopeQuery(scope), signal }),
    placeholderData: keepPreviousData,
  });

/** @param key the same for each try with the same content, so that a repetition is done once */
export const judge = (body: JudgeDuplicate, key: string): Promise<DuplicateVerdict> =>
  call('/duplicate-verdicts', duplicateVerdict, { method: 'POST', body, headers: { 'idempotency-key': key } });

export const reopen = (id: string): Promise<void> => callForNothing(`/duplicate-verdicts/${id}`, { method: 'DELETE' });
