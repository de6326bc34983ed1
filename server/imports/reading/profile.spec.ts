import { afterAll, describe, expect, it } from '@jest/globals';
import { profileTables } from './profile.js';
import { openSource } from './source.js';
import { removeUploads, sheetOf, upload, workbookParts, zipOf } from './test-uploads.js';

afterAll(removeUploads);

const numberColumns = (_: string, header: readonly string[]) =>
  header.flatMap((name, at) => (name.startsWith('n') ? [at] : []));

async function profile(files: Record<string, string>, stated?: 'dot' | 'comma') {
  const source = await openSource(
    await Promise.all(Object.entries(files).map(([name, content]) => upload(name, content))),
  );
  try {
    return await profileTables(source.tables, numberColumns, stated);
  } finally {
    await source.close();
  }
}

describe('the first pass', () => {
  it('counts the rows of each table and finds the style of each file in its number columns only', async () => {
    const found = await profile({ 'a.csv': 'code;n;text\nA;1,5;2.5\nB;;\n', 'b.csv': 'code,n\nA,1.5\n' });
    expect([...found.rows]).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect([found.styleOf('a.csv'), found.styleOf('b.csv')]).toEqual(['comma', 'dot']);
  });

  it('takes the style of the other files where a file shows none', async () => {
    const found = await profile({ 'a.csv': 'code;n\nA;1.234\n', 'b.csv': 'code;n\nA;1,5\n' });
    expect(found.styleOf('a.csv')).toBe('comma');
  });

  it('is settled by a stated style, whatever the cells show', async () => {
    const found = await profile({ 'a.csv': 'code;n\nA;1,5\nB;1.5\n' }, 'dot');
    expect(found.styleOf('a.csv')).toBe('dot');
  });

  it('treats the sheets of a workbook as one file, and learns nothing from its number cells', async () => {
    const sheet = (cell: string) => sheetOf(`<row r="1"><c r="A1" t="str"><v>n</v></c></row><row r="2">${cell}</row>`);
    const parts = workbookParts({
      one: sheet('<c r="A2"><v>1.5</v></c>'),
      two: sheet('<c r="A2" t="str"><v>1,5</v></c>'),
    });
    const source = await openSource([await upload('w.xlsx', await zipOf(parts))]);
    expect((await profileTables(source.tables, numberColumns)).styleOf('w.xlsx')).toBe('comma');
    await source.close();
  });
});
