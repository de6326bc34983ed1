/** The search over the chain: its order, its words, and what a reader may not see. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { searchResult, type SearchResult } from '../../server/contract/search.js';
import { type Api, expectProblem, type Person, startApi } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  const add = (table: string, rows: readonly (readonly [string, string, string?])[]): Promise<unknown[]> =>
    Promise.all(
      rows.map(([code, name, unit]) =>
        api.sql(
          `insert into ${table} (code, name, org_unit_id) select $1, $2, (select id from org_units where code = $3)`,
          [code, name, unit ?? null],
        ),
      ),
    );
  await add('investments', [
    ['CLAIM', 'Anything'],
    ['CLAIM-2', 'Anything else'],
    ['X-1', 'Claims platform'],
    ['X-2', 'New claims desk'],
    ['X-3', 'All reclaimed land'],
    ['GONE', 'Claims of the past'],
  ]);
  await add('initiatives', [
    ['N-1', '100% digital_first'],
    ['N-2', '100 digital first'],
    ['N-3', 'Path C:\\claims'],
    ['N-4', 'Straße (Zürich) [pilot] +1'],
  ]);
  await add('outcomes', [
    ['O-1', 'Shorter waiting', 'BU1'],
    ['O-2', 'Shorter queues', 'BU2'],
    ['O-3', 'Shorter calls'],
  ]);
  await add('benefits', [
    ['B-1', 'Less waiting cost', 'BU1'],
    ['B-2', 'Waiting room sold', 'BU2'],
  ]);
  await api.sql(
    `insert into org_units (code, name, parent_id) select 'BU1-A', 'Below', id from org_units where code = 'BU1'`,
  );
  await add('benefits', [['B-3', 'Waiting below', 'BU1-A']]);
  await api.sql(`update investments set archived_at = now(), version = version + 1 where code = 'GONE'`);
}, 60_000);
afterAll(() => api.stop());

const find = async (q: string, person: Person = 'cio', limit = ''): Promise<SearchResult> => {
  const reply = await api.as(person).get(`/search?q=${encodeURIComponent(q)}${limit}`);
  expect(reply.status).toBe(200);
  return searchResult.strict().parse(reply.body);
};
const codes = async (q: string, person: Person = 'cio'): Promise<string[]> =>
  (await find(q, person)).items.map((item) => item.code);

test('the code itself comes first, then codes, names and words that begin so, then what holds it; archived records are not there', async () => {
  expect(await codes('claim')).toEqual(['CLAIM', 'CLAIM-2', 'X-1', 'X-2', 'N-3', 'X-3']);
  expect(await codes('CLAIMS')).toEqual(['X-1', 'X-2', 'N-3']);
  expect(await find('x-2')).toEqual({
    items: [{ type: 'investment', code: 'X-2', name: 'New claims desk' }],
    total: 1,
  });
});

test('every word must be there, in code or name, in any order', async () => {
  expect(await codes('desk new')).toEqual(['X-2']);
  expect(await codes('  claims   desk ')).toEqual(['X-2']);
  expect(await codes('b-2 room')).toEqual(['B-2']);
  expect(await codes('desk platform')).toEqual([]);
});

test('characters that mean something to a pattern mean themselves', async () => {
  expect(await codes('%')).toEqual(['N-1']);
  expect(await codes('100%')).toEqual(['N-1']);
  expect(await codes('_')).toEqual(['N-1']);
  expect(await codes('digital_first')).toEqual(['N-1']);
  expect(await codes('\\')).toEqual(['N-3']);
  expect(await codes('c:\\cl')).toEqual(['N-3']);
  expect(await codes('[pilot]')).toEqual(['N-4']);
  expect(await codes('(zürich) [')).toEqual(['N-4']);
  expect(await codes('+1')).toEqual(['N-4']);
  expect(await codes('.*')).toEqual([]);
  expect(await codes("'; drop table users; --")).toEqual([]);
});

test('limit cuts the list and not the total', async () => {
  const found = await find('claim', 'cio', '&limit=2');
  expect([found.items.map((item) => item.code), found.total]).toEqual([['CLAIM', 'CLAIM-2'], 6]);
});

test('a stakeholder finds outcomes and benefits of own units and all below them, and nothing else', async () => {
  expect(await codes('waiting')).toEqual(['B-2', 'B-3', 'flow.waiting_share', 'O-1', 'B-1']);
  expect(await codes('waiting', 'stakeholder-bu1')).toEqual(['B-3', 'O-1', 'B-1']);
  expect(await codes('waiting', 'stakeholder-bu2')).toEqual(['B-2']);
  expect(await codes('shorter', 'stakeholder-bu2')).toEqual(['O-2']);
  expect(await find('claim', 'stakeholder-bu1')).toEqual({ items: [], total: 0 });
});

test('metrics are found by name and by id, decisions by their question, services by name; a stakeholder finds metrics that stakeholders read', async () => {
  await api.sql(`insert into decisions (code, title) values ('DEC-9', 'Do we buy or build it?')`);
  await api.sql(`insert into services (code, name) values ('SVC-9', 'Paying out')`);
  expect(await find('buy build')).toEqual({
    items: [{ type: 'decision', code: 'DEC-9', name: 'Do we buy or build it?' }],
    total: 1,
  });
  expect(await codes('paying')).toEqual(['SVC-9']);
  expect(await codes('flow.cycle_time')).toEqual(['flow.cycle_time']);
  expect(await codes('cycle')).toEqual(['flow.cycle_time']);
  expect(await codes('cycle', 'stakeholder-bu1')).toEqual([]);
  expect(await codes('availability', 'stakeholder-bu1')).toEqual(['quality.availability']);
  expect(await codes('paying', 'stakeholder-bu1')).toEqual([]);
});

test.each(['pm-dig', 'finance', 'admin'] as const)(
  '%s finds what everybody who works with the portfolio reads',
  async (person) => {
    expect(await find('claim', person)).toEqual(await find('claim'));
    expect(await find('shorter', person)).toEqual(await find('shorter'));
  },
);

test('nothing to search for, too much of it, or nobody who asks is refused', async () => {
  for (const wrong of [
    '',
    '?q=',
    '?q=%20',
    `?q=${'x'.repeat(201)}`,
    '?q=a&limit=0',
    '?q=a&limit=51',
    '?q=a&type=benefit',
    '?q=%00',
  ])
    expectProblem(await api.as('cio').get(`/search${wrong}`), 422, 'validation-failed');
  expectProblem(await api.as('nobody').get('/search?q=a'), 403, 'forbidden');
  expectProblem(await api.as('anonymous').get('/search?q=a'), 401, 'unauthenticated');
});
