import { expect, test } from '@jest/globals';
import { quarterProblem } from './quarter-problem';

test('a quarter is refused in the form where the server would refuse it', () => {
  const problem = [{ name: 'from', message: 'Write the quarter as 2026-Q3.' }];
  for (const from of ['2026-Q5', '2026 Q3', '26-Q3', '3026-Q1', '1066-Q4'])
    expect([from, quarterProblem('from', { from })]).toEqual([from, problem]);
  for (const from of ['2026-Q3', ' 1999-Q4 ', '']) expect([from, quarterProblem('from', { from })]).toEqual([from, []]);
});
