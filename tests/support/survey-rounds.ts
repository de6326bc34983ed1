import { expect } from '@jest/globals';
import type { SurveyForm, SurveyRounds } from '../../server/contract/survey.js';
import type { Api, Client } from './harness.js';

type Round = SurveyRounds['items'][number];

export const tag = ({ version }: { version: number }) => ({ 'If-Match': `"v${version}"` });

export const roundOf = async (cio: Client, code: string): Promise<Round> =>
  ((await cio.get('/survey-rounds')).body as SurveyRounds).items.find((each) => each.code === code)!;

/** The round once no mail of it is on the way. */
export const mailed = async (cio: Client, code: string): Promise<Round> => {
  for (let look = 0; look < 200; look++) {
    const round = await roundOf(cio, code);
    if (round.waiting === 0) return round;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('Mails are on the way for ever.');
};

export const tokenOf = (link: string): string => link.split('/').at(-1)!;

/** Opens a link in a browser of its own. */
export const openedBy = async (api: Api, token: string): Promise<Client> => {
  const reply = await api.as('anonymous').post('/survey-session', { token });
  expect(reply.status).toBe(200);
  const client = api.client({ cookie: reply.headers.getSetCookie()[0]!.split(';')[0]! });
  const { draftKey } = reply.body as SurveyForm;
  // As the page does: an answer names the form that it was filled in on.
  return {
    ...client,
    post: (path, body, headers) =>
      client.post(path, path === '/survey-answers' ? { draftKey, ...(body as object) } : body, headers),
  };
};
