import { expect, test } from '@jest/globals';
import { orderOf, readSearch, sortOf } from './search';

test('the log is asked only for what it knows', () => {
  expect(readSearch({ show: 'late', kind: 'colour', q: 'x', sort: '-days', intended: '9' })).toEqual({
    show: 'late',
    q: 'x',
    sort: '-days',
  });
});

test('an order reads and writes as a sort', () => {
  expect(orderOf()).toEqual({ id: 'raised', direction: 'descending' });
  expect(sortOf(orderOf('days'))).toBe('days');
  expect(sortOf(orderOf('-decided'))).toBe('-decided');
});
