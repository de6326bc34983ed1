/** Rounds that are put right: drafts, last days, mails that went nowhere, invitations taken back. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stakeholders } from '../../server/contract/stakeholder.js';
import type { SurveyRound } from '../../server/contract/survey.js';
import { SurveyMails } from '../../server/surveys/survey-mails.service.js';
import { type Client, expectProblem } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';
import { type MailServer, startMailServer } from '../support/mail-server.js';
import { mailed, openedBy, restartDatabase, roundOf, tag, tokenOf } from '../support/survey-rounds.js';

const ANSWER = { satisfaction: 4, responsiveness: 3, effectiveness: 4, trust: 5, enabling: 4, recommend: 9 };
const ROUND = { name: 'How are we doing?', why: 'We ask each quarter.', areas: ['BU1', 'BU2', 'BU3'] };

let mail: MailServer;
let api: OwnApi;
let cio: Client;
beforeAll(async () => {
  mail = await startMailServer();
  const env = { SMTP_URL: mail.url, SMTP_FROM: 'it@tests.example', PUBLIC_URL: 'http://throughline.test' };
  api = await startOwnApi({ env });
  cio = api.as('cio');
});
afterAll(async () => {
  await api.stop();
  await mail.stop();
});
const opened = (token: string): Promise<Client> => openedBy(api, token);

describe('Mails of a round', () => {
  let round: SurveyRound;
  beforeAll(async () => {
    const made = await cio.post('/survey-rounds', { ...ROUND, period: '2028-Q1' });
    round = (await cio.post(`/survey-rounds/${made.body.code}/open`, {}, tag(made.body))).body;
    mail.mails.length = 0;
  });
  const path = (rest: string): string => `/survey-rounds/${round.code}/${rest}`;

  test('those that the server did not take are told, can be sent again, and count as asked once they are taken', async () => {
    mail.refuseWith.push(550, 550);
    const people = ['eve@tests.example', 'fay@tests.example', 'gil@tests.example'];
    expect((await cio.post(path('invitations'), { area: 'BU1', emails: people })).body).toMatchObject({ waiting: 3 });
    const before = await mailed(cio, round.code);
    expect(before).toMatchObject({ invited: 1, waiting: 0, failed: 2, remindable: 1 });
    expect(before.unreached).toHaveLength(2);
    expect(before.unreached[0]).toMatchObject({ area: 'Unit BU1', message: expect.stringContaining('550') });
    // A link of a mail that went nowhere is none.
    expect(
      await api.sql(
        'select 1 from survey_tokens t join survey_invitations i on i.id = t.invitation_id where i.sending is not null and i.email is not null',
      ),
    ).toHaveLength(1);
    const [first, second] = before.unreached.map(({ email }) => email);
    // Whoever is invited again and has no mail gets one; the others are left alone.
    const again = await cio.post(path('invitations'), { area: 'BU1', emails: people });
    expect(again.body).toMatchObject({ waiting: 2, known: people.filter((one) => one !== first && one !== second) });
    expect(await mailed(cio, round.code)).toMatchObject({ invited: 3, failed: 0, unreached: [] });
    expect(mail.mails.map(({ to }) => to[0]).sort()).toEqual(people);
  });

  test('a server that is away is not tried for everybody, and a stop loses nobody', async () => {
    mail.refuseWith.push(...Array.from({ length: 8 }, () => 421));
    const people = Array.from({ length: 30 }, (_, at) => `person${at}@tests.example`);
    await cio.post(path('invitations'), { area: 'BU2', emails: people });
    expect(await mailed(cio, round.code)).toMatchObject({ invited: 3, failed: 30 });
    mail.refuseWith.length = 0;
    expect((await cio.post(path('retries'), {})).body).toMatchObject({ state: 'open' });
    expect(await mailed(cio, round.code)).toMatchObject({ invited: 33, failed: 0 });

    await api.sql(
      "update survey_invitations set sending = 'sending', mailed = false where email = 'person7@tests.example'",
    );
    await api.sql(
      "update survey_invitations set sending = 'waiting', mailed = false where email = 'person8@tests.example'",
    );
    mail.mails.length = 0;
    // As at the next start.
    api.app.nest.get(SurveyMails).onApplicationBootstrap();
    const now = await mailed(cio, round.code);
    expect(mail.mails.map(({ to }) => to[0])).toEqual(['person8@tests.example']);
    expect(now.unreached).toEqual([
      { area: 'Unit BU2', email: 'person7@tests.example', message: expect.stringContaining('may have arrived') },
    ]);
  });

  test('the database restarts while mails go out: they go on by themselves, and none is sent twice', async () => {
    mail.mails.length = 0;
    const people = Array.from({ length: 40 }, (_, at) => `later${at}@tests.example`).sort();
    const before = await roundOf(cio, round.code);
    expect((await cio.post(path('invitations'), { area: 'BU2', emails: people })).body).toMatchObject({ waiting: 40 });
    await restartDatabase(api, 700);
    expect(await mailed(cio, round.code)).toMatchObject({
      invited: before.invited + 40,
      waiting: 0,
      failed: before.failed,
    });
    expect(mail.mails.map(({ to }) => to[0]).sort()).toEqual(people);
    expect((await cio.post(path('withdrawals'), { emails: people })).body).toMatchObject({ withdrawn: 40, left: 0 });
  });

  test('invitations are taken back, by address or by link; at the end those asked count', async () => {
    const given = (await cio.post(path('invitations'), { area: 'BU3', links: 3 })).body.links as string[];
    await (await opened(tokenOf(given[0]!))).post('/survey-answers', ANSWER);
    const back = {
      emails: ['person7@tests.example', 'person9@tests.example', 'nobody@tests.example'],
      links: given.slice(0, 2),
    };
    expectProblem(await api.as('finance').post(path('withdrawals'), back), 403, 'forbidden');
    expectProblem(await cio.post(path('withdrawals'), {}), 422, 'validation-failed');
    const taken = await cio.post(path('withdrawals'), back);
    // Not nobody, and not the link that was answered by. Who may have had a mail stays asked.
    expect(taken.body).toMatchObject({ withdrawn: 3, left: 2, round: { invited: 75, byLink: 2, answered: 1 } });
    const token = tokenOf(given[1]!);
    expectProblem(await api.as('anonymous').post('/survey-session', { token }), 404, 'not-found');
    mail.refuseWith.push(550);
    await cio.post(path('invitations'), { area: 'BU3', emails: ['hal@tests.example'] });
    expect(await mailed(cio, round.code)).toMatchObject({ invited: 75, failed: 1 });
    const closed = await cio.post(path('close'), {}, tag(await roundOf(cio, round.code)));
    expect(closed.body).toMatchObject({ invited: 75, byLink: 2, answered: 1, failed: 0, waiting: 0 });
    expect((await cio.get(`/surveys/${round.code}`)).body.invited).toBe(75);
  });

  test('links that stand in for lost ones ask nobody a second time', async () => {
    const made = await cio.post('/survey-rounds', { ...ROUND, period: '2028-Q2' });
    const at = `/survey-rounds/${made.body.code}`;
    await cio.post(`${at}/open`, {}, tag(made.body));
    const invite = (given: object) => cio.post(`${at}/invitations`, given);
    const first = (await invite({ area: 'BU1', links: 5 })).body.links as string[];
    expectProblem(await invite({ area: 'BU1', links: 1, replacing: 2 }), 422, 'validation-failed');
    expectProblem(await invite({ area: 'BU2', links: 1, replacing: 1 }), 422, 'validation-failed');
    const again = await invite({ area: 'BU1', links: 3, replacing: 2 });
    expect(again.body.round).toMatchObject({ invited: 6, byLink: 6, answered: 0 });
    expectProblem(await invite({ area: 'BU1', links: 5, replacing: 5 }), 422, 'validation-failed');
    // Both the lost link that turned up and the one in its place: never more answers than people who were asked.
    for (const link of [...first, ...again.body.links])
      expect((await (await opened(tokenOf(link))).post('/survey-answers', ANSWER)).status).toBe(201);
    expect(await roundOf(cio, made.body.code)).toMatchObject({ invited: 8, byLink: 8, answered: 8 });
    const lost = (await invite({ area: 'BU2', links: 2 })).body.links as string[];
    const [other] = (await invite({ area: 'BU2', links: 1, replacing: 1 })).body.links as string[];
    await (await opened(tokenOf(other!))).post('/survey-answers', ANSWER);
    await (await opened(tokenOf(lost[0]!))).post('/survey-answers', ANSWER);
    // In the place of links sent by mail, too, whoever made them could answer by them; who was taken back has lost none.
    const emails = Array.from({ length: 7 }, (_, n) => `lost${n}@tests.example`);
    await invite({ area: 'BU3', emails });
    await mailed(cio, made.body.code);
    await cio.post(`${at}/withdrawals`, { emails: emails.slice(5) });
    expectProblem(await invite({ area: 'BU3', links: 6, replacing: 6 }), 422, 'validation-failed');
    const { round } = (await invite({ area: 'BU3', links: 5, replacing: 5 })).body;
    expect(round.areas[2]).toMatchObject({ code: 'BU3', invited: 7, byLink: 5, answered: 0 });
    const closed = await cio.post(`${at}/close`, {}, tag(round));
    expect(closed.body).toMatchObject({ invited: 17, byLink: 15, answered: 10 });
    expect((await cio.get(`/surveys/${made.body.code}`)).body.invited).toBe(17);
  });

  test('an area is not archived while a round asks it; where nobody answered, it then is no row that leads nowhere', async () => {
    const made = await cio.post('/survey-rounds', { ...ROUND, period: '2028-Q3', areas: ['BU4'] });
    const at = `/survey-rounds/${made.body.code}`;
    const unit = (await api.as('admin').get('/org-units/BU4')).body;
    const archive = () => api.as('admin').delete('/org-units/BU4', tag(unit));
    expectProblem(await archive(), 409, 'conflict');
    expect((await archive()).body.detail).toContain(`round ${made.body.code} asks BU4. Take the area out`);
    const open = await cio.post(`${at}/open`, {}, tag(made.body));
    expect((await archive()).body.detail).toBe(`The survey round ${made.body.code} asks BU4. Close the round first.`);
    await cio.post(`${at}/close`, {}, tag(open.body));
    const isRow = async () => (await cio.get('/stakeholders?period=2028-Q3')).text.includes('"BU4"');
    expect([await isRow(), (await archive()).status, await isRow()]).toEqual([true, 204, false]);
    await api.sql("update org_units set archived_at = null, version = version + 1 where code = 'BU4'");
  });

  test('who is invited moves no figure, and neither addresses nor links stand in the audit', async () => {
    const events = await api.sql<{ canonical: string }>(
      'select canonical::text from audit_events where canonical::text ~ \'"action":"(invited|reminded|withdrawn)"\'',
    );
    expect(events.length).toBeGreaterThan(5);
    expect(JSON.stringify(events)).not.toMatch(/tests\.example[^"\\]*\/s\/|person\d|eve@/);
  });
});

describe('A round that is put right', () => {
  const later = { ...ROUND, period: '2027-Q2' };
  const made = async (given: object = later): Promise<SurveyRound> => {
    const reply = await cio.post('/survey-rounds', given);
    expect(reply.status).toBe(201);
    return reply.body;
  };
  const remove = (round: SurveyRound) => cio.delete(`/survey-rounds/${round.code}`, tag(round));

  test('a draft is changed and removed, and its quarter is free again', async () => {
    const draft = await made();
    const path = `/survey-rounds/${draft.code}`;
    const closesOn = '2027-05-31';
    expectProblem(await api.as('pm-dig').patch(path, { closesOn }, tag(draft)), 403, 'forbidden');
    expectProblem(await cio.patch(path, { areas: ['BU9'] }, tag(draft)), 422, 'validation-failed');
    const other = await made({ ...later, period: '2026-Q4' });
    expectProblem(await cio.patch(path, { period: '2026-Q4' }, tag(draft)), 409, 'duplicate');
    expect((await remove(other)).status).toBe(204);
    const changed = await cio.patch(path, { period: '2027-Q3', areas: ['BU4'], closesOn }, tag(draft));
    expect(changed.body).toMatchObject({
      ...{ code: 'SUR-2027-Q3', period: '2027-Q3', version: 2, closesOn, why: ROUND.why },
      areas: [{ code: 'BU4', isIt: false }],
    });
    expectProblem(await remove(draft), 404, 'not-found');
    expectProblem(await remove({ ...changed.body, version: 1 }), 412, 'precondition-failed');
    expect((await remove(changed.body)).status).toBe(204);
    expect((await cio.get('/survey-rounds')).text).not.toContain('2027-Q3');
    expect((await cio.get('/surveys')).text).not.toContain('2027-Q3');
    const again = await made({ ...later, period: '2027-Q3' });
    expect(again.code).toBe('SUR-2027-Q3-2');
    expect((await remove(again)).status).toBe(204);
  });

  test('of an open round why, whom to ask and the last day can be changed; it is never removed', async () => {
    const draft = await made();
    const path = `/survey-rounds/${draft.code}`;
    const open: SurveyRound = (await cio.post(`${path}/open`, {}, tag(draft))).body;
    expectProblem(await cio.patch(path, { areas: ['BU4'] }, tag(open)), 409, 'conflict');
    expectProblem(await remove(open), 409, 'conflict');
    const changed = await cio.patch(path, { why: 'Once more.', closesOn: '2027-06-30' }, tag(open));
    expect(changed.body).toMatchObject({ why: 'Once more.', closesOn: '2027-06-30', state: 'open' });

    // Nor can its survey be taken from under it, or moved to another quarter.
    const survey = (await cio.get(`/surveys/${draft.code}`)).body;
    const admin = api.as('admin');
    const archived = await admin.delete(`/surveys/${draft.code}`, tag(survey));
    expectProblem(archived, 409, 'conflict');
    expect(archived.body.detail).toContain('has a round that is not over');
    await expect(
      api.sql("update surveys set period = '2027-Q4', version = version + 1 where code = $1", [draft.code]),
    ).rejects.toThrow('its quarter stays');

    const closed = await cio.post(`${path}/close`, {}, tag(changed.body));
    expectProblem(await cio.patch(path, { why: 'Too late.' }, tag(closed.body)), 409, 'conflict');
    // Nobody has answered: archived, it leaves its quarter to another round.
    const now = (await cio.get(`/surveys/${draft.code}`)).body;
    expect((await admin.delete(`/surveys/${draft.code}`, tag(now))).status).toBe(204);
    expect((await remove(await made())).status).toBe(204);
  });

  test('the last day is kept, in the reporting time zone, and must be one that can be', async () => {
    const wrong = await cio.post('/survey-rounds', { ...later, opensOn: '2026-12-02', closesOn: '2026-12-01' });
    expectProblem(wrong, 422, 'validation-failed');
    expect(wrong.body.errors[0].pointer).toBe('/closesOn');
    expectProblem(await cio.post('/survey-rounds', { ...later, closesOn: '2026-11-20' }), 422, 'validation-failed');
    await api.sql("update settings set reporting_time_zone = 'Pacific/Noumea', version = version + 1");
    // In Nouméa the 22nd begins at 13:00 of the 21st in UTC.
    const draft = await made({ ...later, closesOn: '2026-11-21' });
    const path = `/survey-rounds/${draft.code}`;
    await cio.post(`${path}/open`, {}, tag(draft));
    const [one, two] = (await cio.post(`${path}/invitations`, { area: 'BU1', links: 2 })).body.links.map(
      (link: string) => link.split('/').at(-1)!,
    );
    const browser = await opened(two);
    // A session that rests for half an hour would end.
    for (const time of ['12:20', '12:40', '12:59']) {
      api.clock.set(`2026-11-21T${time}:00Z`);
      await cio.get('/survey-rounds');
    }
    expect((await (await opened(one)).post('/survey-answers', ANSWER)).status).toBe(201);
    api.clock.advance(60_000);
    expectProblem(await browser.post('/survey-answers', ANSWER), 410, 'survey-closed');
    expectProblem(await api.as('anonymous').post('/survey-session', { token: two }), 410, 'survey-closed');
    expect(await roundOf(cio, draft.code)).toMatchObject({ state: 'open', isOver: true, answered: 1 });
    expectProblem(await cio.post(`${path}/invitations`, { area: 'BU1', links: 1 }), 409, 'conflict');
    // A mail that waited until now goes out no more.
    await api.sql(
      `insert into survey_invitations (survey_id, org_unit_id, email, sending)
       select s.id, u.id, 'late@tests.example', 'waiting' from surveys s, org_units u where s.code = $1 and u.code = 'BU1'`,
      [draft.code],
    );
    mail.mails.length = 0;
    api.app.nest.get(SurveyMails).wake();
    expect(await mailed(cio, draft.code)).toMatchObject({
      ...{ invited: 2, failed: 1 },
      unreached: [{ email: 'late@tests.example', area: 'Unit BU1', message: 'Not sent: the round was over.' }],
    });
    expect(mail.mails).toEqual([]);
    const longer = await cio.patch(path, { closesOn: '2026-11-22' }, tag(await roundOf(cio, draft.code)));
    expect(longer.body).toMatchObject({ isOver: false });
    await opened(two);
    const closed = await cio.post(`${path}/close`, {}, tag(longer.body));
    expect(closed.body).toMatchObject({ state: 'closed', invited: 2, answered: 1 });
  });
});

test('Outcomes stand as the metrics see them: due and ahead, each list with its total', async () => {
  await api.sql(`insert into outcomes (code, name, unit, baseline, target, target_date, better, org_unit_id)
    select 'OUT-' || at, 'Outcome ' || at, 'days', 10, 5, date '2026-10-01' + at * 20, 'lower', (select id from org_units where code = 'BU1')
    from generate_series(1, 20) at`);
  await api.sql(`insert into outcome_measurements (outcome_id, measured_on, value)
    select id, day, value from outcomes, (values (date '2026-10-10', 4.50), (date '2026-12-10', null)) m (day, value) where code = 'OUT-4'`);
  await api.sql('update data_versions set version = version + 1');
  const { due, ahead } = ((await cio.get('/stakeholders?period=2026-Q4')).body as Stakeholders).outcomes;
  // 21 October to 20 December lie in the quarter.
  expect([due.total, due.met, due.items.map(({ code }) => code)]).toEqual([4, 1, ['OUT-4', 'OUT-3', 'OUT-2', 'OUT-1']]);
  // A later row without a value takes nothing away.
  expect(due.items[0]).toMatchObject({ latest: '4.5', latestOn: '2026-10-10', target: '5', isMet: true });
  expect([ahead.total, ahead.items.length, ahead.items[0]!.code]).toEqual([16, 8, 'OUT-5']);
  const metric = (await cio.get('/metrics/outcome.attained_share?period=2026-Q4')).body;
  expect([metric.value, metric.n]).toEqual([1 / 4, 4]);
});
