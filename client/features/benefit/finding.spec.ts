import { expect, test } from '@jest/globals';
import { findingOf } from './finding';

const figure = (value: string | null) => ({ value, trace: '/trace/node.realised' });
const column = (
  at: string,
  scenario: 'AC' | 'FC',
  value: string | null,
  variance: string | null,
  impact: 'favourable' | 'unfavourable' | 'neutral' = 'neutral',
) => ({
  value: figure(value),
  planned: figure('10'),
  variance: { ...figure(variance), impact },
  column: { at, scenario },
});

test('the furthest behind goes before the furthest ahead; what is expected does not count', () => {
  const found = findingOf([
    column('2026-Q1', 'AC', '30', '20', 'favourable'),
    column('2026-Q2', 'AC', '8', '-2', 'unfavourable'),
    column('2026-Q3', 'AC', '5', '-5', 'unfavourable'),
    column('2026-Q4', 'FC', '1', '-9', 'unfavourable'),
  ]);
  expect(found).toMatchObject({ isBehind: true, of: { column: { at: '2026-Q3' } } });
});

test('what was never behind says where it was furthest ahead', () => {
  const found = findingOf([column('2026-Q1', 'AC', '11', '1', 'favourable'), column('2026-Q2', 'AC', '10', '0')]);
  expect(found).toMatchObject({ isBehind: false, of: { column: { at: '2026-Q1' } } });
  expect(findingOf([column('2026-Q2', 'AC', '10', '0')])).toBe('on-plan');
});

test('missing is not on plan', () => {
  expect(findingOf([column('2026-Q1', 'AC', null, null)])).toBe('not-measured');
  expect(findingOf([column('2027-Q1', 'FC', '10', '0')])).toBe('nothing-due');
});
