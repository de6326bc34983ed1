import { expect, test } from '@jest/globals';
import type { ReviewDocument, ReviewTable } from '../../../server/contract/review.js';
import { presentedPages } from './presented-pages';

const table = (rows: number, note: string | null = null): ReviewTable => ({
  ...{ id: 't', title: 'T', columns: [], total: rows, note },
  rows: Array.from({ length: rows }, (_, at) => [
    { text: String(at), value: null, unit: null, figure: null, impact: null },
  ]),
});
const section = (id: string, drawings: number, tables: readonly ReviewTable[]) => ({
  ...{ id, title: id, about: '', sentences: [], tables },
  drawings: Array.from({ length: drawings }, (_, at) => ({ id: `d${at}` })),
});
const pagesOf = (...sections: ReturnType<typeof section>[]) =>
  presentedPages({ review: {}, sections } as unknown as ReviewDocument).map(
    ({ section: { id }, part, parts, blocks }) => [
      `${id} ${part}/${parts}`,
      ...blocks.map((block) =>
        'drawing' in block
          ? block.drawing.id
          : `${block.table.rows.length} rows${block.table.note === null ? '' : `: ${block.table.note}`}`,
      ),
    ],
  );

const COVER = ['cover 1/1'];

test('A section is a page, also with nothing to show, and the cover is the first, whether the document has it or not', () => {
  expect(pagesOf(section('headline', 1, [table(3)]))).toEqual([COVER, ['headline 1/1', 'd0', '3 rows']]);
  expect(pagesOf(section('headline', 0, []), section('cover', 0, [table(1)]))).toEqual([
    ['cover 1/1', '1 rows'],
    ['headline 1/1'],
  ]);
});

test('Rows of many words are as high as they need, and one that is higher than a page has one to itself', () => {
  const text = (words: number) => ({
    text: 'words '.repeat(words).trim(),
    ...{ value: null, unit: null, figure: null, impact: null },
  });
  const wordy = (...counts: number[]): ReviewTable => ({
    ...table(0),
    columns: [
      { title: 'Why', kind: 'text', unit: null },
      { title: 'EUR', kind: 'number', unit: null },
    ],
    rows: counts.map((count) => [text(count), text(1)]),
    total: counts.length,
  });
  // Four lines each: two and a half rows.
  expect(pagesOf(section('decisions', 0, [wordy(1, 60, 60, 60, 60, 60, 1)]))).toEqual([
    COVER,
    ['decisions 1/2', '5 rows: Rows 1 to 5 of 7.'],
    ['decisions 2/2', '2 rows: Rows 6 to 7 of 7.'],
  ]);
  expect(pagesOf(section('decisions', 0, [wordy(1, 600, 1)]))).toEqual([
    COVER,
    ['decisions 1/3', '1 rows: Row 1 of 3.'],
    ['decisions 2/3', '1 rows: Row 2 of 3.'],
    ['decisions 3/3', '1 rows: Row 3 of 3.'],
  ]);
});

test('A table that fits on a page of its own is not parted', () => {
  expect(pagesOf(section('headline', 1, [table(7)]))).toEqual([
    COVER,
    ['headline 1/2', 'd0'],
    ['headline 2/2', '7 rows'],
  ]);
});

test('Each row of a table stands on exactly one page, which says which rows it shows', () => {
  expect(pagesOf(section('appendix', 1, [table(20, 'All are in the workbook.')]))).toEqual([
    COVER,
    ['appendix 1/3', 'd0', '5 rows: Rows 1 to 5 of 20.'],
    ['appendix 2/3', '13 rows: Rows 6 to 18 of 20.'],
    ['appendix 3/3', '2 rows: Rows 19 to 20 of 20. All are in the workbook.'],
  ]);
  expect(pagesOf(section('signals', 2, [table(0)]))).toEqual([
    COVER,
    ['signals 1/2', 'd0'],
    ['signals 2/2', 'd1', '0 rows'],
  ]);
});
