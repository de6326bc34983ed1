import { expect, test } from '@jest/globals';
import { sampleReview } from '../../../tests/support/review-document.js';
import { printPage } from './html.js';

const { document, sha256 } = sampleReview();

test('each drawing is one figure with a name, and nothing around it is a figure without one', () => {
  const page = printPage(document, sha256);
  expect(page).not.toContain('<figure');
  const messages = document.sections.flatMap(({ drawings }) => drawings).map(({ message }) => message);
  expect(page.match(/<svg [^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(messages.length);
});

test('a review of an enterprise without a name has no separator with nothing behind it', () => {
  const unnamed = { ...document, review: { ...document.review, organisation: '' } };
  expect(printPage(unnamed, sha256)).toContain('<title>2026 Q3 value review</title>');
});
