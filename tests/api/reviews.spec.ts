/** The life of a review: a draft that follows the data, a frozen one that does not, and what each reader may see of it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { review, reviews, type Review } from '../../server/contract/review.js';
import { frozenRecords, restatement, reviewVerification } from '../../server/contract/review-after.js';
import { reviewStandings } from '../../server/contract/review-standing.js';
import { expectProblem, type Reply } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';
import { overviewAt } from '../support/overviews.js';

let api: OwnApi;
beforeAll(async () => {
  api = await startOwnApi({ golden: true });
}, 60_000);
afterAll(() => api.stop());
const PERIOD = '2026-Q2';
const etag = ({ version }: { version: number }) => ({ 'If-Match': `"v${version}"` });
const cio = () => api.as('cio');
const read = async (ref: string): Promise<Review> => review.parse((await cio().get(`/api/v1/reviews/${ref}`)).body);
const freeze = (of: Review, reason: string | null, key = `freeze ${of.id} ${of.version}`): Promise<Reply> =>
  cio().post(
    `/api/v1/reviews/${of.id}/freeze`,
    { reason, contentSha256: of.contentSha256 },
    { ...etag(of), 'Idempotency-Key': key },
  );
const standings = async (query = '') =>
  reviewStandings.parse((await cio().get(`/api/v1/reviews/standing${query}`)).body).items;
const start = async (): Promise<Review> => {
  const reply = await cio().post('/api/v1/reviews', { period: PERIOD });
  expect(reply.status).toBe(201);
  return review.parse(reply.body);
};

describe('a draft', () => {
  let draft: Review;
  beforeAll(async () => {
    draft = await start();
  });

  test('says what the overview says, figure for figure', async () => {
    const { ledger } = await overviewAt(api, `period=${PERIOD}`);
    const [table] = draft.document.sections.find(({ id }) => id === 'headline')!.tables;
    expect(table!.rows.map((cells) => cells[1]!.value)).toEqual(ledger.map(({ actual }) => actual.value));
    expect(table!.rows.map((cells) => cells[3]!.value)).toEqual(ledger.map(({ variance }) => variance?.value ?? null));
    expect(draft.document.figures['spend?span=to_date']).toMatchObject({
      value: ledger[0]!.actual.value,
      unit: 'USD',
      text: '1.11 m USD',
      full: '1,108,760.91 USD',
    });
    for (const key of draft.document.headline) expect(draft.document.figures).toHaveProperty([key]);
  });

  test('is one of its quarter', async () => {
    expectProblem(await cio().post('/api/v1/reviews', { period: PERIOD }), 409, 'duplicate');
    expectProblem(await cio().post('/api/v1/reviews', { period: '2027-Q1' }), 422, 'validation-failed');
  });

  test('takes sentences with chips, marks typed numbers, and refuses a chip that is no figure', async () => {
    const text = 'We invested [[spend?span=to_date]] in 12 projects.';
    const written = await cio().patch(
      `/api/v1/reviews/${draft.id}`,
      { narrative: { headline: [{ id: 'own', text }] }, recommendations: ['Stop the pilot.'] },
      etag(draft),
    );
    expect(written.status).toBe(200);
    draft = review.parse(written.body);
    const [sentence] = draft.document.sections.find(({ id }) => id === 'headline')!.sentences;
    expect(sentence).toMatchObject({ text, by: 'hand', uncited: ['12'], stale: [] });
    expect(draft.document.checklist.find(({ id }) => id === 'uncited_numbers')).toMatchObject({
      text: '1',
      isOpen: true,
    });

    const bad = { narrative: { headline: [{ id: 'own', text: 'We spent [[spent]].' }] } };
    expectProblem(await cio().patch(`/api/v1/reviews/${draft.id}`, bad, etag(draft)), 422, 'validation-failed');
    const stale = await cio().patch(`/api/v1/reviews/${draft.id}`, { purpose: 'assurance' }, etag({ version: 1 }));
    expectProblem(stale, 412, 'precondition-failed');
  });

  const change = async (given: object): Promise<Review> => {
    const reply = await cio().patch(`/api/v1/reviews/${draft.id}`, given, etag(draft));
    expect([reply.status, reply.status === 200 ? '' : reply.text]).toEqual([200, '']);
    return (draft = review.parse(reply.body));
  };
  const sentences = (of = draft) => of.document.sections.find(({ id }) => id === 'headline')!.sentences;

  test('has a number confirmed in its place, and in recommendations, too', async () => {
    const text = 'We run USD500 projects in 12 places, 12 of them alone.';
    const confirmed = [{ at: 26, text: '12' }];
    const stop = { text: 'Stop 2 of [[spend?span=to_date]] pilots, and 2 more.', confirmed: [{ at: 5, text: '2' }] };
    await change({
      narrative: { headline: [{ id: 'own', text, confirmed }] },
      recommendations: [stop, 'Fund the third.'],
    });
    expect(sentences()[0]).toMatchObject({ uncited: ['USD500', '12'], confirmed });
    const { cover, figures, checklist } = draft.document;
    const spent = figures['spend?span=to_date']!.text;
    expect(cover.recommendations).toEqual([`Stop 2 of ${spent} pilots, and 2 more.`, 'Fund the third.']);
    expect(cover.written.map(({ uncited }) => uncited)).toEqual([['2'], []]);
    expect(checklist.find(({ id }) => id === 'uncited_numbers')).toMatchObject({ text: '3', isOpen: true });
  });

  test('is stale by what its author saw, not by what the figure was when it was saved', async () => {
    const own = { id: 'own', text: 'We invested [[spend?span=to_date]].' };
    await change({ narrative: { headline: [{ ...own, shown: { 'spend?span=to_date': '0.9 m USD' } }] } });
    const mark = { figure: 'spend?span=to_date', was: '0.9 m USD', is: '1.11 m USD' };
    expect(sentences()[0]).toMatchObject({ by: 'hand', stale: [mark] });
    // Who saves it unchanged says nothing of it.
    await change({ narrative: { headline: [{ ...own, shown: { 'spend?span=to_date': '1.11 m USD' } }] } });
    expect(sentences()[0]!.stale).toEqual([mark]);
    await change({ narrative: { headline: [{ ...own, holds: true, shown: { 'spend?span=to_date': '1.11 m USD' } }] } });
    expect(sentences()[0]!.stale).toEqual([]);
  });

  test('keeps sentences of the rules by rule where a neighbour is edited, and says no more what was left out', async () => {
    await change({ narrative: { headline: null } });
    const ruled = sentences().map(({ id, text }) => ({ id, text }));
    expect(ruled.length).toBeGreaterThan(2);
    const [first, second, ...rest] = ruled;
    const own = { id: 'own', text: 'This was a good quarter.' };
    const edited = [own, { ...first!, text: 'We invested.' }, ...rest];
    await change({ narrative: { headline: edited } });
    const told = sentences().map(({ id, by }) => [id, by]);
    expect(told).toEqual([['own', 'hand'], [first!.id, 'hand'], ...rest.map(({ id }) => [id, 'rule'])]);
    // Untouched, it is its rule's, whatever it said when the page was read.
    const untouched = rest.map((each) => ({ ...each, text: 'As it was then.', by: 'rule' }));
    await change({ narrative: { headline: [first, ...untouched] } });
    expect(sentences().map(({ id, text, by }) => ({ id, text, by }))).toEqual(
      [first!, ...rest].map((each) => ({ ...each, by: 'rule' })),
    );
    await change({ narrative: { headline: [...rest, second, first] } });
    expect(sentences().map(({ id }) => id)).toEqual([...rest, second!, first!].map(({ id }) => id));
    await change({
      narrative: { headline: [{ id: 'own', text: 'We invested [[spend?span=to_date]] in 12 projects.' }] },
    });
    expect(sentences().map(({ id }) => id)).toEqual(['own']);
  });

  test('has a message of its own in place of the rule’s, marked, with its numbers to cite, until it is left out', async () => {
    const { title, message } = draft.document.sections[0]!;
    expect(message).toBeUndefined();
    const rest = sentences().map(({ id, text }) => ({ id, text }));
    const own = { id: 'message', text: 'We kept [[spend?span=to_date]] within 3 limits.' };
    await change({ narrative: { headline: [own, ...rest] } });
    const [section] = draft.document.sections;
    expect(section).toMatchObject({ title: own.text, message: { by: 'hand', uncited: ['3'], text: own.text } });
    expect(sentences().map(({ id }) => id)).toEqual(rest.map(({ id }) => id));
    expect(draft.document.checklist.find(({ id }) => id === 'uncited_numbers')).toMatchObject({ text: '3' });
    await change({ narrative: { headline: rest } });
    expect(draft.document.sections[0]).toMatchObject({ title });
    expect(draft.document.sections[0]).not.toHaveProperty('message');
    await change({ narrative: { money: [own] } });
    await change({ narrative: { money: null } });
    expect(draft.document.sections.filter((each) => each.message)).toEqual([]);
  });

  test('freezes with a key and, while something is open, with a reason', async () => {
    const path = `/api/v1/reviews/${draft.id}/freeze`;
    expectProblem(
      await cio().post(path, { reason: 'Board', contentSha256: draft.contentSha256 }, etag(draft)),
      400,
      'malformed-request',
    );
    const refused = await freeze(draft, null, 'without a reason');
    expectProblem(refused, 422, 'validation-failed');
    expect(refused.body.errors.map(({ code }: { code: string }) => code)).toContain('checklist.uncited_numbers');
    expect((await read(draft.id)).state).toBe('draft');
  });

  test('is not seen by a stakeholder, and written by the CIO and administrators alone', async () => {
    expectProblem(await api.as('stakeholder-bu1').get(`/api/v1/reviews/${draft.id}`), 404, 'not-found');
    expect((await api.as('stakeholder-bu1').get('/api/v1/reviews')).body.items).toEqual([]);
    for (const person of ['pm-dig', 'finance', 'stakeholder-bu1'] as const)
      expectProblem(await api.as(person).post('/api/v1/reviews', { period: '2026-Q1' }), 403, 'forbidden');
    expect((await api.as('finance').get(`/api/v1/reviews/${draft.id}`)).status).toBe(200);
  });
});

describe('a frozen review', () => {
  let frozen: Review;
  beforeAll(async () => {
    frozen = await read(`VR-${PERIOD}`);
    const reply = await freeze(frozen, 'The board meets on Monday.');
    expect(reply.status).toBe(200);
    frozen = review.parse(reply.body);
  });

  test('does not follow the data, and says what was true', async () => {
    expect(frozen).toMatchObject({ state: 'frozen', frozenBy: 'cio', revision: 1 });
    expect(frozen.document.frozen).toMatchObject({ reason: 'The board meets on Monday.' });
    const [{ code } = { code: '' }] = await api.sql<{ code: string }>(
      `select i.code from investment_costs c join investments i on i.id = c.investment_id where c.actual is not null order by c.month limit 1`,
    );
    await api.sql(
      `update investment_costs set actual = actual + 1000000, version = version + 1 where id in (select c.id from investment_costs c
         join investments i on i.id = c.investment_id where i.code = $1 and c.actual is not null order by c.month limit 1)`,
      [code],
    );
    await api.sql('update data_versions set version = version + 1');
    const now = await overviewAt(api, `period=${PERIOD}`);
    const again = await read(frozen.id);
    expect(now.ledger[0]!.actual.value).toBe('2108760.91');
    expect(again.document).toEqual(frozen.document);
    expect(again.document.figures['spend?span=to_date']!.full).toBe('1,108,760.91 USD');
  });

  test('keeps the records behind each figure, which add up to it', async () => {
    const page = async (figure: string) =>
      frozenRecords.parse(
        (await cio().get(`/api/v1/reviews/${frozen.id}/records?limit=500&figure=${encodeURIComponent(figure)}`)).body,
      );
    const spend = await page('spend?span=to_date');
    expect(spend.total).toEqual({ count: spend.items.length, amount: '1108760.91' });
    for (const [key, { value, records }] of Object.entries(frozen.document.figures)) {
      const { total } = await page(key);
      expect([key, total.count]).toEqual([key, records.count]);
      if (/^(spend|budget|planned|realised|evidenced|expected|variance\.(spend|realised|expected))\?/.test(key))
        expect([key, total.amount]).toEqual([key, value ?? '0']);
    }
  });

  test('has its pages for the browser of the reader, which can do nothing but be printed', async () => {
    const page = await cio().get(`/api/v1/reviews/${frozen.id}/print`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none';.* sandbox$/);
    expect(page.text).toMatch(/^<!doctype html><html lang="en">/);
    expect(page.text).not.toMatch(/<script|<link|<img|\son\w+=/i);
    for (const key of frozen.document.headline) expect(page.text).toContain(frozen.document.figures[key]!.text);
    for (const { id } of frozen.document.sections) expect(page.text).toContain(`<section id="${id}"`);
    expect(page.text).toContain(frozen.sha256);
    expectProblem(await api.as('stakeholder-bu1').get(`/api/v1/reviews/${frozen.id}/print`), 404, 'not-found');
  });

  test('is intact, and refuses every change', async () => {
    const path = `/api/v1/reviews/${frozen.id}`;
    const verified = reviewVerification.parse((await cio().get(`${path}/verify`)).body);
    expect(verified).toMatchObject({ isIntact: true, sha256: frozen.sha256, findings: [] });
    expectProblem(await cio().patch(path, { purpose: 'information' }, etag(frozen)), 409, 'review-frozen');
    expectProblem(await cio().delete(path, etag(frozen)), 409, 'review-frozen');
    expectProblem(await freeze(frozen, 'Again', 'another key'), 409, 'review-frozen');
    await expect(api.source.query(`update reviews set classification = 'public'`)).rejects.toThrow('frozen');
    await expect(api.source.query('delete from reviews')).rejects.toThrow('frozen');
    await expect(api.source.query(`update review_records set records = '[]'`)).rejects.toThrow();
    expect(await read(frozen.id)).toEqual(frozen);
  });

  test('has its standing told once it is published: the figures of its headline that are different today', async () => {
    expect(await standings('?limit=8')).toEqual([]);
    expect(await standings('?limit=8&of=frozen')).toMatchObject([{ code: `VR-${PERIOD}`, publishedAt: null }]);
    const published = await cio().post(`/api/v1/reviews/${frozen.id}/publish`, {}, etag(frozen));
    expect(published.body).toMatchObject({ state: 'published', publishedBy: 'cio' });
    const [standing, ...more] = await standings();
    expect(more).toEqual([]);
    const headline = [...new Set(frozen.document.headline)];
    expect(standing).toMatchObject({ id: frozen.id, code: `VR-${PERIOD}`, period: PERIOD, headline: headline.length });
    const spend = standing!.restated.find(({ key }) => key === 'spend?span=to_date');
    expect(spend).toMatchObject({ frozen: '1.11 m USD', today: '2.11 m USD' });
    const { figures } = restatement.parse((await cio().get(`/api/v1/reviews/${frozen.id}/restatement`)).body);
    expect(standing!.restated.map(({ key }) => key).sort()).toEqual(
      figures
        .filter(({ key, isRestated }) => isRestated && headline.includes(key))
        .map(({ key }) => key)
        .sort(),
    );
    const again = await cio().get('/api/v1/reviews/standing');
    const unchanged = await cio().get('/api/v1/reviews/standing', { 'If-None-Match': again.headers.get('etag')! });
    expect(unchanged.status).toBe(304);
    expectProblem(await api.as('stakeholder-bu1').get('/api/v1/reviews/standing'), 403, 'forbidden');
    expectProblem(await cio().get('/api/v1/reviews/standing?limit=9'), 422, 'validation-failed');
  });

  test('is seen by stakeholders once it is published, and superseded by its correction when that is published', async () => {
    const seen = review.parse((await api.as('stakeholder-bu1').get(`/api/v1/reviews/${frozen.id}`)).body);
    expect(seen.document).toEqual(frozen.document);
    const records = await api.as('stakeholder-bu1').get(`/api/v1/reviews/${frozen.id}/records?figure=spend`);
    expectProblem(records, 403, 'forbidden');

    const correction = await start();
    expect(correction).toMatchObject({ code: `VR-${PERIOD}-v2`, revision: 2, supersedes: `VR-${PERIOD}` });
    const second = review.parse((await freeze(correction, 'A cost was corrected.')).body);
    expect(second.document.figures['spend?span=to_date']!.value).toBe('2108760.91');
    expect((await read(frozen.id)).state).toBe('published');
    await cio().post(`/api/v1/reviews/${second.id}/publish`, {}, etag(second));
    expect(await read(frozen.id)).toMatchObject({
      state: 'superseded',
      supersededBy: `VR-${PERIOD}-v2`,
      document: frozen.document,
    });
    expect((await standings('?limit=8')).map(({ code, restated }) => [code, restated])).toEqual([
      [`VR-${PERIOD}-v2`, []],
    ]);
    const listed = reviews.parse((await cio().get('/api/v1/reviews')).body).items;
    expect(listed.map(({ code, state }) => [code, state])).toEqual([
      [`VR-${PERIOD}-v2`, 'published'],
      [`VR-${PERIOD}`, 'superseded'],
    ]);
    for (const { id } of listed) expect((await cio().get(`/api/v1/reviews/${id}/verify`)).body.isIntact).toBe(true);
  });
});
