import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Review } from '../../server/contract/review.js';
import { save, stored } from '../support/entries.js';
import { frozenReview } from '../support/frozen-reviews.js';
import { expectProblem, sha256, startApi, type Api } from '../support/harness.js';
import { smallChain } from '../support/small-chain.js';

let api: Api;
let review: Review;
let kept: { bytes: string; read: string; records: string };
beforeAll(async () => {
  api = await startApi();
  await smallChain(api);
  review = await frozenReview(api, '2026-Q2');
  kept = await held();
}, 120_000);
afterAll(() => api.stop());

/** All that is ever shown of the review: its canonical bytes, what the API reads out, and the records of a figure. */
const held = async (): Promise<typeof kept> => ({
  bytes: (await api.sql<{ document: string }>('select document from reviews where id = $1', [review.id]))[0]!.document,
  read: (await api.as('cio').get(`/reviews/${review.id}`)).text,
  records: (
    await api.as('cio').get(`/reviews/${review.id}/records?figure=${encodeURIComponent('realised?span=to_date')}`)
  ).text,
});

const changed = async (path: string, body: unknown): Promise<void> => {
  const { headers } = await api.as('admin').get(path);
  const reply = await api.as('admin').patch(path, body, { 'if-match': headers.get('etag')! });
  expect([path, reply.status, reply.status === 200 ? '' : reply.text]).toEqual([path, 200, '']);
};
const idOf = async (table: string, column: string, value: string): Promise<string> =>
  (await api.sql<{ id: string }>(`select id from ${table} where ${column} = $1`, [value]))[0]!.id;

const CHANGES: Readonly<Record<string, () => Promise<void>>> = {
  'a corrected value': async () => {
    const row = (await stored(api, 'B1')).find(({ month }) => month === '2026-05')!;
    const items = [{ benefit: 'B1', month: '2026-05', realised: '11', version: row['version'] }];
    expect((await save(api, items, { reason: 'Counted twice.' }, 'pm-core')).status).toBe(200);
  },
  'a new cost': async () => {
    const items = [{ month: '2026-06', kind: 'opex', actual: '999.99' }];
    expect((await api.as('admin').put('/investments/I3/costs', { items })).status).toBe(200);
  },
  'a renamed unit': () => changed('/org-units/ENT', { name: 'Quite another enterprise' }),
  'a renamed benefit': () => changed('/benefits/B1', { name: 'Another name' }),
  'another exchange rate': async () => {
    const rate = { currency: 'EUR', month: '2026-05', rate: '1.5' };
    expect((await api.as('admin').post('/exchange-rates', rate)).status).toBe(201);
  },
  'another share of a link': async () =>
    changed(`/links/${await idOf('links', 'allocation', '60')}`, { allocation: '10' }),
  'another fiscal calendar': () => changed('/settings', { fiscalYearStartMonth: 4 }),
  'other thresholds': () => changed('/settings', { onTrackFrom: '0.99' }),
  'a renamed user': async () =>
    changed(`/users/${await idOf('users', 'email', 'cio@tests.example')}`, { name: 'Somebody else' }),
};

describe('A frozen review stays as it was, byte by byte', () => {
  test.each(Object.entries(CHANGES))('after %s', async (_, change) => {
    await change();
    expect(await held()).toEqual(kept);
    expect(sha256(kept.bytes)).toBe(review.sha256);
  });

  test('whoever changes it', async () => {
    const { headers } = await api.as('admin').get(`/reviews/${review.id}`);
    const match = { 'if-match': headers.get('etag')! };
    for (const person of ['admin', 'cio'] as const) {
      const client = api.as(person);
      expectProblem(
        await client.patch(`/reviews/${review.id}`, { purpose: 'information' }, match),
        409,
        'review-frozen',
      );
      expectProblem(await client.delete(`/reviews/${review.id}`, match), 409, 'review-frozen');
      const again = await client.post(
        `/reviews/${review.id}/freeze`,
        { reason: 'x', contentSha256: review.sha256 },
        { ...match, 'idempotency-key': `again ${person}` },
      );
      expectProblem(again, 409, 'review-frozen');
    }
    for (const person of ['pm-core', 'finance', 'stakeholder-bu1'] as const) {
      const reply = await api.as(person).patch(`/reviews/${review.id}`, { purpose: 'information' }, match);
      expect(reply.status).toBe(403);
    }
    expect(await held()).toEqual(kept);
    expect((await api.as('cio').get(`/reviews/${review.id}/verify`)).body).toMatchObject({
      isIntact: true,
      findings: [],
    });
  });
});
