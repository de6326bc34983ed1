import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { stakeholders } from '../../../server/contract/stakeholder.js';
import {
  type ChangeSurveyAction,
  type CreateSurveyAction,
  surveyAction,
  type SurveyAction,
} from '../../../server/contract/survey.js';
import { call } from '../../lib/http';
import type { PageScope } from '../../ui/page-scope';

const KEY = 'stakeholders';
export const stakeholdersKey = [KEY];

/** What the business said, and what became of it; a portfolio has no people who answer. */
export const stakeholdersQuery = ({ period, orgUnit }: PageScope) =>
  queryOptions({
    queryKey: [KEY, period, orgUnit],
    queryFn: ({ signal }) => call('/stakeholders', stakeholders, { query: { period, orgUnit }, signal }),
    placeholderData: keepPreviousData,
  });

export const createAction = (given: CreateSurveyAction): Promise<SurveyAction> =>
  call('/survey-actions', surveyAction, { method: 'POST', body: given });

export const changeAction = ({ id, version }: SurveyAction, given: ChangeSurveyAction): Promise<SurveyAction> =>
  call(`/survey-actions/${id}`, surveyAction, {
    method: 'PATCH',
    body: given,
    headers: { 'If-Match': `"v${version}"` },
  });
