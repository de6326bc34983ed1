import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  savedMapping,
  savedMappingList,
  type ImportMappingInput,
  type MappingTarget,
} from '../../server/contract/mapping.js';
import { expectNoChange, expectProblem, startApi, type Api } from '../support/harness.js';
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
      against: null,
      readings: [
        { format: { dateOrder: 'dmy' }, reads: '2026-04-03', refuses: 0 },
        { format: { dateOrder: 'mdy' }, reads: '2026-03-04', refuses: 0 },
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

describe('A column of dates that contradict each other', () => {
  const FILE = 'id;date;plan\nBEN-1;13/01/2026;5\nBEN-2;01/13/2026;6\nBEN-3;01/14/2026;7\n';

  test('is asked about, and never read one way here and the other way there', async () => {
    const source = await sourceOf(api, 'values.csv', FILE);
    const reply = await expectNoChange(api, () => runMapped(api, source, VALUES, { dryRun: true }));
    expectProblem(reply, 422, 'validation-failed');
    expect(errorsOf(reply.body)).toEqual(['/mapping/targets/0/fields/1/format date.ambiguous']);
    expect(reply.body.detail).toContain('"13/01/2026" and "01/13/2026" in column B ("date") contradict each other');
  });

  test.each([
    ['dmy', [3, 4], '"01/13/2026" is no month with the day first. Write it like 2026-07.'],
    ['mdy', [2], '"13/01/2026" is no month with the month first. Write it like 2026-07.'],
  ] as const)('refuses its other rows once %s is chosen', async (dateOrder, rows, message) => {
    const source = await sourceOf(api, 'values.csv', FILE);
    const order = { dryRun: true, onProblem: 'skip' } as const;
    const report = reportOf(await runMapped(api, source, having({ month: { format: { dateOrder } } }), order), 200);
    expect(report.problems.map(({ row }) => row)).toEqual(rows);
    expect(report.problems[0]).toMatchObject({ code: 'month.format', message });
    expect(countsOf(report)).toEqual({ benefit_values: [3 - rows.length, 0, 0, rows.length] });
  });
});

describe('A sheet of which only a part says its scale', () => {
  const wide = (silent?: '1' | '1000'): ImportMappingInput => ({
    sheet: 'values',
    targets: [
      {
        table: 'benefit_values',
        layout: 'wide',
        fields: [{ to: 'benefit_code', column: col('id', 0) }],
        wide: {
          months: [
            { column: col('Jan 2027 (k$)', 1), month: '2027-01', to: 'planned' },
            { column: col('Feb 2027', 2), month: '2027-02', to: 'planned', ...(silent ? { multiplier: silent } : {}) },
          ],
        },
      },
    ],
  });
  const FILE = 'id;Jan 2027 (k$);Feb 2027\nBEN-1;1.5;2.5\nBEN-2;3.5;4.5\n';

  test('is asked for the columns that say none; those that say it are read so', async () => {
    const source = await sourceOf(api, 'values.csv', FILE);
    const [suggested] = source.sheets[0]!.suggestion!.mapping.targets;
    expect(suggested!.wide!.multiplier).toBeUndefined();
    const reply = await expectNoChange(api, () => runMapped(api, source, wide(), { dryRun: true }));
    expectProblem(reply, 422, 'validation-failed');
    expect(errorsOf(reply.body)).toEqual(['/mapping/targets/0/wide/multiplier scale.ambiguous']);
    expect(reply.body.detail).toContain('"2.5" in column C ("Feb 2027") can be 2500 or 2.5');
    for (const [silent, after] of [
      ['1000', '2500'],
      ['1', '2.5'],
    ] as const) {
      const report = reportOf(await runMapped(api, source, wide(silent), { dryRun: true }), 200);
      expect(report.preview!.diffs.slice(0, 2).map((diff) => [diff.record, diff.after])).toEqual([
        ['BEN-1 2027-01', '1500'],
        ['BEN-1 2027-02', after],
      ]);
    }
  });

  test('in its title is asked for all amounts, not for other numbers', async () => {
    const source = await sourceOf(
      api,
      'values.csv',
      'All amounts in $ thousands\nid;date;plan\nBEN-1;2027-01;5\nBEN-2;2027-01;6\n',
    );
    const mapping = { ...VALUES, headerRow: 2 };
    const reply = await runMapped(api, source, mapping, { dryRun: true });
    expect(errorsOf(reply.body)).toEqual(['/mapping/targets/0/fields/2/multiplier scale.ambiguous']);
    const said = { ...having({ planned: { multiplier: '1000' } }), headerRow: 2 };
    const report = reportOf(await runMapped(api, source, said, { dryRun: true }), 200);
    expect(report.preview!.diffs[0]).toMatchObject({ field: 'planned', after: '5000' });
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
