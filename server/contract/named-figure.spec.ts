import { expect, test } from '@jest/globals';
import { sampleReview } from '../../tests/support/review-document.js';
import { figureName, figureNameIn } from './named-figure.js';

const named = (key: string, startMonth = 1): string => figureName(key, 'Spend', { period: '2026-Q3', startMonth });

test('figures of one title are told apart by what they are over and of', () => {
  expect(
    [
      'spend?span=to_date',
      'spend',
      'spend?period=2026-Q2&span=to_date',
      'spend?span=period',
      'spend?period=2026-Q2&span=period',
      'planned?span=life',
      'planned?period=2026-Q2&span=life',
      'forecast?span=later',
      'expected?span=to_date',
      'variance.expected?period=2026-Q2&span=to_date',
      'expected_share',
      'node.variance_expected?ref=B1&span=to_date&type=benefit',
      'node.plan_change?ref=B1&span=to_date&type=benefit&version=2',
      'expected?until=2027-Q1',
      'flow.wip',
      'flow.wip?period=2026-Q2',
      'spend?orgUnit=BU2&span=to_date',
      'spend?period=2026-Q2&portfolio=DIG&span=period',
    ].map((key) => named(key)),
  ).toEqual([
    'Spend, to date',
    'Spend, to date',
    'Spend, to the end of 2026 Q2',
    'Spend, in 2026 Q3',
    'Spend, in 2026 Q2',
    'Spend, whole life',
    'Spend, whole life as at the end of 2026 Q2',
    'Spend, after 2026 Q3',
    'Spend, whole life',
    'Spend, whole life as at the end of 2026 Q2',
    'Spend, whole life',
    'Spend, whole life',
    'Spend, whole life',
    'Spend, to the end of 2027 Q1',
    'Spend, in 2026 Q3',
    'Spend, in 2026 Q2',
    'Spend, to date, unit BU2',
    'Spend, in 2026 Q2, portfolio DIG',
  ]);
  expect(named('spend?span=period', 4)).toBe('Spend, in FY2026 Q3');
});

test('a title that says it already does not say it twice; a key without a figure names itself', () => {
  const title = 'Non-financial benefits with a plan to date';
  expect(figureName('non_financial?span=to_date', title, { period: '2026-Q3', startMonth: 1 })).toBe(title);
  expect(figureNameIn(sampleReview().document)('nothing?span=life')).toBe('nothing?span=life');
});
