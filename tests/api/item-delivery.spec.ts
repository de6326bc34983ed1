/** What counts as delivered, waiting, handed on, gone back and in progress, one story an item. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Flow, FlowItems } from '../../server/contract/flow.js';
import type { Metric, MetricId } from '../../server/contract/metric.js';
import { settle } from '../../server/http/reading.js';
import { ItemsService } from '../../server/metrics/items.service.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';
import { recordsBehind } from '../support/metrics.js';

const STAGES = `code,name,position,kind
IDEA,Idea,1,waiting
BUILD,Build,2,active
TEST,Test,2,active
HOLD,On hold,3,waiting
DONE,Done,4,done
CLOSED,Closed,5,done
GONE,Gone,6,cancelled`;
const ITEMS = `code,title,type,depends_on
AGAIN,Reopened in the next quarter,feature,
TWICE,Done twice in a quarter,feature,AGAIN;CLOSE
CLOSE,Closed in the next quarter,change,
ONCE,All at one instant,defect,
NEVER,Cancelled after it began,task,
OPEN,Still under way,feature,
EARLY,Never begun,feature,`;
const MOVES = `work_item_code,at,stage_code,team
AGAIN,2026-07-01T00:00:00Z,BUILD,red
AGAIN,2026-09-01T00:00:00Z,DONE,red
AGAIN,2026-10-05T00:00:00Z,BUILD,red
AGAIN,2026-11-01T00:00:00Z,DONE,blue
TWICE,2026-07-01T00:00:00Z,IDEA,red
TWICE,2026-07-11T00:00:00Z,BUILD,
TWICE,2026-07-12T00:00:00Z,TEST,blue
TWICE,2026-07-13T00:00:00Z,DONE,
TWICE,2026-07-14T00:00:00Z,HOLD,red
TWICE,2026-07-21T00:00:00Z,DONE,red
CLOSE,2026-09-20T00:00:00Z,BUILD,
CLOSE,2026-09-30T00:00:00Z,DONE,
CLOSE,2026-10-30T00:00:00Z,CLOSED,
ONCE,2026-10-01T00:00:00Z,BUILD,
ONCE,2026-10-01T00:00:00Z,DONE,
NEVER,2026-07-01T00:00:00Z,BUILD,
NEVER,2026-10-01T00:00:00Z,GONE,
OPEN,2026-07-01T00:00:00Z,BUILD,red
OPEN,2026-09-30T00:00:00Z,HOLD,blue
EARLY,2026-07-01T00:00:00Z,IDEA,`;

describe('work items', () => {
  let api: OwnApi;
  beforeAll(async () => {
    api = await startOwnApi();
    const files = Object.entries({ stages: STAGES, work_items: ITEMS, work_item_transitions: MOVES });
    const reply = await api.as('admin').upload(
      '/imports',
      files.map(([name, content]) => ({ name: `${name}.csv`, content })),
    );
    expect(reply.body.problems).toEqual([]);
  }, 60_000);
  afterAll(() => api.stop());

  const behind = async (id: MetricId, period: string): Promise<Record<string, (string | null)[]>> => {
    const { items } = await recordsBehind(api, id, `period=${period}`);
    return Object.fromEntries(items.map(({ code, cells }) => [code, cells]));
  };
  const value = async (id: MetricId, period: string): Promise<Metric['value']> =>
    (await api.as('cio').get(`/metrics/${id}?period=${period}`)).body.value;

  test('are delivered where the run of done moves that ends their history, as the quarter knew it, began', async () => {
    expect(Object.keys(await behind('flow.throughput', '2026-Q3')).sort()).toEqual(['AGAIN', 'CLOSE', 'TWICE']);
    // AGAIN is delivered anew; CLOSE only moved on within its run; ONCE keeps the order in which its moves were recorded.
    expect(Object.keys(await behind('flow.throughput', '2026-Q4')).sort()).toEqual(['AGAIN', 'ONCE']);
    expect(await value('flow.throughput', '2026-Q3')).toBe(3);
  });

  test('take from their first move to the move that delivered them', async () => {
    const cycles = async (period: string) =>
      Object.entries(await behind('flow.cycle_time', period)).map(([code, cells]) => [code, Number(cells.at(-1))]);
    expect(await cycles('2026-Q3')).toEqual([
      ['TWICE', 20],
      ['AGAIN', 62],
      ['CLOSE', 10],
    ]);
    expect(await cycles('2026-Q4')).toEqual([
      ['ONCE', 0],
      ['AGAIN', 123],
    ]);
    expect(await value('flow.cycle_time', '2026-Q3')).toBe(20);
  });

  test('wait, change hands and go back up to delivery only', async () => {
    expect((await behind('flow.waiting_share', '2026-Q3'))['TWICE']!.slice(2).map(Number)).toEqual([17, 20]);
    // red, (blank), blue, (blank), red: blank teams are skipped.
    expect((await behind('flow.handoffs', '2026-Q3'))['TWICE']!.at(-1)).toBe('2');
    expect((await behind('flow.dependencies', '2026-Q3'))['TWICE']!.at(-1)).toBe('2');
    const reworked = async (period: string) =>
      Object.entries(await behind('quality.rework_share', period)).flatMap(([code, cells]) =>
        cells.at(-1) === '1' ? [code] : [],
      );
    // From Done to On hold is back; from Build to Test of the same position is not; AGAIN went back after its first delivery.
    expect(await reworked('2026-Q3')).toEqual(['TWICE']);
    expect(await reworked('2026-Q4')).toEqual(['AGAIN']);
  });

  test('are in progress once they were active, until they are done or cancelled', async () => {
    expect(Object.keys(await behind('flow.wip', '2026-Q3')).sort()).toEqual(['NEVER', 'OPEN']);
    expect(await value('flow.wip', '2026-Q3')).toBe(2);
    expect(Object.keys(await behind('flow.wip', '2026-Q4'))).toEqual(['OPEN']);
    expect(await value('flow.wip', '2026-Q2')).toBe(0);
  });

  test('that are defects count when they first move', async () => {
    expect(await value('quality.defect_rate', '2026-Q3')).toBe(0);
    expect(await behind('quality.defect_rate', '2026-Q4')).toEqual({ ONCE: ['1', '0'], AGAIN: ['0', '1'] });
  });

  test('give the same sums by stage and by handoff as by item', async () => {
    const items = api.app.nest.get(ItemsService);
    const user = { userId: '', email: '', grants: [{ role: 'cio', portfolioId: null, orgUnitId: null }] };
    const reading = await settle(api.source, user as never, { period: '2026-Q3' }, api.clock.now().toISOString());
    const { manager } = api.source;
    const edges = items.window(reading, 1);
    const clock = edges.at(-1)!;
    const filter = { type: null, team: null };
    const most = { dots: 100, inStage: 100, oldest: 100 };
    const flow = await items.flow(manager, reading, { edges, clock, filter, points: edges, most });
    expect(flow.stages.map(({ code, items: count, days }) => [code, count, days])).toEqual([
      ['IDEA', 1, 10],
      ['BUILD', 3, 73],
      ['TEST', 1, 1],
      ['HOLD', 1, 7],
      ['DONE', 1, 1],
    ]);
    expect(flow.handoffs).toEqual([
      { from: 'blue', to: 'red', count: 1 },
      { from: 'red', to: 'blue', count: 1 },
    ]);
    const part = { ...filter, stage: null, least: null, below: null, over: null, limit: 100, offset: 0 };
    const open = await items.open(manager, reading, { edges, clock }, part, 'in_progress');
    const [first, second] = open.items;
    expect([first, second].map((item) => [item!.code, item!.stageCode, item!.team, item!.days])).toEqual([
      ['NEVER', 'BUILD', null, 92],
      ['OPEN', 'HOLD', 'blue', 92],
    ]);
    expect([second!.stageDays, second!.waitingDays, second!.handoffs]).toEqual([1, 1, 1]);
    expect(flow.oldest).toEqual(open.items);
  });

  const flowOf = async (query: string): Promise<Flow> => (await api.as('cio').get(`/flow?${query}`)).body;
  const codesOf = async (query: string): Promise<string[]> => {
    const { items, total } = (await api.as('cio').get(`/flow/items?${query}`)).body as FlowItems;
    expect(items).toHaveLength(total);
    return items.map(({ code }) => code);
  };

  test('delivered in two quarters count for a team only where that team delivered them', async () => {
    const window = 'period=2026-Q4&window=2';
    // AGAIN: by red in September after 62 days, by blue in November after 123.
    const red = await flowOf(`${window}&team=red`);
    expect(red.finished.dots.map(({ code }) => code)).toEqual(['TWICE', 'AGAIN']);
    expect(red.time.days).toBeCloseTo(62 + 20, 9);
    const blue = await flowOf(`${window}&team=blue`);
    expect(blue.finished).toMatchObject({ count: 1, longest: 123 });
    expect([blue.time.days, blue.handoffs.total]).toEqual([123, 1]);
    expect((await flowOf(window)).finished.dots.filter(({ code }) => code === 'AGAIN')).toHaveLength(2);
  });

  test('are listed by the stage that they stand in or went through, whatever the case of its code, and by their handoffs', async () => {
    const before = 'period=2026-Q3&window=1';
    expect(await codesOf(`${before}&of=finished&stage=hold`)).toEqual(['TWICE']);
    expect(await codesOf(`${before}&of=in_progress&stage=Hold`)).toEqual(['OPEN']);
    expect(await codesOf(`${before}&of=in_progress&stage=IDEA`)).toEqual([]);
    expect(await codesOf(`${before}&of=standing&stage=idea`)).toEqual(['EARLY']);
    expect(await codesOf(`${before}&of=standing`)).toEqual(['EARLY', 'NEVER', 'OPEN']);
    expect(await codesOf(`${before}&of=finished&from=red&to=blue`)).toEqual(['TWICE']);
    expect(await codesOf(`${before}&of=finished&from=blue&to=green`)).toEqual([]);
    expect(await codesOf(`${before}&of=finished&least=20&below=62`)).toEqual(['TWICE']);
    const page = (await api.as('cio').get(`/flow/items?${before}&of=finished&limit=1&cursor=1`)).body as FlowItems;
    expect(page).toMatchObject({ items: [{ code: 'AGAIN' }], total: 3, nextCursor: '2' });
  });

  test('belong to one team on the whole page: who holds them, or delivered them', async () => {
    // Closed by another team after its delivery: it stays the work of the team that delivered it.
    const moves = 'work_item_code,at,stage_code,team\nTWICE,2026-08-01T00:00:00Z,CLOSED,desk\n';
    await api.as('admin').upload('/imports', [{ name: 'work_item_transitions.csv', content: moves }]);
    const whole = await flowOf('period=2026-Q3&window=1');
    expect(whole.teams).toEqual(['blue', 'red']);
    const done = (told: Flow) => told.cumulative.bands.find(({ kind }) => kind === 'done')?.counts.at(-1);
    expect(done(await flowOf('period=2026-Q3&window=1&team=desk'))).toBeUndefined();
    expect(done(await flowOf('period=2026-Q3&window=1&team=red'))).toBe(2);
  });
});
