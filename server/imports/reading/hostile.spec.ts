import { afterAll, describe, expect, it } from '@jest/globals';
import { expectRefusal } from '../../../tests/support/expect-refusal.js';
import {
  rawZip,
  readAll,
  removeUploads,
  sheetOf,
  upload,
  workbookParts,
  zipOf,
  type RawEntry,
} from './test-uploads.js';

afterAll(removeUploads);

const MEGABYTE = 1024 * 1024;
const HEADER = '<row r="1"><c r="A1" t="str"><v>code</v></c></row>';

async function workbook(parts: Record<string, string>, lies: Partial<RawEntry> & { name: string }): Promise<Buffer> {
  return rawZip(
    Object.entries(parts).map(([name, text]) => ({
      name,
      data: Buffer.from(text),
      ...(name === lies.name ? lies : {}),
    })),
  );
}

describe('a hostile archive', () => {
  it('that unpacks to 1,000 times its size is refused before it is unpacked', async () => {
    const zip = await zipOf({ 'costs.csv': Buffer.alloc(200 * MEGABYTE, 'a,b\n') });
    expect(zip.length).toBeLessThan(MEGABYTE);
    await expectRefusal('bomb.zip', zip, { status: 413, code: 'archive.ratio' });
  });

  it('that hides its size in its table of contents is refused when it gives more than it says', async () => {
    const zip = rawZip([{ name: 'costs.csv', data: Buffer.alloc(100 * MEGABYTE, 'a,b\n'), size: 50_000 }]);
    await expectRefusal('lying.zip', zip, { status: 413, code: 'archive.size' });
  });

  it('that hides the size of a sheet is refused likewise', async () => {
    const rows = HEADER + '<row><c t="str"><v>same</v></c></row>'.repeat(50_000);
    const parts = workbookParts({ t: sheetOf(rows) });
    const zip = await workbook(parts, { name: 'xl/worksheets/sheet1.xml', size: 5_000 });
    await expectRefusal('lying.xlsx', zip, { status: 413, code: 'archive.size' });
  });

  it('that unpacks to more than the budget is refused, over all files of the upload', async () => {
    const content = Buffer.from(
      Array.from({ length: 100_000 }, (_, index) => `C-${(index * 7919) % 100_003}`).join('\n'),
    );
    const zip = await zipOf({ 'a.csv': content, 'b.csv': content });
    await expectRefusal(
      'large.zip',
      zip,
      { status: 413, code: 'archive.unpacked' },
      { unpackedBytes: content.length * 1.5 },
    );
  });

  it('of 10,000 entries is refused', async () => {
    const zip = rawZip(Array.from({ length: 10_000 }, (_, index) => ({ name: `${index}.csv`, data: Buffer.alloc(0) })));
    await expectRefusal('many.zip', zip, { status: 413, code: 'archive.entries' });
  });

  it('whose entries share the same packed bytes is refused', async () => {
    const first: RawEntry = {
      name: '0.csv',
      method: 0,
      data: Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${index * 31}\n`).join('')),
    };
    const others = Array.from({ length: 500 }, (_, index) => ({ ...first, name: `${index + 1}.csv`, offset: 0 }));
    await expectRefusal('overlap.zip', rawZip([first, ...others]), { status: 422, code: 'archive.damaged' });
  });

  it('that holds another archive is refused, by name and by content', async () => {
    const inner = await zipOf({ 'costs.csv': 'a,b\n1,2\n' });
    const nested = { status: 422, code: 'archive.nested' };
    await expectRefusal('nested.zip', await zipOf({ 'inner.zip': inner }), nested);
    await expectRefusal('nested.zip', await zipOf({ 'plan.xlsx': inner }), nested);
    await expectRefusal('nested.zip', await zipOf({ 'costs.csv': inner }), nested);
  });

  it('that holds the same name twice, in any case, is refused', async () => {
    const data = Buffer.from('a\n');
    const twice = { status: 422, code: 'archive.duplicate' };
    await expectRefusal(
      'twice.zip',
      rawZip([
        { name: 'a.csv', data },
        { name: 'a.csv', data },
      ]),
      twice,
    );
    await expectRefusal(
      'twice.zip',
      rawZip([
        { name: 'a.csv', data },
        { name: 'A.CSV', data },
      ]),
      twice,
    );
  });

  it('that holds the same table in two folders is refused', async () => {
    await expectRefusal('twice.zip', await zipOf({ 'x/a.csv': 'a\n', 'y/a.csv': 'a\n' }), {
      status: 422,
      code: 'table.twice',
    });
  });

  it.each(['../a.csv', 'x/../../a.csv', '/etc/a.csv', 'C:/a.csv', '..\\a.csv'])(
    'that holds a file named %s is refused',
    async (name) => {
      await expectRefusal('path.zip', rawZip([{ name, data: Buffer.from('a\n') }]), {
        status: 422,
        code: 'archive.path',
      });
    },
  );

  it('that is cut off is refused, wherever it is cut', async () => {
    const whole = await zipOf({
      'costs.csv': Array.from({ length: 5_000 }, (_, index) => `${index},${index * 17}`).join('\n'),
    });
    for (const share of [0.1, 0.5, 0.99]) {
      await expectRefusal('cut.zip', whole.subarray(0, whole.length * share), { status: 422, code: 'archive.damaged' });
    }
  });

  it('with a flipped bit in its packed bytes is refused', async () => {
    const zip = rawZip([{ name: 'costs.csv', data: Buffer.from('a,b\n1000,2000\n'), method: 0 }]);
    zip.writeUInt8(zip.readUInt8(45) ^ 1, 45);
    await expectRefusal('flipped.zip', zip, { status: 422, code: 'archive.damaged' });
  });

  it('that is encrypted is refused, in the old way and in the strong way', async () => {
    const protectedZip = { status: 422, code: 'archive.encrypted' };
    await expectRefusal('a.zip', rawZip([{ name: 'a.csv', data: Buffer.from('a\n'), flags: 0x01 }]), protectedZip);
    await expectRefusal('a.zip', rawZip([{ name: 'a.csv', data: Buffer.from('a\n'), flags: 0x41 }]), protectedZip);
  });

  it('packed by a method that is not deflate is refused', async () => {
    const zip = rawZip([{ name: 'a.csv', data: Buffer.from('a\n'), method: 12 }]);
    await expectRefusal('a.zip', zip, { status: 422, code: 'archive.method' });
  });
});

describe('a hostile workbook', () => {
  const shell = workbookParts({ t: sheetOf(HEADER) });
  const doctype = { status: 422, code: 'xml.doctype' };
  const laughs =
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>';

  it.each([
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/worksheets/sheet1.xml',
    'xl/sharedStrings.xml',
    'xl/styles.xml',
  ])('that defines entities in %s is refused', async (part) => {
    const parts = { ...shell, 'xl/sharedStrings.xml': '<sst/>', 'xl/styles.xml': '<styleSheet/>' } as Record<
      string,
      string
    >;
    parts[part] = `<?xml version="1.0"?>${laughs}${parts[part]}`;
    await expectRefusal('laughs.xlsx', await zipOf(parts), doctype);
  });

  it('that names an external entity is refused, and nothing is fetched', async () => {
    const sheet = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${sheetOf(`${HEADER}<row><c t="str"><v>&e;</v></c></row>`)}`;
    await expectRefusal('external.xlsx', await zipOf(workbookParts({ t: sheet })), doctype);
  });

  it('that uses an entity nobody defined is refused', async () => {
    const sheet = sheetOf(`${HEADER}<row><c t="str"><v>&e;</v></c></row>`);
    await expectRefusal('entity.xlsx', await zipOf(workbookParts({ t: sheet })), { status: 422, code: 'xml.damaged' });
  });

  it('that declares 16,384 x 1,048,576 cells costs nothing, and its rows are read', async () => {
    const sheet = `<worksheet><dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384"/></cols><sheetData>${HEADER}
      <row r="1048576" spans="1:16384"><c r="A1048576" t="str"><v>last</v></c></row></sheetData></worksheet>`;
    const [table] = await readAll([await upload('huge.xlsx', await zipOf(workbookParts({ t: sheet })))]);
    expect(table?.rows).toEqual([{ rowNumber: 1_048_576, cells: ['last'] }]);
  });

  it('whose header reaches to the last column is refused', async () => {
    const sheet = sheetOf('<row r="1"><c r="A1" t="str"><v>code</v></c><c r="XFD1" t="str"><v>far</v></c></row>');
    await expectRefusal('wide.xlsx', await zipOf(workbookParts({ t: sheet })), {
      status: 413,
      code: 'columns.too_many',
    });
  });

  const manyTexts = Array.from(
    { length: 1_000_001 },
    (_, index) => `<si><t>${(index * 7919).toString(36)}</t></si>`,
  ).join('');

  it('that declares more than a million texts is refused at once', async () => {
    const parts = workbookParts(
      { t: sheetOf(HEADER) },
      { sharedStrings: `<sst uniqueCount="1000001">${manyTexts}</sst>` },
    );
    await expectRefusal('texts.xlsx', await zipOf(parts), { status: 413, code: 'workbook.texts' });
  });

  it('that holds more than a million texts without saying so is refused when they have been counted', async () => {
    const parts = workbookParts({ t: sheetOf(HEADER) }, { sharedStrings: `<sst uniqueCount="3">${manyTexts}</sst>` });
    await expectRefusal('texts.xlsx', await zipOf(parts), { status: 413, code: 'workbook.texts' });
  });

  it('with a single text of many megabytes is refused', async () => {
    const text = Array.from({ length: 400_000 }, (_, index) => (index * 7919).toString(36)).join(' ');
    const parts = workbookParts({ t: sheetOf(`${HEADER}<row><c t="inlineStr"><is><t>${text}</t></is></c></row>`) });
    await expectRefusal('text.xlsx', await zipOf(parts), { status: 413, code: 'xml.piece' });
  });

  it('with a single text in many small runs is refused, shared or not', async () => {
    const runs = Array.from({ length: 20_000 }, (_, index) => `<r><t>${(index * 7919).toString(36)}</t></r>`).join('');
    const piece = { status: 413, code: 'xml.piece' };
    const shared = workbookParts({ t: sheetOf(HEADER) }, { sharedStrings: `<sst><si>${runs}</si></sst>` });
    await expectRefusal('runs.xlsx', await zipOf(shared), piece);
    const inline = workbookParts({ t: sheetOf(`${HEADER}<row><c t="inlineStr"><is>${runs}</is></c></row>`) });
    await expectRefusal('runs.xlsx', await zipOf(inline), piece);
  });

  it('whose many cells share one long text is refused', async () => {
    const sharedStrings = `<sst><si><t>${'long '.repeat(10_000)}</t></si></sst>`;
    const rows = Array.from({ length: 20_000 }, (_, index) => `<row r="${index + 2}"><c t="s"><v>0</v></c></row>`).join(
      '',
    );
    const parts = workbookParts({ t: sheetOf(HEADER + rows) }, { sharedStrings });
    await expectRefusal('shared.xlsx', await zipOf(parts), { status: 413, code: 'archive.unpacked' });
  });

  it('of more than a thousand sheets, all of them one, is refused', async () => {
    const parts = workbookParts({ t: sheetOf(HEADER) });
    const sheets = Array.from({ length: 1_001 }, (_, index) => `<sheet name="${index * 7919}" r:id="rId1"/>`).join('');
    parts['xl/workbook.xml'] = parts['xl/workbook.xml']!.replace('</sheets>', `${sheets}</sheets>`);
    await expectRefusal('sheets.xlsx', await zipOf(parts), { status: 413, code: 'workbook.sheets' });
  });

  it('nested a thousand deep is refused', async () => {
    const sheet = `<worksheet>${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}</worksheet>`;
    await expectRefusal('deep.xlsx', await zipOf(workbookParts({ t: sheet })), { status: 422, code: 'xml.depth' });
  });
});

describe('a hostile text file', () => {
  it('of one endless line is refused at the row that has no end', async () => {
    await expectRefusal('line.csv', Buffer.alloc(20 * MEGABYTE, 'x'), { status: 413, code: 'csv.row_too_long' });
    await expectRefusal('line.csv', Buffer.alloc(20 * MEGABYTE, 'x,'), { status: 413, code: 'csv.row_too_long' });
    const unclosed = Buffer.concat([Buffer.from('code\n"'), Buffer.alloc(20 * MEGABYTE, 'x\n')]);
    await expectRefusal('quote.csv', unclosed, { status: 413, code: 'csv.row_too_long' });
  });

  it('of nothing but line breaks is refused', async () => {
    await expectRefusal('breaks.csv', Buffer.alloc(4 * MEGABYTE, '\n'), { status: 413, code: 'rows.too_many' });
  });

  it('that is no valid UTF-8 and no Windows-1252 is refused', async () => {
    await expectRefusal('bad.csv', Buffer.from('636f64650ae9810a', 'hex'), { status: 422, code: 'encoding' });
  });

  it('in UTF-16 is refused', async () => {
    await expectRefusal('utf16.csv', Buffer.from('\ufeffcode\nA\n', 'utf16le'), { status: 422, code: 'encoding' });
  });

  it('that is something else under the name of a table is refused', async () => {
    await expectRefusal('costs.csv', Buffer.from('%PDF-1.7\n'), { status: 415, code: 'type' });
    await expectRefusal('costs.xlsx', Buffer.from('7f454c4602010100', 'hex'), { status: 415, code: 'type' });
    await expectRefusal('costs.xlsx', await zipOf({ 'word/document.xml': '<x/>' }), { status: 415, code: 'type' });
  });
});
