/** Computed figures are kept by the version of what they rest on, for who may see them, and worked out once for all who ask at once. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type OwnApi, startOwnApi } from '../support/own-server.js';

const bump = (api: OwnApi) => api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);

describe('computed answers', () => {
  let api: OwnApi;
  beforeAll(async () => {
    api = await startOwnApi({ golden: true });
  }, 60_000);
  afterAll(() => api.stop());

  test.each([
    '/chain?period=2026-Q4',
    '/value?period=2026-Q4',
    '/chain/gaps?period=2026-Q4',
    '/trace/spend?period=2026-Q4',
    '/trace/spend/records?period=2026-Q4',
  ])('%s is kept by version: 304 to who has it, a new one after a change, the same bytes before', async (path) => {
    const first = await api.as('cio').get(path);
    const etag = first.headers.get('etag')!;
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const again = await api.as('cio').get(path, { 'if-none-match': `W/${etag}` });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    // Behind the product's back: no version moves, so the kept body stands.
    await api.sql(`update investments set name = name || '!', version = version + 1 where code = 'INV-1'`);
    // Kept for all who see the same; a gap also says who may mend it, so that its answer is one's own.
    const kept = await api.as(path.startsWith('/chain/gaps') ? 'cio' : 'admin').get(path);
    expect([kept.text, kept.headers.get('etag')]).toEqual([first.text, etag]);
    await bump(api);
    const changed = await api.as('cio').get(path, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  test('a change of settings, scope, period or reader makes another answer', async () => {
    const tag = async (path: string, person: 'cio' | 'stakeholder-bu1' | 'stakeholder-bu2' = 'cio') =>
      (await api.as(person).get(path)).headers.get('etag');
    const tags = [
      await tag('/value?period=2026-Q4'),
      await tag('/value?period=2026-Q3'),
      await tag('/value?period=2026-Q4&portfolio=DIG'),
      await tag('/value?period=2026-Q4&orgUnit=BU1'),
      await tag('/value?period=2026-Q4', 'stakeholder-bu1'),
      await tag('/value?period=2026-Q4', 'stakeholder-bu2'),
    ];
    expect(new Set(tags).size).toBe(tags.length);
    expect(await tag('/value')).toBe(await tag('/value?period=2026-Q4'));
    expect(await tag('/value?portfolio=dig')).toBe(tags[2]);
    await api.sql('update settings set on_track_from = 0.97, version = version + 1');
    expect(await tag('/value?period=2026-Q4')).not.toBe(tags[0]);
    await api.sql('update settings set on_track_from = 0.95, version = version + 1');
  });

  test('the same question asked ten times at once is worked out once', async () => {
    await bump(api);
    const original = api.source.createQueryRunner;
    let snapshots = 0;
    api.source.createQueryRunner = function (...given) {
      snapshots += 1;
      return original.apply(this, given);
    };
    try {
      const replies = await Promise.all(Array.from({ length: 10 }, () => api.as('cio').get('/chain?period=2025-Q4')));
      expect(new Set(replies.map((reply) => reply.text)).size).toBe(1);
      expect(snapshots).toBe(1);
    } finally {
      api.source.createQueryRunner = original;
    }
  });
});
