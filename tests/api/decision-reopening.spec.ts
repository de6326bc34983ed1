import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApi, type Api } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  // One that is decided in each quarter, so that means have something to be taken of.
  const other = { kind: 'priority', raisedAt: '2026-06-01T00:00:00Z', intendedLevel: 1, decidedLevel: 2 };
  for (const [code, decidedAt] of [
    ['THIRD', '2026-08-01T00:00:00Z'],
    ['FOURTH', '2026-10-11T00:00:00Z'],
  ])
    expect((await api.as('admin').post('/decisions', { code, title: code, ...other, decidedAt })).status).toBe(201);
});
afterAll(() => api.stop());

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
  const anew = { decidedAt: '2026-11-20T00:00:00Z', outcome: 'declined', decidedLevel: 3 };
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
