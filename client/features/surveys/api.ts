import { queryOptions } from '@tanstack/react-query';
import {
  type AnswerSurvey,
  type CreateSurveyRound,
  type InviteToSurvey,
  surveyAnswered,
  type SurveyAnswered,
  surveyForm,
  type SurveyForm,
  surveyInvited,
  type SurveyInvited,
  surveyRound,
  type SurveyRound,
  surveyRounds,
} from '../../../server/contract/survey.js';
import { call } from '../../lib/http';

/** @param token of the link; null reads the survey that this browser opened last */
export const openSurvey = (token: string | null): Promise<SurveyForm> =>
  call('/survey-session', surveyForm, { method: 'POST', body: { token } });

export const answerSurvey = (answer: AnswerSurvey): Promise<SurveyAnswered> =>
  call('/survey-answers', surveyAnswered, { method: 'POST', body: answer });

export const roundsQuery = queryOptions({
  queryKey: ['survey-rounds'],
  queryFn: ({ signal }) => call('/survey-rounds', surveyRounds, { signal }),
});

export const createRound = (given: CreateSurveyRound): Promise<SurveyRound> =>
  call('/survey-rounds', surveyRound, { method: 'POST', body: given });

const pathOf = (code: string): string => `/survey-rounds/${encodeURIComponent(code)}`;

export const moveRound = (round: SurveyRound, to: 'open' | 'close'): Promise<SurveyRound> =>
  call(`${pathOf(round.code)}/${to}`, surveyRound, {
    method: 'POST',
    body: {},
    headers: { 'If-Match': `"v${round.version}"` },
  });

export const invite = (code: string, given: InviteToSurvey): Promise<SurveyInvited> =>
  call(`${pathOf(code)}/invitations`, surveyInvited, { method: 'POST', body: given });

export const remind = (code: string): Promise<SurveyInvited> =>
  call(`${pathOf(code)}/reminders`, surveyInvited, { method: 'POST', body: {} });
