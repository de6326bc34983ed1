import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { example } from '../../server/contract/example.js';
import { ExampleLoading } from '../../server/example/loading.service.js';
import { EXAMPLE_PASSWORD, SIGN_INS } from '../../server/example/story.js';
import { expectNoChange, expectProblem, type Client } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';

const started: OwnApi[] = [];
const start = async (options: Parameters<typeof startOwnApi>[0]): Promise<OwnApi> => {
  started.push(await startOwnApi(options));
  return started.at(-1)!;
};
afterAll(async () => {
  for (const api of started) await api.stop();
});

const load = (api: OwnApi): Promise<string | null> => api.app.nest.get(ExampleLoading).load();

/** Signed in by e-mail and password, as on the sign-in page. */
const signedIn = async (api: OwnApi, email: string, password: string): Promise<Client> => {
  const reply = await api.client({}).post('/session', { email, password });
  expect({ email, status: reply.status }).toEqual({ email, status: 200 });
  return api.client({ cookie: reply.headers.getSetCookie()[0]!.split(';')[0]! });
};

describe('The example enterprise', () => {
  let api: OwnApi;
  beforeAll(async () => {
    api = await start({ example: true });
  }, 60_000);

  test('says to everybody that it is loaded, and with what to sign in, one a role', async () => {
    const reply = await api.as('anonymous').get('/example');
    expect(reply.status).toBe(200);
    expect(example.safeParse(reply.body).error).toBeUndefined();
    expect(reply.body).toMatchObject({ isLoaded: true, period: '2026-Q3' });
    const roles = reply.body.signIns.map(({ role }: { role: string }) => role);
    expect(roles).toEqual(['cio', 'portfolio_manager', 'finance', 'stakeholder', 'admin']);
  });

  test('lets each of them in, with their role where it belongs', async () => {
    const { signIns } = (await api.as('anonymous').get('/example')).body;
    const seen = [];
    for (const { role, email, password } of signIns) {
      const { grants, user } = (await (await signedIn(api, email, password)).get('/session')).body;
      expect(grants.map((grant: { role: string }) => grant.role)).toEqual([role]);
      seen.push([user.name, grants[0].portfolioCode ?? grants[0].orgUnitCode]);
    }
    expect(seen).toEqual([
      ['Olivia Marsh', null],
      ['Tom Keller', 'EX-PF-CLAIMS'],
      ['Amira Haddad', null],
      ['Lars Svensson', 'EX-BU-CLAIMS'],
      ['Inês Duarte', null],
    ]);
  });

  test('is labelled, opens where its story ends, and is in euro', async () => {
    const { body } = await api.as('cio').get('/settings');
    expect(body).toMatchObject({
      isExample: true,
      openPeriod: '2026-Q3',
      currentPeriod: '2026-Q4',
      reportingCurrency: 'EUR',
    });
  });

  test('is one import by nobody, which cannot be reverted by itself', async () => {
    const { items } = (await api.as('admin').get('/imports')).body;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ status: 'committed', by: 'system', problemCount: 0 });
    const reply = await expectNoChange(api, () => api.as('admin').post(`/imports/${items[0].id}/revert`));
    expectProblem(reply, 409, 'conflict');
    expect(reply.body.detail).toContain('Remove the example');
  });

  test('stands in the audit chain, which holds', async () => {
    const actions = (await api.sql(
      `select action || ' ' || object_type as what, count(*)::int as count from audit_events where actor = 'system' group by 1 order by 1`,
    )) as unknown[];
    expect(actions).toEqual([
      // Three plans that shrank, and fifteen benefits with earlier forecasts.
      { what: 'changed benefit_value', count: 18 },
      { what: 'changed metric_owner', count: 7 },
      { what: 'changed settings', count: 1 },
      // The last survey was asked in a round.
      { what: 'closed survey', count: 1 },
      { what: 'created evidence_item', count: 4 },
      { what: 'created metric_annotation', count: 5 },
      { what: 'created scenario', count: 1 },
      { what: 'created settings', count: 1 },
      { what: 'created sign_comment', count: 1 },
      { what: 'created survey_action', count: 5 },
      { what: 'created user', count: 6 },
      { what: 'imported import', count: 1 },
      { what: 'loaded example', count: 1 },
    ]);
    expect((await api.as('admin').get('/audit/verify')).body).toMatchObject({ valid: true });
  });

  test('has codes of its own, so that none is met by one’s own', async () => {
    for (const table of [
      'org_units',
      'portfolios',
      'priorities',
      'investments',
      'initiatives',
      'capabilities',
      'outcomes',
      'benefits',
    ])
      expect([table, await api.sql(`select code from ${table} where code not like 'EX-%'`)]).toEqual([table, []]);
  });

  test('tells of plans that shrank after their approval: the baseline rate is lower than the current one', async () => {
    const value = (await api.as('cio').get('/value?period=2026-Q3')).body;
    // Worked out apart from the product, from the tables and the three plans that shrank.
    expect([value.funnel.planned, value.baseline]).toEqual([
      '14899213.00',
      { planned: '15754213.00', fixed: 15, standIns: 1 },
    ]);
    expect(value.realisationRate).toBeCloseTo(0.8157657468, 9);
    expect(value.baselineRealisationRate).toBeCloseTo(0.7714931631, 9);
    expect(value.measuredRate).toBeCloseTo(0.8850916907, 9);
    expect(value.coverage).toBeCloseTo(0.9348659004, 9);
    const { items } = (await api.as('cio').get('/benefits/EX-BEN-04/plan-versions')).body;
    expect(
      items.map((item: Record<string, unknown>) => [item['isBaseline'], item['isCurrent'], item['reason']]),
    ).toEqual([
      [true, false, null],
      [
        false,
        true,
        'Portfolio board, 2025-12-11: Competitors cut prices: fewer quotes are won than the business case assumed.',
      ],
    ]);
    expect(Number(items[0].total)).toBeGreaterThan(Number(items[1].total));
  });

  test('has a closed round with IT itself among whom it asked, and what was done about what people said', async () => {
    const cio = api.as('cio');
    const { items } = (await cio.get('/survey-rounds')).body;
    expect(items).toHaveLength(1);
    const { areas, ...round } = items[0];
    expect(round).toMatchObject({
      code: 'EX-SUR-8',
      state: 'closed',
      invited: 150,
      answered: 74,
      closesOn: '2026-09-14',
    });
    expect(
      areas.map((area: Record<string, unknown>) => [area['code'], area['isIt'], area['invited'], area['answered']]),
    ).toEqual([
      ['EX-BU-CLAIMS', false, 28, 15],
      ['EX-BU-CUST', false, 25, 12],
      ['EX-BU-FIN', false, 22, 11],
      ['EX-BU-IT', true, 20, 12],
      ['EX-BU-RISK', false, 13, 4],
      ['EX-BU-UK', false, 16, 8],
      ['EX-BU-UNDER', false, 26, 12],
    ]);
    const page = (await cio.get('/stakeholders?period=2026-Q3')).body;
    expect(page.responseRate).toBeCloseTo(74 / 150, 12);
    // Worked out apart from the product, from the table of answers: IT thinks that it answers in time.
    const told = page.perception.map((line: { question: string; it: { value: number }; gap: number }) => [
      ...[line.question, Number(line.it.value.toFixed(4)), Number(line.gap.toFixed(4))],
    ]);
    expect(told).toEqual([
      ['satisfaction', 3.75, -0.0805],
      ['responsiveness', 4.3333, 0.6612],
      ['effectiveness', 4, 0.371],
      ['trust', 4.25, 0.6107],
      ['enabling', 3.6667, -0.0113],
      ['recommend', 0.25, 0.0081],
    ]);
    expect([...new Set(page.actions.map(({ status }: { status: string }) => status))].sort()).toEqual([
      ...['doing', 'done', 'open', 'refused'],
    ]);
    // As closing leaves a round: no address, no link, and one day for all answers.
    const [left] = await api.sql(
      `select (select count(*)::int from survey_invitations where email is not null) as addresses, (select count(*)::int from survey_tokens) as links,
         (select count(distinct answered_at)::int from survey_responses r join survey_rounds o on o.survey_id = r.survey_id) as days`,
    );
    expect(left).toEqual({ addresses: 0, links: 0, days: 1 });
  });

  test('has metrics with owners and annotations, a comment on a sign, and own indicators with targets and evidence', async () => {
    const cio = api.as('cio');
    const notes = (await cio.get('/metrics/flow.cycle_time/notes')).body;
    expect(notes.owner).toBe('jonas.weber@meridian.example');
    expect(notes.annotations).toMatchObject([
      { on: '2025-11-04', by: 'jonas.weber@meridian.example', decision: { code: 'EX-DEC-27' } },
    ]);
    const { items: signs } = (await cio.get('/signs?period=2026-Q3')).body;
    const said = signs.filter(({ comment }: { comment: unknown }) => comment !== null);
    expect(said).toMatchObject([{ id: 'decision_bottlenecks', comment: { decision: 'EX-DEC-47' } }]);
    // What the comment speaks of: two decisions of the quarter are late.
    const late = (await cio.get('/metrics/decision.overdue_open?period=2026-Q3')).body;
    expect(late.value).toBe(2);
    const asked = 'period=2026-Q3&indicator=EX-IND-04';
    const { inputs, quality } = (await cio.get(`/trace/indicator.value?${asked}`)).body;
    expect(inputs.at(-1)).toMatchObject({ label: 'Target from 2025-Q4 on', value: '20' });
    expect(quality).toContain('Evidence: Internal audit, list of open findings.');
  });

  test('leaves as files that say so by their names', async () => {
    for (const name of ['data.zip', 'data.xlsx']) {
      const reply = await api.as('cio').get(`/exports/${name}`);
      expect(reply.headers.get('content-disposition')).toBe(`attachment; filename="example-${name}"`);
    }
  });

  test('is not loaded a second time, and not removed by who may not', async () => {
    expect(await load(api)).toBe('it was loaded before');
    for (const person of ['cio', 'pm-dig', 'finance', 'stakeholder-bu1'] as const)
      expectProblem(await expectNoChange(api, () => api.as(person).delete('/example')), 403, 'forbidden');
    expectProblem(await api.as('anonymous').delete('/example'), 401, 'unauthenticated');
  });

  test('does not list a sign-in that was changed: its password may be another', async () => {
    const path = '/users/tom.keller@meridian.example';
    const etag = (await api.as('admin').get(path)).headers.get('etag')!;
    const changed = await api.as('admin').patch(path, { password: 'known to Tom alone' }, { 'if-match': etag });
    expect(changed.status).toBe(200);
    const { signIns } = (await api.as('anonymous').get('/example')).body;
    expect(signIns.map(({ role }: { role: string }) => role)).toEqual(['cio', 'finance', 'stakeholder', 'admin']);
  });

  test('opens there also a year later', async () => {
    api.clock.set('2027-11-21T12:00:00Z');
    const admin = await signedIn(api, SIGN_INS[4]!.email, EXAMPLE_PASSWORD);
    expect((await admin.get('/settings')).body).toMatchObject({ openPeriod: '2026-Q3', currentPeriod: '2027-Q4' });
  });
});

describe('The story moves', () => {
  /** First and last month of the realised values, and of the rates. */
  const span = async (api: OwnApi): Promise<unknown> =>
    (
      await api.sql(
        `select to_char(max(month), 'YYYY-MM') as last from benefit_values where realised is not null and archived_at is null`,
      )
    )[0]!['last'];

  test.each([
    ['2029-02-28T12:00:00Z', '1', '2028-Q4', '2028-12'],
    ['2026-08-31T23:00:00Z', '1', '2026-Q2', '2026-06'],
    ['2026-11-21T12:00:00Z', '4', '2027-Q2', '2026-09'],
    ['2026-11-21T12:00:00Z', '2', '2027-Q3', '2026-10'],
  ])(
    'to the last fiscal quarter that is over: at %s, from month %s, to %s',
    async (now, startMonth, period, lastMonth) => {
      const api = await start({ bare: true, env: { FISCAL_YEAR_START_MONTH: startMonth } });
      api.clock.set(now);
      expect(await load(api)).toBeNull();
      expect((await api.as('anonymous').get('/example')).body.period).toBe(period);
      expect((await api.as('admin').get('/settings')).body.openPeriod).toBe(period);
      expect(await span(api)).toBe(lastMonth);
      const rankings = (await api.sql('select max(period) as last from priority_rankings')) as { last: string }[];
      expect(rankings[0]!.last >= period).toBe(true);
    },
  );
});

describe('The example is not loaded', () => {
  test('where there are records', async () => {
    const api = await start({});
    const reason = await expectNoChange(api, () => load(api));
    expect(reason).toContain('there are records already');
  });

  test('where another currency was asked for', async () => {
    const api = await start({ bare: true, env: { REPORTING_CURRENCY: 'CHF' } });
    expect(await expectNoChange(api, () => load(api))).toContain('the reporting currency is CHF');
    expect((await api.as('anonymous').get('/example')).body).toMatchObject({
      isLoaded: false,
      period: null,
      signIns: [],
    });
    expectProblem(await api.as('admin').delete('/example'), 404, 'not-found');
  });

  test('in half: what fails at its end leaves nothing', async () => {
    const api = await start({ bare: true });
    await api.sql(
      `create function refuse_example() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
    );
    await api.sql('create trigger refuse_example before insert on example execute function refuse_example()');
    await expectNoChange(api, () => expect(load(api)).rejects.toThrow('no'));
    await api.sql('drop function refuse_example() cascade');
    expect(await load(api)).toBeNull();
  });
});
