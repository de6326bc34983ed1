import { queryOptions } from '@tanstack/react-query';
import {
  type AnswerSurvey,
  type ChangeSurveyRound,
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
  surveyWithdrawn,
  type SurveyWithdrawn,
  type WithdrawFromSurvey,
} from '../../../server/contract/survey.js';
import { currentIn } from '../../lib/current';
import { call, callForNothing } from '../../lib/http';

/** @param token of the link; null reads the survey that this browser opened last */
export const openSurvey = (token: string | null): Promise<SurveyForm> =>
  call('/survey-session', surveyForm, { method: 'POST', body: { token } });

export const answerSurvey = (answer: AnswerSurvey): Promise<SurveyAnswered> =>
  call('/survey-answers', surveyAnswered, { method: 'POST', body: answer });

/** While mails go out, it is looked again. */
const AGAIN_MS = 2_000;

export const roundsQuery = queryOptions({
  queryKey: ['survey-rounds'],
  queryFn: ({ signal }) => call('/survey-rounds', surveyRounds, { signal }),
  refetchInterval: ({ state: { data } }) =>
    data?.mailConfigured && data.items.some(({ state, waiting }) => state === 'open' && waiting > 0) ? AGAIN_MS : false,
});

export const createRound = (given: CreateSurveyRound): Promise<SurveyRound> =>
  call('/survey-rounds', surveyRound, { method: 'POST', body: given });

const pathOf = (code: string): string => `/survey-rounds/${encodeURIComponent(code)}`;

export const changeRound = (round: SurveyRound, given: ChangeSurveyRound, reason: string): Promise<SurveyRound> =>
  call(pathOf(round.code), surveyRound, { method: 'PATCH', body: given, of: round, reason });

/** What a refusal of a stale version (412) says is stored now. */
export const currentRound = (body: unknown): SurveyRound | null => currentIn(surveyRound, body);

export const removeRound = (round: SurveyRound, reason: string): Promise<void> =>
  callForNothing(pathOf(round.code), { method: 'DELETE', of: round, reason });

export const moveRound = (round: SurveyRound, to: 'open' | 'close', reason = ''): Promise<SurveyRound> =>
  call(`${pathOf(round.code)}/${to}`, surveyRound, {
    method: 'POST',
    body: {},
    of: round,
    reason,
  });

export const invite = (code: string, given: InviteToSurvey): Promise<SurveyInvited> =>
  call(`${pathOf(code)}/invitations`, surveyInvited, { method: 'POST', body: given });

export const remind = (code: string): Promise<SurveyInvited> =>
  call(`${pathOf(code)}/reminders`, surveyInvited, { method: 'POST', body: {} });

/** Sends again what the mail server did not take. */
export const retryMails = (code: string): Promise<SurveyRound> =>
  call(`${pathOf(code)}/retries`, surveyRound, { method: 'POST', body: {} });

export const withdraw = (code: string, given: WithdrawFromSurvey): Promise<SurveyWithdrawn> =>
  call(`${pathOf(code)}/withdrawals`, surveyWithdrawn, { method: 'POST', body: given });
