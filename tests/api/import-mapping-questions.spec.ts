import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  savedMapping,
  savedMappingList,
  type ImportMappingInput,
  type MappingTarget,
} from '../../server/contract/mapping.js';
import { expectNoChange, expectProblem, startApi, type Api, type Person } from '../support/harness.js';
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

/** The same mapping with the fields changed by name. */
const having = (changes: Record<string, object>): ImportMappingInput => ({
  ...VALUES,
  targets: VALUES.targets.map((target) => ({
    ...target,
    fields: target.fields.map((field) => ({ ...field, ...changes[field.to] })),
  })),
});

const errorsOf = (body: { errors: { pointer: string; code: string }[] }): string[] =>
  body.errors.map(({ pointer, code }) => `${pointer} ${code}`);

describe('What can be read in two ways', () => {
  const FILE = 'id;date;plan\nBEN-1;03/04/2026;1.234\nBEN-2;05/06/2026;5.678\n';

  test('is asked with both readings, and the import waits for the answers', async () => {
    const source = await sourceOf(api, 'values.csv', FILE);
    const [, date, plan] = source.sheets[0]!.columns;
    expect(date!.question).toEqual({
      kind: 'date_order',
      example: '03/04/2026',
      readings: [
        { format: { dateOrder: 'dmy' }, reads: '2026-04-03' },
        { format: { dateOrder: 'mdy' }, reads: '2026-03-04' },
      ],
    });
    expect(plan!.question).toMatchObject({ kind: 'decimal', example: '1.234' });
    const reply = await expectNoChange(api, () => runMapped(api, source, VALUES, { dryRun: true }));
    expectProblem(reply, 422, 'validation-failed');
    expect(errorsOf(reply.body)).toEqual([
      '/mapping/targets/0/fields/1/format date.ambiguous',
      '/mapping/targets/0/fields/2/format decimal.ambiguous',
    ]);
    expect(reply.body.errors[1].message).toContain('"1.234" in column C ("plan") can be read as 1.234 or as 1234');
  });

  test.each([
    ['dmy', 'comma', '2026-04', '1234'],
    ['mdy', 'dot', '2026-03', '1.234'],
  ] as const)('is read as %s with a decimal %s once that is said', async (dateOrder, decimal, month, planned) => {
    const source = await sourceOf(api, 'values.csv', FILE);
    const mapping = having({ month: { format: { dateOrder } }, planned: { format: { decimal } } });
    const report = reportOf(await runMapped(api, source, mapping, { dryRun: true }), 200);
    expect(report.preview!.diffs[0]).toMatchObject({ record: `BEN-1 ${month}`, field: 'planned', after: planned });
  });

  test('a cell that the chosen way cannot read is a problem of its row', async () => {
    const source = await sourceOf(api, 'values.csv', 'id;date;plan\nBEN-1;25/04/2026;1,5\nBEN-2;04/25/2026;2.5\n');
    const mapping = having({ month: { format: { dateOrder: 'dmy' } }, planned: { format: { decimal: 'comma' } } });
    const report = reportOf(await runMapped(api, source, mapping, { dryRun: true }), 422);
    expect(report.problems).toMatchObject([
      { row: 3, column: 'month', value: '04/25/2026', code: 'month.format' },
      { row: 3, column: 'planned', value: '2.5', code: 'number.style' },
    ]);
  });
});

describe('A mapping that does not fit', () => {
  test('is refused with an error for each thing to correct', async () => {
    const source = await sourceOf(api, 'values.csv', 'id;date;plan\nBEN-1;2026-01;1\n');
    const target = VALUES.targets[0]!;
    const refused = async (change: Partial<MappingTarget> | object): Promise<string[]> => {
      const reply = await runMapped(api, source, {
        ...VALUES,
        targets: [{ ...target, ...change }],
      } as ImportMappingInput);
      expectProblem(reply, 422, 'validation-failed');
      return errorsOf(reply.body);
    };
    const at = '/mapping/targets/0';
    expect(await refused({ table: 'sqlite_master' })).toEqual([`${at}/table table.unknown`]);
    expect(await refused({ table: 'survey_responses' })).toEqual([`${at}/table table.unmapped`]);
    expect(await refused({ fields: [{ to: 'code; drop table benefits', column: col('id', 0) }] })).toEqual([
      `${at}/fields/0/to field.unknown`,
      `${at}/fields key.missing`,
    ]);
    expect(await refused({ fields: [...target.fields, { to: 'planned', constant: '1' }] })).toEqual([
      `${at}/fields field.twice`,
    ]);
    expect(await refused({ fields: [...target.fields, { to: 'forecast', column: col('other', 7) }] })).toEqual([
      `${at}/fields/3/column column.missing`,
    ]);
    expect(await refused({ layout: 'wide' })).toEqual([`${at}/wide layout.wide`]);
    expectProblem(await runMapped(api, source, { ...VALUES, targets: [] }), 422, 'validation-failed');
  });

  test.each([
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]), 415, 'unsupported-media-type'],
    ['nothing', '', 422, 'validation-failed'],
    ['UTF-16', Buffer.from('\ufeffid\n1', 'utf16le'), 422, 'validation-failed'],
    ['a thousand and one columns', `${'a,'.repeat(1000)}a\n1\n`, 413, 'payload-too-large'],
  ])('is not reached by a file that is %s', async (_, content, status, type) => {
    const reply = await expectNoChange(api, () =>
      api.as('admin').upload('/import-sources', [{ name: 'x.csv', content }]),
    );
    expectProblem(reply, status, type);
  });
});

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

describe('A saved mapping', () => {
  const WIDE: ImportMappingInput = {
    sheet: 'monthly',
    targets: [
      {
        table: 'benefit_values',
        layout: 'wide',
        fields: [{ to: 'benefit_code', column: col('Benefit', 0) }],
        wide: { months: [{ column: col('Jan 2026', 1), month: '2026-01', to: 'realised' }], multiplier: '1000' },
      },
    ],
  };

  test('fits the next file of its kind, with columns moved and new months added', async () => {
    const saved = await api.as('finance').post('/import-mappings', { name: 'Monthly file', mapping: WIDE });
    expect(saved.status).toBe(201);
    expect(savedMapping.safeParse(saved.body).error).toBeUndefined();
    expect(saved.body.headers).toEqual(['Benefit', 'Jan 2026']);
    const source = await sourceOf(api, 'next.csv', 'Note,benefit,Jan 2026,Feb 2026\nx,BEN-4,1.5,2.5\n', 'finance');
    const [fits] = source.sheets[0]!.saved;
    expect(fits).toMatchObject({ id: saved.body.id, name: 'Monthly file', missing: [], added: ['Feb 2026'] });
    expect(fits!.mapping).toMatchObject({
      sheet: 'next',
      targets: [
        {
          fields: [{ column: { index: 1, header: 'benefit' } }],
          wide: { months: [{ month: '2026-01' }, { column: { index: 3 }, month: '2026-02', to: 'realised' }] },
        },
      ],
    });
    const other = await sourceOf(api, 'other.csv', 'Name,Salary\nAnn,5\n', 'finance');
    expect(other.sheets[0]!.saved).toEqual([]);
    expect((await sourceOf(api, 'next.csv', 'benefit,Jan 2026\nBEN-4,1.5\n', 'cio')).sheets[0]!.saved).toEqual([]);
  });

  test('is changed by the one who read it last, has a name of its own, and ends', async () => {
    const cio = api.as('cio');
    const saved = (await cio.post('/import-mappings', { name: 'One', mapping: WIDE })).body;
    expectProblem(await cio.post('/import-mappings', { name: 'ONE', mapping: WIDE }), 409, 'duplicate');
    const path = `/import-mappings/${saved.id}`;
    expectProblem(await cio.patch(path, { name: 'Two' }), 428, 'precondition-required');
    const changed = await cio.patch(path, { name: 'Two' }, { 'If-Match': '"v1"' });
    expect(changed.body).toMatchObject({ name: 'Two', version: 2, mapping: saved.mapping });
    expectProblem(await cio.patch(path, { name: 'Three' }, { 'If-Match': '"v1"' }), 412, 'precondition-failed');
    expectProblem(await api.as('admin').patch(path, { name: 'Mine' }, { 'If-Match': '"v2"' }), 404, 'not-found');
    expectProblem(await api.as('admin').delete(path, { 'If-Match': '"v2"' }), 404, 'not-found');
    expectProblem(await cio.delete(path), 428, 'precondition-required');
    expectProblem(await cio.delete(path, { 'If-Match': '"v1"' }), 412, 'precondition-failed');
    expect((await cio.delete(path, { 'If-Match': '"v2"' })).status).toBe(204);
    const list = await cio.get('/import-mappings');
    expect(savedMappingList.parse(list.body).items).toEqual([]);
    const events = await api.sql<{ action: string }>(
      `select action from audit_events where object_type = 'import_mapping' and object_id = $1 order by seq`,
      [saved.id],
    );
    expect(events.map(({ action }) => action)).toEqual(['created', 'changed', 'archived']);
  });
});
