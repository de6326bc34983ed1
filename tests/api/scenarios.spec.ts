/** Scenarios: whose they are, who sees and changes them, and that no record is ever touched. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DECLARATIONS } from '../../server/contract/records.js';
import { scenario as scenarioSchema, scenarios as scenariosSchema } from '../../server/contract/scenario.js';
import { type Api, emailOf, expectNoChange, expectProblem, type Person, startApi } from '../support/harness.js';
import { smallChain } from '../support/small-chain.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  await smallChain(api);
}, 60_000);
afterAll(() => api.stop());

const STOP = { kind: 'stop', type: 'investment', code: 'I1', from: '2026-08' } as const;
const DELAY = { kind: 'delay', type: 'initiative', code: 'N2', from: '2026-07', months: 2 } as const;
const STAFF = ['admin', 'cio', 'pm-dig', 'pm-core', 'finance'] as const;

const create = async (person: Person, given: object) => {
  const reply = await api.as(person).post('/scenarios', given);
  expect({ status: reply.status, text: reply.status === 201 ? '' : reply.text }).toEqual({ status: 201, text: '' });
  return reply;
};
const at = (version: number) => ({ 'if-match': `"v${version}"` });
/** Digests of all that is a record or counts for one. */
const recordDigests = async (): Promise<Record<string, string>> => {
  const digest = await api.digest();
  const tables = [
    ...DECLARATIONS.map(({ table }) => table),
    'data_versions',
    'benefit_value_revisions',
    'confirmations',
  ];
  return Object.fromEntries(tables.map((table) => [table, digest[table]!]));
};

describe('who may', () => {
  test.each(STAFF)('%s makes, reads, changes and deletes an own one, and no record or figure moves', async (person) => {
    const before = await recordDigests();
    const made = await create(person, { name: ' Ours ', note: 'Why', changes: [STOP, DELAY] });
    const body = scenarioSchema.strict().parse(made.body);
    expect(body).toMatchObject({
      name: 'Ours',
      note: 'Why',
      shared: false,
      isMine: true,
      owner: emailOf(person),
      version: 1,
    });
    expect(made.headers.get('location')).toBe(`/api/v1/scenarios/${body.id}`);
    expect(made.headers.get('etag')).toBe('"v1"');
    const own = api.as(person);
    expect((await own.get(`/scenarios/${body.id}`)).body).toEqual(body);
    const changed = await own.patch(`/scenarios/${body.id}`, { name: 'Theirs', changes: [DELAY] }, at(1));
    expect([changed.status, changed.body.version, changed.body.name, changed.body.note]).toEqual([
      200,
      2,
      'Theirs',
      'Why',
    ]);
    expect(changed.body.changes).toEqual([DELAY]);
    expect((await own.delete(`/scenarios/${body.id}`, at(2))).status).toBe(204);
    expectProblem(await own.get(`/scenarios/${body.id}`), 404, 'not-found');
    expect(await recordDigests()).toEqual(before);
    const { items } = (await api.as('admin').get(`/audit?objectType=scenario&objectId=${body.id}`)).body;
    expect(items.map(({ action, actor }: { action: string; actor: string }) => [action, actor])).toEqual(
      ['archived', 'changed', 'created'].map((action) => [action, emailOf(person)]),
    );
  });

  test('a stakeholder, nobody and who is not signed in', async () => {
    for (const [person, status, type] of [
      ['stakeholder-bu1', 403, 'forbidden'],
      ['nobody', 403, 'forbidden'],
      ['anonymous', 401, 'unauthenticated'],
    ] as const) {
      const who = api.as(person);
      const asked = [
        who.get('/scenarios'),
        who.post('/scenarios', { name: 'x', changes: [] }),
        who.post('/scenarios/effect', { changes: [STOP] }),
        who.get('/trace/scenario.cost?changes=stop:investment:I1:2026-08'),
      ];
      for (const reply of await Promise.all(asked)) expectProblem(reply, status, type);
    }
  });
});

describe('a scenario of somebody else', () => {
  test('does not exist while it is not shared; then it is read and copied, and only its owner changes it', async () => {
    const { id } = (await create('pm-dig', { name: 'Private', changes: [STOP] })).body;
    const other = api.as('pm-core');
    const listed = async () =>
      scenariosSchema
        .strict()
        .parse((await other.get('/scenarios')).body)
        .items.map((item) => item.id);
    const ways = (path: string) => [
      other.get(path),
      other.get(`${path}/effect`),
      other.patch(path, { name: 'Mine now' }, at(1)),
      other.delete(path, at(1)),
    ];
    for (const reply of await Promise.all(ways(`/scenarios/${id}`))) expectProblem(reply, 404, 'not-found');
    expect(await listed()).not.toContain(id);

    expect((await api.as('pm-dig').patch(`/scenarios/${id}`, { shared: true }, at(1))).status).toBe(200);
    expect(await listed()).toContain(id);
    const read = (await other.get(`/scenarios/${id}`)).body;
    expect([read.isMine, read.owner]).toEqual([false, emailOf('pm-dig')]);
    expect((await other.get(`/scenarios/${id}/effect?period=2026-Q2`)).status).toBe(200);
    expectProblem(await other.patch(`/scenarios/${id}`, { name: 'Mine now' }, at(2)), 403, 'forbidden');
    expectProblem(await other.delete(`/scenarios/${id}`, at(2)), 403, 'forbidden');
    const copy = (await create('pm-core', { name: `Copy of ${read.name}`, changes: read.changes })).body;
    expect([copy.isMine, copy.shared, copy.changes]).toEqual([true, false, read.changes]);

    const mine = (await other.get('/scenarios?whose=mine&q=COPY%20of')).body;
    expect(mine.items.map((item: { id: string }) => item.id)).toEqual([copy.id]);
    const others = (await other.get('/scenarios?whose=others')).body;
    expect(others.items.map((item: { id: string }) => item.id)).toEqual([id]);
    expect((await other.get('/scenarios?q=100%25')).body.total).toBe(0);

    await api.as('pm-dig').patch(`/scenarios/${id}`, { shared: false }, at(2));
    expectProblem(await other.get(`/scenarios/${id}`), 404, 'not-found');
  });

  test('lists come in pages, the last changed first', async () => {
    for (const name of ['first', 'second', 'third']) {
      api.clock.advance(1000);
      await create('finance', { name, changes: [] });
    }
    const page = (await api.as('finance').get('/scenarios?whose=mine&limit=2')).body;
    expect([page.items.map(({ name }: { name: string }) => name), page.total]).toEqual([['third', 'second'], 3]);
    const rest = (await api.as('finance').get(`/scenarios?whose=mine&limit=2&cursor=${page.nextCursor}`)).body;
    expect([rest.items.map(({ name }: { name: string }) => name), rest.nextCursor]).toEqual([['first'], null]);
    expectProblem(await api.as('finance').get('/scenarios?cursor=nonsense'), 422, 'validation-failed');
  });
});

describe('versions', () => {
  test('without If-Match, with an old one, and of two at once', async () => {
    const { id } = (await create('cio', { name: 'Twice', changes: [STOP] })).body;
    const own = api.as('cio');
    expectProblem(await own.patch(`/scenarios/${id}`, { name: 'x' }), 428, 'precondition-required');
    const both = await Promise.all(['one', 'two'].map((name) => own.patch(`/scenarios/${id}`, { name }, at(1))));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const lost = both.find(({ status }) => status === 412)!;
    const won = both.find(({ status }) => status === 200)!;
    expectProblem(lost, 412, 'precondition-failed');
    expect(lost.body.current).toEqual(won.body);
    expectProblem(await own.delete(`/scenarios/${id}`, at(1)), 412, 'precondition-failed');
    expect((await own.get(`/scenarios/${id}`)).body.version).toBe(2);
  });

  test('its effect is kept by its version and by that of the data', async () => {
    const { id } = (await create('cio', { name: 'Kept', changes: [STOP] })).body;
    const path = `/scenarios/${id}/effect?period=2026-Q2`;
    const first = await api.as('cio').get(path);
    const etag = first.headers.get('etag')!;
    expect((await api.as('cio').get(path, { 'if-none-match': etag })).status).toBe(304);
    await api.as('cio').patch(`/scenarios/${id}`, { changes: [DELAY] }, at(1));
    const second = await api.as('cio').get(path, { 'if-none-match': etag });
    expect([second.status, second.body.changes[0].change.kind]).toEqual([200, 'delay']);
    await api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
    const third = await api.as('cio').get(path, { 'if-none-match': second.headers.get('etag')! });
    expect(third.status).toBe(200);
  });
});

describe('what is refused', () => {
  const refused: [what: string, changes: unknown][] = [
    ['more than 50 changes', Array.from({ length: 51 }, (_, n) => ({ ...STOP, from: `20${30 + n}-01` }))],
    ['the same twice', [STOP, { ...STOP, code: 'i1' }]],
    ['a capability', [{ ...STOP, type: 'capability', code: 'C1' }]],
    ['no month', [{ kind: 'stop', type: 'investment', code: 'I1' }]],
    ['a month that is none', [{ ...STOP, from: '2026-13' }]],
    ['a delay into the past', [{ ...DELAY, months: -1 }]],
    ['a delay of half a month', [{ ...DELAY, months: 0.5 }]],
    ['a negative percentage', [{ ...STOP, kind: 'funding', percent: '-1' }]],
    ['a percentage as a number', [{ ...STOP, kind: 'funding', percent: 50 }]],
    ['an unknown property', [{ ...STOP, months: 3 }]],
    ['no list', 'stop'],
  ];
  test.each(refused)('%s', async (_what, changes) => {
    await expectNoChange(api, async () => {
      expectProblem(await api.as('cio').post('/scenarios', { name: 'x', changes }), 422, 'validation-failed');
      expectProblem(await api.as('cio').post('/scenarios/effect', { changes }), 422, 'validation-failed');
    });
  });

  test('a scenario without a name, and one of records that are not there', async () => {
    await expectNoChange(api, async () => {
      expectProblem(await api.as('cio').post('/scenarios', { name: ' ', changes: [] }), 422, 'validation-failed');
      const reply = await api.as('cio').post('/scenarios', { name: 'x', changes: [STOP, { ...STOP, code: 'I99' }] });
      expectProblem(reply, 422, 'validation-failed');
      expect(reply.body.errors[0].pointer).toBe('/changes/1/code');
    });
  });

  test('nothing is stored by asking', async () => {
    await expectNoChange(api, async () => {
      expect((await api.as('pm-dig').post('/scenarios/effect', { changes: [STOP, DELAY] })).status).toBe(200);
      expectProblem(await api.as('cio').get('/scenarios/not-an-id'), 404, 'not-found');
      expectProblem(await api.as('cio').get('/trace/scenario.cost'), 422, 'validation-failed');
      for (const changes of [
        'stop',
        'stop:investment:I1:2026-13',
        'stop:investment:I1:2026-08::',
        'stop:benefit:B1:2026-08',
      ])
        expectProblem(await api.as('cio').get(`/trace/scenario.cost?changes=${changes}`), 422, 'validation-failed');
    });
  });

  test('a record that is archived since is said, and is in nobody’s way', async () => {
    await api.sql(`insert into investments (code, name) values ('I9', 'To be archived')`);
    const gone = { ...STOP, code: 'I9' };
    const { id } = (await create('cio', { name: 'Lasting', changes: [STOP, gone] })).body;
    await api.sql(`update investments set archived_at = now(), version = version + 1 where code = 'I9'`);
    await api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
    const effect = (await api.as('cio').get(`/scenarios/${id}/effect?period=2026-Q2`)).body;
    expect(effect.changes.map(({ name }: { name: string | null }) => name)).toEqual(['Name of I1', null]);
    expect(effect.notes).toContain(
      'There is no investment I9: it was archived, or never was. This change does nothing.',
    );
    const renamed = await api.as('cio').patch(`/scenarios/${id}`, { name: 'Still', changes: [gone, DELAY] }, at(1));
    expect([renamed.status, renamed.body.changes]).toEqual([200, [gone, DELAY]]);
  });
});
