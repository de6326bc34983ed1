import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expectNoChange, expectProblem, startApi, type Api } from '../support/harness.js';
import { digestWithoutAudit, download } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi({ bare: true });
});
afterAll(() => api.stop());

const create = async (path: string, body: Record<string, unknown>): Promise<void> => {
  const reply = await api.as('admin').post(path, body);
  expect({ status: reply.status, text: reply.status === 201 ? '' : `${JSON.stringify(body)} ${reply.text}` }).toEqual({
    status: 201,
    text: '',
  });
};

/** What is exported imports again and changes nothing, as zip and as workbook. */
const expectRoundTrip = async (): Promise<void> => {
  const before = await digestWithoutAudit(api);
  for (const name of ['data.zip', 'data.xlsx']) {
    const reply = await api
      .as('admin')
      .upload('/imports', [{ name, content: await download(api, `/exports/${name}`) }]);
    expect({ name, problems: reply.body.problems }).toEqual({ name, problems: [] });
    for (const table of reply.body.tables)
      expect({ name, ...table }).toMatchObject({ created: 0, updated: 0, unchanged: table.rows });
    expect(await digestWithoutAudit(api)).toEqual(before);
  }
};

const STORED = `select 'priority' as type, code, name, description, null::text[] as depends from priorities
  union all select 'item', code, title, null, array(
    select o.code from unnest(depends_on) with ordinality d (id, n) join work_items o on o.id = d.id order by n) from work_items
  order by type, code`;

describe('What people enter through the API', () => {
  test('has line breaks as the import reads them', async () => {
    await create('/priorities', { code: 'CRLF', name: 'One\r\nTwo\rThree\nFour', description: '\r\nlines\r\n\r\n' });
    expect(await api.sql(`select name, description from priorities where code = 'CRLF'`)).toEqual([
      { name: 'One\nTwo\nThree\nFour', description: 'lines' },
    ]);
    await expectRoundTrip();
  });

  test.each([
    ['the order to empty a cell', '/description', { description: ' (Clear) ' }, /"\(clear\)" empties a cell/],
    ['that order as a name', '/name', { name: '(clear)' }, /"\(clear\)" empties a cell/],
    ['that order as a code', '/code', { code: '(CLEAR)' }, /"\(clear\)" empties a cell/],
    ['a control character', '/description', { description: 'a\u0007b' }, /control character/],
    ['a code of invisible characters', '/code', { code: 'A\u200fB' }, /invisible/],
    ['a code that a spreadsheet takes for a number', '/code', { code: '1.5E+09' }, /for a number/],
  ])('is refused where it could not come back: %s', async (_what, pointer, fields, says) => {
    const body = { code: 'REFUSED', name: 'Refused', ...fields };
    const reply = await expectNoChange(api, () => api.as('admin').post('/priorities', body));
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors).toMatchObject([{ pointer, message: expect.stringMatching(says) }]);
  });

  test('is the same code whatever its Unicode form', async () => {
    await create('/priorities', { code: 'Qualité'.normalize('NFD'), name: 'Qualité'.normalize('NFD') });
    expect(await api.sql(`select code, name from priorities where code like 'Qual%'`)).toEqual([
      { code: 'Qualité'.normalize('NFC'), name: 'Qualité'.normalize('NFC') },
    ]);
    await expectRoundTrip();
  });

  test('keeps lists of codes that hold what separates them', async () => {
    const codes = ['A;1', '"A"', 'B"; "C', ';', '"', '5" nail', ' ;x; '];
    for (const code of codes) await create('/work-items', { code, title: code });
    await create('/work-items', { code: 'ALL', title: 'All', dependsOn: codes });
    await expectRoundTrip();
    const [row] = await api.sql<{ depends: string[] }>(`select * from (${STORED}) s where code = 'ALL'`);
    expect(row!.depends).toEqual(codes.map((code) => code.trim()));
  });

  test('is one dependency, however its code is written', async () => {
    const reply = await api
      .as('admin')
      .upload('/imports', [{ name: 'work_items.csv', content: 'code,depends_on\nÀ-1,\nTWICE,À-1;à-1;ALL;all;À-1\n' }]);
    expect(reply.status).toBe(201);
    const [row] = await api.sql<{ depends: string[] }>(`select * from (${STORED}) s where code = 'TWICE'`);
    expect(row!.depends).toEqual(['À-1', 'ALL']);
    await expectRoundTrip();
  });

  const LONG = '𝄞 "long", text;\n'.repeat(300);
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        '=',
        '+',
        '-',
        '@',
        '＝',
        '＋',
        '－',
        '＠',
        "'",
        '"',
        '""',
        ',',
        ';',
        '\t',
        '\n',
        '\r\n',
        '\r',
        '\\',
        '\\N',
        '\\.',
      ],
      ...[
        '\u202e',
        '\u200f',
        '\ufeff',
        '\u00a0',
        '\u0085',
        '\u2028',
        '\u007f',
        '\ufffd',
        '\ufdd0',
        '😀',
        '👩‍👩‍👧',
        'é',
        'e\u0301',
      ],
      ...[
        '=cmd|x!A0',
        '_x000D_',
        '_x005F_',
        '&amp;',
        '<b>',
        ']]>',
        '1,234.5',
        '00012',
        '2026-07-31',
        'n/a',
        'TRUE',
        '(clear)',
        ' ',
      ],
    ),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
  );
  /** One letter more, so that it is never blank and never only `(clear)`. */
  const textOf = (most: number) =>
    fc
      .array(piece, { maxLength: 12 })
      .map((pieces) => `${pieces.join('')}x`.replace(/\p{Surrogate}/gu, '').slice(-most));
  const codePiece = fc.constantFrom(
    ...[
      ';',
      '"',
      ',',
      ' ',
      '0',
      '00',
      "'",
      '=',
      '-',
      '@',
      '＝',
      'é',
      '😀',
      '(',
      '_x0041_',
      '&',
      '<',
      '\\',
      '#',
      '%',
      '/',
      '.',
    ],
  );
  let number = 0;
  const record = fc.record({
    before: fc.array(codePiece, { maxLength: 5 }),
    after: fc.array(codePiece, { maxLength: 5 }),
    name: textOf(290),
    description: fc.oneof(
      { weight: 9, arbitrary: textOf(4000) },
      { weight: 1, arbitrary: fc.constant(LONG.slice(-3999)) },
    ),
  });

  test('comes back as it was, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 12, maxLength: 12 }), async (records) => {
        const codes: string[] = [];
        for (const { before, after, name, description } of records) {
          number += 1;
          const code = `${before.join('')}C${number}${after.join('')}`;
          await create('/priorities', { code, name, description });
          await create('/work-items', { code, title: name, dependsOn: codes });
          codes.push(code);
        }
        await expectRoundTrip();
      }),
      { numRuns: 8, seed: 20261121, endOnFailure: true },
    );
  }, 120_000);

  test('fills an empty product with the same', async () => {
    const stored = await api.sql(STORED);
    expect(stored.length).toBeGreaterThan(190);
    for (const name of ['data.zip', 'data.xlsx']) {
      const other = await startApi({ bare: true });
      try {
        const content = await download(api, `/exports/${name}`);
        const reply = await other.as('admin').upload('/imports', [{ name, content }]);
        expect(reply.body.problems).toEqual([]);
        expect(await other.sql(STORED)).toEqual(stored);
      } finally {
        await other.stop();
      }
    }
  }, 60_000);
});
