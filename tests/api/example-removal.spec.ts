import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleRemoved } from '../../server/contract/example.js';
import { ExampleLoading } from '../../server/example/loading.service.js';
import { EXAMPLE_PASSWORD, SIGN_INS } from '../../server/example/story.js';
import type { Review } from '../../server/contract/review.js';
import { DECLARATIONS } from '../../server/contract/records.js';
import { frozenReview } from '../support/frozen-reviews.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';
import { openedBy, tokenOf } from '../support/survey-rounds.js';
import { expectNoChange, expectProblem, PASSWORD, sha256, type Client } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';

const started: OwnApi[] = [];
const start = async (options: Parameters<typeof startOwnApi>[0]): Promise<OwnApi> => {
  started.push(await startOwnApi(options));
  return started.at(-1)!;
};
afterAll(async () => {
  for (const api of started) await api.stop();
});

const NEW_PASSWORD = 'a new password for me';

const load = (api: OwnApi): Promise<string | null> => api.app.nest.get(ExampleLoading).load();

/** Signed in by e-mail and password, as on the sign-in page. */
const signedIn = async (api: OwnApi, email: string, password: string): Promise<Client> => {
  const reply = await api.client({}).post('/session', { email, password });
  expect({ email, status: reply.status }).toEqual({ email, status: 200 });
  return api.client({ cookie: reply.headers.getSetCookie()[0]!.split(';')[0]! });
};

const currencyOf = async (api: OwnApi): Promise<unknown> =>
  (await api.sql('select reporting_currency as currency from settings'))[0]!['currency'];

describe('Removed', () => {
  let api: OwnApi;
  let ines: Client;
  let review: Review;
  beforeAll(async () => {
    api = await start({ example: true });
    review = await frozenReview(api, '2026-Q3');
    ines = await signedIn(api, 'ines.duarte@meridian.example', EXAMPLE_PASSWORD);
    // Changed since: one's own values, links and actions on its records go with them.
    const admin = api.as('admin');
    const post = async (path: string, body: unknown): Promise<void> => {
      expect((await admin.post(path, body)).status).toBe(201);
    };
    await post('/corrective-actions', { code: 'OWN-ACT', benefitCode: 'EX-BEN-01', title: 'Own action' });
    await post('/initiatives', { code: 'OWN-INI', name: 'Own initiative' });
    await post('/links', { fromCode: 'OWN-INI', toCode: 'EX-CAP-01' });
    await post('/benefits', { code: 'OWN-BEN', name: 'Own benefit', portfolioCode: 'EX-PF-CLAIMS' });
    // Said of it by others: a note that names a record of the example is in the way, one that names none stays.
    // Tried out on its areas: what people said is not taken away unasked.
    await post('/survey-rounds', { period: '2031-Q1', name: 'A draft', areas: ['EX-BU-CLAIMS'] });
    await post('/survey-rounds', { period: '2031-Q2', name: 'Tried out', areas: ['EX-BU-CLAIMS', 'EX-BU-UK'] });
    const opened = await admin.post('/survey-rounds/SUR-2031-Q2/open', {}, { 'if-match': '"v1"' });
    expect(opened.status).toBe(200);
    const link = await admin.post('/survey-rounds/SUR-2031-Q2/invitations', { area: 'EX-BU-UK', links: 1 });
    const browser = await openedBy(api, tokenOf(link.body.links[0]));
    expect((await browser.post('/survey-answers', { trust: 3 })).status).toBe(201);
    await post('/metrics/flow.wip/annotations', { on: '2026-08-03', text: 'Own note' });
    await post('/metrics/flow.wip/annotations', { on: '2026-08-04', text: 'Of a decision', decisionCode: 'EX-DEC-45' });
    await post('/users', {
      email: 'own.manager@tests.example',
      name: 'Own manager',
      password: PASSWORD,
      grants: [{ role: 'portfolio_manager', portfolioCode: 'EX-PF-CORE' }],
    });
  }, 120_000);

  test('it is not, while records of one’s own refer to it: each is named', async () => {
    const reply = await expectNoChange(api, () => ines.delete('/example'));
    expectProblem(reply, 409, 'conflict');
    expect(reply.body.errors).toEqual([
      {
        pointer: 'benefit:OWN-BEN',
        code: 'referred_to',
        message:
          'Benefit OWN-BEN refers to a portfolio of the example. Give it another portfolio or archive it, then remove the example.',
      },
      {
        pointer: 'survey:SUR-2031-Q1',
        code: 'referred_to',
        message:
          'The survey round “A draft” (SUR-2031-Q1) is a draft and asks areas of the example. Under Survey rounds take them out of it or remove it, then remove the example.',
      },
      {
        pointer: 'survey:SUR-2031-Q2',
        code: 'referred_to',
        message:
          'The survey round “Tried out” (SUR-2031-Q2) is open and asks areas of the example. Under Survey rounds close it and remove it with its answers, then remove the example.',
      },
      {
        pointer: 'metric_annotation:flow.wip 2026-08-04',
        code: 'referred_to',
        message:
          'The annotation on Work in progress of 2026-08-04 names a decision of the example. Take the decision out of it, then remove the example.',
      },
    ]);
    const admin = api.as('admin');
    expect((await admin.delete('/survey-rounds/SUR-2031-Q1', { 'if-match': '"v1"' })).status).toBe(204);
    expect((await admin.post('/survey-rounds/SUR-2031-Q2/close', {}, { 'if-match': '"v2"' })).status).toBe(200);
    expect((await ines.delete('/example')).text).toContain('(SUR-2031-Q2) has 1 answer for areas of the example.');
    expect((await admin.delete('/survey-rounds/SUR-2031-Q2', { 'if-match': '"v3"' })).status).toBe(204);
    const own = await api.as('admin').get('/benefits/OWN-BEN');
    const moved = await api
      .as('admin')
      .patch('/benefits/OWN-BEN', { portfolioCode: null }, { 'if-match': own.headers.get('etag')! });
    expect(moved.status).toBe(200);
    const { annotations } = (await api.as('admin').get('/metrics/flow.wip/notes')).body;
    const path = `/metrics/flow.wip/annotations/${annotations[1].id}`;
    const free = await api.as('admin').patch(path, { decisionCode: null }, { 'if-match': '"v1"' });
    expect(free.status).toBe(200);
    // Signed in as one of its people: what is said goes with them.
    const comment = { text: 'Said by Inês', version: null };
    expect((await ines.put('/signs/flow_breakdown/comments/2026-Q3', comment)).status).toBe(200);
  });

  test('it takes all its records and sign-ins, and says who is left', async () => {
    const version = await api.sql('select sum(version)::int as sum from data_versions');
    const calendar = new URL((await ines.post('/reminders/feed')).body.address).pathname;
    expect((await api.client({}).get(calendar)).status).toBe(200);
    await ines.patch('/reminders/settings', { digest: 'daily' });
    const reply = await ines.delete('/example', {}, { password: NEW_PASSWORD });
    expect(reply.status).toBe(200);
    expect(exampleRemoved.safeParse(reply.body).error).toBeUndefined();
    expect(reply.body.administrator).toBe('admin@tests.example');
    expect(reply.body.records).toBeGreaterThan(2000);
    expect(reply.headers.getSetCookie()[0]).toMatch(/^throughline=;.*Max-Age=0/);
    expect(await api.sql('select sum(version)::int as sum from data_versions')).not.toEqual(version);
    expectProblem(await ines.get('/session'), 401, 'unauthenticated');
    for (const { email } of SIGN_INS)
      expect((await api.client({}).post('/session', { email, password: EXAMPLE_PASSWORD })).status).toBe(401);
    expectProblem(await api.client({}).get(calendar), 404, 'not-found');
    expect(await api.sql(`select 1 from reminder_settings where digest <> 'off' or feed_hash is not null`)).toEqual([]);
    expect((await api.as('anonymous').get('/example')).body).toMatchObject({
      isLoaded: false,
      period: null,
      signIns: [],
    });
  });

  test('a review that was frozen of it stays byte by byte', async () => {
    const [stored] = await api.sql<{ document: string }>('select document from reviews where id = $1', [review.id]);
    expect(sha256(stored!.document)).toBe(review.sha256);
    const admin = await signedIn(api, 'admin@tests.example', NEW_PASSWORD);
    const { body } = await admin.get(`/reviews/${review.id}/verify`);
    expect(body).toMatchObject({ isIntact: true, sha256: review.sha256, findings: [] });
  });

  test('it leaves what is one’s own: records, people without roles in what went, and the way in', async () => {
    const admin = await signedIn(api, 'admin@tests.example', NEW_PASSWORD);
    const kept = async (path: string): Promise<string[]> =>
      (await admin.get(path)).body.items.map(({ code, email }: { code?: string; email?: string }) => code ?? email);
    expect(await kept('/initiatives')).toEqual(['OWN-INI']);
    expect(await kept('/benefits')).toEqual(['OWN-BEN']);
    expect(await kept('/links')).toEqual([]);
    expect(await kept('/corrective-actions')).toEqual([]);
    expect(await kept('/users')).toEqual(['admin@tests.example', 'own.manager@tests.example']);
    const { annotations } = (await admin.get('/metrics/flow.wip/notes')).body;
    expect(annotations.map(({ text }: { text: string }) => text)).toEqual(['Own note', 'Of a decision']);
    const manager = await signedIn(api, 'own.manager@tests.example', PASSWORD);
    expect((await manager.get('/session')).body.grants).toEqual([]);
    // Amounts of one's own without a currency are in euro by now.
    expect((await admin.get('/settings')).body).toMatchObject({
      isExample: false,
      openPeriod: '2026-Q3',
      reportingCurrency: 'EUR',
    });
    expect((await admin.get('/samples')).body.empty).toBe(false);
    expectProblem(await admin.delete('/example'), 404, 'not-found');
  });

  test('it stands in the audit chain as one event with its counts, which holds', async () => {
    const admin = await signedIn(api, 'admin@tests.example', NEW_PASSWORD);
    const { items } = (await admin.get('/audit?objectType=example')).body;
    expect(items.map(({ action, actor }: { action: string; actor: string }) => [action, actor])).toEqual([
      ['removed', 'ines.duarte@meridian.example'],
      ['loaded', 'system'],
    ]);
    expect(items[0].after).toMatchObject({
      tables: {
        ...{ benefits: 24, initiatives: 25, corrective_actions: expect.any(Number) },
        ...{ metric_annotations: 5, metric_owners: 7, sign_comments: 2 },
      },
      rolesEnded: ['own.manager@tests.example'],
      passwordChangedOf: 'admin@tests.example',
    });
    expect(JSON.stringify(items)).not.toContain(NEW_PASSWORD);
    expect((await admin.get('/audit/verify')).body).toMatchObject({ valid: true });
  });
});

describe('After the removal from a product without records of one’s own', () => {
  let api: OwnApi;
  beforeAll(async () => {
    api = await start({ example: true });
    const reply = await api.as('admin').delete('/example');
    expect([reply.status, reply.body.administrator]).toEqual([200, 'admin@tests.example']);
  }, 60_000);

  test('who removed it stays signed in', async () => {
    expect((await api.as('admin').get('/session')).status).toBe(200);
  });

  test('every register, the figures and the chain are as in an empty product', async () => {
    const empty = await start({ bare: true });
    for (const { table, register } of DECLARATIONS) {
      expect([table, await api.sql(`select count(*)::int as live from ${table} where archived_at is null`)]).toEqual([
        table,
        [{ live: 0 }],
      ]);
      if (register === 'list')
        expect((await api.as('admin').get(`/${table.replaceAll('_', '-')}`)).body).toMatchObject({
          items: [],
          total: 0,
        });
    }
    for (const table of [
      'survey_rounds',
      'survey_invitations',
      'survey_tokens',
      'survey_actions where archived_at is null',
      'metric_annotations where archived_at is null',
      'metric_owners where owner_email is not null',
      'sign_comments where content is not null',
    ])
      expect([table, await api.sql(`select count(*)::int as left from ${table}`)]).toEqual([table, [{ left: 0 }]]);
    for (const path of [
      '/stakeholders?period=2026-Q3',
      '/survey-rounds',
      '/settings',
      '/chain?period=2026-Q3',
      '/value?period=2026-Q3',
      '/chain/gaps?period=2026-Q3',
      '/samples',
    ]) {
      const [left, fresh] = [await api.as('admin').get(path), await empty.as('admin').get(path)];
      const { version: _left, dataVersion: _l, ...shown } = left.body;
      const { version: _fresh, dataVersion: _f, ...expected } = fresh.body;
      expect([path, left.status, shown]).toEqual([path, fresh.status, expected]);
      expect(left.status).toBe(200);
    }
  });

  test('its import stands in the history as reverted, and it does not come back', async () => {
    const { items } = (await api.as('admin').get('/imports')).body;
    expect(items.map(({ status }: { status: string }) => status)).toEqual(['reverted']);
    expect(await expectNoChange(api, () => load(api))).toBe('it was loaded before');
  });

  test('the currency is the former one, and a sample can be loaded', async () => {
    expect(await currencyOf(api)).toBe('USD');
    expect((await api.as('admin').get('/samples')).body.items).toHaveLength(2);
    expect((await api.as('admin').post('/samples/us-federal-it')).status).toBe(201);
    expect((await api.as('admin').get('/samples')).body.empty).toBe(false);
  });
});

describe('Rates of the example that one’s own amounts need', () => {
  test('stay, so that no amount loses its rate', async () => {
    const api = await start({ example: true });
    const admin = api.as('admin');
    const tables = [
      { name: 'investments.csv', content: 'code,name,currency\nOWN-INV,Own investment,USD\n' },
      { name: 'investment_costs.csv', content: 'investment_code,month,kind,actual\nOWN-INV,2026-07,opex,100\n' },
    ];
    expect((await admin.upload('/imports?dryRun=false', tables)).status).toBe(201);
    expect((await admin.delete('/example')).status).toBe(200);
    const { items } = (await admin.get('/exchange-rates')).body;
    expect(items.map(({ currency, month }: { currency: string; month: string }) => [currency, month])).toEqual([
      ['USD', '2026-07'],
    ]);
    expect(await currencyOf(api)).toBe('EUR');
  });
});

describe('Tables of one’s own', () => {
  test('are imported as into an empty product, also where the example had a rate for the same month', async () => {
    const api = await start({ example: true });
    expect((await api.as('admin').delete('/example')).status).toBe(200);
    await loadTables(api, GOLDEN_TABLES);
    const stored = await api.sql('select count(*)::int as live from exchange_rates where archived_at is null');
    expect(stored[0]!['live']).toBeGreaterThan(0);
    expect((await api.as('admin').get('/samples')).body.empty).toBe(false);
  });
});
