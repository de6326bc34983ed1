import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pino, { type Logger } from 'pino';
import { LOGGER } from '../../server/http/logger.js';
import { readCalendar } from '../support/calendar-file.js';
import { newBenefit, save } from '../support/entries.js';
import { emailOf, expectNoChange, expectProblem, sha256, type Reply } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';

let api: OwnApi;
const lines: string[] = [];

beforeAll(async () => {
  api = await startOwnApi({ logLevel: 'info', env: { PUBLIC_URL: 'https://throughline.example' } });
  const logger = api.app.nest.get<Logger & Record<symbol, { write: (line: string) => void }>>(LOGGER);
  logger[pino.symbols.streamSym]!.write = (line) => void lines.push(line);
  const one = await newBenefit(api, { name: 'Überweisungen; rascher, billiger – und ohne Rückfragen im ganzen Haus' });
  const two = await newBenefit(api, { name: 'Claims' });
  await save(api, [
    { benefit: one, month: '2026-09', planned: '4711' },
    { benefit: one, month: '2026-11', planned: '4711' },
    { benefit: two, month: '2026-11', planned: '4711' },
  ]);
  await api.sql(
    `insert into corrective_actions (code, benefit_id, title, owner_email, due_on, effect_amount)
     select 'ACT-1', id, $2, $3, '2026-12-31', 4711 from benefits where code = $1`,
    [two, 'Ask, again: “why?”\\ and count 📈📈📈 until it is clear to everybody who has to know', emailOf('pm-dig')],
  );
});
afterAll(() => api.stop());
beforeEach(() => api.clock.set('2026-11-21T12:00:00Z'));

const make = (): Promise<Reply> => api.as('pm-dig').post('/reminders/feed');
const pathOf = (made: Reply): string => new URL(made.body.address).pathname;
const read = (path: string): Promise<Reply> => api.as('anonymous').get(path);

describe('A calendar address', () => {
  test('is shown once, has 256 bits, and only its hash is stored', async () => {
    const made = await make();
    expect(made.status).toBe(201);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(made.body.address).toMatch(/^https:\/\/throughline\.example\/api\/v1\/calendar\/[\w-]{43}\.ics$/);
    const secret = /([\w-]{43})\.ics$/.exec(made.body.address)![1]!;
    const rows = await api.sql<{ feed_hash: string; row: string }>(
      'select feed_hash, r::text as row from reminder_settings r where feed_hash is not null',
    );
    expect(rows).toMatchObject([{ feed_hash: sha256(secret) }]);
    expect(rows[0]!.row).not.toContain(secret);
    const settings = await api.as('pm-dig').get('/reminders/settings');
    expect(settings.body.feedMadeAt).toBe('2026-11-21T12:00:00.000Z');
    expect(settings.text).not.toContain(secret);
    const audit = await api.sql<{ canonical: string }>(
      `select canonical from audit_events where object_type = 'reminder_settings'`,
    );
    expect(audit).toHaveLength(1);
    expect(audit[0]!.canonical).not.toContain(secret);
  });

  test('is made once with an Idempotency-Key, and not kept to be shown again', async () => {
    const headers = { 'idempotency-key': 'feed-once' };
    const made = await api.as('pm-dig').post('/reminders/feed', undefined, headers);
    expect(made.status).toBe(201);
    const secret = /([\w-]{43})\.ics$/.exec(made.body.address)![1]!;
    expectProblem(await api.as('pm-dig').post('/reminders/feed', undefined, headers), 409, 'conflict');
    expect(JSON.stringify(await api.sql('select * from idempotency_keys'))).not.toContain(secret);
  });

  test('opens without signing in, as a calendar that nobody stores for others', async () => {
    const reply = await read(pathOf(await make()));
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(reply.headers.get('cache-control')).toMatch(/^private\b/);
    expect(reply.headers.get('set-cookie')).toBeNull();
  });

  test('a replaced and a removed one are as unknown as one that never was', async () => {
    const first = pathOf(await make());
    const second = pathOf(await make());
    const refused = await read(first);
    expectProblem(refused, 404, 'not-found');
    expect((await read(second)).status).toBe(200);
    expect((await api.as('pm-dig').delete('/reminders/feed')).status).toBe(204);
    expect((await api.as('pm-dig').delete('/reminders/feed')).status).toBe(204);
    for (const path of [second, `/api/v1/calendar/${'A'.repeat(43)}.ics`, '/api/v1/calendar/x']) {
      const reply = await read(path);
      expectProblem(reply, 404, 'not-found');
      expect(reply.body.detail).toBe(refused.body.detail);
    }
    expect((await api.as('pm-dig').get('/reminders/settings')).body.feedMadeAt).toBeNull();
  });

  test('reads for its person with the rights of now, and ends with the person', async () => {
    const path = pathOf(await make());
    const [user] = await api.sql<{ id: string }>('select id from users where email = $1', [emailOf('pm-dig')]);
    const roles = await api.sql<Record<string, unknown>>('delete from user_roles where user_id = $1 returning *', [
      user!.id,
    ]);
    expectProblem(await read(path), 404, 'not-found');
    for (const { id, user_id, role, portfolio_id } of roles)
      await api.sql('insert into user_roles (id, user_id, role, portfolio_id) values ($1, $2, $3, $4)', [
        id,
        user_id,
        role,
        portfolio_id,
      ]);
    expect((await read(path)).status).toBe(200);
    await api.sql('update users set archived_at = now(), version = version + 1 where id = $1', [user!.id]);
    expectProblem(await read(path), 404, 'not-found');
    await api.sql('update users set archived_at = null, version = version + 1 where id = $1', [user!.id]);
  });

  test('no token makes one, and no method but reading is taken', async () => {
    const token = await api.as('cio').post('/tokens', { name: 'x', expiresAt: '2027-01-01T00:00:00Z' });
    const withToken = api.client({ authorization: `Bearer ${token.body.token}` });
    expectProblem(await expectNoChange(api, () => withToken.post('/reminders/feed')), 403, 'forbidden');
    expectProblem(await api.as('nobody').post('/reminders/feed'), 403, 'forbidden');
    expectProblem(await api.as('anonymous').post(pathOf(await make()), {}), 405, 'method-not-allowed');
  });

  test('stands in no line of the log', async () => {
    const path = pathOf(await make());
    await read(path);
    await read(`${path}?x=1`);
    await read(path.replace('calendar', 'Calendar'));
    await make();
    await read(path);
    const secret = /([\w-]{43})\.ics$/.exec(path)![1]!;
    const log = lines.join('');
    expect(log).toContain('/calendar/[redacted]');
    expect(log).not.toContain(secret);
  });

  test('wrong ones are counted: after ten there is a wait, for them and not for right ones', async () => {
    const path = pathOf(await make());
    await api.sql('delete from sign_in_attempts');
    const wrong = () => read(`/api/v1/calendar/${'B'.repeat(43)}.ics`);
    for (let at = 0; at < 10; at += 1) expectProblem(await wrong(), 404, 'not-found');
    const refused = await wrong();
    expectProblem(refused, 429, 'rate-limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await read(path)).status).toBe(200);
    api.clock.advance(15 * 60_000 + 1000);
    expectProblem(await wrong(), 404, 'not-found');
    await api.sql('delete from sign_in_attempts');
  });
});

describe('The calendar', () => {
  test('is as the standard wants it, with a whole day for each thing that is due', async () => {
    const { properties, events } = readCalendar((await read(pathOf(await make()))).text);
    expect(properties.get('VERSION')).toBe('2.0');
    expect(properties.get('PRODID')).toBe('-//Throughline//Reminders//EN');
    expect(properties.get('METHOD')).toBe('PUBLISH');
    expect(events.map(({ uid: _, properties: __, ...event }) => event)).toEqual([
      {
        start: '2026-10-15',
        end: '2026-10-16',
        summary: '1 value of Sep 2026 due',
        description:
          'Überweisungen; rascher, billiger – und ohne Rückfragen im ganzen Haus\nhttps://throughline.example/reminders',
        stamp: '20261121T120000Z',
        modified: '20261121T120000Z',
      },
      {
        start: '2026-12-15',
        end: '2026-12-16',
        summary: '2 values of Nov 2026 due',
        description: expect.stringContaining('Claims\nhttps://throughline.example/reminders'),
        stamp: '20261121T120000Z',
        modified: '20261121T120000Z',
      },
      {
        start: '2026-12-31',
        end: '2027-01-01',
        summary: 'Finish: Ask, again: “why?”\\ and count 📈📈📈 until it is clear to everybody who has to know',
        description: expect.stringMatching(/^BEN-\d+ Claims\nhttps:\/\/throughline\.example\/benefits\/BEN-\d+$/),
        stamp: '20261121T120000Z',
        modified: '20261121T120000Z',
      },
    ]);
  });

  test('an entry is the same entry tomorrow, and no two are one', async () => {
    const path = pathOf(await make());
    const uids = async () => readCalendar((await read(path)).text).events.map(({ uid }) => uid);
    const today = await uids();
    expect(new Set(today).size).toBe(3);
    api.clock.set('2026-11-22T08:00:00Z');
    expect(await uids()).toEqual(today);
    for (const uid of today) expect(uid).toMatch(/^[\w-]+@throughline\.example$/);
  });

  test('holds no amount', async () => {
    expect((await read(pathOf(await make()))).text).not.toContain('4711');
  });

  test('is empty and yet a calendar where nothing is due', async () => {
    const made = await api.as('admin').post('/reminders/feed');
    expect(readCalendar((await read(pathOf(made))).text).events).toEqual([]);
  });
});
