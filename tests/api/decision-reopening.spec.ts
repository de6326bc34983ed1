import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decisionsOf } from '../support/decisions.js';
import { expectNoChange, expectProblem, startApi, type Api } from '../support/harness.js';
import { expectRejected, upload } from '../support/imports.js';

/** The clock of these tests stands at noon of 21 November 2026. */
let api: Api;
let tools: ReturnType<typeof decisionsOf>;
beforeAll(async () => {
  api = await startApi();
  tools = decisionsOf(api);
  // One that is decided in each quarter, so that means have something to be taken of.
  const other = { kind: 'priority', raisedAt: '2026-06-01T00:00:00Z', intendedLevel: 1, decidedLevel: 2 };
  for (const [code, decidedAt] of [
    ['THIRD', '2026-08-01T00:00:00Z'],
    ['FOURTH', '2026-10-11T00:00:00Z'],
  ])
    expect((await api.as('admin').post('/decisions', { code, title: code, ...other, decidedAt })).status).toBe(201);
});
afterAll(() => api.stop());

test('while decisions are open and none is late, 0 is a true 0, and stays one however long nothing is decided', async () => {
  const points = async (period: string) => {
    const { body } = await api.as('cio').get(`/metrics/decision.overdue_open?period=${period}`);
    return [body.value, body.isBlank, body.trend.filter(({ isPoint }: { isPoint: boolean }) => isPoint).length];
  };
  // Both were raised in the second quarter, and nothing of them happened in it.
  expect(await points('2026-Q1')).toEqual([0, true, 0]);
  expect(await points('2026-Q2')).toEqual([0, false, 1]);
  expect(await points('2031-Q1')).toEqual([0, false, 12]);
});

test('a decision that is opened again after a quarter stays decided in it, and is late from then on', async () => {
  const made = await api.as('admin').post('/decisions', {
    code: 'AGAIN',
    title: 'Do we do it?',
    kind: 'priority',
    raisedAt: '2026-07-01T00:00:00Z',
    neededBy: '2026-08-15',
    decidedAt: '2026-07-31T00:00:00Z',
    outcome: 'approved',
    intendedLevel: 2,
    decidedLevel: 2,
  });
  expect(made.status).toBe(201);
  const told = async (period: string) => {
    const figures = await Promise.all(
      ['time_to_decide', 'at_intended_level_share', 'reopened_share', 'overdue_open'].map(async (name) => {
        const { body } = await api.as('cio').get(`/metrics/decision.${name}?period=${period}`);
        return [body.value, body.n];
      }),
    );
    const records = await api.as('cio').get(`/metrics/decision.overdue_open/records?period=${period}`);
    const late = records.body.items.map(({ code }: { code: string }) => code).includes('AGAIN');
    const { body } = await api.as('cio').get(`/decision-log?period=${period}&q=AGAIN`);
    const [{ state, days, reopened, decidedLevel }] = body.items;
    return { figures, late, state, days, reopened, decidedLevel };
  };
  const [third, fourth] = [await told('2026-Q3'), await told('2026-Q4')];
  expect(third).toMatchObject({ late: false, state: 'decided', days: 30, reopened: 0, decidedLevel: 2 });
  const reply = await api.as('cio').post('/decisions/AGAIN/reopen', { reason: 'New facts' }, { 'if-match': '"v1"' });
  expect(reply.status).toBe(200);
  expect(await told('2026-Q3')).toEqual(third);
  const after = await told('2026-Q4');
  expect(after).toMatchObject({ late: true, state: 'late', reopened: 1, decidedLevel: null });
  expect(after.figures[3]).toEqual([fourth.figures[3]![0] + 1, fourth.figures[3]![1] + 1]);
  expect(after.figures.slice(0, 3)).toEqual(fourth.figures.slice(0, 3));
  // Decided anew in the fourth quarter, it counts in both.
  const anew = { decidedAt: '2026-11-21T12:00:00Z', outcome: 'declined', decidedLevel: 3 };
  expect((await api.as('cio').patch('/decisions/AGAIN', anew, { 'if-match': '"v2"' })).status).toBe(200);
  expect(await told('2026-Q3')).toEqual(third);
  expect((await told('2026-Q4')).figures[0]![1]).toBe(fourth.figures[0]![1] + 1);
});

test('a quarter at whose end it was open again knows neither how it was decided later, nor that this was otherwise', async () => {
  await api.as('admin').post('/decisions', { code: 'TURNED', title: 'Do we turn?', raisedAt: '2026-04-01T00:00:00Z' });
  const files = {
    'decisions.csv': 'code,decided_at,outcome,decided_level,reopened\nTURNED,2026-10-20T00:00:00Z,declined,4,1\n',
    'decision_reopenings.csv':
      'decision_code,at,decided_at,outcome,decided_level\nTURNED,2026-08-10T00:00:00Z,2026-05-10T00:00:00Z,approved,2\n',
  };
  const uploaded = Object.entries(files).map(([name, content]) => ({ name, content }));
  expect((await api.as('admin').upload('/imports', uploaded)).body.problems).toEqual([]);
  const told = async (period: string) => {
    const { body } = await api.as('cio').get(`/decision-log?period=${period}&q=TURNED`);
    const [{ state, outcome, decidedLevel, reversed, reopened }] = body.items;
    return { state, outcome, decidedLevel, reversed, reopened };
  };
  expect(await told('2026-Q2')).toEqual({
    state: 'decided',
    outcome: 'approved',
    decidedLevel: 2,
    reversed: false,
    reopened: 0,
  });
  expect(await told('2026-Q3')).toEqual({
    state: 'open',
    outcome: null,
    decidedLevel: null,
    reversed: false,
    reopened: 1,
  });
  expect(await told('2026-Q4')).toEqual({
    state: 'decided',
    outcome: 'declined',
    decidedLevel: 4,
    reversed: true,
    reopened: 1,
  });
});

describe('what happened to a decision follows each other', () => {
  const backwards = { row: 2, code: 'order.backwards' };
  const closing = { outcome: 'approved', decidedLevel: 4, decidedOn: '2026-09-20' };
  const patched = (code: string, body: Record<string, string>, version: number) =>
    expectNoChange(api, () => api.as('cio').patch(`/decisions/${code}`, body, { 'if-match': `"v${version}"` }));

  test('one that was opened again is decided after that, and its old log does not close it again', async () => {
    await tools.decision('OPENED');
    await tools.ok(tools.act('OPENED', 'close', closing, 1));
    await tools.ok(tools.act('OPENED', 'reopen', { reason: 'New facts' }, 2));
    const reply = await patched('OPENED', { decidedAt: '2026-09-20T17:00:00Z' }, 3);
    expectProblem(reply, 422, 'validation-failed');
    const message = 'It was opened again on 2026-11-21. Write when it was decided after that.';
    expect(reply.body.errors).toEqual([{ pointer: '/decidedAt', code: 'order.backwards', message }]);
    const old = { 'decisions.csv': 'code,decided_at,outcome,decided_level\nOPENED,2026-09-20,approved,4\n' };
    const says = /cannot be taken \(2026-09-20T00:00Z\) before it was opened again \(2026-11-21T12:00Z\)/;
    const value = '2026-09-20T00:00Z';
    await expectRejected(api, old, { ...backwards, table: 'decisions', column: 'decided_at', value, says });
    expect((await upload(api, { 'decisions.csv': 'code,title\nOPENED,Do we open?\n' })).body.problems).toEqual([]);
    const anew = await upload(api, {
      'decisions.csv': 'code,decided_at,outcome\nOPENED,2026-11-21T12:30:00Z,declined\n',
    });
    expect([anew.status, anew.body.problems]).toEqual([201, []]);
  });

  test('a reopening that is imported comes with a decision that is open, and counts by itself', async () => {
    await tools.decision('LOGGED');
    await tools.ok(tools.act('LOGGED', 'close', closing, 1));
    const reopenings = {
      'decision_reopenings.csv':
        'decision_code,at,decided_at,outcome\nLOGGED,2026-10-05T09:00:00Z,2026-09-20T17:00:00Z,approved\n',
    };
    const says = /that is taken \(2026-09-20T17:00Z\) cannot be opened again after that \(2026-10-05T09:00Z\)/;
    const value = '2026-10-05T09:00Z';
    await expectRejected(api, reopenings, { ...backwards, table: 'decision_reopenings', column: 'at', value, says });
    const kept = { ...reopenings, 'decisions.csv': 'code,decided_at\nLOGGED,2026-09-20T17:00:00Z\n' };
    await expectRejected(api, kept, {
      ...backwards,
      table: 'decisions',
      column: 'decided_at',
      value: '2026-09-20T17:00Z',
      says: /before it was opened again/,
    });
    const told = await upload(api, { ...reopenings, 'decisions.csv': 'code,decided_at\nLOGGED,(clear)\n' });
    expect([told.status, told.body.problems]).toEqual([201, []]);
    expect((await tools.page('LOGGED')).decision).toMatchObject({ state: 'open', reopened: 1 });
    expect(await tools.codes('show=reopened&q=LOGGED')).toEqual(['LOGGED']);
  });

  test('no step lies before it was raised, and none can be overtaken by that day', async () => {
    await tools.decision('STEPS');
    const step = { decisionCode: 'STEPS', fromLevel: 2, toLevel: 3 };
    const early = await expectNoChange(api, () =>
      api.as('cio').post('/decision-escalations', { ...step, at: '2026-07-31T08:00:00Z' }),
    );
    expectProblem(early, 422, 'validation-failed');
    const message = 'The decision was raised on 2026-08-01. Write when it was escalated after that.';
    expect(early.body.errors).toEqual([{ pointer: '/at', code: 'order.backwards', message }]);
    const { body } = await tools.made('/decision-escalations', { ...step, at: '2026-08-02T08:00:00Z' });
    const moved = await expectNoChange(api, () =>
      api.as('cio').patch(`/decision-escalations/${body.id}`, { at: '2026-07-31T08:00:00Z' }, { 'if-match': '"v1"' }),
    );
    expectProblem(moved, 422, 'validation-failed');
    const late = await patched('STEPS', { raisedAt: '2026-08-03T08:00:00Z' }, 2);
    expectProblem(late, 422, 'validation-failed');
    expect(late.body.errors[0]).toMatchObject({ pointer: '/raisedAt', code: 'order.backwards' });
    for (const [table, verb] of [
      ['decision_escalations', 'escalated'],
      ['decision_reopenings', 'opened again'],
    ] as const)
      await expectRejected(
        api,
        { [`${table}.csv`]: 'decision_code,at\nSTEPS,2026-07-31T08:00:00Z\n' },
        {
          ...backwards,
          table,
          column: 'at',
          value: '2026-07-31T08:00Z',
          says: new RegExp(`cannot be ${verb} .*before it was raised`),
        },
      );
    await expectRejected(
      api,
      { 'decisions.csv': 'code,raised_at\nSTEPS,2026-08-03T08:00:00Z\n' },
      {
        ...backwards,
        table: 'decisions',
        column: 'raised_at',
        value: '2026-08-03T08:00Z',
        says: /after it was escalated/,
      },
    );
  });

  test('it is closed neither before its last escalation nor, on that day, at an hour before it', async () => {
    await tools.decision('UPWARDS', { intendedLevel: 2 });
    for (const toLevel of [3, 4])
      await tools.ok(
        tools.act('UPWARDS', 'escalate', { toLevel, on: '2026-09-20', reason: 'No mandate' }, toLevel - 2),
      );
    const early = await expectNoChange(api, () =>
      tools.act('UPWARDS', 'close', { ...closing, decidedOn: '2026-09-19' }, 3),
    );
    expectProblem(early, 422, 'validation-failed');
    expect(early.body.errors).toEqual([
      {
        pointer: '/decidedOn',
        code: 'order.backwards',
        message: 'It was escalated on 2026-09-20, to the level at which it lies now. Name that day or a later one.',
      },
    ]);
    const { body } = await tools.ok(tools.act('UPWARDS', 'close', closing, 3));
    expect(body.decidedAt).toBe('2026-09-20T17:01:00.000Z');
  });
});
