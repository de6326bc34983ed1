import { afterAll, describe, expect, it } from '@jest/globals';
import { openSource } from '../reading/source.js';
import { removeUploads, sheetOf, upload, workbookParts, zipOf } from '../reading/test-uploads.js';
import { foreignSheet } from './foreign-sheet.js';
import { inspect } from './inspect.js';

afterAll(removeUploads);

const look = async (content: string | Buffer, name = 'plan.csv', headerRow?: number) => {
  const source = await openSource([await upload(name, content)], {}, true);
  try {
    const sheet = await foreignSheet(source.tables[0]!, headerRow);
    return { headerRow: sheet.headerRow, ...(await inspect(sheet)) };
  } finally {
    await source.close();
  }
};

describe('The header of a foreign sheet', () => {
  it('is found below titles and blank rows, and counted as in the sheet', async () => {
    const found = await look(
      'Benefits report 2026\nPrepared by, the office\n\nID;Name;Plan\nB-1;One;5\nB-2;Two;6\nB-3;Three;7\n',
    );
    expect(found).toMatchObject({ headerRow: 4, rows: 3 });
    expect(found.columns.map(({ header, kind }) => [header, kind])).toEqual([
      ['ID', 'text'],
      ['Name', 'text'],
      ['Plan', 'number'],
    ]);
    expect(found.above.map(({ row }) => row)).toEqual([1, 2]);
    expect(found.head[0]).toEqual({ row: 5, cells: ['B-1', 'One', '5'] });
  });

  it('may span lines, repeat, and be blank; empty columns behind the last name are not part of the table', async () => {
    const found = await look('\ufeff"Cost\r\n(£m)",Cost,,Note,,\r\n1.5,2,x,a,,\r\n2.5,3,y,b,,\r\n');
    expect(found.columns.map(({ header, letter, multiplier }) => [header, letter, multiplier])).toEqual([
      ['Cost (£m)', 'A', '1000000'],
      ['Cost', 'B', '1'],
      ['', 'C', '1'],
      ['Note', 'D', '1'],
    ]);
  });

  it.each([
    ['as it is found', undefined],
    ['as a person says', 2],
  ])('has no more columns than are read, %s', async (_, headerRow) => {
    await expect(look(`Plan of the year\n${'a,'.repeat(1000)}a\n1\n`, 'plan.csv', headerRow)).rejects.toMatchObject({
      status: 413,
      code: 'columns.too_many',
    });
  });

  it('is the row that a person says', async () => {
    const found = await look('a,b\nid,name\n1,x\n', 'plan.csv', 2);
    expect(found.columns.map(({ header }) => header)).toEqual(['id', 'name']);
    expect(found.rows).toBe(1);
  });

  it('is the first row where months are its names', async () => {
    const found = await look('Benefit,202601,202602,202603\nB-1,1,2,3\nB-2,4,5,6\n');
    expect(found).toMatchObject({ headerRow: 1 });
    expect(found.columns.map(({ month }) => month)).toEqual([null, '2026-01', '2026-02', '2026-03']);
  });

  it.each([
    ['semicolons, with commas in numbers', 'id;jan 2026;feb 2026\nA;1,5;2,5\nB;3,5;4,5\n'],
    ['tabs', 'id\tjan 2026\tfeb 2026\nA\t1,5\t2,5\nB\t3,5\t4,5\n'],
    ['quoted commas', 'id,jan 2026,feb 2026\nA,"1,5","2,5"\nB,"3,5","4,5"\n'],
    ['Windows-1252', Buffer.from('id;jan 2026;f\xe9v 2026\nA;1,5;2,5\nB;3,5;4,5\n', 'latin1')],
  ])('is split at %s', async (_, content) => {
    const found = await look(content);
    expect(found.columns.map(({ month }) => month)).toEqual([null, '2026-01', '2026-02']);
    expect(found.columns[1]).toMatchObject({ kind: 'number', format: { decimal: 'comma' }, samples: ['1,5', '3,5'] });
  });
});

const columnOf = async (cells: readonly string[]) => {
  const found = await look(`id;cell\n${cells.map((cell, place) => `R${place};"${cell}"`).join('\n')}\n`);
  return found.columns[1]!;
};

describe('The figure of a month column', () => {
  const measures = async (content: string, name?: string) =>
    (await look(content, name)).columns.map(({ measure }) => measure);
  const MONTHS = 'Benefit;Weight;2026-01;Actual 2026-02\nB-1;1;2;3\nB-2;4;5;6\n';

  it.each([
    ['the sheet', MONTHS, 'Forecast 2026.csv'],
    ['a title above it', `Forecast of the year\n\n${MONTHS}`, 'book.csv'],
    ['the sheet, before a title', `Plan of the year\n\n${MONTHS}`, 'Forecast 2026.csv'],
  ])('is that of %s where its header names none; other columns have none of it', async (_, content, name) =>
    expect(await measures(content, name)).toEqual([null, null, 'forecast', 'realised']),
  );

  it('is not known where nothing says it', async () =>
    expect(await measures(MONTHS, 'book.csv')).toEqual([null, null, null, 'realised']));
});

describe('A column of a foreign sheet', () => {
  it('of numbers that show no decimal sign asks; one that shows it does not', async () => {
    const asks = await columnOf(['1.234', '5.678', '12']);
    expect(asks).toMatchObject({
      kind: 'number',
      format: {},
      question: {
        kind: 'decimal',
        example: '1.234',
        readings: [
          { format: { decimal: 'dot' }, reads: '1.234' },
          { format: { decimal: 'comma' }, reads: '1234' },
        ],
      },
    });
    expect(await columnOf(['1.234', '0.5'])).toMatchObject({ format: { decimal: 'dot' }, question: null });
    expect(await columnOf(['1.234', '0,5'])).toMatchObject({ format: { decimal: 'comma' }, question: null });
    expect(await columnOf(['12', '13'])).toMatchObject({ format: {}, question: null });
    expect((await columnOf(['1.5', '1,5', '2'])).question).toMatchObject({ kind: 'decimal' });
  });

  it('is read as the other columns of the sheet where it shows nothing itself', async () => {
    const found = await look('a;b\n1.234;0,5\n2.345;1,5\n');
    expect(found.columns[0]).toMatchObject({ format: { decimal: 'comma' }, question: null });
  });

  it('of dates that show no order asks; one that shows it does not', async () => {
    expect(await columnOf(['03/04/2025', '05/06/2025'])).toMatchObject({
      kind: 'date',
      question: {
        kind: 'date_order',
        example: '03/04/2025',
        readings: [
          { format: { dateOrder: 'dmy' }, reads: '2025-04-03' },
          { format: { dateOrder: 'mdy' }, reads: '2025-03-04' },
        ],
      },
    });
    expect(await columnOf(['03/04/2025', '25/06/2025'])).toMatchObject({
      format: { dateOrder: 'dmy' },
      question: null,
    });
    expect(await columnOf(['03/04/2025', '06/25/2025'])).toMatchObject({
      format: { dateOrder: 'mdy' },
      question: null,
    });
    expect(await columnOf(['05/05/2025', '2025-01-02'])).toMatchObject({ kind: 'date', format: {}, question: null });
  });

  it('that contradicts itself asks which way holds, and says how many cells are refused either way', async () => {
    const asks = async (...cells: string[]) => (await columnOf(cells)).question;
    const dates = {
      kind: 'date_order',
      example: '13/01/2026',
      against: '01/13/2026',
      readings: [
        { format: { dateOrder: 'dmy' }, reads: '2026-01-13', refuses: 1 },
        { format: { dateOrder: 'mdy' }, reads: 'no date', refuses: 2 },
      ],
    };
    expect(await asks('13/01/2026', '14/01/2026', '01/13/2026')).toEqual(dates);
    expect(await asks('03/04/2025', '13/01/2026', '01/13/2026', '14/01/2026')).toEqual(dates);
    expect(await asks('1,5', '1.5', '2')).toMatchObject({
      kind: 'decimal',
      example: '1.5',
      against: '1,5',
      readings: [{ refuses: 1 }, { reads: 'no number', refuses: 1 }],
    });
    // What other columns show settles what is open, not what is wrong.
    const found = await look('a;b\n13/01/2026;25/12/2026\n01/13/2026;26/12/2026\n');
    expect(found.columns.map(({ question }) => question?.against)).toEqual(['01/13/2026', undefined]);
  });

  it('of numbers that says no scale asks where a title or another column says one', async () => {
    const asks = async (content: string) =>
      (await look(content)).columns.map(({ header, scaleQuestion }) => [
        header,
        scaleQuestion && [scaleQuestion.said, ...scaleQuestion.readings.map(({ reads }) => reads)],
      ]);
    expect(await asks('id;Jan 2026 (£k);Feb 2026\nB-1;1.5;2.5\nB-2;3.5;4.5\n')).toEqual([
      ['id', null],
      ['Jan 2026 (£k)', null],
      ['Feb 2026', ['Jan 2026 (£k)', '2500', '2.5']],
    ]);
    expect(await asks('id;Jan 2026 (£k);Feb 2026\nB-1;1.5;lots\nB-2;3.5;4.5\n')).toContainEqual([
      'Feb 2026',
      ['Jan 2026 (£k)', '4500', '4.5'],
    ]);
    expect(await asks('All figures in £m\nid;Plan;Note\nB-1;1.5;a\nB-2;3.5;b\nB-3;4;c\n')).toEqual([
      ['id', null],
      ['Plan', ['All figures in £m', '1500000', '1.5']],
      ['Note', null],
    ]);
    expect(await asks('id;Jan 2026 (£k);Feb 2026 (£m)\nB-1;1.5;2.5\n')).toEqual([
      ['id', null],
      ['Jan 2026 (£k)', null],
      ['Feb 2026 (£m)', null],
    ]);
  });

  it('is of numbers although more cells say that there is none, and tells which do', async () => {
    const cells = [
      ...Array.from({ length: 8 }, (_, place) => `${place}.5`),
      ...Array<string>(12).fill('NA'),
      'withheld',
    ];
    expect(await columnOf(cells)).toMatchObject({
      kind: 'number',
      odd: [
        { value: 'NA', count: 12 },
        { value: 'withheld', count: 1 },
      ],
    });
  });

  it.each([
    ['choice', ['Red', 'Green', 'Red', 'Green']],
    ['text', ['one thing', 'another']],
    ['email', ['ada@example.org', 'bob@example.org']],
    ['currency', ['EUR', 'GBP']],
    ['month', ['Jan 2026', '2026-02']],
    ['date', ['13-Jun-2000', '2000-06-14']],
    ['empty', ['', '']],
  ])('is of the kind %s', async (kind, cells) => {
    expect((await columnOf(cells)).kind).toBe(kind);
  });

  it('that looks like formulas, scripts or names of our own insides is text', async () => {
    const column = await columnOf(['=HYPERLINK(A1)', '<script>', '__proto__', 'constructor']);
    expect(column).toMatchObject({ kind: 'text', samples: ['=HYPERLINK(A1)', '<script>', '__proto__', 'constructor'] });
  });
});

describe('A foreign workbook', () => {
  it('gives dates of cells and the stored values of formulas', async () => {
    const sheet = sheetOf(
      '<row r="3"><c r="A3" t="inlineStr"><is><t>Id</t></is></c><c r="B3" t="inlineStr"><is><t>Total</t></is></c></row>' +
        '<row r="4"><c r="A4" t="inlineStr"><is><t>A</t></is></c><c r="B4"><f>SUM(1,2)</f><v>3.5</v></c></row>',
    );
    const found = await look(await zipOf(workbookParts({ Plan: sheet })), 'plan.xlsx');
    expect(found).toMatchObject({ headerRow: 3, rows: 1 });
    expect(found.columns[1]).toMatchObject({ header: 'Total', kind: 'number', samples: ['3.5'] });
  });
});
