import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { benefitList } from '../../../server/contract/register.js';
import { apiPath, call } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';
import { filtersOf, type BenefitSearch } from './search';

/** The lines that pass the filters, by class, and what each class adds up to. */
export const benefitListQuery = (scope: PageScope, search: BenefitSearch) =>
  queryOptions({
    queryKey: ['value', 'benefits', scopeQuery(scope), filtersOf(search)],
    queryFn: ({ signal }) =>
      call('/value/benefits', benefitList, { query: { ...scopeQuery(scope), ...filtersOf(search) }, signal }),
    placeholderData: keepPreviousData,
  });

/** The same lines as a workbook. */
export const workbookPath = (scope: PageScope, search: BenefitSearch): string =>
  apiPath('/exports/benefits.xlsx', { ...scopeQuery(scope), ...filtersOf(search) });
