import { afterAll, describe, expect, it } from '@jest/globals';
import writeXlsxFile from 'write-excel-file/node';
import { plain, readAll, refusalOf, removeUploads, sheetOf, upload, workbookParts, zipOf } from './test-uploads.js';

afterAll(removeUploads);

const HEADER =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row>';

async function readSheet(rows: string, more: Parameters<typeof workbookParts>[1] = {}) {
  const [table] = await readAll([
    await upload('w.xlsx', await zipOf(workbookParts({ t: sheetOf(HEADER + rows) }, more))),
  ]);
  if (!table) throw new Error('no table');
  return table;
}

/** The second cell of row 2, given its XML. */
async function cell(xml: string, more: Parameters<typeof workbookParts>[1] = {}): Promise<unknown> {
  return (await readSheet(`<row r="2"><c r="A2" t="str"><v>A</v></c>${xml}</row>`, more)).rows[0]?.cells[1];
}

describe('XLSX: a workbook as a common writer makes it', () => {
  it('gives every sheet as a table, in order, with texts, numbers, dates and yes/no', async () => {
    const workbook = writeXlsxFile([
      {
        sheet: 'org_units',
        data: [
          [
            { value: 'code', type: String },
            { value: 'Org Name', type: String },
          ],
          [
            { value: 'A', type: String },
            { value: 'Zoë & <Co>', type: String },
          ],
        ],
      },
      {
        sheet: 'values',
        data: [
          [
            { value: 'n', type: String },
            { value: 'd', type: String },
            { value: 'b', type: String },
          ],
          [
            { value: 1.5, type: Number },
            { value: new Date(Date.UTC(2026, 6, 31)), type: Date, format: 'yyyy-mm-dd' },
            { value: true, type: Boolean },
          ],
        ],
      },
    ] as never);
    const buffer = await (workbook as unknown as { toBuffer(): Promise<Buffer> }).toBuffer();
    expect(await readAll([await upload('plan.xlsx', buffer)])).toEqual([
      {
        table: 'org_units',
        origin: 'plan.xlsx',
        columns: ['code', 'Org Name'],
        rows: [{ rowNumber: 2, cells: ['A', 'Zoë & <Co>'] }],
      },
      {
        table: 'values',
        origin: 'plan.xlsx',
        columns: ['n', 'd', 'b'],
        rows: [
          {
            rowNumber: 2,
            cells: [
              { kind: 'number', value: 1.5, percent: false, digits: 0 },
              { kind: 'date', date: '2026-07-31', time: '00:00:00.000' },
              { kind: 'boolean', value: true },
            ],
          },
        ],
      },
    ]);
  });
});

describe('XLSX: cells', () => {
  it('reads shared texts, joins their runs and leaves out phonetic readings', async () => {
    const sharedStrings =
      '<sst><si><t>plain</t></si><si><r><t xml:space="preserve">two </t></r><r><t>runs</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si/></sst>';
    expect(await cell('<c r="B2" t="s"><v>1</v></c>', { sharedStrings })).toBe('two runs');
    expect(await cell('<c r="B2" t="s"><v>2</v></c>', { sharedStrings })).toBe('');
  });

  it('reads inline texts with runs, CDATA and escaped characters', async () => {
    expect(await cell('<c r="B2" t="inlineStr"><is><r><t>a</t></r><r><t><![CDATA[<b>]]></t></r></is></c>')).toBe(
      'a<b>',
    );
    expect(await cell('<c r="B2" t="inlineStr"><is><t>a_x000A_b_x005F_x000A_</t></is></c>')).toBe('a\nb_x000A_');
  });

  it('takes the stored value of a formula', async () => {
    expect(await cell('<c r="B2"><f>1+1</f><v>2</v></c>')).toEqual({
      kind: 'number',
      value: 2,
      percent: false,
      digits: 0,
    });
    expect(await cell('<c r="B2" t="str"><f>A2</f><v>A</v></c>')).toBe('A');
    expect(await cell('<c r="B2" t="b"><f>TRUE()</f><v>1</v></c>')).toEqual({ kind: 'boolean', value: true });
  });

  it('marks a formula without a stored value, and an error', async () => {
    expect(await cell('<c r="B2"><f>1+1</f></c>')).toEqual({ kind: 'no_value' });
    expect(await cell('<c r="B2"><f>1+1</f><v></v></c>')).toEqual({ kind: 'no_value' });
    expect(await cell('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')).toEqual({ kind: 'error', text: '#DIV/0!' });
  });

  it('knows dates, percentages and zero-padded ids by their format', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm;@"/><numFmt numFmtId="165" formatCode="00000"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="165"/></cellXfs></styleSheet>';
    const number = { kind: 'number', percent: false, digits: 0 };
    expect(await cell('<c r="B2" s="0"><v>46234</v></c>', { styles })).toEqual({ ...number, value: 46234 });
    expect(await cell('<c r="B2" s="1"><v>46234</v></c>', { styles })).toEqual({
      kind: 'date',
      date: '2026-07-31',
      time: '00:00:00.000',
    });
    expect(await cell('<c r="B2" s="2"><v>46234.5</v></c>', { styles })).toEqual({
      kind: 'date',
      date: '2026-07-31',
      time: '12:00:00.000',
    });
    expect(await cell('<c r="B2" s="3"><v>0.25</v></c>', { styles })).toEqual({
      ...number,
      value: 0.25,
      percent: true,
    });
    expect(await cell('<c r="B2" s="4"><v>42</v></c>', { styles })).toEqual({ ...number, value: 42, digits: 5 });
  });

  it('counts days from 1904 where the workbook says so', async () => {
    const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
    const properties = '<workbookPr date1904="1"/>';
    expect(await cell('<c r="B2" s="1"><v>44772</v></c>', { styles, properties })).toMatchObject({
      date: '2026-07-31',
    });
  });

  it('reads ISO dates of the strict format', async () => {
    expect(await cell('<c r="B2" t="d"><v>2026-07-31T08:15:00</v></c>')).toEqual({
      kind: 'date',
      date: '2026-07-31',
      time: '08:15:00.000',
    });
  });
});

describe('XLSX: rows', () => {
  it('places cells by their address, and follows on where there is none', async () => {
    const table = await readSheet(
      '<row r="2"><c r="B2" t="str"><v>right</v></c></row><row><c t="str"><v>left</v></c><c t="str"><v>right</v></c></row>',
    );
    expect(plain(table.rows)).toEqual([
      [2, '', 'right'],
      [3, 'left', 'right'],
    ]);
  });

  it('keeps the row numbers of the sheet, and leaves out blank and merely formatted rows', async () => {
    const table = await readSheet(
      '<row r="3"><c r="A3" s="1"/><c r="B3" t="str"><v> </v></c></row><row r="7"><c r="A7" t="str"><v>A</v></c></row>',
    );
    expect(plain(table.rows)).toEqual([[7, 'A', '']]);
  });

  it('reports a filled cell under no header', async () => {
    const table = await readSheet('<row r="2"><c r="A2" t="str"><v>A</v></c><c r="D2"><v>5</v></c></row>');
    expect(table.rows[0]).toMatchObject({
      rowNumber: 2,
      cells: ['A', ''],
      problems: [{ code: 'row.too_long', column: 3, value: '5' }],
    });
  });

  it('has no columns where row 1 is blank', async () => {
    const parts = workbookParts({ t: sheetOf('<row r="2"><c r="A2" t="str"><v>code</v></c></row>') });
    expect((await readAll([await upload('w.xlsx', await zipOf(parts))]))[0]?.columns).toEqual([]);
  });

  it('understands writers that prefix every tag', async () => {
    const prefixed = sheetOf(`${HEADER}<row r="2"><c r="A2" t="str"><v>A</v></c></row>`).replace(
      /<(\/?)(\w)/g,
      '<$1x:$2',
    );
    const parts = workbookParts({ t: prefixed });
    expect(plain((await readAll([await upload('w.xlsx', await zipOf(parts))]))[0]?.rows ?? [])).toEqual([[2, 'A', '']]);
  });

  it.each([
    ['rows out of order', '<row r="5"/><row r="4"/>'],
    ['a row beyond the last', '<row r="1048577"/>'],
    ['an impossible column', '<row r="2"><c r="ZZZZ2"/></row>'],
    ['a text that is not there', '<row r="2"><c r="A2" t="s"><v>9</v></c></row>'],
  ])('refuses %s', async (_, rows) => {
    const file = await upload('w.xlsx', await zipOf(workbookParts({ t: sheetOf(HEADER + rows) })));
    expect(await refusalOf([file])).toMatchObject({ status: 422, code: 'sheet.damaged' });
  });

  it('refuses more rows than allowed over all sheets, headers not counted', async () => {
    const sheet = sheetOf(`${HEADER}<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>`);
    const file = await upload('w.xlsx', await zipOf(workbookParts({ a: sheet, b: sheet })));
    expect(await readAll([file], { workbookRows: 4 })).toHaveLength(2);
    expect(await refusalOf([file], { workbookRows: 3 })).toMatchObject({ status: 413, code: 'rows.too_many' });
  });
});

describe('XLSX: sheets', () => {
  it('skips the help sheet of our template, and gives hidden sheets like others', async () => {
    const parts = workbookParts({ 'Read me': sheetOf(HEADER), Notes: sheetOf(HEADER), org_units: sheetOf(HEADER) });
    parts['xl/workbook.xml'] = parts['xl/workbook.xml']!.replace('name="Notes"', 'name="Notes" state="hidden"');
    const tables = await readAll([await upload('w.xlsx', await zipOf(parts))]);
    expect(tables.map((table) => table.table)).toEqual(['Notes', 'org_units']);
  });

  it('refuses a workbook that lacks a sheet or its list of sheets', async () => {
    const { 'xl/worksheets/sheet1.xml': _sheet, ...withoutSheet } = workbookParts({ t: sheetOf(HEADER) });
    const { 'xl/_rels/workbook.xml.rels': _relations, ...withoutList } = workbookParts({ t: sheetOf(HEADER) });
    for (const parts of [withoutSheet, withoutList]) {
      expect(await refusalOf([await upload('w.xlsx', await zipOf(parts))])).toMatchObject({
        status: 422,
        code: 'workbook.damaged',
      });
    }
  });

  it('refuses XML that is cut off', async () => {
    const file = await upload(
      'w.xlsx',
      await zipOf(workbookParts({ t: `<worksheet><sheetData>${HEADER}<row r="2">` })),
    );
    expect(await refusalOf([file])).toMatchObject({ status: 422, code: 'xml.damaged' });
  });
});
