import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ReviewTable } from '../../server/contract/review.js';
import { furtherTitle, paperOf } from '../../server/reviews/packs/paper.js';
import { pdfOf, type PrintedPdf } from '../../server/reviews/packs/pdf.js';
import { installedChromium } from '../../server/reviews/packs/chromium.js';
import { misplaced } from '../support/pdf-boxes.js';
import { readPdf, type ReadPdf } from '../support/read-pdf.js';
import { HOSTILE, sampleReview } from '../support/review-document.js';
import { tallReview } from '../support/review-tall.js';

const review = sampleReview();
const { document, sha256 } = review;
const squeezed = (text: string): string => text.replace(/\s/g, '');
/** Letters that the font of the library has, and whose order on the page is that of the text. */
const isPlain = (text: string): boolean => /^[\n\t\x20-\x7e\xa0-\u017f–“”½€≥−·—]*$/.test(text);

/** Marks of a text in their order. */
const marksOf = (text: string): string[] => text.match(/<\d+>/g) ?? [];
const byNumber = (marks: readonly string[]): string[] =>
  [...marks].sort((one, other) => Number(one.slice(1, -1)) - Number(other.slice(1, -1)));

const LIBRARY = { tagged: false, by: /^pdfmake$/, producer: /^pdfmake$/ };
const BROWSER = { tagged: true, by: /^Chromium 1\d\d$/, producer: /^Skia/ };
/** The browser that this machine has, as the product finds it; where it has none, the product says that the library made the file. */
const installed = installedChromium();

describe.each([
  installed === null ? ['a machine without a browser', null, LIBRARY] : ['a browser', installed, BROWSER],
  ['the library', null, LIBRARY],
] as const)('A review printed by %s', (_, path, expected) => {
  let printed: PrintedPdf;
  let again: PrintedPdf;
  let pdf: ReadPdf;
  let text: string;
  beforeAll(async () => {
    printed = await pdfOf(review, path);
    again = await pdfOf(review, path);
    pdf = await readPdf(printed.bytes);
    text = pdf.pages.join('\n');
  });

  test('says what it is: who made it, its title, its language, its bookmarks, and whether it is tagged', () => {
    expect([printed.problem, printed.tagged, pdf.tagged]).toEqual([null, expected.tagged, expected.tagged]);
    expect(printed.by).toMatch(expected.by);
    expect(pdf.producer).toMatch(expected.producer);
    expect([pdf.title, pdf.language]).toEqual(['2026 Q3 value review · Meridian Group', 'en']);
    const paper = paperOf(document, sha256);
    expect(pdf.bookmarks.filter((title) => !title.startsWith('> '))).toEqual(paper.chapters.map(({ title }) => title));
    expect(pdf.bookmarks).toEqual(
      expect.arrayContaining(['> We recommend', '> Benefits against plan', '> Texts as they were entered']),
    );
    if (!expected.tagged) return;
    expect(pdf.tags.get('H1')).toBe(paper.chapters.length);
    expect(pdf.tags.get('TH')).toBeGreaterThanOrEqual(15);
    const messages = document.sections.flatMap(({ drawings }) => drawings.map(({ message }) => message));
    expect(pdf.alternatives).toEqual(expect.arrayContaining(messages));
  });

  test('has on each page what it is a page of, and its number', () => {
    expect(pdf.pages.length).toBeGreaterThanOrEqual(9);
    pdf.pages.forEach((page, at) => {
      expect(page).toContain(
        squeezed(
          `VR-2026-Q3 · 2026 Q3 value review · v1 · frozen 14 Oct 2026, 16:02 UTC · Internal · SHA-256 ${sha256}`,
        ),
      );
      expect(page).toContain(`page${at + 1}of${pdf.pages.length}`);
    });
    expect(text).toContain(sha256);
    expect(text).toContain('VR-2026-Q3,version1');
    // Why a figure has no value stands in words.
    expect(text).toContain(squeezed('Fewer than 5 answers, or a neighbour with fewer'));
    expect(text).not.toContain('too_few_responses');
  });

  test('prints each figure of the ledger, each text, and all rows or how many of them', () => {
    for (const key of document.headline) expect(text).toContain(squeezed(document.figures[key]!.text));
    const paper = paperOf(document, sha256);
    for (const { title, pages } of paper.chapters) {
      expect(text).toContain(squeezed(title));
      for (const block of pages.flat())
        if (block.kind === 'table')
          for (const cell of block.table.rows.flat().filter((each) => isPlain(each.text)))
            expect(text).toContain(squeezed(cell.text));
    }
    const appendix = text.slice(text.lastIndexOf('Allbenefits,andalltexts'));
    const rows = appendix.match(/BEN-\d{3}(?=Lower|=cmd|\+1|-2|@SUM|=1|<)/g) ?? [];
    expect(rows).toEqual(Array.from({ length: 60 }, (_each, at) => `BEN-${String(at + 1).padStart(3, '0')}`));
    expect(text).toContain('12of61benefits;allareintheappendix.');
    const heads = pdf.pages.filter((page) => /BEN-0\d\dLowercost/.test(page));
    expect(heads.length).toBeGreaterThanOrEqual(4);
    for (const page of heads) expect(page).toContain('CodeBenefitRealised');
  });

  test('keeps all within the margins, and no text upon another', () => {
    expect(pdf.boxes.flat().length).toBeGreaterThan(1000);
    expect(misplaced(pdf)).toEqual([]);
  });

  test('does nothing with texts that look like something to do', () => {
    expect(pdf.active).toEqual([]);
    for (const hostile of HOSTILE.filter(isPlain)) expect(text).toContain(squeezed(hostile));
  });

  test('loses no text, row or table that is taller than a page, and has no page without its line', async () => {
    const tall = tallReview();
    const read = await readPdf((await pdfOf(tall, path)).bytes);
    const { pages } = read;
    // Nothing flows over: each page is the one that the wall has of that number.
    const { chapters } = paperOf(tall.document, tall.sha256);
    const titles = chapters.flatMap((chapter) =>
      chapter.pages.map((_page, at) => (at === 0 ? chapter.title : furtherTitle(chapter, at + 1))),
    );
    expect(pages.map((page, at) => page.includes(squeezed(titles[at] ?? 'no such page')))).toEqual(
      titles.map(() => true),
    );
    // But for titles that are said again where something goes on.
    const again = chapters.flatMap((chapter) =>
      chapter.pages.flatMap((blocks, at) => [
        ...(at === 0 ? [] : [furtherTitle(chapter, at + 1)]),
        ...blocks.flatMap((block) => (block.kind === 'table' && !block.isFirst ? [block.table.title] : [])),
      ]),
    );
    const once = again.reduce((text, title) => text.replace(squeezed(title), ''), pages.join(''));
    expect(byNumber(marksOf(once))).toEqual(tall.marks);
    expect(pages.join('').match(/x/g)!.length).toBeGreaterThanOrEqual(2500);
    pages.forEach((page, at) => expect(page).toContain(`page${at + 1}of${pages.length}`));
    // No title of a table stays behind at the foot of a page.
    const startOf = ({ title, columns }: ReviewTable): string =>
      squeezed([title, ...columns.map((column) => column.title)].join(''));
    const tables = tall.document.sections.flatMap((section) => section.tables.slice(0, 3));
    expect(tables.map(startOf).filter((start) => !pages.join('').includes(start))).toEqual([]);
    expect(misplaced(read)).toEqual([]);
  });

  test('is the same each time, and tells no time but that of the freezing', () => {
    expect(Buffer.compare(printed.bytes, again.bytes)).toBe(0);
    // A browser that is busy numbers its tags from elsewhere: 5 of 36 prints side by side differed by it.
    const text = Buffer.from(printed.bytes).toString('latin1');
    const ids = [...new Set([...text.matchAll(/\(node(\d+)\)/g)].map(([, id]) => Number(id)))].sort((a, b) => a - b);
    expect(ids).toEqual(ids.map((_, place) => place + 1));
    expect(ids.length > 0).toBe(expected.tagged);
    expect(pdf.created).toMatch(/^D:20261014160211/);
  });
});

test('a browser that cannot be started leaves the printing to the library, and it is said why', async () => {
  const { by, tagged, problem } = await pdfOf(sampleReview(1), '/nowhere/chromium');
  expect([by, tagged]).toEqual(['pdfmake', false]);
  expect(problem).toMatch(/could not be started/);
});
