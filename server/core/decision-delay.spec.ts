import { expect, test } from '@jest/globals';
import { delayedMonths } from './decision-delay.js';

test('what waits for a decision is the year that follows the month in which it is needed', () => {
  expect(delayedMonths('2026-09-11')).toEqual({ first: '2026-10', last: '2027-09' });
  expect(delayedMonths('2026-12-31')).toEqual({ first: '2027-01', last: '2027-12' });
});
