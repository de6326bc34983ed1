import { afterAll, describe, expect, it } from '@jest/globals';
import { openSource } from './source.js';
import { readAll, refusalOf, removeUploads, sheetOf, upload, workbookParts, zipOf } from './test-uploads.js';

afterAll(removeUploads);

const SHEET = sheetOf('<row r="1"><c r="A1" t="str"><v>code</v></c></row>');

describe('an upload', () => {
  it('may be several CSV files', async () => {
    const files = [await upload('org_units.csv', 'code\nA\n'), await upload('C:\\data\\portfolios.CSV', 'code\nB\n')];
    expect((await readAll(files)).map(({ table, origin }) => [table, origin])).toEqual([
      ['org_units', 'org_units.csv'],
      ['portfolios', 'portfolios.CSV'],
    ]);
  });

  it('may be a zip of CSV files; folders and what macOS adds are left out, other files are named', async () => {
    const zip = await zipOf({
      'tables/org_units.csv': 'code\nA\n',
      'portfolios.csv': 'code\nB\n',
      '__MACOSX/._portfolios.csv': 'junk',
      'tables/.DS_Store': 'junk',
      'notes.pdf': '%PDF-',
    });
    const source = await openSource([await upload('all.zip', zip)]);
    expect(source.tables.map(({ table, origin }) => [table, origin])).toEqual([
      ['org_units', 'all.zip: tables/org_units.csv'],
      ['portfolios', 'all.zip: portfolios.csv'],
    ]);
    expect(source.ignored).toEqual(['all.zip: notes.pdf']);
    await source.close();
    await source.close();
  });

  it('is known by its content, whatever its name ends in', async () => {
    const workbook = await zipOf(workbookParts({ org_units: SHEET }));
    expect((await readAll([await upload('table.csv', workbook)]))[0]?.table).toBe('org_units');
    expect((await readAll([await upload('org_units.xlsx', 'code\nA\n')]))[0]?.table).toBe('org_units');
    expect((await readAll([await upload('PK.csv', 'PK,name\nA,x\n')]))[0]?.columns).toEqual(['PK', 'name']);
    expect((await readAll([await upload('MZ.csv', 'MZ,name\nA,x\n')]))[0]?.columns).toEqual(['MZ', 'name']);
  });

  it.each([
    ['an old or protected workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.xls'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'PDF'],
    ['a PNG', Buffer.from('89504e470d0a1a0a', 'hex'), 'image'],
    ['a program', Buffer.from('4d5a90000300', 'hex'), 'program'],
    ['a gzip', Buffer.from('1f8b0800', 'hex'), 'gzip'],
    ['a web page', Buffer.from('\ufeff\n<html><table>'), 'web page'],
  ])('that is %s is refused with 415, in words', async (_, content, word) => {
    const refusal = await refusalOf([await upload('org_units.csv', content)]);
    expect(refusal).toMatchObject({ status: 415, code: 'type' });
    expect(refusal.detail).toContain(word);
    expect(refusal.detail).toContain('.xlsx');
  });

  it.each([
    ['a text document', { '[Content_Types].xml': '', 'word/document.xml': '' }],
    ['a binary workbook', { '[Content_Types].xml': '', 'xl/workbook.bin': '' }],
    ['an OpenDocument sheet', { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '' }],
    ['a zip without a CSV file', { 'readme.md': 'x' }],
  ])('that is %s is refused with 415', async (_, entries) => {
    expect(await refusalOf([await upload('a.zip', await zipOf(entries))])).toMatchObject({ status: 415, code: 'type' });
  });

  it('names the password protection of a workbook as a likely cause', async () => {
    const refusal = await refusalOf([await upload('plan.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'))]);
    expect(refusal.detail).toContain('password');
  });

  it('is refused where the same table comes twice, whatever the spelling', async () => {
    const files = [
      await upload('org_units.csv', 'code\n'),
      await upload('b.xlsx', await zipOf(workbookParts({ 'Org Units': SHEET }))),
    ];
    const refusal = await refusalOf(files);
    expect(refusal).toMatchObject({ status: 422, code: 'table.twice' });
    expect(refusal.detail).toContain('in org_units.csv and in b.xlsx');
  });

  it('is refused where a CSV in a zip is really a picture', async () => {
    const zip = await zipOf({ 'org_units.csv': Buffer.from('89504e470d0a1a0a', 'hex') });
    expect(await refusalOf([await upload('a.zip', zip)])).toMatchObject({ status: 415 });
  });
});
