import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { investmentCase } from '../../../server/contract/case.js';
import { call } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

/** An investment's case. @param rate annual, as text: another one than that of the settings */
export const caseQuery = (code: string, page: PageScope, rate: string | undefined) =>
  queryOptions({
    queryKey: ['investment-case', code, page.period, page.portfolio, page.orgUnit, rate],
    queryFn: ({ signal }) =>
      call(`/investments/${encodeURIComponent(code)}/case`, investmentCase, {
        query: { ...scopeQuery(page), rate },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
