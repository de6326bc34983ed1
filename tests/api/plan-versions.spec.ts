import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { emailOf, expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';

let api: Api;
let code: string;
let n = 0;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const START = '2026-11-21T12:00:00.000Z';
const MINUTE = 60_000;

const record = (more: Record<string, unknown> = {}): Promise<Reply> =>
  api.as('admin').post('/benefits', {
    code,
    name: code,
    portfolioCode: 'DIG',
    orgUnitCode: 'BU1',
    currency: 'USD',
    nature: 'cashable',
    ...more,
  });
beforeEach(() => {
  code = `BEN-${(n += 1)}`;
  api.clock.set(START);
});

/** One save, a minute after the one before. */
const put = (items: unknown[]): Promise<Reply> => {
  api.clock.advance(MINUTE);
  return api.as('pm-dig').put(`/benefits/${code}/values`, { items });
};
const versions = async () => (await api.as('pm-dig').get(`/benefits/${code}/plan-versions`)).body;
const table = (name: string, lines: string[]) => [{ name, content: lines.join('\n') }];

describe('re-planning', () => {
  beforeEach(async () => {
    expect((await record({ approvedOn: '2026-01-05' })).status).toBe(201);
    const first = await put([
      { month: '2026-02', planned: '10' },
      { month: '2026-03', planned: '20', realised: '5' },
      { month: '2026-04', forecast: '3' },
    ]);
    expect(first.body.isPlanFixed).toBe(false); // in this very save the plan begins
  });

  test('is refused without a reason, cell by cell, and nothing is stored', async () => {
    const reply = await expectNoChange(api, () =>
      put([
        { month: '2026-02', planned: '11', version: 1 },
        { month: '2026-03', planned: '20.00', realised: '4', version: 1, reason: 'counted again' },
        { month: '2026-04', planned: '1', version: 1 },
        { month: '2026-05', planned: '1' },
        { month: '2026-06', forecast: '1' },
      ]),
    );
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors).toEqual([
      {
        pointer: '/items/0/reason',
        code: 'reason.required',
        message: `${code} is approved: its plan changes only with a reason. Say in reason why it changes for 2026-02.`,
      },
      {
        pointer: '/items/2/reason',
        code: 'reason.required',
        message: `${code} is approved: its plan changes only with a reason. Say in reason why it changes for 2026-04.`,
      },
      {
        pointer: '/items/3/reason',
        code: 'reason.required',
        message: `${code} is approved: its plan changes only with a reason. Say in reason why it changes for 2026-05.`,
      },
    ]);
    expect((await api.as('pm-dig').get(`/benefits/${code}/values`)).body.isPlanFixed).toBe(true);
  });

  test('one save is one version, however many months it changes; a save without a plan is none', async () => {
    await put([
      { month: '2026-02', planned: '8', version: 1, reason: 'The supplier is late.' },
      { month: '2026-03', planned: '16', version: 1, reason: 'The supplier is late.' },
      { month: '2026-05', planned: '9', reason: 'The pilot goes on.' },
    ]);
    await put([{ month: '2026-02', forecast: '7', planned: '8.0', version: 2 }]);
    await put([{ month: '2026-03', planned: null, version: 2, reason: 'Dropped.' }]);
    const { items, ...rest } = await versions();
    expect(rest).toEqual({ benefitCode: code, currency: 'USD', unit: null });
    const by = emailOf('pm-dig');
    expect(items).toEqual([
      {
        number: 1,
        at: '2026-11-21T12:01:00.000Z',
        by,
        reason: null,
        importId: null,
        isBaseline: true,
        isCurrent: false,
        total: '30.00',
        change: null,
        months: [
          { month: '2026-02', planned: '10.00' },
          { month: '2026-03', planned: '20.00' },
        ],
      },
      {
        number: 2,
        at: '2026-11-21T12:02:00.000Z',
        by,
        reason: 'The supplier is late. · The pilot goes on.',
        importId: null,
        isBaseline: false,
        isCurrent: false,
        total: '33.00',
        change: '3.00',
        months: [
          { month: '2026-02', planned: '8.00' },
          { month: '2026-03', planned: '16.00' },
          { month: '2026-05', planned: '9.00' },
        ],
      },
      {
        number: 3,
        at: '2026-11-21T12:04:00.000Z',
        by,
        reason: 'Dropped.',
        importId: null,
        isBaseline: false,
        isCurrent: true,
        total: '17.00',
        change: '-16.00',
        months: [
          { month: '2026-02', planned: '8.00' },
          { month: '2026-05', planned: '9.00' },
        ],
      },
    ]);
  });
});

describe('the baseline version', () => {
  const marked = async () =>
    (await versions()).items.map((item: { isBaseline: boolean; total: string | null }) => [
      item.total,
      item.isBaseline,
    ]);

  test('is none before the approval, and the plan of the moment once it is given', async () => {
    await record();
    await put([{ month: '2026-02', planned: '10' }]);
    await put([{ month: '2026-02', planned: '12', version: 1 }]);
    expect(await marked()).toEqual([
      ['10.00', false],
      ['12.00', false],
    ]);
    const { version } = (await api.as('admin').get(`/benefits/${code}`)).body;
    api.clock.advance(MINUTE);
    const approval = { approvedOn: '2026-11-21' };
    const approved = await api.as('admin').patch(`/benefits/${code}`, approval, { 'if-match': `"v${version}"` });
    expect(approved.status).toBe(200);
    await put([{ month: '2026-02', planned: '5', version: 2, reason: 'Less.' }]);
    expect(await marked()).toEqual([
      ['10.00', false],
      ['12.00', true],
      ['5.00', false],
    ]);
  });

  test('is none while the approval is to come', async () => {
    await record({ approvedOn: '2026-12-24' });
    await put([{ month: '2026-02', planned: '10' }]);
    expect(await marked()).toEqual([['10.00', false]]);
  });

  test('is that of the next import where the one that brought the first plan is reverted', async () => {
    await record({ approvedOn: '2026-01-05' });
    await put([{ month: '2026-02', forecast: '1' }]);
    const load = async (planned: number): Promise<string> => {
      api.clock.advance(MINUTE);
      const lines = [
        'benefit_code,month,planned,forecast',
        `${code},2026-02,${planned},1`,
        `${code},2026-03,${planned},`,
      ];
      const reply = await api.as('admin').upload('/imports', table('benefit_values.csv', lines));
      expect([reply.status, reply.body.status]).toEqual([201, 'committed']);
      return reply.body.id;
    };
    const wrong = await load(1000);
    api.clock.advance(MINUTE);
    expect((await api.as('admin').post(`/imports/${wrong}/revert`)).status).toBe(200);
    const right = await load(10);
    const { items } = await versions();
    expect(items.map((item: Record<string, unknown>) => [item['total'], item['importId'], item['isBaseline']])).toEqual(
      [
        ['2000.00', wrong, false],
        ['0.00', wrong, false],
        ['20.00', right, true],
      ],
    );
    const [plan] = await api.sql<{ sum: string }>(
      `select sum(baseline_planned) from values_with_baseline v join benefits b on b.id = v.benefit_id where b.code = $1`,
      [code],
    );
    expect(plan!.sum).toBe('20.0000');
  });
});

test('months in an own unit add up only where they are summed', async () => {
  for (const [aggregation, total] of [
    ['average', null],
    ['latest', null],
    ['sum', '2.5'],
  ]) {
    code = `BEN-${aggregation}`;
    await record({ currency: null, nature: 'non_financial', unit: 'points', aggregation });
    await put([
      { month: '2026-02', planned: '1' },
      { month: '2026-03', planned: '1.5' },
    ]);
    const { items, unit } = await versions();
    expect([aggregation, unit, items[0].total]).toEqual([aggregation, 'points', total]);
  }
});

test('a benefit without a plan has no version, and one out of sight does not exist', async () => {
  await record();
  expect((await versions()).items).toEqual([]);
  const read = (person: 'stakeholder-bu1' | 'stakeholder-bu2' | 'nobody', ref = code) =>
    api.as(person).get(`/benefits/${ref}/plan-versions`);
  expect((await read('stakeholder-bu1')).status).toBe(200);
  expectProblem(await read('stakeholder-bu2'), 404, 'not-found');
  expectProblem(await read('stakeholder-bu1', 'BEN-NONE'), 404, 'not-found');
  expectProblem(await read('nobody'), 403, 'forbidden');
});
