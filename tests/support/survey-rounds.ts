import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import pg from 'pg';
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

/** Takes the product's connections away, several times, and then keeps everybody out for a while, as a restart does. */
export const restartDatabase = async (api: Api, awayMs: number): Promise<void> => {
  const [{ name } = { name: '' }] = await api.sql<{ name: string }>('select current_database() as name');
  const drop = () =>
    api.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'throughline serving'`,
      [name],
    );
  for (let at = 0; at < 5; at++) {
    await drop();
    await pause(60);
  }
  // Nobody can do this to the database that they are in.
  const elsewhere = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL']! });
  await elsewhere.connect();
  await elsewhere.query(`alter database "${name}" allow_connections false`);
  await drop();
  await pause(awayMs);
  await elsewhere.query(`alter database "${name}" allow_connections true`);
  await elsewhere.end();
};
