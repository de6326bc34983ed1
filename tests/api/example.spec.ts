import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { example } from '../../server/contract/example.js';
import { startApi, type Api } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi({ example: true });
}, 60_000);
afterAll(() => api?.stop());

describe('The example enterprise', () => {
  test('says to everybody that it is loaded, and with what to sign in', async () => {
    const reply = await api.as('anonymous').get('/example');
    expect(reply.status).toBe(200);
    expect(example.safeParse(reply.body).error).toBeUndefined();
    expect(reply.body).toMatchObject({ isLoaded: true, period: '2026-Q3' });
    expect(reply.body.signIns.map(({ role }: { role: string }) => role)).toEqual([
      'cio',
      'portfolio_manager',
      'finance',
      'stakeholder',
      'admin',
    ]);
  });
});
