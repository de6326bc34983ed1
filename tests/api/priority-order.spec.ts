import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { priorityOrder, type PriorityOrder } from '../../server/contract/priority.js';
import { expectProblem, startApi, type Api } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  for (const code of ['A', 'B', 'C'])
    expect((await api.as('admin').post('/priorities', { code, name: `Priority ${code}` })).status).toBe(201);
}, 60_000);
afterAll(() => api.stop());

const read = async (period: string): Promise<PriorityOrder> =>
  priorityOrder.parse((await api.as('cio').get(`/priority-order?period=${period}`)).body);
const save = (period: string, version: string, ...items: [code: string, rationale: string | null][]) =>
  api.as('cio').put(`/priority-order/${period}`, {
    version,
    items: items.map(([code, rationale]) => ({ code, rationale })),
  });
const ranks = ({ items }: PriorityOrder) => items.map(({ code, rank }) => [code, rank]);

test('the first ranking needs no rationale; each rank that changes in the next quarter does', async () => {
  const none = await read('2026-Q2');
  expect([none.isRanked, none.wasRanked, ranks(none)]).toEqual([
    false,
    false,
    [
      ['A', null],
      ['B', null],
      ['C', null],
    ],
  ]);
  expect((await save('2026-Q2', none.version, ['A', null], ['B', null], ['C', null])).status).toBe(200);
  const next = await read('2026-Q3');
  expect(next.items.map(({ previousRank }) => previousRank)).toEqual([1, 2, 3]);
  const refused = await save('2026-Q3', next.version, ['A', null], ['C', 'The law comes in May.'], ['B', ' ']);
  expectProblem(refused, 422, 'validation-failed');
  expect(refused.body.errors).toEqual([
    {
      pointer: '/items/2/rationale',
      code: 'rationale.required',
      message: 'B has another rank than in 2026-Q2: say why.',
    },
  ]);
  expect(await api.sql(`select 1 from priority_rankings where period = '2026-Q3'`)).toEqual([]);
  const saved = await save('2026-Q3', next.version, ['A', null], ['C', 'The law comes in May.'], ['B', 'Can wait.']);
  expect([saved.status, ranks(saved.body)]).toEqual([
    200,
    [
      ['A', 1],
      ['C', 2],
      ['B', 3],
    ],
  ]);
  const events = await api.as('admin').get('/audit?objectType=priority_ranking');
  expect(events.body.items).toHaveLength(6);
  const { quarters } = await read('2026-Q3');
  expect(quarters.map(({ ranks: of }) => of.length)).toEqual([0, 0, 0, 0, 0, 0, 3, 3]);
});

test('what somebody else changed meanwhile is not overwritten: the answer holds theirs', async () => {
  const mine = await read('2026-Q3');
  const theirs = await save('2026-Q3', mine.version, ['C', 'First now.'], ['A', 'Second.'], ['B', 'Can wait.']);
  expect(theirs.status).toBe(200);
  const late = await save('2026-Q3', mine.version, ['A', null], ['B', null], ['C', null]);
  expectProblem(late, 412, 'precondition-failed');
  expect(ranks(priorityOrder.parse(late.body.current))).toEqual([
    ['C', 1],
    ['A', 2],
    ['B', 3],
  ]);
  // Nothing that differs is nothing to write.
  const same = await save('2026-Q3', theirs.body.version, ['C', 'First now.'], ['A', 'Second.'], ['B', 'Can wait.']);
  expect([same.status, same.body.version]).toEqual([200, theirs.body.version]);
});

test('every priority is named once, by who may rank; others read, stakeholders do not', async () => {
  const { version } = await read('2026-Q3');
  for (const items of [
    [['A', 'x']],
    [
      ['A', 'x'],
      ['A', 'x'],
      ['B', 'x'],
    ],
    [
      ['A', 'x'],
      ['B', 'x'],
      ['D', 'x'],
    ],
  ] as [string, string][][])
    expectProblem(await save('2026-Q3', version, ...items), 422, 'validation-failed');
  expect((await api.as('pm-dig').get('/priority-order?period=2026-Q3')).body.mayWrite).toBe(false);
  expectProblem(await api.as('pm-dig').put('/priority-order/2026-Q3', { version, items: [] }), 403, 'forbidden');
  expectProblem(await api.as('stakeholder-bu1').get('/priority-order'), 403, 'forbidden');
});

test('the ranking before is the latest one, however many quarters ago', async () => {
  const far = await read('2029-Q1');
  expect([far.previousPeriod, far.wasRanked, far.isRanked]).toEqual(['2026-Q3', true, false]);
  expect(far.items.map(({ code, previousRank }) => [code, previousRank])).toEqual([
    ['C', 1],
    ['A', 2],
    ['B', 3],
  ]);
  expect(far.quarters.map(({ ranks: of }) => of.length)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  const refused = await save('2029-Q1', far.version, ['A', null], ['C', 'Second.'], ['B', null]);
  expectProblem(refused, 422, 'validation-failed');
  expect(refused.body.errors).toEqual([
    {
      pointer: '/items/0/rationale',
      code: 'rationale.required',
      message: 'A has another rank than in 2026-Q3: say why.',
    },
  ]);
  // Nothing lies before the first ranking of all.
  const first = await read('2026-Q1');
  expect([first.previousPeriod, first.wasRanked]).toEqual(['2025-Q4', false]);
});

test('a rank that is changed again within its quarter asks for its reason again, in the first ranked quarter, too', async () => {
  const before = await read('2026-Q2');
  expect([before.wasRanked, ranks(before)[0]]).toEqual([false, ['A', 1]]);
  const refused = await save('2026-Q2', before.version, ['B', null], ['A', 'It waits.'], ['C', null]);
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    [
      {
        pointer: '/items/0/rationale',
        code: 'rationale.required',
        message: 'B has another rank than 2026-Q2 has stored: say why it changed again.',
      },
    ],
  ]);
  const saved = await save('2026-Q2', before.version, ['B', 'Now or never.'], ['A', 'It waits.'], ['C', null]);
  expect(saved.status).toBe(200);
  const back = (...reasons: [string, string]) =>
    save('2026-Q2', saved.body.version, ['A', reasons[0]], ['B', reasons[1]], ['C', null]);
  const stale = await back('Back on top.', ' Now or never. ');
  expect([stale.status, stale.body.errors]).toEqual([
    422,
    [
      {
        pointer: '/items/1/rationale',
        code: 'rationale.outdated',
        message: 'B has another rank than 2026-Q2 has stored: say why it changed again.',
      },
    ],
  ]);
  expect((await back('Back on top.', 'Never, then.')).status).toBe(200);
});

test('the audit tells what stood in a row without a rank, and in one that was archived', async () => {
  await api.sql(`update priority_rankings r set rank = null, rationale = 'Not yet.', version = r.version + 1 from priorities p
    where p.id = r.priority_id and r.period = '2026-Q2' and p.code = 'B'`);
  await api.sql(`update priority_rankings r set archived_at = now(), version = r.version + 1 from priorities p
    where p.id = r.priority_id and r.period = '2026-Q2' and p.code = 'C'`);
  const { version } = await read('2026-Q2');
  const saved = await save('2026-Q2', version, ['A', 'Back on top.'], ['B', 'Ranked now.'], ['C', null]);
  expect([saved.status, ranks(saved.body)]).toEqual([
    200,
    [
      ['A', 1],
      ['B', 2],
      ['C', 3],
    ],
  ]);
  const { items } = (await api.as('admin').get('/audit?objectType=priority_ranking&limit=2')).body;
  const told = (items as { action: string; before: unknown; after: unknown }[]).map(({ action, before, after }) => ({
    action,
    before,
    after,
  }));
  expect(told).toHaveLength(2);
  expect(told).toEqual(
    expect.arrayContaining([
      {
        action: 'changed',
        before: { period: '2026-Q2', priorityCode: 'B', rank: null, rationale: 'Not yet.' },
        after: { period: '2026-Q2', priorityCode: 'B', rank: 2, rationale: 'Ranked now.' },
      },
      {
        action: 'restored',
        before: { period: '2026-Q2', priorityCode: 'C', rank: 3, rationale: null },
        after: { period: '2026-Q2', priorityCode: 'C', rank: 3, rationale: null },
      },
    ]),
  );
});

test('ranks are stored as they are sent: equal ones, gaps, and none, which needs no reason and stands last', async () => {
  type Item = [code: string, rank: number | null, rationale: string | null];
  const put = (version: string, ...items: Item[]) =>
    api.as('cio').put('/priority-order/2026-Q4', {
      version,
      items: items.map(([code, rank, rationale]) => ({ code, rank, rationale })),
    });
  const before = await read('2026-Q4');
  expect(before.items.map(({ code, rank, previousRank }) => [code, rank, previousRank])).toEqual([
    ['C', null, 1],
    ['A', null, 2],
    ['B', null, 3],
  ]);
  const unordered = await put(before.version, ['C', null, null], ['A', 2, 'Later.'], ['B', 1, 'Now.']);
  expect([unordered.status, unordered.body.errors[0].code]).toEqual([422, 'items.unordered']);
  const made = await put(before.version, ['C', 1, null], ['B', 4, 'Together.'], ['A', null, null]);
  expect([made.status, ranks(made.body)]).toEqual([
    200,
    [
      ['C', 1],
      ['B', 4],
      ['A', null],
    ],
  ]);
  // A reason that is written later changes no rank, also of what an import ranked alike.
  await api.sql(`update priority_rankings r set rank = 1, version = r.version + 1 from priorities p
    where p.id = r.priority_id and r.period = '2026-Q4' and p.code = 'B'`);
  const { version } = await read('2026-Q4');
  const said = await put(version, ['B', 1, 'Together with C.'], ['C', 1, null], ['A', null, null]);
  expect([said.status, ranks(said.body)]).toEqual([
    200,
    [
      ['B', 1],
      ['C', 1],
      ['A', null],
    ],
  ]);
  const out = await put(said.body.version, ['C', 1, null], ['B', null, 'Left for next year.'], ['A', null, null]);
  expect([out.status, ranks(out.body)[2]]).toEqual([200, ['B', null]]);
  expect((await put(out.body.version, ['C', 0, null], ['A', null, null], ['B', null, null])).status).toBe(422);
});

test('a thousand priorities are ranked in one request, each with a reason', async () => {
  await api.sql(
    `insert into priorities (code, name) select 'N' || lpad(n::text, 4, '0'), 'Many ' || n from generate_series(1, 997) n`,
  );
  const { version, items } = await read('2030-Q1');
  expect(items).toHaveLength(1000);
  const reason = 'Because the law asks for it. '.repeat(20);
  const saved = await save('2030-Q1', version, ...items.map(({ code }): [string, string] => [code, reason]));
  expect([saved.status, saved.status === 200 ? saved.body.items[999].rank : saved.text]).toEqual([200, 1000]);
});
