import { afterAll, describe, expect, it } from '@jest/globals';
import { separatorOf } from './separators.js';
import { openSource } from './source.js';
import { plain, readAll, refusalOf, removeUploads, upload } from './test-uploads.js';

afterAll(removeUploads);

async function read(content: string | Buffer, name = 'costs.csv') {
  const [table] = await readAll([await upload(name, content)]);
  if (!table) throw new Error('no table');
  return table;
}

describe('CSV: rows', () => {
  it('names the table after the file, without its ending', async () => {
    const table = await read('code,name\nA,Ada\n', 'org_units.csv');
    expect(table).toEqual({
      table: 'org_units',
      origin: 'org_units.csv',
      columns: ['code', 'name'],
      rows: [{ rowNumber: 2, cells: ['A', 'Ada'] }],
    });
  });

  it('counts rows as a person does in the sheet, also after a cell that holds line breaks', async () => {
    const table = await read('code,name\nA,"one\ntwo\r\nthree"\nB,four\n');
    expect(plain(table.rows)).toEqual([
      [2, 'A', 'one\ntwo\r\nthree'],
      [3, 'B', 'four'],
    ]);
  });

  it('leaves blank rows out, and counts them', async () => {
    const table = await read('code,name\n\nA,x\n,\n \t,\u00a0\nB,y\n\n');
    expect(plain(table.rows)).toEqual([
      [3, 'A', 'x'],
      [6, 'B', 'y'],
    ]);
  });

  it('reads a line break in a header as a space, and drops trailing blank headers', async () => {
    const table = await read('"code\r\nof it", name ,,\nA,x\n');
    expect(table.columns).toEqual(['code of it', 'name']);
  });

  it.each([
    ['LF', 'a,b\n1,"2"\n3,4'],
    ['CR LF', 'a,b\r\n1,"2"\r\n3,4\r\n'],
    ['CR, as old Macs write', 'a,b\r1,"2"\r3,4'],
    ['mixed', 'a,b\n1,"2"\r\n3,4\r\n'],
  ])('reads lines that end in %s', async (_, content) => {
    expect(plain((await read(content)).rows)).toEqual([
      [2, '1', '2'],
      [3, '3', '4'],
    ]);
  });

  it('fills a shorter row with blanks', async () => {
    expect(plain((await read('a,b,c\n1\n')).rows)).toEqual([[2, '1', '', '']]);
  });

  it('ignores blank cells beyond the header, and reports filled ones with row and position', async () => {
    const table = await read('a,b\n1,2,,\n3,4,5\n');
    expect(table.rows[0]).toEqual({ rowNumber: 2, cells: ['1', '2'] });
    expect(table.rows[1]).toEqual({
      rowNumber: 3,
      cells: ['3', '4'],
      problems: [expect.objectContaining({ code: 'row.too_long', column: 2, value: '5' })],
    });
  });

  it('has no columns where row 1 is blank, or the file is empty', async () => {
    expect((await read('\na,b\n1,2\n')).columns).toEqual([]);
    expect(await read('')).toMatchObject({ columns: [], rows: [] });
  });

  it('can be read any number of times', async () => {
    const source = await openSource([await upload('a.csv', 'code\nA\nB\n')]);
    for (let pass = 0; pass < 3; pass += 1) {
      const rows = [];
      for await (const batch of source.tables[0]!.rows()) rows.push(...batch);
      expect(plain(rows)).toEqual([
        [2, 'A'],
        [3, 'B'],
      ]);
    }
    await source.close();
  });

  it('gives the same rows wherever the file is cut into chunks', async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `C-${index},"Zoë, ""${index}"""`);
    const table = await read(`code,name\r\n${lines.join('\r\n')}\r\n`);
    expect(table.rows.length).toBe(60_000);
    expect(table.rows.every((row, index) => row.cells[1] === `Zoë, "${index}"` && row.rowNumber === index + 2)).toBe(
      true,
    );
  });

  it('takes away the apostrophe that our export puts before formula-like text', async () => {
    const table = await read("code,name\nA,'=1+1\nB,''=1+1\nC,'quoted'\nD,-5\n");
    expect(table.rows.map((row) => row.cells[1])).toEqual(['=1+1', "'=1+1", "'quoted'", '-5']);
  });
});

describe('CSV: separators', () => {
  it.each([
    ['code;name;x', ';'],
    ['code,name', ','],
    ['code\tname\tx', '\t'],
    ['"a;b;c",name', ','],
    ['"line\nbreak, too";name;x\na,b,c,d,e', ';'],
    ['code', ','],
    ['', ','],
  ])('of the header %j is %j', (head, separator) => {
    expect(separatorOf(head)).toBe(separator);
  });

  it("follows Excel's own first line sep=; which is not a row", async () => {
    const table = await read('sep=;\r\ncode;name\r\nA;x, y\r\n');
    expect(table.columns).toEqual(['code', 'name']);
    expect(plain(table.rows)).toEqual([[2, 'A', 'x, y']]);
  });
});

describe('CSV: double quotes', () => {
  it('reports a quote inside an unquoted cell with its row, and goes on', async () => {
    const table = await read('code,name\nA,5" disk\nB,6" and 7" disk\nC,ok\nD,8" disk\nE,ok\n');
    expect(table.rows.map((row) => [row.rowNumber, row.problems?.[0]?.code ?? row.cells])).toEqual([
      [2, 'csv.quote'],
      [3, 'csv.quote'],
      [4, ['C', 'ok']],
      [5, 'csv.quote'],
      [6, ['E', 'ok']],
    ]);
  });

  it('reports text after a closing quote, and says that the rest was not read', async () => {
    const table = await read('code,name\nA,ok\nB,"the "big" one"\nC,ok\n');
    expect(table.rows).toHaveLength(2);
    expect(table.rows[1]).toMatchObject({ rowNumber: 3, cells: [], problems: [{ code: 'csv.quote' }] });
    expect(table.rows[1]?.problems?.[0]?.message).toContain('The rows after this one were not read.');
  });

  it('reports a quote that is never closed at the row where it was opened', async () => {
    const table = await read('code,name\nA,ok\nB,"never closed\nC,ok\nD,ok\n');
    expect(table.rows.at(-1)).toMatchObject({ rowNumber: 3, problems: [{ code: 'csv.quote' }] });
  });

  it('refuses a header with a misplaced quote', async () => {
    const refusal = await refusalOf([await upload('a.csv', 'co"de,name\nA,x\n')]);
    expect(refusal).toMatchObject({ status: 422, code: 'csv.quote' });
  });

  it('takes time in proportion to its length where a whole cell consists of misplaced quotes', async () => {
    const took = async (quotes: number): Promise<number> => {
      const started = performance.now();
      const table = await read(`code,name\nA,x${'"'.repeat(quotes)}\nB,ok\n`);
      expect(table.rows).toHaveLength(1);
      return performance.now() - started;
    };
    await took(2_000);
    const short = Math.max(await took(2_000), await took(2_000), await took(2_000));
    // A hundred times the length: at most a hundred times the time, where the square would be ten thousand times.
    expect((await took(200_000)) / short).toBeLessThan(1_000);
  });
});

describe('CSV: limits', () => {
  it('refuses more rows than allowed, over all CSV files together', async () => {
    const files = [await upload('a.csv', 'code\n1\n2\n'), await upload('b.csv', 'code\n1\n2\n')];
    expect((await readAll(files, { csvRows: 4 })).map((table) => table.rows.length)).toEqual([2, 2]);
    expect(await refusalOf(files, { csvRows: 3 })).toMatchObject({ status: 413, code: 'rows.too_many' });
  });

  it('does not count a second pass over the same rows', async () => {
    const source = await openSource([await upload('a.csv', 'code\n1\n2\n')], { csvRows: 2 });
    for (let pass = 0; pass < 3; pass += 1)
      for await (const batch of source.tables[0]!.rows()) expect(batch).toHaveLength(2);
    await source.close();
  });

  it('refuses a file of nothing but line breaks', async () => {
    const refusal = await refusalOf([await upload('a.csv', `code\n${'\n'.repeat(2000)}`)], { lastRow: 1000 });
    expect(refusal).toMatchObject({ status: 413, code: 'rows.too_many' });
  });

  it('refuses a header of more columns than allowed', async () => {
    const refusal = await refusalOf([await upload('a.csv', 'a,b,c,d\n')], { columns: 3 });
    expect(refusal).toMatchObject({ status: 413, code: 'columns.too_many' });
  });

  it('refuses a row that is too long, naming it', async () => {
    const refusal = await refusalOf([await upload('a.csv', `code\nA\n${'x'.repeat(5000)}`)], { rowBytes: 4096 });
    expect(refusal).toMatchObject({ status: 413, code: 'csv.row_too_long' });
    expect(refusal.detail).toContain('Row 3 of a.csv is longer than 4 KB');
  });
});
