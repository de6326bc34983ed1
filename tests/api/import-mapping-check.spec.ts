import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { firstRows, type FirstRows } from '../../server/contract/first-rows.js';
import type { ImportMappingInput } from '../../server/contract/mapping.js';
import { expectNoChange, expectProblem, startApi, type Api } from '../support/harness.js';
import { upload } from '../support/imports.js';
import { col, countsOf, reportOf, runMapped, sourceOf } from '../support/mapping.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  const seeded = await upload(api, {
    'benefits.csv': 'code,name,portfolio_code,currency\nBEN-1,One,DIG,USD\nBEN-2,Two,DIG,USD\nBEN-3,Three,DIG,USD\n',
  });
  expect(seeded.status).toBe(201);
});
afterAll(() => api.stop());

const WIDE: ImportMappingInput = {
  sheet: 'monthly',
  targets: [
    {
      table: 'benefit_values',
      layout: 'wide',
      fields: [{ to: 'benefit_code', column: col('id', 0) }],
      wide: {
        months: ['2027-01', '2027-02', '2027-03'].map((month, place) => ({
          column: col(month, place + 1),
          month,
          to: 'planned',
        })),
      },
    },
  ],
};
const FILE = [
  'id;2027-01;2027-02;2027-03',
  'BEN-1;1;2;3',
  'BEN-8;1;2;3',
  'BEN-2;1;2;3',
  'BEN-9;1;2;3',
  'BEN-3;lots;more;3',
  '',
].join('\n');

describe('The check of a wide file', () => {
  test('asks of every row whether its record exists, counts rows of the file, and says what a commit then does', async () => {
    const source = await sourceOf(api, 'monthly.csv', FILE);
    const order = { dryRun: true, onProblem: 'skip' } as const;
    const tried = await expectNoChange(api, async () => reportOf(await runMapped(api, source, WIDE, order), 200));
    expect(tried.preview!.rows).toEqual({ total: 5, ok: 2, bad: 3 });
    expect(
      tried.preview!.groups.map(({ code, count, rowCount, rows, values }) => [code, count, rowCount, rows, values]),
    ).toEqual([
      [
        'reference.unknown',
        6,
        2,
        [3, 5],
        [
          { value: 'BEN-8', count: 3 },
          { value: 'BEN-9', count: 3 },
        ],
      ],
      [
        'number.format',
        2,
        1,
        [6],
        [
          { value: 'lots', count: 1 },
          { value: 'more', count: 1 },
        ],
      ],
    ]);
    const done = reportOf(await runMapped(api, source, WIDE, { onProblem: 'skip' }), 201);
    expect(done.problems).toEqual(tried.problems);
    expect(countsOf(done)).toEqual(countsOf(tried));
  });

  test('gives the rows with errors back before anything is stored, only to who tried, and only those of the last try', async () => {
    const source = await sourceOf(api, 'monthly.csv', FILE);
    const order = { dryRun: true, onProblem: 'skip' } as const;
    const rejected = async (id: string) =>
      (
        await api.sql<{ row_number: number }>('select row_number from import_rejects where import_id = $1 order by 1', [
          id,
        ])
      ).map(({ row_number }) => row_number);
    const first = reportOf(await runMapped(api, source, WIDE, order), 200);
    expect(await rejected(first.id)).toEqual([3, 5, 6]);
    expect((await api.as('admin').get(`/imports/${first.id}/rejects.zip`)).status).toBe(200);
    expectProblem(await api.as('pm-dig').get(`/imports/${first.id}/rejects.zip`), 403, 'forbidden');
    const second = reportOf(await runMapped(api, source, WIDE, { ...order, leaveOut: [3] }), 200);
    expect(await rejected(second.id)).toEqual([5, 6]);
    expect(await rejected(first.id)).toEqual([]);
    const stored = reportOf(await runMapped(api, source, WIDE, { onProblem: 'skip' }), 201);
    reportOf(await runMapped(api, source, WIDE, { ...order, leaveOut: [3, 5, 6] }), 200);
    expect(await rejected(stored.id)).toEqual([3, 5, 6]);
    expectProblem(await api.as('admin').get(`/imports/${second.id}/rejects.zip`), 404, 'not-found');
  });
});

describe('The first rows', () => {
  const read = async (content: string, target: object, headerRow = 1): Promise<FirstRows> => {
    const source = await sourceOf(api, 'first.csv', content);
    const body = { sheet: 'first', headerRow, target: { table: 'investment_costs', fields: [], ...target } };
    const reply = await expectNoChange(api, () =>
      api.as('admin').post(`/import-sources/${source.id}/first-rows`, body),
    );
    expect({ status: reply.status, text: reply.status === 200 ? '' : reply.text }).toEqual({ status: 200, text: '' });
    return firstRows.parse(reply.body);
  };
  const cellsOf = ({ rows }: FirstRows): (string | null)[][] =>
    rows.map(({ cells }) => cells.map(({ read: as, problem }) => (problem === null ? as : `▲ ${problem}`)));

  test('are read as the import reads them, by a mapping that is not finished', async () => {
    const found = await read('id;on;cost;state\nA;13-Jun-2026;1.234,50;x\nB;lately;4,25;y\nC;;;x\n', {
      fields: [
        { to: 'investment_code', column: col('id', 0), prefix: 'INV-' },
        { to: 'month', column: col('on', 1) },
        { to: 'actual', column: col('cost', 2), multiplier: '1000' },
        { to: 'kind', constant: 'opex' },
      ],
      onlyWhere: [{ column: col('state', 3), values: ['x', 'y'] }],
    });
    expect(found.columns.map(({ field }) => field)).toEqual(['investment_code', 'month', 'kind', 'actual']);
    expect(cellsOf(found)).toEqual([
      ['INV-A', '2026-06', 'opex', '1234500'],
      ['INV-B', '▲ "lately" is no month. Write it like 2026-07.', 'opex', '4250'],
      ['INV-C', '', 'opex', ''],
    ]);
    expect(found.rows[0]!.cells[1]).toEqual({ found: '13-Jun-2026', read: '2026-06', problem: null });
  });

  test('say what is open as long as it is', async () => {
    const content = 'All in £k\nid;on;cost\nA;03/04/2026;1.234\nB;05/06/2026;5.678\n';
    const fields = [
      { to: 'month', column: col('on', 1) },
      { to: 'actual', column: col('cost', 2) },
    ];
    expect(cellsOf(await read(content, { fields }, 2))[0]).toEqual([
      '▲ "03/04/2026" can be 2026-04 or 2026-03. Choose whether the day stands first.',
      '▲ "1.234" can be 1.234 or 1234. Choose the decimal sign.',
    ]);
    const said = [
      { ...fields[0], format: { dateOrder: 'dmy' } },
      { ...fields[1], format: { decimal: 'comma' } },
    ];
    expect(cellsOf(await read(content, { fields: said }, 2))[0]).toEqual(['2026-04', '▲ Choose the scale.']);
    const all = [said[0], { ...said[1], multiplier: '1000' }];
    expect(cellsOf(await read(content, { fields: all }, 2))[0]).toEqual(['2026-04', '1234000']);
  });

  test('are shown to who brought the file alone', async () => {
    const source = await sourceOf(api, 'first.csv', 'id\nA\n');
    const path = `/import-sources/${source.id}/first-rows`;
    const body = { sheet: 'first', headerRow: 1, target: { table: 'benefits', fields: [] } };
    expectProblem(await api.as('cio').post(path, body), 404, 'not-found');
    expectProblem(await api.as('stakeholder-bu1').post(path, body), 403, 'forbidden');
    expectProblem(await api.as('admin').post(path, { ...body, sheet: 'other' }), 404, 'not-found');
  });
});
