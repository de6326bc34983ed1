import { expect, test } from '@jest/globals';
import type { RestatedFigure } from '../../../server/contract/review-after.js';
import type { ReviewDocument } from '../../../server/contract/review.js';
import { inOrderOfPages } from './words';

test('restated figures of the headline are listed first, then as the pages name them, then the others', () => {
  const rows = [[{ figure: 'c' }, { figure: null }, { figure: 'spend' }], [{ figure: 'a' }]];
  const bars = [{ value: { figure: 'drawn' }, lost: null }];
  const document = {
    headline: ['realised', 'spend'],
    sections: [{ tables: [{ rows }], drawings: [{ kind: 'coverage', bars }] }],
  } as unknown as ReviewDocument;
  const figures = ['a', 'b', 'c', 'drawn', 'spend'].map((key) => ({ key }) as RestatedFigure);
  expect(inOrderOfPages(document, figures).map(({ key }) => key)).toEqual(['spend', 'c', 'a', 'drawn', 'b']);
});
