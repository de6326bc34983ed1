import { expect } from '@jest/globals';
import { type SignState, signs as signsSchema, type Sign, type SignTest } from '../../server/contract/sign.js';
import type { Api } from './harness.js';

/** The signs as the API tells them. */
export const signsAt = async (api: Api, query: string): Promise<Sign[]> => {
  const reply = await api.as('cio').get(`/signs?${query}`);
  expect(reply.status).toBe(200);
  return signsSchema.strict().parse(reply.body).items;
};
export const testsOf = (signs: readonly Sign[]): SignTest[] => signs.flatMap(({ tests }) => tests);
const LETTERS: Record<SignState, string> = { present: 'P', watch: 'W', clear: 'c', unknown: '?' };
/** The last four periods of each sign, and `+` for each test that holds, `-` that does not, `?` that cannot be told. */
export const shown = (signs: readonly Sign[]): Record<string, string> =>
  Object.fromEntries(
    signs.map(({ id, trend, tests }) => [
      id,
      `${trend.map(({ state }) => LETTERS[state]).join('')} ${tests
        .map(({ state }) => ({ holds: '+', clear: '-', unknown: '?' })[state])
        .join('')}`,
    ]),
  );
