import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  duplicateVerdict,
  type DuplicateVerdict,
  efficiencyLists,
  type Effort,
  type JudgeDuplicate,
} from '../../../server/contract/efficiency.js';
import { readSchema, RECORDS } from '../../../server/contract/records.js';
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

const initiative = readSchema(RECORDS.initiative);

/** Takes the mark of a duplicate out of an initiative. @throws ApiError 412 where it was changed since it was read */
export const unmark = async ({ code, version }: Pick<Effort, 'code' | 'version'>, reason: string): Promise<void> => {
  await call(`/initiatives/${encodeURIComponent(code)}`, initiative, {
    method: 'PATCH',
    body: { duplicateOfCode: null },
    of: { version },
    reason,
  });
};
