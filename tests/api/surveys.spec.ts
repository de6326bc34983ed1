/** Rounds of a survey from draft to figures, and what somebody with a link, without one, or with another's can do. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stakeholders, Voice } from '../../server/contract/stakeholder.js';
import type { SurveyInvited, SurveyRound } from '../../server/contract/survey.js';
import { type Api, type Client, expectProblem, startApi } from '../support/harness.js';
import { type MailServer, startMailServer } from '../support/mail-server.js';

const ANSWER = { satisfaction: 4, responsiveness: 3, effectiveness: 4, trust: 5, enabling: 4, recommend: 9 };
const SAID = 'my name stands in no figure';

let mail: MailServer;
let api: Api;
let cio: Client;
beforeAll(async () => {
  mail = await startMailServer();
  api = await startApi({
    env: { SMTP_URL: mail.url, SMTP_FROM: 'it@tests.example', PUBLIC_URL: 'http://throughline.test' },
  });
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
const tag = ({ version }: { version: number }) => ({ 'If-Match': `"v${version}"` });
const roundNow = async (): Promise<SurveyRound> => (await cio.get('/survey-rounds')).body.items[0];
const links = async (area: string, count: number): Promise<string[]> => {
  const reply = await cio.post('/survey-rounds/SUR-2026-Q4/invitations', { area, links: count });
  expect(reply.status).toBe(201);
  return (reply.body as SurveyInvited).links.map((link) => link.split('/').at(-1)!);
};
/** Opens a link in a browser of its own. */
const opened = async (token: string): Promise<Client> => {
  const reply = await api.as('anonymous').post('/survey-session', { token });
  expect(reply.status).toBe(200);
  return api.client({ cookie: reply.headers.getSetCookie()[0]!.split(';')[0]! });
};
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

  const late = (await links('BU1', 1))[0]!;
  const [browser] = [await opened(late)];
  const closed = await cio.post('/survey-rounds/SUR-2026-Q4/close', {}, tag(await roundNow()));
  expect(closed.body).toMatchObject({ state: 'closed', invited: 17, answered: 16 });
  expectProblem(await cio.post('/survey-rounds/SUR-2026-Q4/open', {}, tag(closed.body)), 409, 'conflict');
  expectProblem(await browser.post('/survey-answers', ANSWER), 410, 'survey-closed');
  expectProblem(await api.as('anonymous').post('/survey-session', { token: late }), 410, 'survey-closed');

  const page = await pageOf();
  expect(satisfaction(page.whole)).toMatchObject({ n: 16, value: 4, counts: [0, 0, 0, 16, 0] });
  expect(page.responseRate).toBeCloseTo(16 / 17, 12);
  expect(page.areas.map(({ code, answers }) => [code, answers])).toEqual([
    ['BU1', 6],
    ['BU2', 5],
    ['BU3', 5],
  ]);
  expect(page.perception?.[0]).toEqual({
    question: 'satisfaction',
    it: { value: 4, n: 5, nullReason: null },
    business: { value: 4, n: 11, nullReason: null },
  });
  // Words are told of ten people and more only: of all of them, and of no unit.
  expect(page.comments).toHaveLength(16);
  expect((await pageOf('period=2026-Q4&orgUnit=BU1')).comments).toBeNull();
  expect((await api.as('finance').get('/stakeholders?period=2026-Q4')).body.comments).toBeNull();
  const card = await cio.get('/metrics/stakeholder.response_rate?period=2026-Q4');
  expect(card.body).toMatchObject({ n: 17, value: 16 / 17 });
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
    const dump = JSON.stringify(await api.sql('select * from survey_tokens, survey_invitations, audit_events'));
    expect(dump).not.toContain(token);
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

  test('an answer says nothing of the link that it came by, nor of the moment', async () => {
    const browser = await opened(await link());
    await browser.post('/survey-answers', { ...ANSWER, comment: 'found by its words' });
    const [row] = await api.sql("select * from survey_responses where comment = 'found by its words'");
    expect(row).toMatchObject({ answered_at: '2026-11-21T00:00:00.000Z' });
    expect(row!['created_at']).toEqual(row!['answered_at']);
    const columns = await api.sql<{ name: string }>(
      "select column_name as name from information_schema.columns where table_name = 'survey_invitations' order by 1",
    );
    expect(columns.map(({ name }) => name).join()).toBe('email,id,mailed,org_unit_id,reminders,survey_id,used');
    const events = JSON.stringify(await api.sql("select * from audit_events where canonical::text like '%answered%'"));
    expect(events).not.toContain('found by its words');
  });

  test('only nothing at all is refused, and whatever is no answer', async () => {
    const browser = await opened(await link());
    expectProblem(await browser.post('/survey-answers', {}), 422, 'validation-failed');
    for (const wrong of [{ satisfaction: 6 }, { recommend: 11 }, { trust: '4' }, { ...ANSWER, respondent: 'me' }])
      expectProblem(await browser.post('/survey-answers', wrong), 422, 'validation-failed');
    expect((await browser.post('/survey-answers', { comment: 'Only this.' })).status).toBe(201);
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
    expectProblem(await api.as('anonymous').post('/survey-answers', ANSWER), 404, 'not-found');
  });

  test('people are invited and reminded by mail; addresses are gone when the round is over', async () => {
    mail.mails.length = 0;
    const people = ['ada@tests.example', 'ben@tests.example'];
    const invited = await invite({ area: 'BU2', emails: [...people, people[0]] });
    expect(invited.body).toMatchObject({ mailed: 2, known: [], failed: [], links: [] });
    expect((await invite({ area: 'BU2', emails: [people[0]] })).body).toMatchObject({ mailed: 0, known: [people[0]] });
    expect(mail.mails.map(({ to }) => to[0]).sort()).toEqual(people);
    const token = /throughline\.test\/s\/([\w-]{43})/.exec(mail.mails[0]!.raw.replace(/=\r?\n/g, ''))![1]!;
    await (await opened(token)).post('/survey-answers', ANSWER);
    const reminded = await cio.post(`/survey-rounds/${round.code}/reminders`, {});
    expect(reminded.body).toMatchObject({ mailed: 1, round: { reminders: 1 } });
    const seen = await cio.get('/survey-rounds');
    expect(seen.text).not.toMatch(/ada@|ben@/);
    await cio.post(`/survey-rounds/${round.code}/close`, {}, tag(seen.body.items[0]));
    expect(await api.sql('select email from survey_invitations where email is not null')).toEqual([]);
  });
});

test('What is done about what people said is seen by those whom it concerns', async () => {
  const action = { theme: 'Slow answers', action: 'A desk in each area', area: 'BU1' };
  expectProblem(await api.as('stakeholder-bu1').post('/survey-actions', action), 403, 'forbidden');
  const made = await cio.post('/survey-actions', action);
  expect(made.body).toMatchObject({ status: 'open', area: { code: 'BU1' } });
  const changed = await cio.patch(`/survey-actions/${made.body.id}`, { status: 'done' }, tag(made.body));
  expect(changed.body).toMatchObject({ status: 'done', version: 2 });
  expectProblem(
    await cio.patch(`/survey-actions/${made.body.id}`, { status: 'open' }, tag(made.body)),
    412,
    'precondition-failed',
  );
  const seenBy = async (person: 'stakeholder-bu1' | 'stakeholder-bu2') =>
    ((await api.as(person).get('/stakeholders')).body as Stakeholders).actions.map(({ theme }) => theme);
  expect(await seenBy('stakeholder-bu1')).toEqual(['Slow answers']);
  expect(await seenBy('stakeholder-bu2')).toEqual([]);
  expectProblem(await api.as('stakeholder-bu1').get('/stakeholders?orgUnit=BU2'), 404, 'not-found');
});
