import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  decisionBoard,
  decisionLog,
  type DecisionLog,
  decisionPage,
  type DecisionPage,
  decisionRights,
} from '../../server/contract/decision.js';
import { expectProblem, startApi, type Api, type Person } from '../support/harness.js';

let api: Api;
afterAll(() => api.stop());
const made = async (path: string, body: Record<string, unknown>, person: Person = 'admin'): Promise<void> => {
  const reply = await api.as(person).post(path, body);
  expect([reply.status, reply.status === 201 ? '' : reply.text]).toEqual([201, '']);
};
const log = async (query = '', person: Person = 'cio'): Promise<DecisionLog> => {
  const reply = await api.as(person).get(`/decision-log?period=2026-Q3${query}`);
  expect([reply.status, reply.status === 200 ? '' : reply.text]).toEqual([200, '']);
  return decisionLog.parse(reply.body);
};
const codes = async (query: string): Promise<string[]> => (await log(query)).items.map(({ code }) => code);
const page = async (code: string, person: Person = 'cio'): Promise<DecisionPage> =>
  decisionPage.parse((await api.as(person).get(`/decisions/${code}/page?period=2026-Q3`)).body);
const decision = (code: string, more: Record<string, unknown>): Promise<void> =>
  made('/decisions', { code, title: `Do we do ${code}?`, ...more });

/** 120 a month from October 2026 to September 2027 for BEN, of which a quarter is due to INI. */
const chain = async (): Promise<void> => {
  const own = { portfolioCode: 'DIG', orgUnitCode: 'BU1' };
  await made('/initiatives', { code: 'INI', name: 'Initiative', ...own });
  await made('/capabilities', { code: 'CAP', name: 'Capability', orgUnitCode: 'BU2' });
  await made('/outcomes', { code: 'OUT', name: 'Outcome', orgUnitCode: 'BU1' });
  await made('/benefits', { code: 'BEN', name: 'Benefit', currency: 'USD', nature: 'cashable', ...own });
  await made('/links', { fromCode: 'INI', toCode: 'CAP', allocation: '100', contribution: '50' });
  await made('/links', { fromCode: 'CAP', toCode: 'OUT', allocation: '100', contribution: '50' });
  await made('/links', { fromCode: 'OUT', toCode: 'BEN', allocation: '100', contribution: '100' });
  const months = Array.from({ length: 14 }, (_, index) =>
    new Date(Date.UTC(2026, 8 + index, 1)).toISOString().slice(0, 7),
  );
  const items = months.map((month) => ({ month, planned: '120' }));
  expect((await api.as('admin').put('/benefits/BEN/values', { items })).status).toBe(200);
};

beforeAll(async () => {
  api = await startApi();
  await chain();
  await made('/forums', {
    code: 'BOARD',
    name: 'Board',
    level: 4,
    decides: ['funding', 'priority'],
    scope: 'Whole group',
  });
  await made('/forums', { code: 'TEAM', name: 'Team', level: 2, decides: ['priority'], scope: 'One team' });
  await made('/forums', { code: 'OTHER', name: 'Other board', level: 3, decides: ['funding'], scope: 'whole group ' });
  const fast = {
    kind: 'priority',
    forumCode: 'TEAM',
    raisedAt: '2026-07-01T00:00:00Z',
    decidedAt: '2026-07-11T00:00:00Z',
  };
  await decision('FAST', {
    ...fast,
    intendedLevel: 2,
    decidedLevel: 2,
    outcome: 'approved',
    aboutCode: 'initiative:INI',
  });
  await decision('ABOVE', {
    ...fast,
    decidedAt: '2026-08-10T12:00:00Z',
    intendedLevel: 2,
    decidedLevel: 4,
    outcome: 'declined',
    reopened: 1,
  });
  await decision('OLD', {
    ...fast,
    raisedAt: '2024-01-01T00:00:00Z',
    decidedAt: '2024-02-01T00:00:00Z',
    outcome: 'approved',
  });
  await decision('LATE', {
    kind: 'funding',
    forumCode: 'BOARD',
    raisedAt: '2026-08-01T00:00:00Z',
    neededBy: '2026-09-10',
    aboutCode: 'initiative:INI',
    intendedLevel: 4,
    tradeOff: 'Speed or 100% safety',
  });
  await decision('OPEN', {
    kind: 'strategic',
    raisedAt: '2026-09-01T00:00:00Z',
    neededBy: '2026-12-10',
    aboutCode: 'capability:CAP',
  });
  await made('/decision-escalations', {
    decisionCode: 'ABOVE',
    at: '2026-08-01T00:00:00Z',
    fromLevel: 2,
    toLevel: 4,
    reason: 'No mandate',
  });
}, 60_000);

describe('The log of decisions', () => {
  test('tells of each how long it took, where it was decided and whether it is late, as of the end of the period', async () => {
    const { items, total } = await log('&sort=code');
    expect(total).toBe(5);
    expect(
      items.map(({ code, state, days, daysLate, escalations }) => [code, state, days, daysLate, escalations]),
    ).toEqual([
      ['ABOVE', 'decided', 40.5, null, 1],
      ['FAST', 'decided', 10, null, 0],
      ['LATE', 'late', 61, 20, 0],
      ['OLD', 'decided', 31, null, 0],
      ['OPEN', 'open', 30, -71, 0],
    ]);
    expect(items[2]!.about).toEqual({ type: 'initiative', code: 'INI', name: 'Initiative' });
  });

  test('is filtered and sorted by its address, and signs of patterns mean themselves', async () => {
    expect(await codes('&show=quarter&sort=days')).toEqual(['FAST', 'ABOVE']);
    expect(await codes('&show=late')).toEqual(['LATE']);
    expect(await codes('&show=open&sort=raised')).toEqual(['LATE', 'OPEN']);
    expect(await codes('&show=above')).toEqual(['ABOVE']);
    expect(await codes('&show=reopened')).toEqual(['ABOVE']);
    expect(await codes('&outcome=approved&sort=-decided')).toEqual(['FAST', 'OLD']);
    expect(await codes('&forum=-')).toEqual(['OPEN']);
    expect(await codes('&intended=2&decided=4')).toEqual(['ABOVE']);
    expect(await codes('&q=100%25%20safe')).toEqual(['LATE']);
    expect(await codes('&q=%25')).toEqual(['LATE']);
    expectProblem(await api.as('cio').get('/decision-log?sort=colour'), 422, 'validation-failed');
  });

  test('holds decisions about records of the scope: portfolios hold none about a capability, units do', async () => {
    expect(await codes('&portfolio=DIG&sort=code')).toEqual(['FAST', 'LATE']);
    expect(await codes('&portfolio=CORE')).toEqual([]);
    expect(await codes('&orgUnit=BU2')).toEqual(['OPEN']);
  });

  test('is read page by page', async () => {
    const first = await log('&sort=code&limit=2');
    expect([first.items.map(({ code }) => code), first.total]).toEqual([['ABOVE', 'FAST'], 5]);
    const second = await log(`&sort=code&limit=2&cursor=${first.nextCursor}`);
    expect(second.items.map(({ code }) => code)).toEqual(['LATE', 'OLD']);
  });

  test('its board holds the priority decisions of four quarters, their levels, and what is open', async () => {
    const board = decisionBoard.parse((await api.as('cio').get('/decision-log/board?period=2026-Q3')).body);
    expect([board.since, board.asOf, board.pointCount]).toEqual(['2025-Q4', '2026-09-30', 2]);
    expect(board.points.map(({ code, days, inPeriod }) => [code, days, inPeriod])).toEqual([
      ['FAST', 10, true],
      ['ABOVE', 40.5, true],
    ]);
    expect(board.levels).toEqual([
      { intended: 2, decided: 2, count: 1 },
      { intended: 2, decided: 4, count: 1 },
    ]);
    expect(board.open.map(({ code }) => code)).toEqual(['LATE', 'OPEN']);
  });

  test('the rights table holds what forums are there for beside what they did, and marks two that decide the same', async () => {
    const { items } = decisionRights.parse((await api.as('cio').get('/decision-log/rights?period=2026-Q3')).body);
    expect(
      items.map(({ forum, kind, designed, decided, above, overlaps }) => [
        forum?.code ?? null,
        kind,
        designed,
        decided,
        above,
        overlaps.map(({ code }) => code),
      ]),
    ).toEqual([
      ['BOARD', 'priority', true, 0, 0, []],
      ['BOARD', 'funding', true, 0, 0, ['OTHER']],
      ['OTHER', 'funding', true, 0, 0, ['BOARD']],
      ['TEAM', 'priority', true, 2, 1, []],
    ]);
  });

  test.each(['/decision-log', '/decision-log/board', '/decision-log/rights', '/decisions/LATE/page'])(
    '%s is not for stakeholders',
    async (path) => {
      expectProblem(await api.as('stakeholder-bu1').get(path), 403, 'forbidden');
    },
  );
});

describe('One decision', () => {
  test('holds up the planned value of the year after it is needed, the part due to its record, a month', async () => {
    const { delay } = await page('LATE');
    expect(delay).toEqual({
      perMonth: '30.00',
      nullReason: null,
      from: '2026-10',
      to: '2027-09',
      benefits: [{ code: 'BEN', name: 'Benefit', share: 0.25, perMonth: '30.00' }],
    });
    const trace = (await api.as('cio').get('/trace/decision.delay_cost?period=2026-Q3&decision=LATE')).body;
    expect([trace.value, trace.unit]).toEqual(['30.00', 'USD']);
    const records = (await api.as('cio').get(trace.records.url)).body;
    expect([records.total.count, records.total.amount]).toEqual([12, '30.00']);
  });

  test('says why nobody knows what its waiting costs', async () => {
    expect((await page('FAST')).delay.nullReason).toBe('decided');
    await decision('VAGUE', { raisedAt: '2026-09-02T00:00:00Z' });
    expect((await page('VAGUE')).delay.nullReason).toBe('no_needed_by');
    await decision('ALONE', { raisedAt: '2026-09-02T00:00:00Z', neededBy: '2026-09-03' });
    expect((await page('ALONE')).delay.nullReason).toBe('about_nothing');
    expectProblem(await api.as('cio').get('/trace/decision.delay_cost'), 422, 'validation-failed');
    expectProblem(await api.as('cio').get('/trace/decision.delay_cost?decision=NONE'), 404, 'not-found');
    expectProblem(await api.as('stakeholder-bu1').get('/trace/decision.delay_cost?decision=LATE'), 403, 'forbidden');
  });

  test('has options with consequences, one of them chosen, and is closed with what was given up', async () => {
    await made('/decision-options', {
      decisionCode: 'LATE',
      name: 'Wait',
      consequence: 'A year of 30 a month is lost.',
    });
    await made('/decision-options', { decisionCode: 'LATE', name: 'Go', consequence: 'Two teams move.', chosen: true });
    const { version, mayWrite } = (await page('LATE', 'pm-dig')).decision;
    expect(mayWrite).toBe(true);
    const closed = await api.as('pm-dig').patch(
      '/decisions/LATE',
      {
        decidedAt: '2026-10-01T09:00:00Z',
        outcome: 'approved',
        decidedLevel: 5,
        decidedBy: 'Board',
        givenUp: 'The portal',
        revisitOn: '2027-03-31',
      },
      { 'if-match': `"v${version}"` },
    );
    expect(closed.status).toBe(200);
    const after = await page('LATE');
    expect(after.options.map(({ name, chosen }) => [name, chosen])).toEqual([
      ['Go', true],
      ['Wait', null],
    ]);
    expect(after.decision).toMatchObject({
      state: 'decided',
      givenUp: 'The portal',
      decidedBy: 'Board',
      revisitOn: '2027-03-31',
    });
    // Decided in October, it stays late as of September.
    expect(await codes('&show=late')).toEqual(['ALONE', 'LATE']);
  });

  test('is opened again with a reason: what it had been stays, the count grows, and both are audited', async () => {
    const { version } = (await page('LATE')).decision;
    const match = { 'if-match': `"v${version}"` };
    expectProblem(await api.as('cio').post('/decisions/LATE/reopen', { reason: ' ' }, match), 422, 'validation-failed');
    expectProblem(
      await api.as('cio').post('/decisions/LATE/reopen', { reason: 'New facts' }),
      428,
      'precondition-required',
    );
    expectProblem(await api.as('pm-core').post('/decisions/LATE/reopen', { reason: 'Mine' }, match), 403, 'forbidden');
    expectProblem(
      await api.as('cio').post('/decisions/LATE/reopen', { reason: 'New' }, { 'if-match': '"v1"' }),
      412,
      'precondition-failed',
    );
    const reply = await api.as('pm-dig').post('/decisions/LATE/reopen', { reason: 'The supplier left.' }, match);
    expect([reply.status, reply.body.decidedAt, reply.body.reopened]).toEqual([200, null, 1]);
    expect(reply.headers.get('etag')).toBe(`"v${version + 1}"`);
    const after = await page('LATE');
    expect(after.decision).toMatchObject({ state: 'late', outcome: null, reopened: 1 });
    expect(after.reopenings).toEqual([
      {
        at: '2026-11-21T12:00:00.000Z',
        reason: 'The supplier left.',
        decidedAt: '2026-10-01T09:00:00.000Z',
        outcome: 'approved',
        decidedLevel: 5,
      },
    ]);
    const again = { 'if-match': `"v${version + 1}"` };
    expectProblem(await api.as('cio').post('/decisions/LATE/reopen', { reason: 'Again' }, again), 409, 'conflict');
    expect((await api.as('admin').get('/audit?objectType=decision_reopening')).body.items).toHaveLength(1);
    const declined = { decidedAt: '2026-11-21T12:00:00Z', outcome: 'declined', decidedLevel: 4 };
    expect((await api.as('cio').patch('/decisions/LATE', declined, again)).status).toBe(200);
    expect((await page('LATE')).decision.reversed).toBe(true);
  });

  test('what hangs on it is written by the managers of its record only', async () => {
    const of = { decisionCode: 'OPEN' };
    expectProblem(await api.as('pm-core').post('/decision-options', { ...of, name: 'Mine' }), 403, 'forbidden');
    expectProblem(await api.as('stakeholder-bu1').get('/decision-options'), 403, 'forbidden');
  });
});
