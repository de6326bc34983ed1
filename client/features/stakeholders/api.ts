import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { stakeholders } from '../../../server/contract/stakeholder.js';
import {
  type ChangeSurveyAction,
  type CreateSurveyAction,
  surveyAction,
  type SurveyAction,
} from '../../../server/contract/survey.js';
import { currentIn } from '../../lib/current';
import { call, callForNothing } from '../../lib/http';
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
    of: { version },
  });

/** What a refusal says that the action is now. */
export const currentAction = (body: unknown): SurveyAction | null => currentIn(surveyAction, body);

/** @throws ApiError 412 where it was changed since it was read */
export const withdrawAction = ({ id, version }: SurveyAction): Promise<void> =>
  callForNothing(`/survey-actions/${id}`, { method: 'DELETE', of: { version } });
