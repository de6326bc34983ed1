import { expect, test } from '@jest/globals';
import { stacked } from './page-measure.js';
import { PAPER } from './paper-heights.js';
import { printedParts } from './review-marks.js';
import { reviewPages } from './review-paging.js';
import type { ReviewDocument, ReviewTable } from './review.js';
import { WALL } from './wall-heights.js';

const table = (rows: number, note: string | null = null): ReviewTable => ({
  ...{ id: 't', title: 'T', columns: [{ title: 'What', kind: 'text', unit: null }], total: rows, note },
  rows: Array.from({ length: rows }, (_, at) => [text(String(at))]),
});
const text = (words: string) => ({ text: words, value: null, unit: null, figure: null, impact: null });
interface Parts {
  sentences?: readonly string[];
  drawings?: number;
  tables?: readonly ReviewTable[];
}
const section = (id: string, { sentences = [], drawings = 0, tables = [] }: Parts) => ({
  ...{ id, title: id, about: '', tables },
  sentences: sentences.map((said, at) => ({ id: `s${at}`, text: said, by: 'rule', uncited: [], confirmed: [] })),
  drawings: Array.from({ length: drawings }, (_, at) => ({ id: `d${at}`, kind: 'xmr', message: 'M', about: 'A' })),
});
const documentOf = (...sections: ReturnType<typeof section>[]) =>
  ({
    ...{
      review: {},
      cover: { purpose: 'decision', classification: 'internal', recommendations: [], written: [] },
      checklist: [],
      headline: [],
      figures: {},
    },
    ...{ product: {}, settings: {}, frozen: null, sections },
  }) as unknown as ReviewDocument;
/** Of a section: its pages without the cover before and the figures after it. */
const pagesOf = (...sections: ReturnType<typeof section>[]) =>
  reviewPages(documentOf(...sections), null)
    .slice(1, -1)
    .map(({ section: { id }, part, parts, blocks }) => [
      `${id} ${part}/${parts}`,
      ...blocks.flatMap((block) => [
        ...('sentences' in block ? [`${block.sentences.length} said`] : []),
        ...('drawings' in block ? [block.drawings.map((drawing) => drawing.id).join(' | ')] : []),
        ...(block.kind === 'note' ? [block.text] : []),
        ...('table' in block
          ? [`${block.table.rows.length} rows${block.table.note === null ? '' : `: ${block.table.note}`}`]
          : []),
      ]),
    ]);
const LONG = 'words '.repeat(40).trim();

test('A section is a page: its sentences beside the drawing, then its table; also one with nothing to show', () => {
  expect(pagesOf(section('headline', { sentences: ['One.', 'Two.'], drawings: 1, tables: [table(8)] }))).toEqual([
    ['headline 1/1', '2 said', 'd0', '8 rows'],
  ]);
  expect(pagesOf(section('actions', {}))).toEqual([
    ['actions 1/1', expect.stringMatching(/^No decision or action was recorded\./)],
  ]);
});

test('More sentences than stand beside a drawing stand above it, and what no page holds goes on on the next', () => {
  const said = (count: number) => section('headline', { sentences: Array<string>(count).fill(LONG), drawings: 1 });
  expect(pagesOf(said(6))).toEqual([['headline 1/1', '6 said', 'd0']]);
  expect(pagesOf(said(14))).toEqual([
    ['headline 1/2', '12 said'],
    ['headline 2/2', '2 said', 'd0'],
  ]);
});

test('Further drawings stand in pairs', () => {
  expect(pagesOf(section('signals', { sentences: ['One.'], drawings: 4, tables: [table(0)] }))).toEqual([
    ['signals 1/2', '1 said', 'd0 | d1', 'd2 | d3'],
    ['signals 2/2', '0 rows'],
  ]);
});

test('A table that fits on a page of its own is not parted', () => {
  expect(pagesOf(section('money', { sentences: ['One.'], drawings: 1, tables: [table(20)] }))).toEqual([
    ['money 1/2', '1 said', 'd0'],
    ['money 2/2', '20 rows'],
  ]);
});

test('A table that would leave much of a page empty begins there, with some rows on both pages', () => {
  const pages = (rows: number) => pagesOf(section('money', { sentences: [LONG], tables: [table(5), table(rows)] }));
  expect(pages(18)).toEqual([
    ['money 1/2', '1 said', '5 rows', '9 rows: Rows 1 to 9 of 18.'],
    ['money 2/2', '9 rows: Rows 10 to 18 of 18.'],
  ]);
  expect(pages(11)).toEqual([
    ['money 1/2', '1 said', '5 rows', '7 rows: Rows 1 to 7 of 11.'],
    ['money 2/2', '4 rows: Rows 8 to 11 of 11.'],
  ]);
});

test('A sentence and a title that no page holds go on, word by word, and no page is higher than a sheet', () => {
  const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at}`).join(' ');
  const [title, said] = [`Title ${words(420)}`, words(1200)];
  expect([title.length > 1800, said.length > 6000]).toEqual([true, true]);
  const document = documentOf({
    ...section('signs', { sentences: ['One.', said, 'Two.'], tables: [table(30)] }),
    title,
  });
  const pages = reviewPages(document, null).filter((page) => page.section.id === 'signs');
  const heading = printedParts(pages[0]!.title, {});
  const texts = pages.map(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'texts' ? block.sentences.map((each) => printedParts(each, {})) : [])),
  );
  expect(`${heading} ${texts.flat().join(' ')}`.replace('… …', ' ')).toBe(`${title} One. ${said} Two.`);
  for (const measure of [WALL, PAPER])
    for (const [at, { blocks }] of pages.entries()) {
      const heights = blocks.map((block) => {
        if (block.kind === 'texts') return measure.prose(block.sentences.map((each) => printedParts(each, {})));
        if (block.kind !== 'table') throw new Error(block.kind);
        const { head, rows, note } = measure.table(block.table);
        return head + note + rows.reduce((sum, height) => sum + height, 0);
      });
      const head = measure.head(heading, '', at === 0 ? 'first' : 'further');
      expect(head + stacked(heights, measure.gap)).toBeLessThanOrEqual(measure.height);
    }
});

test('Each row of a table stands on exactly one page, which says which rows it shows, and the last ones are not alone', () => {
  expect(pagesOf(section('appendix', { tables: [table(60, 'All are in the workbook.')] }))).toEqual([
    ['appendix 1/3', '20 rows: Rows 1 to 20 of 60.'],
    ['appendix 2/3', '22 rows: Rows 21 to 42 of 60.'],
    ['appendix 3/3', '18 rows: Rows 43 to 60 of 60. All are in the workbook.'],
  ]);
  expect(pagesOf(section('appendix', { tables: [table(25)] })).map(([, rows]) => rows)).toEqual([
    '20 rows: Rows 1 to 20 of 25.',
    '5 rows: Rows 21 to 25 of 25.',
  ]);
});

test('Rows of many words are as high as they need, and one that is higher than a page goes on on the next', () => {
  const wordy = (...counts: number[]): ReviewTable => ({
    ...table(0),
    columns: [
      { title: 'Why', kind: 'text', unit: null },
      { title: 'EUR', kind: 'number', unit: null },
    ],
    rows: counts.map((count) => [text('words '.repeat(count).trim()), text('1')]),
    total: counts.length,
  });
  expect(pagesOf(section('decisions', { tables: [wordy(1, 2000, 1)] }))).toEqual([
    ['decisions 1/4', '2 rows: Rows 1 to 2 of 3.'],
    ['decisions 2/4', '2 rows: Row 2 of 3.'],
    ['decisions 3/4', '2 rows: Row 2 of 3.'],
    ['decisions 4/4', '2 rows: Rows 2 to 3 of 3.'],
  ]);
});
