import { expect, test } from '@jest/globals';
import { scaleHint } from './scale-hint.js';

test('the scale is the largest that loses no digit', () => {
  expect(scaleHint(['12000.00', '-4000000.00', null, '0.00'])).toBe('k');
  expect(scaleHint(['3000000.00'])).toBe('m');
  expect(scaleHint(['12000.50', '1000'])).toBeNull();
  expect(scaleHint(['1200'])).toBeNull();
  expect(scaleHint(['0.00', null])).toBeNull();
  expect(scaleHint([])).toBeNull();
});
