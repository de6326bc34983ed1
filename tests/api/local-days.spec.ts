/** Days as a reporting time zone east of UTC tells them: those of decisions and of flow are the ones by which quarters are counted. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decisionBoard, decisionLog } from '../../server/contract/decision.js';
import { flow, type Flow, flowItems, itemMoves } from '../../server/contract/flow.js';
import { decisionsOf } from '../support/decisions.js';
import { startApi, type Api } from '../support/harness.js';
import { recordsBehind } from '../support/metrics.js';

const STAGES = `code,name,position,kind
BUILD,Build,1,active
DONE,Done,2,done`;
const ITEMS = `code,title
LAST,Done half an hour before the quarter ends
FIRST,Done half an hour after it began
OPEN,Under way`;
const MOVES = `work_item_code,at,stage_code
LAST,2026-06-30T22:30:00Z,BUILD
LAST,2026-09-30T21:30:00Z,DONE
FIRST,2026-07-10T10:00:00Z,BUILD
FIRST,2026-09-30T22:30:00Z,DONE
OPEN,2026-11-01T23:30:00Z,BUILD`;

/** The clock of these tests stands at noon of 21 November 2026, UTC. */
let api: Api;
let tools: ReturnType<typeof decisionsOf>;
beforeAll(async () => {
  api = await startApi();
  tools = decisionsOf(api);
  await api.sql(`update settings set reporting_time_zone = 'Europe/Berlin', version = version + 1`);
  const files = Object.entries({ stages: STAGES, work_items: ITEMS, work_item_transitions: MOVES });
  const reply = await api.as('admin').upload(
    '/imports',
    files.map(([name, content]) => ({ name: `${name}.csv`, content })),
  );
  expect(reply.body.problems).toEqual([]);
}, 60_000);
afterAll(() => api.stop());

const days = (...instants: (string | null)[]) => instants.map((instant) => instant?.slice(0, 10));

test('a decision of the first half hour of a quarter is counted in it, and told with its day in log, board, page and records', async () => {
  await tools.decision('NIGHT', {
    ...{ kind: 'priority', raisedAt: '2026-06-29T22:30:00Z', decidedAt: '2026-06-30T22:30:00Z' },
    ...{ outcome: 'approved', decidedLevel: 2, intendedLevel: 2 },
  });
  const log = decisionLog.parse((await tools.ok(api.as('cio').get('/decision-log?period=2026-Q3&show=quarter'))).body);
  expect(log.items.map(({ code, raisedAt, decidedAt }) => [code, ...days(raisedAt, decidedAt)])).toEqual([
    ['NIGHT', '2026-06-30', '2026-07-01'],
  ]);
  expect(Date.parse(log.items[0]!.decidedAt!)).toBe(Date.parse('2026-06-30T22:30:00Z'));
  expect(await tools.codes('period=2026-Q2&show=quarter')).toEqual([]);
  const { body } = await tools.ok(api.as('cio').get('/decision-log/board?period=2026-Q3'));
  expect(decisionBoard.parse(body).points).toMatchObject([{ code: 'NIGHT', decidedOn: '2026-07-01', inPeriod: true }]);
  await tools.ok(tools.act('NIGHT', 'reopen', { reason: 'New facts.' }, 1));
  const page = await tools.page('NIGHT');
  expect(page.reopenings.map(({ at, decidedAt }) => days(at, decidedAt))).toEqual([['2026-11-21', '2026-07-01']]);
});

test('flow tells its window, its points and its items by local days, also over the end of summer time', async () => {
  const flowOf = async (period: string): Promise<Flow> =>
    flow.parse((await tools.ok(api.as('cio').get(`/flow?period=${period}&window=1`))).body);
  const third = await flowOf('2026-Q3');
  expect([third.from, third.until, third.asOf]).toEqual([
    '2026-07-01T00:00:00.000+02:00',
    '2026-10-01T00:00:00.000+02:00',
    '2026-10-01T00:00:00.000+02:00',
  ]);
  expect(third.finished.dots.map(({ code, at }) => [code, at])).toEqual([['LAST', '2026-09-30T23:30:00.000+02:00']]);
  expect([third.cumulative.days[0], third.cumulative.days.at(-1)]).toEqual(['2026-07-01', '2026-10-01']);
  const records = await recordsBehind(api, 'flow.cycle_time', 'period=2026-Q3');
  expect(records.items.map(({ code, cells }) => [code, cells[0], cells[1]])).toEqual([
    ['LAST', '2026-07-01', '2026-09-30'],
  ]);

  const fourth = await flowOf('2026-Q4');
  expect(fourth.asOf).toBe('2026-11-22T00:00:00.000+01:00');
  expect(fourth.cumulative.days).toEqual([
    ...['2026-10-01', '2026-10-08', '2026-10-15', '2026-10-22', '2026-10-29'],
    ...['2026-11-05', '2026-11-12', '2026-11-19', '2026-11-22'],
  ]);
  expect(fourth.oldest.map(({ code, movedAt }) => [code, ...days(movedAt)])).toEqual([['OPEN', '2026-11-02']]);
  const list = await tools.ok(api.as('cio').get('/flow/items?period=2026-Q4&window=1&of=finished'));
  expect(flowItems.parse(list.body).items.map(({ code, deliveredAt }) => [code, ...days(deliveredAt)])).toEqual([
    ['FIRST', '2026-10-01'],
  ]);
});

test('an item tells its moves by local days, and what blocked it only from then on and until it is done', async () => {
  const files = {
    work_items:
      'code,title,blocked_reason,blocked_since\nEARLY,Begun early,Waits for the contract,2026-11-05T23:30:00Z',
    work_item_transitions: 'work_item_code,at,stage_code\nEARLY,2026-09-19T22:30:00Z,BUILD',
  };
  const sent = Object.entries(files).map(([name, content]) => ({ name: `${name}.csv`, content }));
  expect((await api.as('admin').upload('/imports', sent)).body.problems).toEqual([]);
  const blockIn = async (period: string) => {
    const { body } = await tools.ok(api.as('cio').get(`/flow/items?period=${period}&window=1&of=in_progress`));
    const early = flowItems.parse(body).items.find(({ code }) => code === 'EARLY')!;
    return [early.blockedReason, ...days(early.blockedSince)];
  };
  expect(await blockIn('2026-Q3')).toEqual([null, undefined]);
  expect(await blockIn('2026-Q4')).toEqual(['Waits for the contract', '2026-11-06']);
  const log = async () => itemMoves.parse((await tools.ok(api.as('cio').get('/work-items/EARLY/moves'))).body);
  const before = await log();
  expect([before.blockedReason, ...days(before.blockedSince, before.items[0]!.at)]).toEqual([
    ...['Waits for the contract', '2026-11-06', '2026-09-20'],
  ]);
  const done = { workItem: 'EARLY', stage: 'DONE', at: '2026-11-10T12:00:00Z' };
  expect((await api.as('admin').post('/work-items/events', { items: [done] })).body.recorded).toBe(1);
  expect(await log()).toMatchObject({ blockedReason: null, blockedSince: null, items: [{}, { stage: 'DONE' }] });
});
