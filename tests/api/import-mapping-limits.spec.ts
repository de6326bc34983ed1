import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import type { ImportMappingInput } from '../../server/contract/mapping.js';
import { SourcesService } from '../../server/imports/mapping/sources.service.js';
import { emailOf, expectNoChange, expectProblem } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';
import { importStatus, until, upload, whileWritersWait } from '../support/imports.js';
import { col, countsOf, reportOf, runMapped, sourceOf } from '../support/mapping.js';

let api: OwnApi;
beforeAll(async () => {
  api = await startOwnApi();
  const seeded = await upload(api, { 'benefits.csv': 'code,name,portfolio_code,currency\nBEN-1,One,DIG,USD\n' });
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

describe('A cell corrected in place', () => {
  test.each([
    ['beside the last column', 3, 'column.missing'],
    ['where no sheet has a column', 1000, 'field.too_big'],
    ['so far away that a row up to it would fill the memory', 1_000_000_000, 'field.too_big'],
  ])('%s is refused', async (_, column, code) => {
    const source = await sourceOf(api, 'values.csv', 'id;date;plan\nBEN-1;2026-01;5\n');
    const fixes = [
      { row: 2, column: 2, value: '6' },
      { row: 2, column, value: '7' },
    ];
    const reply = await expectNoChange(api, () => runMapped(api, source, VALUES, { fixes }));
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors).toMatchObject([{ pointer: '/fixes/1/column', code }]);
  });

  test('comes back corrected with a row that is rejected for something else; one that is left out does not', async () => {
    const lines = ['BEN-1;2026-01;5', 'BEN-998;someday;6', 'BEN-999;someday;7'];
    const source = await sourceOf(api, 'values.csv', `id;date;plan\n${lines.join('\n')}\n`);
    const fixes = [{ row: 3, column: 1, value: '2026-02' }];
    const reply = await runMapped(api, source, VALUES, { onProblem: 'skip', fixes, leaveOut: [4] });
    const report = reportOf(reply, 201);
    expect(countsOf(report)).toEqual({ benefit_values: [1, 0, 0, 1] });
    expect(await api.sql('select row_number, cells from import_rejects where import_id = $1', [report.id])).toEqual([
      { row_number: 3, cells: ['BEN-998', '2026-02', '6'] },
    ]);
  });
});

describe('Many corrections', () => {
  const LONG = 4_000;
  const fixed = (count: number, letter = 'x') =>
    Array.from({ length: count }, (_, place) => ({
      row: place + 2,
      column: 3,
      value: `${place} ${letter.repeat(LONG - 8)}`,
    }));

  test('with long texts are taken, all two thousand of them', async () => {
    const lines = Array.from({ length: 200 }, (_, place) => `BEN-1;${1900 + place}-03;1;short\n`);
    const source = await sourceOf(api, 'values.csv', `id;date;plan;remark\n${lines.join('')}`);
    const [target] = VALUES.targets;
    const mapping: ImportMappingInput = {
      ...VALUES,
      targets: [{ ...target!, fields: [...target!.fields, { to: 'evidence', column: col('remark', 3) }] }],
    };
    const reply = await runMapped(api, source, mapping, { dryRun: true, fixes: fixed(2_000) });
    const report = reportOf(reply, 200);
    expect(countsOf(report)).toEqual({ benefit_values: [200, 0, 0, 0] });
    expect(report.preview!.diffs.find(({ field }) => field === 'evidence')!.after).toHaveLength(LONG - 6);
  });

  test('beyond what is taken are refused, with how much that is; other addresses take no more than before', async () => {
    const source = await sourceOf(api, 'values.csv', 'id;date;plan;remark\nBEN-1;2026-01;5;x\n');
    const reply = await runMapped(api, source, VALUES, { dryRun: true, fixes: fixed(1_500, '€€€') });
    expectProblem(reply, 413, 'payload-too-large');
    expect(reply.body.detail).toBe('The request is larger than the 16 MB that this address takes.');
    const other = await api.as('admin').post('/import-mappings', { name: 'x'.repeat(300_000), mapping: VALUES });
    expectProblem(other, 413, 'payload-too-large');
    expect(other.body.detail).toBe('The request is larger than the 256 kB that this address takes.');
    const first = await api
      .as('admin')
      .post(`/import-sources/${source.id}/first-rows`, { padding: 'x'.repeat(4_300_000) });
    expectProblem(first, 413, 'payload-too-large');
    expect(first.body.detail).toBe('The request is larger than the 4 MB that this address takes.');
    const less = await api
      .as('admin')
      .post(`/import-sources/${source.id}/first-rows`, { padding: 'x'.repeat(3_900_000) });
    expectProblem(less, 422, 'validation-failed');
  });
});

describe('A source', () => {
  test('of which a part has gone meanwhile is refused, not read as far as it is there', async () => {
    const remark = 'x'.repeat(10_000);
    const lines = Array.from({ length: 120 }, (_, place) => `BEN-1;${2000 + place}-01;1;${remark}\n`);
    const source = await sourceOf(api, 'values.csv', `id;date;plan;remark\n${lines.join('')}`);
    expect(source.sheets[0]!.rows).toBe(120);
    expect((await api.as('admin').get(`/import-sources/${source.id}`)).body.sheets[0].rows).toBe(120);
    const gone = await api.sql(
      'delete from import_source_parts where source_id = $1 and part_no = 1 returning part_no',
      [source.id],
    );
    expect(gone).toEqual([{ part_no: 1 }]);
    for (const reply of [
      await api.as('admin').get(`/import-sources/${source.id}`),
      await runMapped(api, source, VALUES),
    ]) {
      expectProblem(reply, 404, 'not-found');
      expect(reply.body.detail).toBe('This file is not kept any more. Choose it again.');
    }
  });

  test('goes once it has expired, also where nobody brings another', async () => {
    const [late, kept] = [
      await sourceOf(api, 'late.csv', 'id\nBEN-1\n'),
      await sourceOf(api, 'kept.csv', 'id\nBEN-1\n'),
    ];
    await api.sql(`update import_sources set expires_at = expires_at - interval '24 hours' where id = $1`, [late.id]);
    await api.app.nest.get(SourcesService).removeExpired();
    const left = await api.sql('select id from import_sources where id = any($1)', [[late.id, kept.id]]);
    expect(left).toEqual([{ id: kept.id }]);
    expect(await api.sql('select 1 from import_source_parts where source_id = $1', [late.id])).toEqual([]);
  });

  test('waits for its turn to be looked through while four imports run', async () => {
    const ids = Array.from({ length: 4 }, () => uuidv7());
    const imports = await whileWritersWait(api, async () => {
      const running = ids.map((id, place) =>
        upload(api, { 'priorities.csv': `code,name\nP-${place},One\n` }, `?id=${id}`),
      );
      for (const id of ids) await until(async () => (await importStatus(api, id)) === 'running');
      let isSeen = false;
      const seen = sourceOf(api, 'values.csv', 'id;date;plan\nBEN-1;2026-01;5\n').then(() => (isSeen = true));
      // Where nothing holds it, two lines are looked through long before.
      await new Promise((later) => setTimeout(later, 1_500));
      expect(isSeen).toBe(false);
      expect((await api.as('admin').post(`/imports/${ids[0]}/cancel`)).status).toBe(202);
      expect(await seen).toBe(true);
      return running;
    });
    expect((await Promise.all(imports)).map(({ status }) => status)).toEqual([409, 201, 201, 201]);
  });
});

test('A person has at most a hundred saved mappings', async () => {
  const person = api.as('finance-2');
  await api.sql(
    `insert into import_mappings (user_id, user_email, name, headers, mapping)
     select id, email, 'Mapping ' || number, '{}', '{"sheet": "x", "targets": []}' from users, generate_series(1, 100) number where email = $1`,
    [emailOf('finance-2')],
  );
  const refused = await expectNoChange(api, () =>
    person.post('/import-mappings', { name: 'One more', mapping: VALUES }),
  );
  expectProblem(refused, 422, 'rule-broken');
  expect(refused.body.detail).toContain('100 saved mappings');
  const [one] = await api.sql<{ id: string }>(`select id from import_mappings where name = 'Mapping 7'`);
  expect((await person.delete(`/import-mappings/${one!.id}`, { 'If-Match': '"v1"' })).status).toBe(204);
  expect((await person.post('/import-mappings', { name: 'One more', mapping: VALUES })).status).toBe(201);
});
