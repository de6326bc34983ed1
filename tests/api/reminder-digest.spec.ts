import { resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createApp, type App } from '../../server/app.js';
import { RECORD_ENTITIES } from '../../server/database/columns.js';
import { createDataSource } from '../../server/database/data-source.js';
import { createLogger } from '../../server/http/logger.js';
import { DigestService } from '../../server/reminders/digest.service.js';
import { newBenefit, save } from '../support/entries.js';
import { emailOf, expectProblem, type Client, type Person, type Reply } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';
import { headerOf, partOf, startMailServer, type MailServer } from '../support/mail-server.js';

const FROM = 'Throughline <throughline@tests.example>';
const ORIGIN = 'https://throughline.example';

let api: OwnApi;
let mail: MailServer;
let benefit: string;

beforeAll(async () => {
  mail = await startMailServer();
  api = await startOwnApi({
    env: { SMTP_URL: mail.url, SMTP_FROM: FROM, PUBLIC_URL: ORIGIN, REPORTING_TIME_ZONE: 'Europe/Zurich' },
  });
  benefit = await newBenefit(api, { name: 'Claims <handled> & paid' });
  await save(api, [
    { benefit, month: '2026-09', planned: '4711' },
    { benefit, month: '2026-11', planned: '4711' },
  ]);
});
afterAll(async () => {
  await api.stop();
  await mail.stop();
});
beforeEach(async () => {
  mail.mails.length = 0;
  mail.refuseWith.length = 0;
  await api.sql('delete from reminder_settings');
  await api.sql('delete from sign_in_attempts');
});

const digests = (of: App = api.app): DigestService => of.nest.get(DigestService);
/** Signed in once, however far the clock is moved. */
const client = async (person: Person, of = api): Promise<Client> => {
  await of.cookieOf(person);
  await of.sql(`update sessions set last_used_at = '2030-01-01', expires_at = '2030-01-02'`);
  return of.as(person);
};
const choose = async (person: Person, digest: string, at: string): Promise<void> => {
  api.clock.set(at);
  const reply = await (await client(person)).patch('/reminders/settings', { digest });
  expect([reply.status, reply.body.digest]).toEqual([200, digest]);
};
const sendAt = async (at: string): Promise<string[]> => {
  api.clock.set(at);
  const before = mail.mails.length;
  const sent = await digests().sendDue();
  expect(mail.mails.length - before).toBe(sent);
  return mail.mails.slice(before).flatMap(({ to }) => to);
};
const settings = async (person: Person) => (await (await client(person)).get('/reminders/settings')).body;
const sendTest = async (person: Person): Promise<Reply> => (await client(person)).post('/reminders/digest/test');

describe('A daily digest', () => {
  test('goes out once, at seven in the reporting time zone, and says what is due', async () => {
    await choose('pm-dig', 'daily', '2026-11-20T12:00:00Z');
    expect(await settings('pm-dig')).toMatchObject({
      digest: 'daily',
      mailConfigured: true,
      email: emailOf('pm-dig'),
      timeZone: 'Europe/Zurich',
      nextDigestAt: '2026-11-21T06:00:00.000Z',
      lastSentAt: null,
      lastFailure: null,
    });
    expect(await sendAt('2026-11-20T12:01:00Z')).toEqual([]);
    expect(await sendAt('2026-11-21T05:59:00Z')).toEqual([]);
    expect(await sendAt('2026-11-21T06:05:00Z')).toEqual([emailOf('pm-dig')]);
    expect(await sendAt('2026-11-21T06:20:00Z')).toEqual([]);
    expect((await settings('pm-dig')).lastSentAt).toBe('2026-11-21T06:05:00.000Z');

    const [received] = mail.mails;
    expect(received!.from).toBe('throughline@tests.example');
    expect(headerOf(received!, 'from')).toBe(FROM);
    expect(headerOf(received!, 'subject')).toBe('Throughline: 1 overdue');
    expect(headerOf(received!, 'list-unsubscribe')).toContain(`<${ORIGIN}/reminders#digest>`);
    expect(headerOf(received!, 'auto-submitted')).toBe('auto-generated');
    const text = partOf(received!, 'text/plain');
    expect(text).toContain('Hello pm-dig,');
    expect(text).toContain(
      '- Enter 2 values of Claims <handled> & paid for Sep and Nov 2026 (due 15 Oct 2026, 37 days overdue)',
    );
    expect(text).toContain(`${ORIGIN}/enter?q=${benefit}&from=2026-09`);
    expect(text).toContain(`Change or stop it: ${ORIGIN}/reminders#digest`);
    const html = partOf(received!, 'text/html');
    expect(html).toContain(`href="${ORIGIN}/enter?q=${benefit}&amp;from=2026-09"`);
    expect(html).toContain('Claims &lt;handled&gt; &amp; paid');
    expect(received!.raw).not.toContain('4711');

    expect(await sendAt('2026-11-22T06:00:00Z')).toEqual([emailOf('pm-dig')]);
  });

  test('is not sent where nothing is due', async () => {
    await choose('pm-core', 'daily', '2026-11-20T12:00:00Z');
    expect(await sendAt('2026-11-21T08:00:00Z')).toEqual([]);
    expect((await settings('pm-core')).lastSentAt).toBeNull();
  });

  test('ends when it is switched off, and with the person', async () => {
    await choose('pm-dig', 'daily', '2026-11-20T12:00:00Z');
    await choose('pm-dig', 'off', '2026-11-20T13:00:00Z');
    expect(await sendAt('2026-11-21T08:00:00Z')).toEqual([]);
    await choose('pm-dig', 'daily', '2026-11-21T09:00:00Z');
    await api.sql('update users set archived_at = now(), version = version + 1 where email = $1', [emailOf('pm-dig')]);
    expect(await sendAt('2026-11-22T08:00:00Z')).toEqual([]);
    await api.sql('update users set archived_at = null, version = version + 1 where email = $1', [emailOf('pm-dig')]);
  });
});

test('a weekly digest goes out on Monday, and later in the week where nobody could on Monday', async () => {
  await choose('pm-dig', 'weekly', '2026-11-20T12:00:00Z');
  expect((await settings('pm-dig')).nextDigestAt).toBe('2026-11-23T06:00:00.000Z');
  expect(await sendAt('2026-11-22T12:00:00Z')).toEqual([]);
  expect(await sendAt('2026-11-23T05:00:00Z')).toEqual([]);
  expect(await sendAt('2026-11-24T12:00:00Z')).toEqual([emailOf('pm-dig')]);
  expect(await sendAt('2026-11-27T12:00:00Z')).toEqual([]);
});

test('however many processes look at the same time, each person gets one', async () => {
  const source = createDataSource({ url: api.config.database!.url }, [...RECORD_ENTITIES], 'serving');
  await source.initialize();
  const logger = createLogger('silent');
  const other = await createApp({ config: api.config, source, clock: api.clock, logger }, resolve('dist/client'));
  try {
    for (const [day, person] of ['pm-dig', 'finance', 'cio'].entries()) {
      await api.sql(
        `insert into corrective_actions (code, benefit_id, title, owner_email, due_on)
         select $1, id, 'Call', $2, '2026-11-01' from benefits where code = $3`,
        [`RACE-${day}`, emailOf(person), benefit],
      );
      await choose(person as Person, 'daily', '2026-11-20T12:00:00Z');
    }
    for (const day of ['21', '22', '23']) {
      mail.mails.length = 0;
      api.clock.set(`2026-11-${day}T06:00:00Z`);
      await Promise.all([digests(), digests(other), digests(), digests(other)].map((each) => each.sendDue()));
      expect(mail.mails.flatMap(({ to }) => to).sort()).toEqual(
        ['cio', 'finance', 'pm-dig'].map((person) => emailOf(person)).sort(),
      );
    }
  } finally {
    await other.nest.close();
    await source.destroy();
  }
});

describe('A mail server that does not take it', () => {
  test('is tried again later, and what it said stands with the settings; sent is sent once', async () => {
    await choose('pm-dig', 'daily', '2026-11-20T12:00:00Z');
    mail.refuseWith.push(451, 451);
    expect(await sendAt('2026-11-21T06:00:00Z')).toEqual([]);
    expect((await settings('pm-dig')).lastFailure).toEqual({
      at: '2026-11-21T06:00:00.000Z',
      message: 'The mail server refused the mail (code 451).',
    });
    expect(await sendAt('2026-11-21T06:14:00Z')).toEqual([]);
    expect(mail.refuseWith).toEqual([451]); // not asked
    expect(await sendAt('2026-11-21T06:15:00Z')).toEqual([]);
    expect(mail.refuseWith).toEqual([]);
    expect(await sendAt('2026-11-21T06:44:00Z')).toEqual([]);
    expect(await sendAt('2026-11-21T06:45:00Z')).toEqual([emailOf('pm-dig')]);
    expect(await settings('pm-dig')).toMatchObject({ lastFailure: null, lastSentAt: '2026-11-21T06:45:00.000Z' });
    expect(await sendAt('2026-11-21T20:00:00Z')).toEqual([]);
  });

  test('is given up for the day after five attempts', async () => {
    await choose('pm-dig', 'daily', '2026-11-20T12:00:00Z');
    mail.refuseWith.push(550, 550, 550, 550, 550, 550);
    for (let minute = 0; minute < 14 * 60; minute += 15) {
      api.clock.set(new Date(Date.parse('2026-11-21T06:00:00Z') + minute * 60_000).toISOString());
      expect(await digests().sendDue()).toBe(0);
    }
    expect(mail.refuseWith).toEqual([550]);
    mail.refuseWith.length = 0;
    expect(await sendAt('2026-11-22T06:00:00Z')).toEqual([emailOf('pm-dig')]);
  });

  test('is no matter any more once nothing is due: what it said goes with what was to be sent', async () => {
    const action = `update corrective_actions set version = version + 1, done_on = $1 where code = 'FAILING'`;
    await api.sql(
      `insert into corrective_actions (code, benefit_id, title, owner_email, due_on)
       select 'FAILING', id, 'Call', $1, '2026-11-01' from benefits where code = $2`,
      [emailOf('pm-core'), benefit],
    );
    await choose('pm-core', 'daily', '2026-11-20T12:00:00Z');
    mail.refuseWith.push(451);
    expect(await sendAt('2026-11-21T06:00:00Z')).toEqual([]);
    expect((await settings('pm-core')).lastFailure).not.toBeNull();
    await api.sql(action, ['2026-11-21']);
    expect(await sendAt('2026-11-21T06:15:00Z')).toEqual([]);
    expect(await settings('pm-core')).toMatchObject({ lastFailure: null, lastSentAt: null });
  });

  test('but breaks off may have taken it: that day is not tried again', async () => {
    await choose('pm-dig', 'daily', '2026-11-20T12:00:00Z');
    mail.breakNext = true;
    api.clock.set('2026-11-21T06:00:00Z');
    expect(await digests().sendDue()).toBe(0);
    expect(mail.mails).toHaveLength(1);
    expect((await settings('pm-dig')).lastFailure.message).toBe(
      'The mail server could not be reached, or did not answer in time.',
    );
    expect(await sendAt('2026-11-21T12:00:00Z')).toEqual([]);
    expect(await sendAt('2026-11-22T06:00:00Z')).toEqual([emailOf('pm-dig')]);
  });
});

describe('A test', () => {
  test('goes to the one who asks, at once, also where nothing is due', async () => {
    api.clock.set('2026-11-21T12:00:00Z');
    const reply = await sendTest('stakeholder-bu2');
    expect(reply.body).toEqual({ sentAt: '2026-11-21T12:00:00.000Z', to: emailOf('stakeholder-bu2') });
    expect(mail.mails.map(({ to }) => to)).toEqual([[emailOf('stakeholder-bu2')]]);
    expect(partOf(mail.mails[0]!, 'text/plain')).toContain('Nothing is due for you.');
    expect((await settings('stakeholder-bu2')).lastSentAt).toBeNull();
  });

  test('says what went wrong, and is not for flooding', async () => {
    mail.refuseWith.push(554);
    const refused = await sendTest('cio');
    expectProblem(refused, 502, 'mail-failed');
    expect(refused.body.detail).toBe('The mail server refused the mail (code 554).');
    for (let at = 0; at < 9; at += 1) expect((await sendTest('cio')).status).toBe(200);
    expectProblem(await sendTest('cio'), 429, 'rate-limited');
    expectProblem(await sendTest('nobody'), 403, 'forbidden');
  });
});

test('without a mail server the settings say so, and none is sent', async () => {
  const silent = await startOwnApi();
  try {
    expect((await (await client('cio', silent)).get('/reminders/settings')).body).toMatchObject({
      mailConfigured: false,
      nextDigestAt: null,
    });
    expectProblem(await (await client('cio', silent)).post('/reminders/digest/test'), 409, 'conflict');
    expect((await (await client('cio', silent)).patch('/reminders/settings', { digest: 'daily' })).status).toBe(200);
    silent.clock.set('2026-11-23T12:00:00Z');
    expect(await silent.app.nest.get(DigestService).sendDue()).toBe(0);
    expectProblem(
      await (await client('cio', silent)).patch('/reminders/settings', { digest: 'hourly' }),
      422,
      'validation-failed',
    );
  } finally {
    await silent.stop();
  }
});

test('a mail server with an account is signed in to; a wrong password is said without being shown', async () => {
  const password = 'p@ss: word/7';
  const guarded = await startMailServer({ user: 'throughline', password });
  const env = (given: string) => ({
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(guarded.port),
    SMTP_USER: 'throughline',
    SMTP_PASSWORD: given,
    SMTP_FROM: FROM,
    PUBLIC_URL: ORIGIN,
  });
  try {
    for (const [given, status] of [
      [password, 200],
      ['wrong', 502],
    ] as const) {
      const its = await startOwnApi({ env: env(given) });
      const reply = await its.as('cio').post('/reminders/digest/test');
      expect(reply.status).toBe(status);
      if (status === 502) expect(reply.body.detail).toBe('The mail server refused the sign-in of this product.');
      await its.stop();
    }
    expect(guarded.mails.map(({ user }) => user)).toEqual(['throughline']);
  } finally {
    await guarded.stop();
  }
});
