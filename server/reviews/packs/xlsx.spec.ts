import { beforeAll, describe, expect, test } from '@jest/globals';
import readWorkbook from 'read-excel-file/node';
import { add } from '../../contract/decimal.js';
import { figureNameIn } from '../../contract/named-figure.js';
import { printed } from '../../core/review/narrative.js';
import { HOSTILE, sampleReview } from '../../../tests/support/review-document.js';
import { sheetsOf } from '../../../tests/support/workbook.js';
import { guarded } from '../../imports/reading/formula-guard.js';
import { identityOf } from './pack.js';
import { rowsOfTable, sheetNames } from './sheet.js';
import { workbookOf } from './xlsx.js';
import { unzipped } from './zip.js';

type Cells = readonly (string | number | boolean | Date | null)[];

const sample = sampleReview();
const { document } = sample;
let bytes: Buffer;
let sheets: ReadonlyMap<string, readonly Cells[]>;
beforeAll(async () => {
  bytes = Buffer.from(await workbookOf(sample));
  const read = (await readWorkbook(bytes)) as unknown as { sheet: string; data: Cells[] }[];
  sheets = new Map(read.map(({ sheet, data }) => [sheet, data]));
});

const rowAfter = (sheet: string, first: string): Cells => {
  const rows = sheets.get(sheet)!;
  return rows[rows.findIndex(([cell]) => cell === first) + 1]!;
};
const rowsIn = (sheet: string): readonly Cells[] => sheets.get(sheet)!;
const rowOf = (sheet: string, first: string): Cells => sheets.get(sheet)!.find(([cell]) => cell === first)!;

describe('The workbook of a review, read by another library', () => {
  test('has a sheet a section, then narrative, definitions, figures, records, and what it is', () => {
    expect([...sheets.keys()]).toEqual([
      ...['Cover', 'Headline', 'Benefits', 'Money', 'Signals', 'Appendix'],
      ...['Narrative', 'Definitions', 'Figures', 'Records', 'About'],
    ]);
    for (const name of ['Cover', 'Headline', 'Benefits', 'Money', 'Signals', 'Appendix'])
      expect(sheets.get(name)![2]![0]).toBe(identityOf(document, sample.sha256));
    expect(rowOf('About', 'SHA-256 of the document').slice(0, 2)).toEqual(['SHA-256 of the document', sample.sha256]);
    expect(rowOf('About', 'USD').slice(0, 3)).toEqual(['USD', '2026-07', 0.91]);
  });

  test('holds each figure of the ledger as a number with its unit, and as it is printed', () => {
    const called = figureNameIn(document);
    expect(document.headline.map((key) => rowOf('Headline', called(key)).slice(1, 4))).toEqual(
      document.headline
        .map((key) => document.figures[key]!)
        .map(({ value, unit, text }) => [Number(value), unit === 'share' ? '%' : unit, text]),
    );
    expect(rowOf('Headline', 'Realised benefits, to date')).toBeDefined();
    for (const [key, { value, text, full }] of Object.entries(document.figures))
      expect(rowOf('Figures', key).slice(2, 6)).toEqual([
        value === null ? null : Number(value),
        expect.any(String),
        text,
        full,
      ]);
  });

  test('tells amounts in the unit of the header, whatever the page scales them to', () => {
    expect(rowAfter('Appendix', 'Benefits against plan')).toEqual([
      ...['Code', 'Benefit', 'Realised (EUR)', 'Against plan (EUR)', 'Reason and what is done'],
    ]);
    const { rows } = document.sections.at(-1)!.tables[0]!;
    for (const [code, , realised, variance] of rows)
      expect(rowOf('Appendix', code!.text).slice(2, 4)).toEqual([Number(realised!.value), Number(variance!.value)]);
    // Where units differ, each cell names its own.
    expect(rowAfter('Headline', 'From money to proof').slice(0, 4)).toEqual([
      ...['What', 'Amount (EUR)', 'Against plan (EUR)', 'Share (%)'],
    ]);
  });

  test('holds a cell that is a day, and nothing but a day, as a date', () => {
    const texts = ['31 Aug 2026', '2026-11-27', '2026-09-18, overdue', '31 Feb 2026', '2026-02-30', '2026-07'];
    const cells = texts.map((text) => ({ text, value: null, unit: null, figure: null, impact: null }));
    const columns = [{ title: 'Due', kind: 'text' as const, unit: null }];
    const table = { id: 't', title: 'T', columns, rows: cells.map((cell) => [cell]), total: 6, note: null };
    expect(rowsOfTable(table).slice(2, 8).flat()).toMatchObject([
      { value: new Date('2026-08-31T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
      { value: new Date('2026-11-27T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
      ...texts.slice(2).map((value) => ({ value, type: String })),
    ]);
  });

  test('says what it is and whose', async () => {
    const files = await unzipped(bytes);
    const properties = files.get('docProps/core.xml')!.toString();
    expect(properties).toContain(`<dc:title>${document.review.periodName} value review`);
    expect(properties).toContain('<dc:creator>');
    expect(files.get('_rels/.rels')!.toString()).toContain('Target="docProps/core.xml"');
    expect(files.get('[Content_Types].xml')!.toString()).toContain('/docProps/core.xml');
  });

  test('prints across one page with its headers on each, rows as high as their words, in one named font', async () => {
    const files = await unzipped(bytes);
    const textOf = (name: string) => files.get(name)!.toString();
    const made = [...files.keys()].filter((name) => name.startsWith('xl/worksheets/sheet')).map(textOf);
    expect(made.length).toBe(sheets.size);
    for (const xml of made) {
      expect(xml).toMatch(/^<\?xml[^>]*><worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr>/);
      expect(xml).toMatch(/<pageSetup fitToWidth="1" fitToHeight="0" paperSize="9" orientation="landscape"\/>/);
      expect(xml).toContain(
        `<oddFooter>&amp;L${identityOf(document, sample.sha256)}&amp;Rpage &amp;P of &amp;N</oddFooter>`,
      );
    }
    const at = [...sheets.keys()].indexOf('Narrative');
    expect(textOf('xl/workbook.xml')).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'Narrative'!$1:$1</definedName>`,
    );
    expect(made[at]).toMatch(/<row r="\d+" ht="\d+" customHeight="1">/);
    // Plain, bold, of titles and of links.
    expect(textOf('xl/styles.xml').match(/<font>/g)).toHaveLength(4);
    expect(textOf('xl/styles.xml').match(/<name val="Arial"\/>/g)).toHaveLength(4);
  });

  test('stands at the top of its rows, shows shares in %, and filters and freezes lists by their headers', async () => {
    const files = await unzipped(bytes);
    const styles = files.get('xl/styles.xml')!.toString();
    const all = [...styles.matchAll(/<xf [^>]*>(.*?)<\/xf>/g)].map(([, alignment]) => alignment!);
    // Headers stand on the line below them.
    expect(all.filter((alignment) => !/vertical="(top|bottom)"/.test(alignment))).toEqual([]);
    expect(styles).toContain('formatCode="0.00%_)_)"');
    const made = await sheetsOf(bytes);
    const lists = ['Narrative', 'Definitions', 'Figures', 'Records'];
    const last = (name: string) => sheets.get(name)!.length;
    const letters = ['G', 'E', 'P', 'K'];
    expect(lists.map((name) => /<autoFilter ref="([^"]*)"/.exec(made[[...sheets.keys()].indexOf(name)]!)?.[1])).toEqual(
      lists.map((name, at) => `A1:${letters[at]}${last(name)}`),
    );
    expect(made.filter((xml) => xml.includes('<autoFilter'))).toHaveLength(lists.length);
    for (const name of lists) expect(made[[...sheets.keys()].indexOf(name)]).toContain('state="frozen"');
  });

  test('is wide enough for every word of a table, an address of an owner, too', async () => {
    const address = 'somebody.with-a-long-name@subsidiary.example';
    const [appendix] = document.sections.slice(-1);
    const [table] = appendix!.tables;
    const rows = table!.rows.map((row) => row.map((cell, at) => (at === 1 ? { ...cell, text: address } : cell)));
    const sections = [...document.sections.slice(0, -1), { ...appendix!, tables: [{ ...table!, rows }] }];
    const made = await sheetsOf(Buffer.from(await workbookOf({ ...sample, document: { ...document, sections } })));
    const xml = made[[...sheets.keys()].indexOf('Appendix')]!;
    expect(Number(/<col min="2" max="2" width="(\d+)"/.exec(xml)![1])).toBeGreaterThanOrEqual(address.length);
  });

  test('has room in About for what is said behind a name: no hash breaks, and no row is a page high', async () => {
    const examples = Array.from({ length: 40 }, (_, at) => `BEN-${at} More hours of training, 2026-04`);
    const [first, ...others] = document.checklist;
    const checklist = [{ ...first!, text: '40', examples }, ...others];
    const made = await sheetsOf(Buffer.from(await workbookOf({ ...sample, document: { ...document, checklist } })));
    const heights = [...made.at(-1)!.matchAll(/<row [^>]*ht="(\d+)"/g)].map(([, height]) => Number(height));
    // 40 examples of 38 signs on lines of about 100, of 13 points each.
    expect(Math.max(...heights)).toBeLessThan(20 * 13);
    const hash = rowsIn('About').findIndex(([what]) => what === 'SHA-256 of the document') + 1;
    expect(made.at(-1)!).not.toMatch(new RegExp(`<row r="${hash}" ht=`));
  });

  test('names a sheet of records by its metric and quarter, in whole words, each once', () => {
    const nameFor = sheetNames();
    const title = 'IT involved before strategic decisions';
    expect(['2026 Q3', '2026 Q2', '2026 Q3'].map((quarter) => nameFor(title, quarter))).toEqual([
      ...['IT involved before 2026 Q3', 'IT involved before 2026 Q2', 'IT involved before 2026 Q3 2'],
    ]);
  });

  test('begins with a list of its other sheets, each a link to it', async () => {
    const names = [...sheets.keys()];
    const rows = sheets.get('Cover')!.map(([cell]) => cell);
    const begin = rows.indexOf('Sheets of this workbook') + 1;
    expect(rows.slice(begin)).toEqual(names.slice(1));
    const [first, ...others] = await sheetsOf(bytes);
    expect(
      [...first!.matchAll(/<hyperlink ref="A(\d+)" location="'([^']+)'!A1"\/>/g)].map(([, at, to]) => [at, to]),
    ).toEqual(names.slice(1).map((name, at) => [String(begin + at + 1), name]));
    expect(first!.indexOf('</sheetData>')).toBeLessThan(first!.indexOf('<hyperlinks>'));
    expect(first!.indexOf('<hyperlinks>')).toBeLessThan(first!.search(/<page(Margins|Setup) /));
    expect(others.join('')).not.toContain('<hyperlink');
  });

  test('holds thresholds and levels as numbers', () => {
    expect(rowOf('About', 'Benefit.tolerance').slice(0, 2)).toEqual(['Benefit.tolerance', 0.1]);
    const columns = ['Decision', 'Level decided'].map((title) => ({ title, kind: 'text' as const, unit: null }));
    const cell = (text: string) => ({ text, value: null, unit: null, figure: null, impact: null });
    const rows = [
      ['1', '4'],
      ['2', '–'],
    ].map((row) => row.map(cell));
    const made = rowsOfTable({ id: 't', title: 'T', columns, rows, total: 2, note: null });
    expect(made.slice(2, 4)).toMatchObject([
      [
        { value: '1', type: String },
        { value: 4, type: Number },
      ],
      [
        { value: '2', type: String },
        { value: '–', type: String },
      ],
    ]);
  });

  test('shows a drawing as a table under its message', () => {
    const [drawing] = document.sections[1]!.drawings;
    expect(rowAfter('Headline', drawing!.message)).toEqual(
      expect.arrayContaining(['Period', 'Scenario', 'Realised or forecast (EUR)', 'PL, planned (EUR)', 'ΔPL (EUR)']),
    );
    expect(rowOf('Headline', '2026 Q3').slice(0, 5)).toEqual(['2026 Q3', 'AC, realised', 12400000, 15100000, -2700000]);
  });

  test('prints the sentences with their figures', () => {
    const told = sheets.get('Narrative')!.map(([, sentence]) => sentence);
    for (const { title, sentences } of document.sections)
      for (const text of [title, ...sentences.map((sentence) => sentence.text)])
        expect(told).toContain(guarded(printed(text, document.figures)));
  });

  test('adds the records of a figure up by a formula that has their exact sum', async () => {
    const key = 'realised?span=to_date';
    const rows = sheets.get('Records')!.filter((row) => row[1] === key);
    const amounts = rows.map((row) => row[9]);
    expect(amounts).toEqual([7400000, 3100000.5, 1899999.5]);
    const sum = sample.records
      .get(key)!
      .map(({ amount }) => amount!)
      .reduce(add);
    expect(rowOf('Figures', key)[14]).toBe(Number(sum));
    expect(Number(sum)).toBe(Number(document.figures[key]!.value));
    const xml = (await sheetsOf(bytes)).join('');
    expect([...xml.matchAll(/<f>.*?<\/v>/g)].map(([found]) => found)).toEqual([
      `<f>SUM(Records!J2:J4)</f><v>${sum}</v>`,
    ]);
  });

  test('has no text of anybody that starts like a formula, and loses none', () => {
    const texts = [...sheets.values()].flat(2).filter((cell) => typeof cell === 'string');
    const ours = new Set(Object.values(document.figures).map(({ text }) => text));
    expect(texts.filter((text) => /^[=+\-@\t\r\n\0＝＋－＠]/.test(text) && !ours.has(text))).toEqual([]);
    const trimmed = new Set(texts.map((text) => text.trim()));
    for (const text of HOSTILE) expect(trimmed).toContain(guarded(text));
  });

  test('is the same bytes each time, stamped with the instant of freezing', async () => {
    expect(Buffer.from(await workbookOf(sample)).equals(bytes)).toBe(true);
    // Of the first file of the zip: 16:02:10 (in steps of two seconds), 14 Oct 2026.
    expect([bytes.readUInt16LE(10), bytes.readUInt16LE(12)]).toEqual([
      (16 << 11) | (2 << 5) | 5,
      ((2026 - 1980) << 9) | (10 << 5) | 14,
    ]);
  });

  test('tells of examples how many more there are, prints their figures, and holds what is printed as it is printed', async () => {
    const [first, ...others] = document.checklist;
    const [appendix] = document.sections.slice(-1);
    const [table] = appendix!.tables;
    const columns = table!.columns.map((column, at) => (at === 2 ? { ...column, title: 'As printed' } : column));
    const made = (await readWorkbook(
      Buffer.from(
        await workbookOf({
          ...sample,
          document: {
            ...document,
            checklist: [{ ...first!, text: '9', examples: ['BEN-014', 'Invested [[spend]].'] }, ...others],
            sections: [...document.sections.slice(0, -1), { ...appendix!, tables: [{ ...table!, columns }] }],
          },
        }),
      ),
    )) as unknown as { sheet: string; data: Cells[] }[];
    const rowIn = (name: string, start: string) =>
      made.find(({ sheet }) => sheet === name)!.data.find(([cell]) => cell === start)!;
    expect(rowIn('About', first!.title)[1]).toBe('9; BEN-014; Invested 48.0 m EUR.; and 7 more');
    expect(rowIn('Appendix', 'BEN-001')[2]).toBe(table!.rows[0]![2]!.text);
  });

  test('keeps numbers of more than 15 digits as text, and says so', async () => {
    const value = '1234567890123456.78';
    const figures = { ...document.figures, spend: { ...document.figures['spend']!, value } };
    const records = new Map([
      ['spend', sample.records.get('realised?span=to_date')!.map((row) => ({ ...row, amount: value }))],
    ]);
    const made = (await readWorkbook(
      Buffer.from(await workbookOf({ ...sample, records, document: { ...document, figures } })),
    )) as unknown as {
      sheet: string;
      data: Cells[];
    }[];
    const figure = made.find(({ sheet }) => sheet === 'Figures')!.data.find(([key]) => key === 'spend')!;
    expect([figure[2], figure[14]]).toEqual([value, '3703703670370370.34']);
    const headline = made
      .find(({ sheet }) => sheet === 'Headline')!
      .data.find(([title]) => title === 'Invested, to date')!;
    expect([headline[1], headline[5]]).toEqual([
      value,
      'Numbers with more than 15 digits stand as text, so that no digit is lost.',
    ]);
  });
});
