import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { flow, flowItems, itemMoves, stagesInUse, type Flow, type FlowItem } from '../../server/contract/flow.js';
import type { Metric } from '../../server/contract/metric.js';
import { startWith } from '../support/bundles.js';
import { expectProblem, startApi, type Api, type Person } from '../support/harness.js';

/** 2,769 incidents of a service desk in three quarters. */
let api: Api;
beforeAll(async () => {
  api = await startWith('servicenow-incidents', 'USD', 1);
}, 120_000);
afterAll(() => api.stop());

const flowOf = async (query: string): Promise<Flow> => {
  const reply = await api.as('admin').get(`/flow?${query}`);
  expect({ status: reply.status, text: reply.status === 200 ? '' : reply.text }).toEqual({ status: 200, text: '' });
  return flow.strict().parse(reply.body);
};
const listOf = async (query: string): Promise<{ items: FlowItem[]; total: number }> => {
  const items: FlowItem[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor === null ? '' : `&cursor=${cursor}`;
    const reply = await api.as('admin').get(`/flow/items?limit=500&${query}${more}`);
    const page = flowItems.strict().parse(reply.body);
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) expect(items).toHaveLength(page.total);
  } while (cursor !== null);
  return { items, total: items.length };
};
const metricOf = async (id: string, period: string): Promise<Metric> =>
  (await api.as('admin').get(`/metrics/${id}?period=${period}`)).body as Metric;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe('The flow of one quarter', () => {
  it('tells what its metrics tell', async () => {
    const told = await flowOf('period=2016-Q1&window=1');
    const [cycle, waiting, handoffs, wip, throughput] = await Promise.all(
      ['cycle_time', 'waiting_share', 'handoffs', 'wip', 'throughput'].map((id) => metricOf(`flow.${id}`, '2016-Q1')),
    );
    expect(told.finished.count).toBe(throughput!.value);
    expect(told.finished.dots).toHaveLength(856);
    expect(told.finished.percentiles!.p50).toBeCloseTo(cycle!.value as number, 6);
    expect(told.finished.percentiles!.p85).toBeCloseTo(cycle!.detail['p85'] as number, 6);
    expect(told.time.waitingDays / told.time.days).toBeCloseTo(waiting!.value as number, 6);
    expect(sum(told.time.stages.map(({ share }) => share))).toBeCloseTo(1, 9);
    expect(told.handoffs.total / told.finished.count).toBeCloseTo(handoffs!.value as number, 6);
    expect(sum(told.handoffs.pairs.map(({ count }) => count))).toBe(told.handoffs.total);
    expect(sum(told.handoffs.distribution.map(({ items }) => items))).toBe(told.finished.count);
    expect(told.ageing.count).toBe(wip!.value);
    expect(sum(told.ageing.stages.map(({ count }) => count))).toBe(told.ageing.count);
    expect(told.oldest[0]!.days).toBe(Math.max(...told.oldest.map(({ days }) => days)));
  });

  it('counts in boxes where there are more than 1,500 items, and lists them all the same', async () => {
    const told = await flowOf('period=2016-Q2&window=1');
    expect(told.finished.count).toBe(1843);
    expect(told.finished.dots).toEqual([]);
    expect(sum(told.finished.boxes.map(({ count }) => count))).toBe(1843);
    expect(told.finished.boxes.length).toBeLessThan(420);
    const { p85 } = told.finished.percentiles!;
    const slow = await listOf(`period=2016-Q2&window=1&of=finished&least=${p85}`);
    expect(slow.total).toBe(277);
    const all = await listOf('period=2016-Q2&window=1&of=finished');
    expect(all.total).toBe(1843);
    expect(all.items[0]!.deliveredAt! >= all.items.at(-1)!.deliveredAt!).toBe(true);
  });

  it('stacks the stages of the window, the last point being what is in progress and waiting then', async () => {
    const told = await flowOf('period=2016-Q2&window=2');
    const { bands, days } = told.cumulative;
    expect(bands.length).toBeLessThanOrEqual(6);
    expect(bands[0]).toMatchObject({ name: 'Done', kind: 'done' });
    expect(days[0]).toBe('2016-01-01');
    for (const { counts } of bands) expect(counts).toHaveLength(days.length);
    const [open] = await api.sql<{ n: number }>(
      `select count(*)::int as n from (select distinct on (t.work_item_id) s.kind from work_item_transitions t join stages s on s.id = t.stage_id
         where t.at < '2016-07-01Z' order by t.work_item_id, t.at desc, t.recorded_seq desc) last where kind <> 'done'`,
    );
    expect(sum(bands.slice(1).map(({ counts }) => counts.at(-1)!))).toBe(open!.n);
  });

  it('is narrowed by team and kind of work, in every panel', async () => {
    const whole = await flowOf('period=2016-Q1&window=1');
    const team = 'Group 70';
    const told = await flowOf(`period=2016-Q1&window=1&team=${encodeURIComponent(team)}`);
    expect(told.teams).toEqual(whole.teams);
    expect(told.finished.count).toBeGreaterThan(10);
    expect(told.finished.count).toBeLessThan(whole.finished.count);
    const listed = await listOf(`period=2016-Q1&window=1&of=finished&team=${encodeURIComponent(team)}`);
    expect(listed.total).toBe(told.finished.count);
    expect(told.time.days).toBeCloseTo(sum(listed.items.map(({ days }) => days)), 6);
    expect(told.time.waitingDays).toBeCloseTo(sum(listed.items.map(({ waitingDays }) => waitingDays)), 6);
    expect(told.handoffs.total).toBe(sum(listed.items.map(({ handoffs }) => handoffs)));
    const none = await flowOf('period=2016-Q1&window=1&type=feature');
    expect(none.finished).toEqual({ count: 0, percentiles: null, longest: null, dots: [], boxes: [] });
    expect(none.ageing).toEqual({ count: 0, olderThan85: null, olderThan95: null, stages: [] });
    expect([none.cumulative.bands, none.time.stages, none.handoffs.pairs, none.oldest]).toEqual([[], [], [], []]);
  });

  it('leads to the log of each item', async () => {
    const { items } = itemMoves.strict().parse((await api.as('admin').get('/work-items/INC0000045/moves')).body);
    expect(items[0]).toEqual({
      ...{ id: expect.any(String), version: 1 },
      ...{ at: '2016-02-29T01:16:00.000Z', stage: 'NEW', stageName: 'New', kind: 'waiting', team: null },
      days: expect.closeTo(7 / 1440, 9),
    });
    expect(items.at(-1)!.days).toBeNull();
    expectProblem(await api.as('admin').get('/work-items/INC-NONE/moves'), 404, 'not-found');
  });
});

describe('Flow in a scope', () => {
  let small: Api;
  beforeAll(async () => {
    small = await startApi();
    const moves = Array.from({ length: 10 }, (_one, at) => [
      `W${at},2026-10-01T00:00:00Z,BUILD,red`,
      `W${at},2026-10-${String(at + 2).padStart(2, '0')}T00:00:00Z,DONE,blue`,
    ]).flat();
    const files = {
      stages: 'code,name,position,kind\nBUILD,Build,1,active\nDONE,Done,2,done\n',
      initiatives: 'code,name,portfolio_code,org_unit_code\nINI-D,Claims,DIG,BU1\nINI-C,Ledger,CORE,BU2\n',
      work_items: `code,title,type,initiative_code\n${Array.from({ length: 10 }, (_one, at) => `W${at},Item ${at},feature,INI-${at === 9 ? 'C' : 'D'}`).join('\n')}\nOPEN,Open one,defect,INI-D\nAHEAD,Not begun,task,INI-D\n`,
      work_item_transitions: `work_item_code,at,stage_code,team\n${moves.join('\n')}\nOPEN,2026-11-01T12:00:00Z,BUILD,red\nAHEAD,2026-12-01T12:00:00Z,BUILD,red\n`,
    };
    const reply = await small.as('admin').upload(
      '/imports',
      Object.entries(files).map(([table, content]) => ({ name: `${table}.csv`, content })),
    );
    expect(reply.status).toBe(201);
  });
  afterAll(() => small.stop());

  it('holds the work of its initiatives only, and tells percentiles from ten finished items on', async () => {
    const of = async (query: string): Promise<Flow> => flow.parse((await small.as('cio').get(`/flow?${query}`)).body);
    const whole = await of('period=2026-Q4');
    expect(whole.finished).toMatchObject({ count: 10, percentiles: { p50: 5.5 }, longest: 10 });
    expect(whole.window).toBe('4');
    const portfolio = await of('period=2026-Q4&portfolio=DIG');
    expect(portfolio.finished).toMatchObject({ count: 9, percentiles: null });
    expect((await of('period=2026-Q4&orgUnit=BU2')).finished.count).toBe(1);
    expect((await of('period=2026-Q4&type=defect')).ageing.count).toBe(1);
  });

  it('counts a move that is recorded ahead as the metrics do, with ages by the end of today', async () => {
    const whole = flow.parse((await small.as('cio').get('/flow?period=2026-Q4&window=1')).body);
    expect([whole.asOf, whole.holdsAhead]).toEqual(['2026-11-22T00:00:00.000Z', true]);
    expect((await flow.parseAsync((await small.as('cio').get('/flow?period=2026-Q3')).body)).holdsAhead).toBe(false);
    expect(whole.oldest).toMatchObject([
      { code: 'OPEN', days: 20.5, stage: 'Build', initiative: 'INI-D' },
      { code: 'AHEAD', days: 0, stageDays: 0, movedAt: '2026-12-01T12:00:00.000Z' },
    ]);
    const [wip, list, records] = await Promise.all(
      ['/metrics/flow.wip?', '/flow/items?of=in_progress&', '/metrics/flow.wip/records?'].map(
        async (path) => (await small.as('cio').get(`${path}period=2026-Q4`)).body,
      ),
    );
    expect([whole.ageing.count, whole.cumulative.openLast, wip.value, list.total, records.total]).toEqual([
      2, 2, 2, 2, 2,
    ]);
    // The records tell the same ages.
    expect(records.items.map(({ code, cells }: { code: string; cells: string[] }) => [code, cells.at(-1)])).toEqual([
      ['OPEN', '20.500000000000'],
      ['AHEAD', '0.000000000000'],
    ]);
  });

  it('places what moves after the quarter under way where it stands before that', async () => {
    const content = 'work_item_code,at,stage_code\nOPEN,2027-02-01T12:00:00Z,DONE\n';
    const imported = await small.as('admin').upload('/imports', [{ name: 'work_item_transitions.csv', content }]);
    const stages = stagesInUse.parse((await small.as('cio').get('/flow/stages')).body).items;
    const standing = flowItems.parse((await small.as('cio').get('/flow/items?period=2026-Q4&of=standing')).body);
    expect([stages.find(({ code }) => code === 'BUILD')!.standing, standing.total]).toEqual([2, 2]);
    expect((await small.as('admin').post(`/imports/${imported.body.id}/revert`, {})).status).toBe(200);
  });

  it('lists as many items older than a percentile as it tells, also where some are just as old', async () => {
    const of = async (query: string) =>
      flowItems.parse((await small.as('cio').get(`/flow/items?period=2026-Q4&of=in_progress&${query}`)).body).total;
    expect([await of('over=20.5'), await of('least=20.5'), await of('over=20.4')]).toEqual([0, 1, 1]);
  });

  it('tells delivered work of the quarter under way as the metrics do', async () => {
    const content = 'work_item_code,at,stage_code\nAHEAD,2026-12-20T12:00:00Z,DONE\n';
    const imported = await small.as('admin').upload('/imports', [{ name: 'work_item_transitions.csv', content }]);
    expect(imported.status).toBe(201);
    const whole = flow.parse((await small.as('cio').get('/flow?period=2026-Q4&window=1')).body);
    const { value } = (await small.as('cio').get('/metrics/flow.throughput?period=2026-Q4')).body;
    expect([whole.finished.count, whole.ageing.count, value]).toEqual([11, 1, 11]);
    expect((await small.as('admin').post(`/imports/${imported.body.id}/revert`, {})).status).toBe(200);
  });

  it('tells why an old item is blocked, as its record, an import or an event says', async () => {
    const oldest = async () =>
      flow.parse((await small.as('cio').get('/flow?period=2026-Q4')).body).oldest.filter(({ code }) => code === 'OPEN');
    expect(await oldest()).toMatchObject([{ code: 'OPEN', blockedReason: null, blockedSince: null }]);
    const content = 'code,blocked_reason,blocked_since\nOPEN,Waits for the contract,2026-11-05T09:00:00Z\n';
    expect((await small.as('admin').upload('/imports', [{ name: 'work_items.csv', content }])).status).toBe(201);
    expect(await oldest()).toMatchObject([
      { code: 'OPEN', blockedReason: 'Waits for the contract', blockedSince: '2026-11-05T09:00:00.000Z' },
    ]);
    const tell = async (at: string, blockedReason: string | null): Promise<unknown> => {
      const item = { workItem: 'OPEN', stage: 'BUILD', team: 'red', at, blockedReason };
      return (await small.as('admin').post('/work-items/events', { items: [item] })).body.recorded;
    };
    expect(await tell('2026-11-10T12:00:00Z', 'No test data')).toBe(1);
    expect(await oldest()).toMatchObject([{ blockedReason: 'No test data', blockedSince: '2026-11-10T12:00:00.000Z' }]);
    // Told again, and told late: what was said of a later move stands.
    expect(await tell('2026-11-10T12:00:00Z', 'Something else')).toBe(0);
    expect(await tell('2026-11-09T12:00:00Z', null)).toBe(1);
    expect(await oldest()).toMatchObject([{ blockedReason: 'No test data' }]);
    expect(await tell('2026-11-11T12:00:00Z', null)).toBe(1);
    expect(await oldest()).toMatchObject([{ code: 'OPEN', blockedReason: null, blockedSince: null }]);
  });

  it('lists the stages with what stands in them, which administrators change under their version', async () => {
    const stages = async () => stagesInUse.parse((await small.as('cio').get('/flow/stages')).body).items;
    const [build, done] = await stages();
    expect([build, done]).toMatchObject([
      { code: 'BUILD', name: 'Build', kind: 'active', position: 1, standing: 2 },
      { code: 'DONE', kind: 'done', position: 2, standing: 10, moves: 10 },
    ]);
    const { headers } = await small.as('cio').get('/flow/stages');
    const again = await small.as('cio').get('/flow/stages', { 'if-none-match': headers.get('etag')! });
    expect(again.status).toBe(304);
    const change = (person: Person, version: number) =>
      small
        .as(person)
        .patch(`/stages/${build!.id}`, { name: 'In build', position: 3 }, { 'if-match': `"v${version}"` });
    expectProblem(await change('pm-dig', build!.version), 403, 'forbidden');
    expectProblem(await change('admin', build!.version + 7), 412, 'precondition-failed');
    expect((await change('admin', build!.version)).status).toBe(200);
    expect((await stages()).map(({ code, name }) => [code, name])).toEqual([
      ['DONE', 'Done'],
      ['BUILD', 'In build'],
    ]);
    const [told] = (await small.as('cio').get('/audit?limit=1')).body.items;
    expect(told).toMatchObject({ action: 'changed', objectType: 'stage' });
  });

  it('a move that was logged by mistake is taken back, and counts no more', async () => {
    const moves = async () =>
      itemMoves.strict().parse((await small.as('admin').get('/work-items/W1/moves')).body).items;
    const before = await moves();
    const { id, version } = before.at(-1)!;
    const path = `/work-item-transitions/${id}`;
    expectProblem(await small.as('pm-core').delete(path, { 'If-Match': `"v${version}"` }), 403, 'forbidden');
    expectProblem(
      await small.as('admin').delete(path, { 'If-Match': `"v${version + 1}"` }),
      412,
      'precondition-failed',
    );
    expect((await small.as('pm-dig').delete(path, { 'If-Match': `"v${version}"` })).status).toBe(204);
    const after = await moves();
    expect(after.map((move) => move.id)).toEqual(before.slice(0, -1).map((move) => move.id));
    expect(after.at(-1)!.days).toBeNull();
  });

  it('is read by staff, and not by stakeholders', async () => {
    for (const path of ['/flow', '/flow/items?of=finished', '/work-items/W1/moves', '/flow/stages']) {
      for (const person of ['finance', 'pm-core', 'cio'] as const)
        expect((await small.as(person).get(path)).status).toBe(200);
      expectProblem(await small.as('stakeholder-bu1').get(path), 403, 'forbidden');
      expectProblem(await small.as('anonymous').get(path), 401, 'unauthenticated');
    }
    expectProblem(await small.as('cio').get('/flow?portfolio=NONE'), 404, 'not-found');
    for (const wrong of ['window=3', 'type=story', 'colour=red'])
      expectProblem(await small.as('cio').get(`/flow?${wrong}`), 422, 'validation-failed');
  });
});
