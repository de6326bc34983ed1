import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ImportMappingInput } from '../../server/contract/mapping.js';
import { expectProblem, startApi, type Api, type Person } from '../support/harness.js';
import { upload } from '../support/imports.js';
import { col, countsOf, reportOf, runMapped, sourceOf } from '../support/mapping.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  const seeded = await upload(api, {
    'benefits.csv':
      'code,name,portfolio_code,currency\nBEN-1,One,DIG,USD\nBEN-2,Two,DIG,USD\nBEN-3,Three,CORE,USD\nBEN-4,Four,CORE,USD\n',
  });
  expect(seeded.status).toBe(201);
});
afterAll(() => api.stop());

const VALUES: ImportMappingInput = {
  sheet: 'values',
  targets: [
    {
      table: 'benefit_values',
      fields: [
        { to: 'benefit_code', column: col('id', 0) },
        { to: 'month', column: col('date', 1) },
        { to: 'planned', column: col('plan', 2) },
      ],
    },
  ],
};

describe('A source', () => {
  test('is one’s own, can be looked at otherwise, and is kept for a day', async () => {
    const source = await sourceOf(api, 'values.csv', 'x;y\nid;plan\nBEN-1;5\n');
    const path = `/import-sources/${source.id}`;
    for (const person of ['cio', 'finance', 'pm-dig'] as const)
      expectProblem(await api.as(person).get(path), 404, 'not-found');
    expectProblem(await runMapped(api, source, VALUES, {}, 'pm-dig'), 404, 'not-found');
    expectProblem(await api.as('pm-dig').delete(path), 404, 'not-found');
    const other = await api.as('admin').get(`${path}?sheet=values&headerRow=2&table=outcomes`);
    expect(other.body.sheets[0]).toMatchObject({
      headerRow: 2,
      rows: 1,
      suggestion: { mapping: { targets: [{ table: 'outcomes' }] } },
    });
    expectProblem(await api.as('admin').get(`${path}?sheet=none`), 404, 'not-found');
    expect((await api.as('admin').delete(path)).status).toBe(204);
    expectProblem(await api.as('admin').get(path), 404, 'not-found');
    const late = await sourceOf(api, 'values.csv', 'id\nBEN-1\n');
    // The people of the tests are signed out before a day is over.
    await api.sql(`update import_sources set expires_at = expires_at - interval '25 hours' where id = $1`, [late.id]);
    expectProblem(await api.as('admin').get(`/import-sources/${late.id}`), 404, 'not-found');
    await sourceOf(api, 'values.csv', 'id\nBEN-1\n');
    expect(await api.sql('select 1 from import_sources where id = $1', [late.id])).toEqual([]);
  });

  test.each(['stakeholder-bu1', 'nobody'] as const)('is not for %s, who may not import', async (person: Person) => {
    const reply = await api.as(person).upload('/import-sources', [{ name: 'a.csv', content: 'id\n1\n' }]);
    expectProblem(reply, 403, 'forbidden');
    expectProblem(await api.as(person).get('/import-mappings'), 403, 'forbidden');
  });

  test('stores through a mapping only what its person may write', async () => {
    const source = await sourceOf(api, 'values.csv', 'id;date;plan\nBEN-1;2026-01;5\nBEN-3;2026-01;6\n', 'pm-dig');
    const report = reportOf(await runMapped(api, source, VALUES, { onProblem: 'skip' }, 'pm-dig'), 201);
    expect(countsOf(report)).toEqual({ benefit_values: [1, 0, 0, 1] });
    expect(report.problems).toMatchObject([{ row: 3, code: 'not_permitted', from: { column: null } }]);
  });

  test('is imported once for one Idempotency-Key', async () => {
    const source = await sourceOf(api, 'values.csv', 'id;date;plan\nBEN-2;2026-01;5\n');
    const once = () =>
      api.as('admin').post(`/import-sources/${source.id}/import`, { mapping: VALUES }, { 'Idempotency-Key': 'once' });
    const first = await once();
    expect(first.status).toBe(201);
    const second = await once();
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.body.id).toBe(first.body.id);
  });
});
