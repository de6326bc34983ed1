/** Links by which a published review is read without an account: what they show, to whom, how long, and what they never tell. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pino, { type Logger } from 'pino';
import { canonicalJson } from '../../server/audit/write.js';
import {
  madeReviewShare,
  type MadeReviewShare,
  reviewShares,
  sharedReview,
  type ReviewShare,
} from '../../server/contract/review-after.js';
import { LOGGER } from '../../server/http/logger.js';
import { type Client, expectNoChange, expectProblem, type Reply, sha256 } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';
import { storeReview, type StoredReview, supersede } from '../support/reviews.js';

const PASSPHRASE = 'eight bells at noon';

const lines: string[] = [];
let api: OwnApi;
let cio: Client;
let published: StoredReview;
beforeAll(async () => {
  api = await startOwnApi({ logLevel: 'info', env: { PUBLIC_URL: 'http://throughline.test' } });
  const logger = api.app.nest.get<Logger & Record<symbol, { write: (line: string) => void }>>(LOGGER);
  logger[pino.symbols.streamSym]!.write = (line) => void lines.push(line);
  cio = api.as('cio');
  published = await storeReview(api, { period: '2026-Q3', state: 'published' });
});
afterAll(() => api.stop());

const share = async (given: object = {}, review = published.id): Promise<MadeReviewShare> => {
  const reply = await cio.post(`/reviews/${review}/shares`, { days: 30, ...given });
  expect([reply.status, reply.headers.get('cache-control')]).toEqual([201, 'no-store']);
  return madeReviewShare.strict().parse(reply.body);
};
const tokenOf = ({ url }: MadeReviewShare): string => url.split('/').at(-1)!;
const read = (token: string | null, passphrase?: string): Promise<Reply> =>
  api.as('anonymous').post('/shared/reviews', { token, ...(passphrase === undefined ? {} : { passphrase }) });
const listed = async (review = published.id): Promise<ReviewShare[]> =>
  reviewShares.strict().parse((await cio.get(`/reviews/${review}/shares`)).body).items;

test('Whoever has the link reads exactly the frozen document, and nobody keeps or finds it', async () => {
  const made = await share();
  expect(made.url).toMatch(/^http:\/\/throughline\.test\/r\/[\w-]{43}$/);
  const reply = await read(tokenOf(made));
  expect(reply.status).toBe(200);
  const shown = sharedReview.strict().parse(reply.body);
  expect(shown).toMatchObject({ state: 'published', sha256: published.sha256, expiresAt: made.expiresAt });
  expect(reply.text).toContain(`"document":${published.document}}`);
  expect(sha256(canonicalJson(reply.body.document))).toBe(shown.sha256);
  expect(
    Object.fromEntries(
      ['cache-control', 'x-robots-tag', 'referrer-policy'].map((name) => [name, reply.headers.get(name)]),
    ),
  ).toEqual({
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'no-referrer',
  });
  // Without the token in the address the browser reads it again; the cookie opens nothing else.
  const cookie = reply.headers.getSetCookie()[0]!;
  expect(shown.link).toBe(made.id);
  expect(cookie).toMatch(/^review-[0-9a-f-]{36}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=28800$/);
  const browser = api.client({ cookie: cookie.split(';')[0]! });
  expect((await browser.post('/shared/reviews', { token: null, link: made.id })).text).toBe(reply.text);
  expectProblem(await browser.get(`/reviews/${published.id}/shares`), 401, 'unauthenticated');
  const page = await fetch(`${api.origin}/r/${tokenOf(made)}`, { headers: { accept: 'text/html' } });
  expect([page.status, page.headers.get('x-robots-tag'), page.headers.get('referrer-policy')]).toEqual([
    ...[200, 'noindex, nofollow', 'no-referrer'],
  ]);
  const [{ url: _told, ...first }] = [made];
  expect(await listed()).toEqual([{ ...first, lastReadAt: api.clock.now().toISOString() }]);
});

test('Two links are read side by side in one browser, each under its own name', async () => {
  const other = await storeReview(api, { period: '2024-Q4', state: 'published' });
  const made = [await share(), await share({}, other.id)];
  const kept: string[] = [];
  for (const each of made) kept.push((await read(tokenOf(each))).headers.getSetCookie()[0]!.split(';')[0]!);
  const browser = api.client({ cookie: kept.join('; ') });
  const shas: string[] = [];
  for (const { id } of made) shas.push((await browser.post('/shared/reviews', { token: null, link: id })).body.sha256);
  expect(shas).toEqual([published.sha256, other.sha256]);
  expectProblem(await browser.post('/shared/reviews', { token: null }), 404, 'not-found');
  expectProblem(await browser.post('/shared/reviews', { token: null, link: other.id }), 404, 'not-found');
});

test('Token and passphrase stand nowhere: not in the tables, the audit, the log, or any later answer', async () => {
  const made = await share({ passphrase: PASSPHRASE });
  await read(tokenOf(made), PASSPHRASE);
  await fetch(`${api.origin}/r/${tokenOf(made)}`, { headers: { accept: 'text/html' } });
  const stored = await api.sql<{ all: string }>('select s::text as all from review_shares s');
  const events = await api.sql<{ all: string }>(
    "select e::text as all from audit_events e where e::text like '%review_share%'",
  );
  expect(events.length).toBeGreaterThan(0);
  const everything =
    [...stored, ...events].map((row) => row.all).join('\n') + lines.join('\n') + JSON.stringify(await listed());
  expect(lines.join('\n')).toContain('/r/[redacted]');
  for (const secret of [tokenOf(made), PASSPHRASE]) expect(everything).not.toContain(secret);
  const [event] = (await cio.get('/audit?objectType=review_share&limit=1')).body.items;
  expect(event).toMatchObject({ action: 'created', objectCode: 'VR-2026-Q3', actor: 'cio@tests.example' });
  expect(Object.keys(event.after).sort()).toEqual(['expiresAt', 'hasPassphrase', 'revokedAt']);
  expect(stored.map((row) => row.all).join()).toContain('$argon2id$');
});

test('A passphrase is asked for, and ten wrong ones close the link for a while, to whoever has it', async () => {
  const made = await share({ passphrase: PASSPHRASE });
  expect(made.hasPassphrase).toBe(true);
  const unasked = await read(tokenOf(made));
  expectProblem(unasked, 403, 'passphrase-required');
  expect(unasked.text).not.toContain('2026');
  for (let at = 0; at < 9; at++) expectProblem(await read(tokenOf(made), `wrong ${at}`), 403, 'passphrase-required');
  expect((await read(tokenOf(made), PASSPHRASE)).status).toBe(200);
  expectProblem(await read(tokenOf(made), 'wrong again'), 403, 'passphrase-required');
  const closed = await read(tokenOf(made), PASSPHRASE);
  expectProblem(closed, 429, 'rate-limited');
  api.clock.advance(16 * 60_000);
  const open = await read(tokenOf(made), PASSPHRASE);
  expect(open.status).toBe(200);
  // The cookie alone is not enough.
  const browser = api.client({ cookie: open.headers.getSetCookie()[0]!.split(';')[0]! });
  expectProblem(await browser.post('/shared/reviews', { token: null, link: made.id }), 403, 'passphrase-required');
});

test('Only published reviews are shared; a superseded one stays readable and says so', async () => {
  const draft = await storeReview(api, { period: '2026-Q2', state: 'draft' });
  const frozen = await storeReview(api, { period: '2026-Q1', state: 'frozen' });
  const old = await storeReview(api, { period: '2025-Q4', state: 'published' });
  const link = await share({}, old.id);
  await supersede(api, old.id);
  const shown = await read(tokenOf(link));
  expect([shown.status, shown.body.state, shown.body.sha256]).toEqual([200, 'superseded', old.sha256]);
  await expectNoChange(api, async () => {
    for (const { id } of [draft, frozen, old])
      expectProblem(await cio.post(`/reviews/${id}/shares`, { days: 30 }), 409, 'conflict');
    for (const given of [{ days: 0 }, { days: 366 }, { days: 1.5 }, {}, { days: 30, passphrase: 'short' }])
      expectProblem(await cio.post(`/reviews/${published.id}/shares`, given), 422, 'validation-failed');
    expectProblem(await cio.post('/reviews/VR-2019-Q1/shares', { days: 30 }), 404, 'not-found');
    for (const person of ['finance', 'pm-dig', 'stakeholder-bu1'] as const) {
      expectProblem(await api.as(person).post(`/reviews/${published.id}/shares`, { days: 30 }), 403, 'forbidden');
      expectProblem(await api.as(person).get(`/reviews/${published.id}/shares`), 403, 'forbidden');
      expectProblem(await api.as(person).delete(`/reviews/${old.id}/shares/${link.id}`), 403, 'forbidden');
    }
    expectProblem(await cio.delete(`/reviews/${published.id}/shares/${link.id}`), 404, 'not-found');
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expectProblem(await api.as('anonymous').post('/shared/reviews', { token: 'x' }, foreign), 403, 'cross-site');
  });
});

test('An unknown, a revoked and an expired link look alike, and guessing ends after ten', async () => {
  const [gone, short, right] = [await share(), await share({ days: 1 }), await share({ days: 365 })];
  const revoke = () => cio.delete(`/reviews/${published.id}/shares/${gone.id}`);
  expect((await revoke()).status).toBe(204);
  await expectNoChange(api, revoke);
  expect((await listed()).find(({ id }) => id === gone.id)!.revokedAt).toBe(api.clock.now().toISOString());
  const [event] = (await cio.get('/audit?objectType=review_share&limit=1')).body.items;
  expect([event.action, event.before.revokedAt]).toEqual(['revoked', null]);
  expect((await read(tokenOf(short))).status).toBe(200);
  api.clock.advance(24 * 3_600_000);
  const said = new Set<string>();
  for (const token of ['x'.repeat(43), tokenOf(gone), tokenOf(short)]) {
    const reply = await read(token);
    expectProblem(reply, 404, 'not-found');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.headers.getSetCookie()).toEqual([]);
    said.add(reply.body.detail);
  }
  expect(said.size).toBe(1);
  expectProblem(await read(null), 404, 'not-found');
  const statuses: number[] = [];
  for (let at = 0; at < 9; at++) statuses.push((await read(`${'y'.repeat(42)}${at}`)).status);
  expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 404, 429, 429]);
  expect((await read(tokenOf(right))).status).toBe(200);
});
