import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  emailOf,
  expectNoChange,
  expectProblem,
  startApi,
  type Api,
  type Client,
  type Reply,
} from '../support/harness.js';

let api: Api;
let admin: Client;
beforeAll(async () => {
  api = await startApi();
  admin = api.as('admin');
});
afterAll(() => api.stop());

const change = async (body: unknown): Promise<Reply> =>
  admin.patch('/settings', body, { 'if-match': (await admin.get('/settings')).headers.get('etag')! });
const dataVersion = async (): Promise<number> =>
  Number(
    (await api.sql<{ version: string }>(`select version from data_versions where scope = 'enterprise'`))[0]!.version,
  );

describe('Settings', () => {
  it('begin with what the environment said', async () => {
    const reply = await api.as('stakeholder-bu1').get('/settings');
    expect(reply.headers.get('etag')).toBe('"v1"');
    expect(reply.body).toEqual({
      version: 1,
      reportingCurrency: 'USD',
      reportingTimeZone: 'UTC',
      fiscalYearStartMonth: 1,
      discountRate: '0.0800',
      onTrackFrom: '0.9500',
      atRiskFrom: '0.8000',
      lockedThrough: null,
      valuesDueDay: 15,
      currentPeriod: '2026-Q4',
      today: '2026-11-21',
      openPeriod: '2026-Q3',
      isExample: false,
    });
  });

  it('tell the fiscal quarter of now, in the reporting time zone', async () => {
    api.clock.set('2026-12-31T23:30:00Z');
    expect((await admin.get('/settings')).body.currentPeriod).toBe('2026-Q4');
    expect((await change({ reportingTimeZone: 'Europe/Zurich' })).body.currentPeriod).toBe('2027-Q1');
    expect((await change({ fiscalYearStartMonth: 4 })).body.currentPeriod).toBe('2027-Q4');
    await change({ reportingTimeZone: 'UTC', fiscalYearStartMonth: 1 });
    api.clock.set('2026-11-21T12:00:00Z');
  });

  it('lock months and set the day on which values are due, by an administrator only', async () => {
    const reply = await change({ lockedThrough: '2026-09', valuesDueDay: 20 });
    expect(reply.body).toMatchObject({ lockedThrough: '2026-09', valuesDueDay: 20 });
    for (const wrong of [{ lockedThrough: '2026-9' }, { valuesDueDay: 29 }, { valuesDueDay: 0 }])
      expectProblem(await expectNoChange(api, () => change(wrong)), 422, 'validation-failed');
    const etag = { 'if-match': (await admin.get('/settings')).headers.get('etag')! };
    expectProblem(await api.as('finance').patch('/settings', { lockedThrough: null }, etag), 403, 'forbidden');
    expect((await change({ lockedThrough: null, valuesDueDay: 15 })).body).toMatchObject({ lockedThrough: null });
  });

  it('change in one step with one audit event, and move the data version on', async () => {
    const before = (await admin.get('/settings')).body;
    const [head] = await api.sql<{ seq: string }>('select seq from audit_head');
    const version = await dataVersion();
    const reply = await change({ discountRate: '0.1', onTrackFrom: '0.9', atRiskFrom: '0.7' });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('etag')).toBe(`"v${before.version + 1}"`);
    expect(reply.body).toMatchObject({ discountRate: '0.1000', onTrackFrom: '0.9000', atRiskFrom: '0.7000' });
    expect(await dataVersion()).toBe(version + 1);
    const events = await api.sql<{ event: Record<string, unknown> }>(
      'select canonical::jsonb as event from audit_events where seq > $1',
      [head!.seq],
    );
    expect(events).toHaveLength(1);
    expect(events[0]!.event).toMatchObject({
      actor: emailOf('admin'),
      action: 'changed',
      objectType: 'settings',
      before: { discountRate: '0.0800' },
      after: { discountRate: '0.1000' },
    });
  });

  it('need If-Match, and of 200 writers with the same one let exactly one through', async () => {
    expectProblem(await expectNoChange(api, () => admin.patch('/settings', {})), 428, 'precondition-required');
    const etag = (await admin.get('/settings')).headers.get('etag')!;
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_unused, index) =>
        admin.patch('/settings', { discountRate: `0.${100 + index}` }, { 'if-match': etag }),
      ),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    const stale = replies.filter((reply) => reply.status === 412);
    expect(stale).toHaveLength(199);
    const current = (await admin.get('/settings')).body;
    for (const reply of stale) expect(reply.body.current).toEqual(current);
    expect(stale[0]!.headers.get('etag')).toBe(`"v${current.version}"`);
  });

  it.each([
    [{ reportingCurrency: 'ABC' }, '/reportingCurrency'],
    [{ reportingCurrency: 'usd' }, '/reportingCurrency'],
    [{ reportingTimeZone: 'Mars/Olympus' }, '/reportingTimeZone'],
    [{ reportingTimeZone: '+02:00' }, '/reportingTimeZone'],
    [{ fiscalYearStartMonth: 13 }, '/fiscalYearStartMonth'],
    [{ fiscalYearStartMonth: '1' }, '/fiscalYearStartMonth'],
    [{ discountRate: 0.08 }, '/discountRate'],
    [{ discountRate: 'NaN' }, '/discountRate'],
    [{ discountRate: '0.08001' }, '/discountRate'],
    [{ version: 9 }, '/version'],
    [{ currentPeriod: '2026-Q1' }, '/currentPeriod'],
  ])('do not become %j', async (body, pointer) => {
    const reply = await expectNoChange(api, () => change(body));
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors[0].pointer).toBe(pointer);
  });

  it('keep the threshold of on track above that of at risk', async () => {
    expectProblem(
      await expectNoChange(api, () => change({ onTrackFrom: '0.1', atRiskFrom: '0.2' })),
      422,
      'rule-broken',
    );
  });

  it('change the reporting currency only while there is no exchange rate', async () => {
    expect((await change({ reportingCurrency: 'EUR' })).body.reportingCurrency).toBe('EUR');
    await api.sql(`insert into exchange_rates (currency, month, rate) values ('USD', '2026-01-01', 0.9)`);
    expectProblem(await expectNoChange(api, () => change({ reportingCurrency: 'CHF' })), 409, 'conflict');
    expect((await change({ reportingCurrency: 'EUR', discountRate: '0.05' })).status).toBe(200);
  });

  it('are changed by administrators only', async () => {
    const etag = (await admin.get('/settings')).headers.get('etag')!;
    for (const person of ['cio', 'finance', 'pm-dig', 'stakeholder-bu2', 'nobody'] as const) {
      const reply = await expectNoChange(api, () =>
        api.as(person).patch('/settings', { discountRate: '0.2' }, { 'if-match': etag }),
      );
      expectProblem(reply, 403, 'forbidden');
    }
  });
});
