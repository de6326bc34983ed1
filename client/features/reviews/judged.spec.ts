import { expect, test } from '@jest/globals';
import type { RestatedFigure } from '../../../server/contract/review-after.js';
import type { Judged, ReviewColumns } from '../../../server/contract/review-columns.js';
import { judgedFigure } from './judged';

const cell = (value: string | null) => ({ text: value ?? '–', value, unit: 'EUR', figure: 'k', impact: null });
const judged = (key: string, there: { previous?: Judged; today?: Judged }) => {
  const figure = {
    ...{ key, frozen: cell('-1'), previous: cell('2'), today: cell('-3') },
    ...{ restatement: cell('-2'), sincePrevious: cell('-3') },
  } as unknown as RestatedFigure;
  const columns = {
    ...{ previous: { judged: there.previous ?? {} }, today: { judged: there.today ?? {} } },
    directions: { 'variance.realised': 'higher', 'variance.spend': 'lower', 'decision.overdue_open': 'lower' },
  } as unknown as ReviewColumns;
  const { frozen, previous, today, restatement, sincePrevious } = judgedFigure(
    figure,
    { [key]: 'unfavourable' },
    columns,
  );
  return [frozen, previous, today, restatement, sincePrevious].map((each) => each?.impact ?? null);
};

test('cells of another column are judged as there; differences that are not listed there, and changes, by the good way', () => {
  expect(judged('variance.realised', { previous: { 'variance.realised': 'neutral' } })).toEqual([
    'unfavourable',
    'neutral',
    'unfavourable',
    'unfavourable',
    'unfavourable',
  ]);
  expect(judged('variance.spend', {}).slice(1)).toEqual(['unfavourable', 'favourable', 'favourable', 'favourable']);
});

test('a metric that has no target there is not judged, and its change is; an amount of nobody’s good way is not', () => {
  expect(judged('decision.overdue_open', {}).slice(1)).toEqual([null, null, 'favourable', 'favourable']);
  expect(judged('spend', {}).slice(1)).toEqual([null, null, null, null]);
});
