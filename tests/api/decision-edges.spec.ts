import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decisionBoard, decisionRights } from '../../server/contract/decision.js';
import { indicatorTrends } from '../../server/contract/indicator.js';
import { metrics } from '../../server/contract/metric.js';
import { priorityOrder, type PriorityOrder } from '../../server/contract/priority.js';
import { signs } from '../../server/contract/sign.js';
import { decisionsOf } from '../support/decisions.js';
import { expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';
import { beside } from '../support/waiter.js';

let api: Api;
let tools: ReturnType<typeof decisionsOf>;
beforeAll(async () => {
  api = await startApi();
  tools = decisionsOf(api);
  for (const code of ['A', 'B']) await tools.made('/priorities', { code, name: `Priority ${code}` });
}, 60_000);
afterAll(() => api.stop());

const read = async (period: string): Promise<PriorityOrder> =>
  priorityOrder.parse((await tools.ok(api.as('cio').get(`/priority-order?period=${period}`))).body);
const save = (period: string, version: string, ...items: [code: string, rank: number, rationale: string | null][]) =>
  api.as('cio').put(`/priority-order/${period}`, {
    version,
    items: items.map(([code, rank, rationale]) => ({ code, rank, rationale })),
  });

describe('a reason that no import could read again is not stored', () => {
  const UNREADABLE = ['(clear)', ' (Clear) ', 'One\u0007two', 'One\u0000two', 'x'.repeat(4001)];

  test.each(UNREADABLE)('%j: neither of a rank nor of a decision that is opened again', async (words) => {
    const { version } = await read('2020-Q1');
    const ranked = await expectNoChange(api, () => save('2020-Q1', version, ['A', 1, words], ['B', 2, null]));
    expectProblem(ranked, 422, 'validation-failed');
    expect(ranked.body.errors[0].pointer).toBe('/items/0/rationale');
    const code = `R${UNREADABLE.indexOf(words)}`;
    await tools.decision(code, { decidedAt: '2026-09-01T00:00:00Z', outcome: 'approved' });
    const opened = await expectNoChange(api, () => tools.act(code, 'reopen', { reason: words }, 1));
    expectProblem(opened, 422, 'validation-failed');
    expect(opened.body.errors[0].pointer).toBe('/reason');
  });

  test('what is stored is as an import reads it: trimmed, with plain line breaks; blank is none', async () => {
    const { version } = await read('2020-Q1');
    const saved = await tools.ok(save('2020-Q1', version, ['A', 1, ' One\r\ntwo '], ['B', 2, '  ']));
    expect(priorityOrder.parse(saved.body).items.map(({ rationale }) => rationale)).toEqual(['One\ntwo', null]);
  });
});

describe('the first and the last quarters of all', () => {
  test.each(['1900-Q1', '1901-Q3', '2199-Q4'])('a ranking of %s is read and saved', async (period) => {
    const { version, quarters } = await read(period);
    expect(quarters).toHaveLength(8);
    const saved = await tools.ok(save(period, version, ['A', 1, 'First.'], ['B', 2, 'Second.']));
    expect(priorityOrder.parse(saved.body).isRanked).toBe(true);
  });

  test.each([
    ['/decision-log/board', decisionBoard],
    ['/decision-log/rights', decisionRights],
    ['/metrics', metrics],
    ['/indicator-trends', indicatorTrends],
    ['/signs', signs],
  ])('%s tells of quarters before those that can be asked for', async (path, schema) => {
    if (schema === indicatorTrends) await tools.made('/indicators', { code: 'IND', name: 'Indicator' });
    const { body } = await tools.ok(api.as('cio').get(`${path}?period=1900-Q1`));
    expect(schema.safeParse(body).error).toBeUndefined();
  });

  test('a decision that is needed on the last day of all is opened: what waits comes after it', async () => {
    await tools.made('/initiatives', { code: 'LAST', name: 'Last', portfolioCode: 'DIG', orgUnitCode: 'BU1' });
    await tools.decision('LAST', { neededBy: '2199-12-31', aboutCode: 'initiative:LAST' });
    expect((await tools.page('LAST')).delay).toMatchObject({ from: '2200-01', to: '2200-12' });
  });
});

describe('a rank that is changed while the ranking is saved', () => {
  /** Saves while a colleague's change of one rank is not committed, and comes second. */
  const second = async (period: string, change: string): Promise<Reply> => {
    const { version } = await read(period);
    return beside(api.databaseUrl, change, () => save(period, version, ['A', 1, 'Mine, A.'], ['B', 2, 'Mine, B.']));
  };
  const stored = async (period: string) =>
    (await read(period)).items.map(({ code, rank, rationale }) => [code, rank, rationale]);
  const ranksOf = (reply: Reply) => priorityOrder.parse(reply.body.current).items.map(({ rank }) => rank);
  const changes = (period: string): Promise<unknown[]> =>
    api.sql(
      `select 1 from audit_events where object_type = 'priority_ranking' and canonical::jsonb -> 'after' ->> 'period' = $1`,
      [period],
    );

  test('is not overwritten: whoever saves is shown it', async () => {
    const { version } = await read('2024-Q1');
    await tools.ok(save('2024-Q1', version, ['A', 1, 'First.'], ['B', 2, 'Second.']));
    const reply = await second(
      '2024-Q1',
      `update priority_rankings r set rank = 9, rationale = 'Theirs.', version = r.version + 1
         from priorities p where p.id = r.priority_id and p.code = 'B' and r.period = '2024-Q1'`,
    );
    expectProblem(reply, 412, 'precondition-failed');
    const theirs = [
      ['A', 1, 'First.'],
      ['B', 9, 'Theirs.'],
    ];
    expect(ranksOf(reply)).toEqual([1, 9]);
    expect(await stored('2024-Q1')).toEqual(theirs);
    expect(await changes('2024-Q1')).toHaveLength(2);
  });

  test('nor is one that is added meanwhile', async () => {
    const reply = await second(
      '2024-Q2',
      `insert into priority_rankings (period, priority_id, rank, rationale)
         select '2024-Q2', id, 9, 'Theirs.' from priorities where code = 'B'`,
    );
    expectProblem(reply, 412, 'precondition-failed');
    // What is shown is theirs alone: nothing of what was refused.
    expect(ranksOf(reply)).toEqual([9, null]);
    expect(await stored('2024-Q2')).toEqual([
      ['B', 9, 'Theirs.'],
      ['A', null, null],
    ]);
    expect(await changes('2024-Q2')).toEqual([]);
  });
});
