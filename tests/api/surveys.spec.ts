/** Rounds of a survey from draft to figures, and what somebody with a link, without one, or with another's can do. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pino, { type Logger } from 'pino';
import type { Stakeholders, Voice } from '../../server/contract/stakeholder.js';
import type { SurveyInvited, SurveyRound } from '../../server/contract/survey.js';
import { LOGGER } from '../../server/http/logger.js';
import { type Client, expectNoChange, expectProblem } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';
import { type MailServer, startMailServer } from '../support/mail-server.js';
import { mailed, openedBy, roundOf, tag } from '../support/survey-rounds.js';

const ANSWER = { satisfaction: 4, responsiveness: 3, effectiveness: 4, trust: 5, enabling: 4, recommend: 9 };
const SAID = 'my name stands in no figure';

let mail: MailServer;
const lines: string[] = [];
let api: OwnApi;
let cio: Client;
beforeAll(async () => {
  mail = await startMailServer();
  api = await startOwnApi({
    logLevel: 'info',
    env: { SMTP_URL: mail.url, SMTP_FROM: 'it@tests.example', PUBLIC_URL: 'http://throughline.test' },
  });
  const logger = api.app.nest.get<Logger & Record<symbol, { write: (line: string) => void }>>(LOGGER);
  logger[pino.symbols.streamSym]!.write = (line) => void lines.push(line);
  cio = api.as('cio');
});
afterAll(async () => {
  await api.stop();
  await mail.stop();
});

const ROUND = {
  period: '2026-Q4',
  name: 'How are we doing?',
  why: 'We ask each quarter.',
  contact: 'it@tests.example',
  areas: ['BU1', 'BU2', 'BU3'],
  itAreas: ['BU3'],
};
const roundNow = async (): Promise<SurveyRound> => (await cio.get('/survey-rounds')).body.items[0];
const links = async (area: string, count: number): Promise<string[]> => {
  const reply = await cio.post('/survey-rounds/SUR-2026-Q4/invitations', { area, links: count });
  expect(reply.status).toBe(201);
  return (reply.body as SurveyInvited).links.map((link) => link.split('/').at(-1)!);
};
const opened = (token: string): Promise<Client> => openedBy(api, token);
const answerKeys = async (): Promise<string[]> =>
  (await api.sql<{ respondent: string }>('select respondent from survey_responses')).map(
    ({ respondent }) => respondent,
  );
const satisfaction = ({ voices }: { voices: Voice[] }): Voice =>
  voices.find(({ question }) => question === 'satisfaction')!;
const pageOf = async (query = 'period=2026-Q4'): Promise<Stakeholders> =>
  (await cio.get(`/stakeholders?${query}`)).body;

test('A round is prepared, opened, answered, and counts once it is closed', async () => {
  expectProblem(await api.as('pm-dig').post('/survey-rounds', ROUND), 403, 'forbidden');
  expectProblem(await cio.post('/survey-rounds', { ...ROUND, areas: ['BU1', 'BU9'] }), 422, 'validation-failed');
  const made = await cio.post('/survey-rounds', ROUND);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ code: 'SUR-2026-Q4', state: 'draft', invited: 0 });
  expectProblem(await cio.post('/survey-rounds', ROUND), 409, 'duplicate');
  const invitation = { area: 'BU1', links: 1 };
  expectProblem(await cio.post('/survey-rounds/SUR-2026-Q4/invitations', invitation), 409, 'conflict');
  expectProblem(await cio.post('/survey-rounds/SUR-2026-Q4/open', {}), 428, 'precondition-required');
  const open = await cio.post('/survey-rounds/SUR-2026-Q4/open', {}, tag(made.body));
  expect(open.body).toMatchObject({ state: 'open', version: 2 });

  const given = [...(await links('BU1', 6)), ...(await links('BU2', 5)), ...(await links('BU3', 5))];
  for (const token of given)
    expect((await (await opened(token)).post('/survey-answers', { ...ANSWER, comment: SAID })).status).toBe(201);
  expect(await roundNow()).toMatchObject({ invited: 16, answered: 16 });
  // Figures that moved with each answer would tell each answer.
  expect(satisfaction((await pageOf()).whole)).toMatchObject({ n: 0, value: null, nullReason: 'no_records' });

  const open16 = await answerKeys();
  expect(open16).toHaveLength(16);
  const late = (await links('BU1', 1))[0]!;
  const [browser] = [await opened(late)];
  const closed = await cio.post('/survey-rounds/SUR-2026-Q4/close', {}, tag(await roundNow()));
  // Whoever makes links could use them, so they are told apart from mails.
  expect(closed.body).toMatchObject({ state: 'closed', invited: 17, byLink: 17, answered: 16 });
  expectProblem(await cio.post('/survey-rounds/SUR-2026-Q4/open', {}, tag(closed.body)), 409, 'conflict');
  expectProblem(await browser.post('/survey-answers', ANSWER), 410, 'survey-closed');
  expectProblem(await api.as('anonymous').post('/survey-session', { token: late }), 410, 'survey-closed');

  const [told] = await api.sql<{ after: object }>(
    "select canonical::jsonb -> 'after' as after from audit_events where action = 'closed'",
  );
  expect(told!.after).toMatchObject({ state: 'closed', answered: 16, byLink: 17 });
  // Written again in one transaction, which wrote no invitation before: nothing ties an answer to the link that it came by.
  const tied = await api.sql('select 1 from survey_responses r join survey_invitations i on i.xmin <> r.xmin');
  expect(tied).toEqual([]);
  expect(await api.sql('select distinct r.xmin from survey_responses r')).toHaveLength(1);
  expect(await answerKeys()).not.toEqual(expect.arrayContaining([open16[0]]));

  const page = await pageOf();
  expect(satisfaction(page.whole)).toMatchObject({ n: 16, value: 4, counts: [0, 0, 0, 16, 0] });
  expect(page.responseRate).toBeCloseTo(16 / 17, 12);
  expect(page.invited).toEqual({ people: 17, byLink: 17 });
  expect((await pageOf('period=2026-Q4&orgUnit=BU1')).invited).toBeNull();
  expect(page.areas.map(({ code, answers }) => [code, answers])).toEqual([
    ['BU1', 6],
    ['BU2', 5],
    ['BU3', 5],
  ]);
  expect(page.perception?.[0]).toEqual({
    question: 'satisfaction',
    it: { value: 4, n: 5, nullReason: null },
    business: { value: 4, n: 11, nullReason: null },
    gap: 0,
  });
  // Words are told of ten people and more only: of all of them, and of no unit.
  expect(page.comments).toHaveLength(16);
  expect((await pageOf('period=2026-Q4&orgUnit=BU1')).comments).toBeNull();
  expect((await api.as('finance').get('/stakeholders?period=2026-Q4')).body.comments).toBeNull();
  const card = await cio.get('/metrics/stakeholder.response_rate?period=2026-Q4');
  expect(card.body).toMatchObject({ n: 17, value: 16 / 17 });
  // A survey of which nobody was invited counts in both, or in neither.
  await api.sql("update surveys set invited = 0, version = version + 1, updated_at = now() where period = '2026-Q4'");
  await api.sql('update data_versions set version = version + 1');
  const none = await cio.get('/metrics/stakeholder.response_rate?period=2026-Q4');
  expect([none.body.value, (await pageOf()).responseRate]).toEqual([null, null]);
});

describe('While a round is open', () => {
  let round: SurveyRound;
  beforeAll(async () => {
    const made = await cio.post('/survey-rounds', { ...ROUND, period: '2027-Q1', itAreas: [] });
    round = (await cio.post(`/survey-rounds/${made.body.code}/open`, {}, tag(made.body))).body;
  });
  const invite = (body: object) => cio.post(`/survey-rounds/${round.code}/invitations`, body);
  const link = async (): Promise<string> => (await invite({ area: 'BU1', links: 1 })).body.links[0].split('/').at(-1);

  test('a link has 256 bits, stands in the database as a hash only, and in no answer a second time', async () => {
    const token = await link();
    expect(token).toMatch(/^[\w-]{43}$/);
    const hash = createHash('sha256').update(token).digest('hex');
    const stored = await api.sql<{ hash: string }>("select encode(token_hash, 'hex') as hash from survey_tokens");
    expect(stored.map((row) => row.hash)).toContain(hash);
    // Of no table any text or bytes are the token.
    const tables = await api.sql<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    );
    const canaries = [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'base64url').toString('hex')];
    for (const { name } of tables) {
      const rows = await api.sql<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
      for (const canary of canaries) expect(rows.filter(({ row }) => row.includes(canary))).toEqual([]);
    }
    await (await opened(token)).post('/survey-answers', ANSWER);
    await fetch(`${api.origin}/s/${token}`);
    expect(lines.join('')).toContain('/s/[redacted]');
    expect(lines.join('')).not.toContain(token);
    const keyed = { 'Idempotency-Key': 'links-1' };
    const path = `/survey-rounds/${round.code}/invitations`;
    expect((await cio.post(path, { area: 'BU1', links: 1 }, keyed)).status).toBe(201);
    expectProblem(await cio.post(path, { area: 'BU1', links: 1 }, keyed), 409, 'conflict');
  });

  test('looking at a link changes nothing, a thousand times', async () => {
    const token = await link();
    const before = await api.digest();
    for (let at = 0; at < 10; at++) {
      const looks = await Promise.all(Array.from({ length: 100 }, () => fetch(`${api.origin}/s/${token}`)));
      expect(looks.every((look) => look.ok && look.headers.get('referrer-policy') === 'no-referrer')).toBe(true);
      await Promise.all(looks.map((look) => look.text()));
    }
    expectProblem(await api.as('anonymous').get('/survey-session'), 405, 'method-not-allowed');
    expect(await api.digest()).toEqual(before);
  });

  test('an answer is given once: the second finds its link used, also at the same moment', async () => {
    const browser = await opened(await link());
    const replies = await Promise.all(Array.from({ length: 8 }, () => browser.post('/survey-answers', ANSWER)));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expectProblem(await browser.post('/survey-answers', ANSWER), 409, 'survey-answered');
  });

  test('an answer says nothing of the link that it came by, nor of the moment or the day', async () => {
    const browser = await opened(await link());
    const events = () => api.sql<{ canonical: string }>('select canonical from audit_events order by seq');
    const before = await events();
    api.clock.advance(36 * 3_600_000);
    await browser.post('/survey-answers', { ...ANSWER, comment: 'found by its words' });
    api.clock.advance(-36 * 3_600_000);
    const [row] = await api.sql("select * from survey_responses where comment = 'found by its words'");
    expect(round.openedAt).toMatch(/^2026-11-21T/);
    expect(row).toMatchObject({ answered_at: '2026-11-21T00:00:00.000Z' });
    expect([row!['created_at'], row!['updated_at']]).toEqual([row!['answered_at'], row!['answered_at']]);
    // An event of its own would tell the moment, by its id or by its place.
    expect(await events()).toEqual(before);
    const columns = await api.sql<{ name: string }>(
      "select column_name as name from information_schema.columns where table_name = 'survey_invitations' order by 1",
    );
    expect(columns.map(({ name }) => name).join()).toBe(
      'email,failure,id,mailed,org_unit_id,reminders,replaces,sending,survey_id,used',
    );
  });

  test('only nothing at all is refused, and whatever is no answer', async () => {
    const browser = await opened(await link());
    expectProblem(await browser.post('/survey-answers', {}), 422, 'validation-failed');
    expectProblem(await browser.post('/survey-answers', { ...ANSWER, draftKey: 7 }), 422, 'validation-failed');
    for (const wrong of [{ satisfaction: 6 }, { recommend: 11 }, { trust: '4' }, { ...ANSWER, respondent: 'me' }])
      expectProblem(await browser.post('/survey-answers', wrong), 422, 'validation-failed');
    expect((await browser.post('/survey-answers', { comment: 'Only this.' })).status).toBe(201);
  });

  test('an answer that was filled in for one link is not stored for another that the browser opened since', async () => {
    const [one, two] = [await link(), await link()];
    const first = await opened(one);
    const form = await api.as('anonymous').post('/survey-session', { token: one });
    const second = await opened(two);
    const wrong = { ...ANSWER, draftKey: form.body.draftKey };
    expectProblem(await expectNoChange(api, () => second.post('/survey-answers', wrong)), 409, 'conflict');
    expectProblem(await second.post('/survey-answers', { ...ANSWER, draftKey: undefined }), 422, 'validation-failed');
    expect((await first.post('/survey-answers', ANSWER)).status).toBe(201);
    expect((await second.post('/survey-answers', ANSWER)).status).toBe(201);
  });

  test('another’s link leads to another’s survey only, and a draft has a key of its own', async () => {
    const [one, two] = [await link(), await link()];
    const forms = await Promise.all([one, two].map((token) => api.as('anonymous').post('/survey-session', { token })));
    expect(forms[0]!.body.draftKey).not.toBe(forms[1]!.body.draftKey);
    expect(forms[0]!.text).not.toContain(one);
    const cookie = forms[0]!.headers.getSetCookie()[0]!;
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict; Max-Age=7200/);
    expect(forms[0]!.headers.get('referrer-policy')).toBe('no-referrer');
    // The cookie is no session: it opens nothing else.
    expectProblem(await api.client({ cookie: cookie.split(';')[0]! }).get('/survey-rounds'), 401, 'unauthenticated');
  });

  test('wrong links look alike and are refused after ten, however they pretend to come from elsewhere; a right one still gets in', async () => {
    const right = await link();
    const statuses: number[] = [];
    for (let at = 0; at < 14; at++) {
      const token = `${'x'.repeat(41)}${String(at).padStart(2, '0')}`;
      const reply = await api.as('anonymous').post('/survey-session', { token }, { 'X-Forwarded-For': `10.0.0.${at}` });
      statuses.push(reply.status);
      if (reply.status === 429) expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 404));
    expect(new Set(statuses.slice(10))).toEqual(new Set([429]));
    await opened(right);
    api.clock.advance(16 * 60_000);
    expectProblem(await api.as('anonymous').post('/survey-session', { token: 'short' }), 404, 'not-found');
    const answer = { ...ANSWER, draftKey: 'of no link' };
    expectProblem(await api.as('anonymous').post('/survey-answers', answer), 404, 'not-found');
  });

  test('people are invited and reminded by mail; addresses are gone when the round is over', async () => {
    mail.mails.length = 0;
    const people = ['ada@tests.example', 'ben@tests.example'];
    const invited = await invite({ area: 'BU2', emails: [...people, people[0]] });
    expect(invited.body).toMatchObject({ waiting: 2, known: [], links: [] });
    await mailed(cio, round.code);
    expect((await invite({ area: 'BU2', emails: [people[0]] })).body).toMatchObject({ waiting: 0, known: [people[0]] });
    expect(mail.mails.map(({ to }) => to[0]).sort()).toEqual(people);
    const token = /throughline\.test\/s\/([\w-]{43})/.exec(mail.mails[0]!.raw.replace(/=\r?\n/g, ''))![1]!;
    await (await opened(token)).post('/survey-answers', ANSWER);
    const path = `/survey-rounds/${round.code}/reminders`;
    // Asked for by two at the same moment: one mail each.
    const twice = await Promise.all([cio.post(path, {}), api.as('admin').post(path, {})]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
    // Whoever was passed over would be known to have answered.
    expect(twice.find(({ status }) => status === 200)!.body).toMatchObject({ waiting: 2, round: { reminders: 2 } });
    expect(twice.map(({ text }) => text).join()).not.toMatch(/ada@|ben@/);
    expect(await mailed(cio, round.code)).toMatchObject({ waiting: 0, remindable: 2, failed: 0 });
    expect(mail.mails.map(({ to }) => to[0]).sort()).toEqual([...people, ...people].sort());
    const seen = await cio.get('/survey-rounds');
    expect(seen.text).not.toMatch(/ada@|ben@/);
    expect(await roundOf(cio, round.code)).toMatchObject({ mayRemind: false, remindedOn: '2026-11-21' });

    // Nor does it tell who has answered to take somebody back, or to ask again; of another area nobody is asked a second time.
    const asked = async (person: string): Promise<unknown[]> => {
      const tried = [
        await invite({ area: 'BU3', emails: [person] }),
        await cio.post(`/survey-rounds/${round.code}/withdrawals`, { emails: [person] }),
        await invite({ area: 'BU3', emails: [person] }),
        await invite({ area: 'BU2', emails: [person] }),
      ];
      expect(tried.map(({ body }) => body.known)).toEqual([[person], undefined, [person], []]);
      const { areas, unreached, invited } = await mailed(cio, round.code);
      const told = tried.map(({ body }) => [body.waiting, body.known, body.withdrawn, body.left]);
      return [JSON.parse(JSON.stringify(told).replaceAll(person, 'somebody')), areas, unreached, invited];
    };
    const [answered, silent] = mail.mails.map(({ to }) => to[0]!);
    expect(silent).not.toBe(answered);
    expect(await asked(answered!)).toEqual(await asked(silent!));
    expect(mail.mails).toHaveLength(6);
    expectProblem(await api.as('anonymous').post('/survey-session', { token }), 404, 'not-found');
    await cio.post(`/survey-rounds/${round.code}/close`, {}, tag(await roundOf(cio, round.code)));
    expect(await api.sql('select email from survey_invitations where email is not null')).toEqual([]);
  });
});
