import { expect, test } from '@jest/globals';
import { databaseProblem } from './database-problem.js';

test('a confirmation of one’s own value that only the database stops is four eyes too', () => {
  const error = { code: '23514', constraint: 'benefit_values_confirmed_by_reported_by_ck', message: 'check' };
  expect(databaseProblem({ driverError: error })).toMatchObject({ status: 403, type: 'four-eyes' });
  expect(databaseProblem({ ...error, constraint: 'exchange_rates_rate_ck' })).toMatchObject({
    status: 422,
    type: 'rule-broken',
    detail: 'A rate is above zero.',
  });
});
