import { expect, test } from '@jest/globals';
import { reviewDocument } from '../../server/contract/review.js';
import { chipsOf } from '../../server/core/review/narrative.js';
import { sampleReview } from './review-document.js';

test('the sample is a review as the contract has it, its chips and cells name figures that it holds, and each row has a cell a column', () => {
  const { document, sha256 } = sampleReview();
  expect(reviewDocument.parse(document)).toEqual(document);
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  const known = Object.keys(document.figures);
  const texts = document.sections.flatMap(({ title, sentences }) => [title, ...sentences.map(({ text }) => text)]);
  expect(known).toEqual(expect.arrayContaining([...texts.flatMap(chipsOf), ...document.headline]));
  for (const { columns, rows } of document.sections.flatMap(({ tables }) => tables))
    for (const row of rows) {
      expect(row).toHaveLength(columns.length);
      expect(known).toEqual(expect.arrayContaining(row.flatMap(({ figure }) => figure ?? [])));
    }
  expect(new Set(document.sections.flatMap(({ drawings }) => drawings.map(({ kind }) => kind))).size).toBe(4);
});
