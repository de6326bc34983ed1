import { expect } from '@jest/globals';
import { decisionLog, type DecisionPage, decisionPage } from '../../server/contract/decision.js';
import type { Api, Person, Reply } from './harness.js';

/** What specs of decisions ask and do, each reply held against the status that is expected. */
export const decisionsOf = (api: Api) => {
  const ok = async (reply: Promise<Reply>, status = 200): Promise<Reply> => {
    const found = await reply;
    expect([found.status, found.status === status ? '' : found.text]).toEqual([status, '']);
    return found;
  };
  const made = (path: string, body: Record<string, unknown>): Promise<Reply> =>
    ok(api.as('admin').post(path, body), 201);
  return {
    ok,
    made,
    decision: (code: string, more: Record<string, unknown> = {}): Promise<Reply> =>
      made('/decisions', { code, title: `Do we do ${code}?`, raisedAt: '2026-08-01T08:00:00Z', ...more }),
    page: async (code: string, query = ''): Promise<DecisionPage> =>
      decisionPage.parse((await ok(api.as('cio').get(`/decisions/${code}/page${query}`))).body),
    /** Codes of the log's lines, in their order. */
    codes: async (query: string): Promise<string[]> => {
      const { body } = await ok(api.as('cio').get(`/decision-log?sort=code&${query}`));
      return decisionLog.parse(body).items.map(({ code }) => code);
    },
    act: (
      code: string,
      what: string,
      body: Record<string, unknown>,
      version?: number,
      person: Person = 'cio',
    ): Promise<Reply> =>
      api
        .as(person)
        .post(`/decisions/${code}/${what}`, body, version === undefined ? {} : { 'if-match': `"v${version}"` }),
  };
};
