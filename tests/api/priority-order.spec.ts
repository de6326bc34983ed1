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
