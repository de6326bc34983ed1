import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectNoChange, expectProblem, startApi, type Api, type Person, type Reply } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  const files = {
    stages: 'code,name,position,kind\nREADY,Ready,1,waiting\nBUILD,In build,2,active\nDONE,Done,3,done\n',
    initiatives: 'code,name,portfolio_code\nINI-D,Claims,DIG\nINI-C,Ledger,CORE\n',
  };
  const reply = await api.as('admin').upload(
    '/imports',
    Object.entries(files).map(([table, content]) => ({ name: `${table}.csv`, content })),
  );
  expect(reply.status).toBe(201);
});
afterAll(() => api.stop());

const send = (items: readonly object[], person: Person = 'admin', key?: string): Promise<Reply> =>
  api.as(person).post('/work-items/events', { items }, key === undefined ? {} : { 'idempotency-key': key });
const event = (workItem: string, at: string, stage: string, more: object = {}) => ({
  workItem,
  at: `2026-09-${at}Z`,
  stage,
  ...more,
});
const movesOf = (code: string) =>
  api.sql<{ at: string; stage: string; team: string | null }>(
    `select t.at, s.code as stage, t.team from work_item_transitions t
       join work_items w on w.id = t.work_item_id join stages s on s.id = t.stage_id
     where w.code = $1 and t.archived_at is null order by t.at, t.recorded_seq`,
    [code],
  );
const headOf = async (): Promise<number> =>
  Number((await api.sql<{ seq: string }>('select seq from audit_head'))[0]!.seq);

describe('Events of work items', () => {
  it('create an item that is not known and append its moves, in one transaction with one event of the audit trail', async () => {
    const before = await headOf();
    const reply = await send([
      event('WI-1', '01T08:00:00', 'ready', { title: 'Pre-fill the form', type: 'feature', initiative: 'ini-d' }),
      event('wi-1', '02T08:00:00', 'BUILD', { team: 'red', eventId: 'jira-88', title: 'Another title' }),
      event('WI-2', '02T09:00:00', 'BUILD'),
    ]);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      created: 2,
      recorded: 3,
      unchanged: 0,
      items: ['WI-1', 'wi-1', 'WI-2'].map((workItem) => ({ workItem, result: 'recorded' })),
    });
    expect((await api.as('cio').get('/work-items/WI-1')).body).toMatchObject({
      title: 'Pre-fill the form',
      type: 'feature',
      initiativeCode: 'INI-D',
    });
    expect(await movesOf('WI-1')).toEqual([
      { at: '2026-09-01T08:00:00.000Z', stage: 'READY', team: null },
      { at: '2026-09-02T08:00:00.000Z', stage: 'BUILD', team: 'red' },
    ]);
    expect(await headOf()).toBe(before + 1);
    const [told] = (await api.as('cio').get('/audit?limit=1')).body.items;
    expect(told).toMatchObject({ action: 'moved', objectType: 'work_item', after: { created: 2, recorded: 3 } });
    expect(told.after.moves[1]).toMatchObject({ workItem: 'wi-1', stage: 'BUILD', team: 'red', eventId: 'jira-88' });
  });

  it('give an item that belongs to nothing its initiative, once', async () => {
    await send([event('WI-BARE', '01T08:00:00', 'READY')]);
    const item = async () => (await api.as('cio').get('/work-items/WI-BARE')).body;
    expect(await item()).toMatchObject({ initiativeCode: null, version: 1 });
    // Nobody takes what lies in no portfolio of theirs.
    expectProblem(
      await send([event('WI-BARE', '02T08:00:00', 'BUILD', { initiative: 'INI-D' })], 'pm-dig'),
      403,
      'forbidden',
    );
    const before = await headOf();
    // A move that is known already may still say it.
    expect((await send([event('WI-BARE', '01T08:00:00', 'READY', { initiative: 'ini-d' })])).body).toMatchObject({
      recorded: 0,
      unchanged: 1,
    });
    expect(await item()).toMatchObject({ initiativeCode: 'INI-D', version: 2 });
    expect(await headOf()).toBe(before + 1);
    await send([event('WI-BARE', '03T08:00:00', 'DONE', { initiative: 'INI-C' })]);
    expect(await item()).toMatchObject({ initiativeCode: 'INI-D', version: 2 });
  });

  it('are refused more than a day ahead, and those of a clock that is a little fast are taken', async () => {
    const now = api.clock.now().getTime();
    const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
    const ahead = (hours: number) => ({ workItem: 'WI-AHEAD', stage: 'DONE', at: at(hours) });
    const reply = await expectNoChange(api, () => send([ahead(0), ahead(25)]));
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors).toMatchObject([{ pointer: '/items/1/at', code: 'value.ahead' }]);
    expect((await send([ahead(23)])).body).toMatchObject({ created: 1, recorded: 1 });
    // The register asks the same of a move that is written there.
    const move = (hours: number) => ({ workItemCode: 'WI-AHEAD', stageCode: 'BUILD', at: at(hours) });
    const refused = await expectNoChange(api, () => api.as('admin').post('/work-item-transitions', move(25)));
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ pointer: '/at', code: 'value.ahead' }]]);
    expect((await api.as('admin').post('/work-item-transitions', move(22))).status).toBe(201);
  });

  it('and moves of the register are refused before 1990, with the word that the unit of time is wrong', async () => {
    const unit = expect.stringContaining('Look at the unit of time');
    for (const at of ['1970-01-21T15:30:00Z', '0001-01-01T00:00:00Z']) {
      const told = await expectNoChange(api, () => send([{ workItem: 'WI-OLD', stage: 'DONE', at }]));
      expectProblem(told, 422, 'validation-failed');
      expect(told.body.errors).toMatchObject([{ pointer: '/items/0/at', message: unit }]);
      const move = { workItemCode: 'WI-1', stageCode: 'DONE', at };
      const registered = await expectNoChange(api, () => api.as('admin').post('/work-item-transitions', move));
      expect([registered.status, registered.body.errors]).toMatchObject([422, [{ pointer: '/at', message: unit }]]);
    }
  });

  it('change nothing when the same move is told again, with or without its key, even by another team', async () => {
    const body = [event('WI-3', '03T08:00:00', 'READY'), event('WI-3', '03T08:00:00', 'ready')];
    const first = await send(body, 'admin', 'delivery-1');
    expect(first.body).toMatchObject({ created: 1, recorded: 1, unchanged: 1 });
    const replayed = await expectNoChange(api, () => send(body, 'admin', 'delivery-1'));
    expect(replayed.headers.get('idempotency-replayed')).toBe('true');
    expect(replayed.text).toBe(first.text);
    const again = await expectNoChange(api, () =>
      send([event('WI-3', '03T08:00:00', 'READY', { team: 'blue', title: 'New' })], 'admin', 'delivery-2'),
    );
    expect(again.body).toMatchObject({ created: 0, recorded: 0, unchanged: 1 });
    // What it says beside the move is not taken, and that is said.
    expect(again.body.items).toEqual([{ workItem: 'WI-3', result: 'unchanged', notTaken: ['team'] }]);
    const blocked = [
      event('WI-3', '03T08:00:00', 'READY', { blockedReason: 'Waits' }),
      event('WI-3', '03T08:00:00', 'READY'),
    ];
    const told = await expectNoChange(api, () => send(blocked));
    expect(told.body.items.map(({ notTaken }: { notTaken?: string[] }) => notTaken)).toEqual([
      ['blockedReason'],
      undefined,
    ]);
    expectProblem(
      await send([event('WI-3', '04T08:00:00', 'BUILD')], 'admin', 'delivery-1'),
      422,
      'idempotency-key-reused',
    );
  });

  it('name each stage and initiative that is not there, and then store nothing', async () => {
    const reply = await expectNoChange(api, () =>
      send([
        event('WI-9', '01T08:00:00', 'READY'),
        event('WI-9', '02T08:00:00', 'REVIEW'),
        event('WI-9', '03T08:00:00', 'DONE', { initiative: 'INI-X' }),
      ]),
    );
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors).toEqual([
      {
        pointer: '/items/1/stage',
        code: 'reference.unknown',
        message: 'There is no stage with the code REVIEW. Add it to the stages, or send the code of one that is there.',
      },
      expect.objectContaining({ pointer: '/items/2/initiative', code: 'reference.unknown' }),
    ]);
    for (const wrong of [{ items: [] }, {}, { items: [{ workItem: 'WI-9', stage: 'READY', at: '2026-09-01' }] }])
      expectProblem(
        await expectNoChange(api, () => api.as('admin').post('/work-items/events', wrong)),
        422,
        'validation-failed',
      );
  });

  it('are written by portfolio managers in their own portfolios only, by stakeholders and finance nowhere', async () => {
    const own = event('WI-D', '05T08:00:00', 'READY', { initiative: 'INI-D' });
    expect((await send([own], 'pm-dig')).body).toMatchObject({ created: 1, recorded: 1 });
    const foreign = event('WI-D', '06T08:00:00', 'BUILD');
    for (const body of [
      [foreign],
      [event('WI-C', '06T08:00:00', 'READY', { initiative: 'INI-D' })],
      [event('WI-N', '06T08:00:00', 'READY')],
      [event('WI-E', '06T08:00:00', 'READY', { initiative: 'INI-C' }), foreign],
    ])
      expectProblem(await expectNoChange(api, () => send(body, 'pm-core')), 403, 'forbidden');
    for (const person of ['finance', 'cio', 'stakeholder-bu1', 'nobody'] as const)
      expectProblem(await expectNoChange(api, () => send([foreign], person)), 403, 'forbidden');
    expectProblem(await send([foreign], 'anonymous'), 401, 'unauthenticated');
  });

  it('are taken with an API token, with the rights of its maker', async () => {
    const made = await api.as('pm-dig').post('/tokens', { name: 'Jira', expiresAt: '2027-01-01T00:00:00Z' });
    const hook = api.client({ authorization: `Bearer ${made.body.token}` });
    const move = { items: [event('WI-D', '07T08:00:00', 'BUILD', { team: 'green' })] };
    expect((await hook.post('/work-items/events', move)).body).toMatchObject({ recorded: 1 });
    expectProblem(
      await hook.post('/work-items/events', { items: [event('WI-2', '07T08:00:00', 'DONE')] }),
      403,
      'forbidden',
    );
  });

  it('refuse an item in the archive, and bring back a move that an undone import had brought', async () => {
    await send([event('WI-A', '01T08:00:00', 'READY')]);
    await api.sql(`update work_item_transitions set archived_at = now(), version = version + 1
      where work_item_id = (select id from work_items where code = 'WI-A')`);
    expect((await send([event('WI-A', '01T08:00:00', 'READY', { team: 'red' })])).body).toMatchObject({ recorded: 1 });
    expect(await movesOf('WI-A')).toMatchObject([{ stage: 'READY', team: 'red' }]);
    await api.sql(`update work_items set archived_at = now(), version = version + 1 where code = 'WI-A'`);
    expectProblem(await send([event('wi-a', '02T08:00:00', 'BUILD')]), 409, 'duplicate');
  });

  it('make of 40 deliveries at once, in whatever order, one item with each move once', async () => {
    const moves = [event('WI-R', '01T08:00:00', 'READY'), event('WI-R', '02T08:00:00', 'BUILD')];
    const others = [event('WI-S', '01T08:00:00', 'READY'), event('WI-T', '01T08:00:00', 'READY')];
    const before = await headOf();
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_one, place) => {
        const items = place % 2 === 0 ? [...moves, ...others] : [...others].reverse().concat([...moves].reverse());
        return send(items);
      }),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200));
    const sum = (field: string): number => replies.reduce((total, { body }) => total + body[field], 0);
    expect([sum('created'), sum('recorded')]).toEqual([3, 4]);
    expect((await movesOf('WI-R')).map(({ stage }) => stage)).toEqual(['READY', 'BUILD']);
    expect(await headOf()).toBe(before + replies.filter(({ body }) => body.recorded > 0).length);
  });
});
