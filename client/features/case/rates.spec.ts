import { expect, test } from '@jest/globals';
import { percentOf, readRate } from './rates';

test('a rate is typed in percent and sent as a fraction', () => {
  expect([readRate('10'), readRate('7.25 %'), readRate(' 0 '), readRate('-1')]).toEqual([
    '0.1',
    '0.0725',
    '0',
    '-0.01',
  ]);
  expect([percentOf('0.08'), percentOf('0.0725'), percentOf('0')]).toEqual(['8', '7.25', '0']);
});

test.each(['', 'ten', '7.255', '-99.5', '1001', '8;9'])('%p is refused', (typed) => {
  expect(readRate(typed)).toBeNull();
});
