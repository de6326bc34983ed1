import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decisionBoard, decisionRights } from '../../server/contract/decision.js';
import { decisionsOf } from '../support/decisions.js';
import { expectNoChange, expectProblem, startApi, type Api } from '../support/harness.js';
import { upload } from '../support/imports.js';

/** The clock of these tests stands at noon of 21 November 2026. */
let api: Api;
let tools: ReturnType<typeof decisionsOf>;
beforeAll(async () => {
  api = await startApi();
  tools = decisionsOf(api);
}, 60_000);
afterAll(() => api.stop());

const board = async (period: string) =>
  decisionBoard.parse((await tools.ok(api.as('cio').get(`/decision-log/board?period=${period}`))).body);

describe('late', () => {
  test('is what is needed by a day that is over, at the end of the period or today: in row, view, board and page', async () => {
    await tools.decision('TODAY', { neededBy: '2026-11-21' });
    await tools.decision('YESTERDAY', { neededBy: '2026-11-20' });
    await tools.decision('DECEMBER', { neededBy: '2026-12-15' });
    await tools.decision('LASTDAY', { neededBy: '2026-09-30' });
    await tools.decision('NEXT', { raisedAt: '2026-11-01T00:00:00Z', neededBy: '2026-11-02' });
    expect(await tools.codes('period=2026-Q4&show=late')).toEqual(['LASTDAY', 'NEXT', 'YESTERDAY']);
    const { open, openCount, lateCount } = await board('2026-Q4');
    expect([openCount, lateCount]).toEqual([5, 3]);
    expect(open.map(({ code, state, daysLate }) => [code, state, daysLate]).sort()).toEqual([
      ['DECEMBER', 'open', -24],
      ['LASTDAY', 'late', 52],
      ['NEXT', 'late', 19],
      ['TODAY', 'open', 0],
      ['YESTERDAY', 'late', 1],
    ]);
    expect(
      await Promise.all(['TODAY', 'YESTERDAY'].map(async (code) => (await tools.page(code)).decision.state)),
    ).toEqual(['open', 'late']);
    // The metric looks at the end of its quarter, to come as it may be: there all five are past their day.
    for (const [period, value] of [
      ['2026-Q3', 1],
      ['2026-Q4', 5],
    ] as const) {
      const { body } = await tools.ok(api.as('cio').get(`/metrics/decision.overdue_open?period=${period}`));
      expect([period, body.value]).toEqual([period, value]);
      const records = await tools.ok(api.as('cio').get(`/metrics/decision.overdue_open/records?period=${period}`));
      expect(records.body.items).toHaveLength(value);
    }
    expect(await tools.codes('period=2026-Q3&show=late')).toEqual(['LASTDAY']);
  });

  test('and what is open is counted alike by the board and by the list that it opens', async () => {
    // Raised in the fourth quarter, NEXT is in the log of the third without a view only.
    expect(await tools.codes('period=2026-Q3&show=open')).toEqual(['DECEMBER', 'LASTDAY', 'TODAY', 'YESTERDAY']);
    expect((await board('2026-Q3')).openCount).toBe(4);
    expect(await tools.codes('period=2026-Q3')).toContain('NEXT');
  });

  test('age is counted to the end of the day as of which it is told, in the reporting time zone', async () => {
    const ages = async () => (await board('2026-Q3')).open.map(({ days }) => days);
    const first = 61 - 8 / 24;
    expect(await ages()).toEqual([first, first, first, first]);
  });
});

describe('what a month of waiting holds up', () => {
  test('is the same in every scope: on the page, in its trace, and in the records behind it', async () => {
    const own = { portfolioCode: 'DIG', orgUnitCode: 'BU1' };
    await tools.made('/initiatives', { code: 'INI', name: 'Initiative', ...own });
    await tools.made('/capabilities', { code: 'CAP', name: 'Capability', orgUnitCode: 'BU2' });
    await tools.made('/outcomes', { code: 'OUT', name: 'Outcome', orgUnitCode: 'BU1' });
    const money = { currency: 'USD', nature: 'cashable' };
    await tools.made('/benefits', { code: 'B-DIG', name: 'Digital', ...money, ...own });
    await tools.made('/benefits', {
      code: 'B-CORE',
      name: 'Core',
      ...money,
      portfolioCode: 'CORE',
      orgUnitCode: 'BU2',
    });
    await tools.made('/links', { fromCode: 'INI', toCode: 'CAP' });
    await tools.made('/links', { fromCode: 'CAP', toCode: 'OUT' });
    for (const [code, planned] of [
      ['B-DIG', '120'],
      ['B-CORE', '360'],
    ] as const) {
      await tools.made('/links', { fromCode: 'OUT', toCode: code, contribution: '100' });
      await tools.ok(api.as('admin').put(`/benefits/${code}/values`, { items: [{ month: '2027-01', planned }] }));
    }
    await tools.decision('WAITS', { neededBy: '2026-12-10', aboutCode: 'capability:CAP' });
    for (const scope of ['', '&portfolio=DIG', '&orgUnit=BU1', '&portfolio=DIG&orgUnit=BU2']) {
      const { delay } = await tools.page('WAITS', `?period=2026-Q4${scope}`);
      expect([scope, delay.perMonth, delay.benefits.map(({ code }) => code)]).toEqual([
        scope,
        '40.00',
        ['B-CORE', 'B-DIG'],
      ]);
      const { body } = await tools.ok(
        api.as('cio').get(`/trace/decision.delay_cost?decision=WAITS&period=2026-Q4${scope}`),
      );
      expect([body.value, body.scope]).toEqual(['40.00', 'enterprise']);
      expect((await tools.ok(api.as('cio').get(body.records.url))).body.total).toEqual({ count: 2, amount: '40.00' });
    }
  });

  test('and without a needed-by day it is known which benefits wait, not what a month of that costs', async () => {
    await tools.decision('UNDATED', { aboutCode: 'capability:CAP' });
    for (const scope of ['', '&portfolio=DIG'])
      expect((await tools.page('UNDATED', `?period=2026-Q4${scope}`)).delay).toEqual({
        ...{ perMonth: null, nullReason: 'no_needed_by', from: null, to: null },
        benefits: [
          { code: 'B-CORE', name: 'Core', share: 1, perMonth: null },
          { code: 'B-DIG', name: 'Digital', share: 1, perMonth: null },
        ],
      });
    const { body } = await tools.ok(api.as('cio').get('/trace/decision.delay_cost?decision=UNDATED&period=2026-Q4'));
    expect([body.value, body.nullReason, body.inputs]).toEqual([null, 'no_needed_by', []]);
    expect((await tools.ok(api.as('cio').get(body.records.url))).body.total.count).toBe(0);
  });
});

describe('the table of rights', () => {
  test('keeps what a forum decided that is archived since, and its cells open what they count', async () => {
    const { body } = await tools.made('/forums', { code: 'OLD', name: 'Old board', level: 4, decides: ['risk'] });
    const done = { raisedAt: '2026-04-01T00:00:00Z', decidedAt: '2026-05-01T00:00:00Z', forumCode: 'OLD' };
    await tools.decision('R1', { ...done, kind: 'risk' });
    await tools.decision('R2', { ...done, intendedLevel: 3, decidedLevel: 4 });
    await tools.decision('R3', { ...done, forumCode: null, kind: 'risk', intendedLevel: 3 });
    await tools.ok(api.as('admin').delete('/forums/OLD', { 'if-match': `"v${body.version}"` }), 409);
    expect(
      (await api.sql('update forums set archived_at = now(), version = version + 1 where code = $1', ['OLD'])).length,
    ).toBe(0);
    const { items } = decisionRights.parse(
      (await tools.ok(api.as('cio').get('/decision-log/rights?period=2026-Q2'))).body,
    );
    // Where nobody stated the forum or the kind, nobody can say whether it was the right one.
    expect(
      items.map(({ forum, kind, designed, decided, above, unstated }) => [
        ...[forum?.isArchived, kind, designed],
        ...[decided, above, unstated],
      ]),
    ).toEqual([
      [true, 'risk', false, 1, 0, 1],
      [true, null, null, 1, 1, 0],
      [undefined, 'risk', null, 1, 0, 1],
    ]);
    expect(await tools.codes('period=2026-Q2&show=year&forum=OLD&kind=-')).toEqual(['R2']);
  });

  test('tells two scopes apart by their words, not by their spaces: as the sign does', async () => {
    const scopes = ['Whole  group', 'whole\u00a0group', '\twhole group ', 'Half of it'];
    for (const [at, scope] of scopes.entries())
      await tools.made('/forums', { code: `F${at}`, name: `Forum ${at}`, level: 3, decides: ['scope'], scope });
    const { items } = decisionRights.parse((await tools.ok(api.as('cio').get('/decision-log/rights'))).body);
    expect(items.filter(({ forum }) => forum?.code.startsWith('F')).map(({ overlaps }) => overlaps.length)).toEqual([
      2, 2, 2, 0,
    ]);
    const sign = await tools.ok(api.as('cio').get('/trace/sign.forum_overlaps?period=2026-Q3'));
    expect(sign.body.value).toBe('1');
  });

  test('follows its forums as the CIO designs them, on what was read last; others only read them', async () => {
    const fields = { code: 'DESIGN', name: 'Design board', level: 2, decides: ['architecture'], scope: 'All of IT' };
    for (const who of ['pm-dig', 'finance', 'stakeholder-bu1'] as const)
      expectProblem(await expectNoChange(api, () => api.as(who).post('/forums', fields)), 403, 'forbidden');
    const { id } = (await tools.ok(api.as('cio').post('/forums', fields), 201)).body as { id: string };
    const change = (body: Record<string, unknown>, version: number) =>
      api.as('cio').patch(`/forums/${id}`, body, { 'if-match': `"v${version}"` });
    await tools.ok(change({ level: 3, decides: ['architecture', 'risk'] }, 1));
    const late = await expectNoChange(api, () => change({ scope: null }, 1));
    expectProblem(late, 412, 'precondition-failed');
    expect(late.body.current).toMatchObject({ version: 2, level: 3, decides: ['architecture', 'risk'] });
    const { items } = decisionRights.parse((await tools.ok(api.as('cio').get('/decision-log/rights'))).body);
    const rows = items.filter(({ forum }) => forum?.code === 'DESIGN');
    expect(rows.map(({ kind, designed, forum }) => [kind, designed, forum?.level, forum?.scope])).toEqual([
      ['architecture', true, 3, 'All of IT'],
      ['risk', true, 3, 'All of IT'],
    ]);
    await tools.ok(change({ decides: null }, 2));
    const after = decisionRights.parse((await tools.ok(api.as('cio').get('/decision-log/rights'))).body);
    expect(after.items.filter(({ forum }) => forum?.code === 'DESIGN')).toEqual([]);
    const events = (await tools.ok(api.as('cio').get(`/audit?objectType=forum&objectId=${id}`))).body.items;
    expect(events.map(({ action }: { action: string }) => action)).toEqual(['changed', 'changed', 'created']);
  });
});

test('whoever manages a portfolio says which record of it a decision is about', async () => {
  await tools.made('/initiatives', { code: 'OWN', name: 'Initiative', portfolioCode: 'DIG' });
  const raise = (more: Record<string, string>) =>
    api.as('pm-dig').post('/decisions/raise', { code: 'OURS', title: 'Do we?', raisedOn: '2026-11-20', ...more });
  const nowhere = await expectNoChange(api, () => raise({}));
  expectProblem(nowhere, 403, 'forbidden');
  expect(nowhere.body.detail).toContain('Say which record of your portfolio it is about');
  await tools.ok(raise({ aboutCode: 'initiative:OWN' }), 201);
});

describe('in a zone east of UTC', () => {
  // Noon of the 21st in UTC is one o'clock in the morning of the 22nd.
  const zone = (name: string) => api.sql('update settings set reporting_time_zone = $1, version = version + 1', [name]);
  beforeAll(() => zone('Pacific/Auckland'));
  afterAll(() => zone('UTC'));

  test('a decision is raised today or before, by the calendar of the zone', async () => {
    const raise = (code: string, raisedOn: string) =>
      api.as('cio').post('/decisions/raise', { code, title: 'Do we?', raisedOn });
    const today = await tools.ok(raise('EAST', '2026-11-22'), 201);
    expect([today.body.raisedAt, today.headers.get('etag')]).toEqual(['2026-11-21T12:00:00.000Z', '"v1"']);
    const before = await tools.ok(raise('EAST-2', '2026-11-20'), 201);
    expect(before.body.raisedAt).toBe('2026-11-20T04:00:00.000Z');
    const ahead = await expectNoChange(api, () => raise('EAST-3', '2026-11-23'));
    expectProblem(ahead, 422, 'validation-failed');
    expect(ahead.body.errors[0]).toMatchObject({ pointer: '/raisedOn', code: 'date.ahead' });
    // The register takes instants: any of today, and none of tomorrow.
    const made = (code: string, raisedAt: string) => api.as('cio').post('/decisions', { code, raisedAt });
    await tools.ok(made('EAST-4', '2026-11-22T10:59:00Z'), 201);
    const late = await made('EAST-5', '2026-11-22T11:00:00Z');
    expectProblem(late, 422, 'validation-failed');
    expect(late.body.errors[0]).toMatchObject({ pointer: '/raisedAt', code: 'date.ahead' });
    await tools.ok(
      tools.act('EAST', 'close', { ...{ outcome: 'approved', decidedLevel: 2 }, decidedOn: '2026-11-22' }, 1),
    );
  });
});

test('while the example is told, a decision is opened again on its last day, and can be closed on that day', async () => {
  const story = 'TOLD';
  await tools.decision(story);
  const { body } = await upload(api, { 'forums.csv': 'code,name\nF-TOLD,Board\n' });
  await api.sql(
    `insert into example (import_id, story_end, user_ids, loaded_at) values ($1, '2026-10-01', '{}', now())`,
    [body.id],
  );
  const close = (version: number) =>
    tools.ok(tools.act(story, 'close', { outcome: 'approved', decidedLevel: 2, decidedOn: '2026-10-01' }, version));
  await close(1);
  await tools.ok(tools.act(story, 'reopen', { reason: 'New facts' }, 2));
  await close(3);
  await tools.ok(tools.act(story, 'reopen', { reason: 'More of them' }, 4));
  await close(5);
  expect((await tools.page(story)).reopenings.map(({ at }) => at)).toEqual([
    '2026-10-01T17:00:00.000Z',
    '2026-10-01T17:01:00.000Z',
  ]);
  await api.sql('update example set removed_at = now()');
});
