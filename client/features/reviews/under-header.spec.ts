import { expect, test } from '@jest/globals';
import type { ReviewCell } from '../../../server/contract/review.js';
import { underHeader } from './under-header';

const cell = (text: string, value: string | null, unit: string | null = 'EUR'): ReviewCell => ({
  ...{ text, value, unit },
  figure: null,
  impact: null,
});
const shown = (of: ReviewCell, unit: string | null, frozen: ReviewCell | null = null) =>
  underHeader(of, unit, frozen)!.text;

test('an amount of another column stands at the scale of its header', () => {
  expect(shown(cell('600 k EUR', '600000.00'), 'm EUR')).toBe('0.600');
  expect(shown(cell('1.35 bn EUR', '1350000000.00'), 'm EUR')).toBe('1,350');
  expect(shown(cell('4 m EUR', '4000000.00'), 'EUR')).toBe('4,000,000');
  expect(shown(cell('0 EUR', '0.00'), 'm EUR')).toBe('0');
  expect(shown(cell('−42 k EUR', '-42000.00'), 'm EUR')).toBe('−0.042');
  expect(shown(cell('+42 k EUR', '42000.00'), 'm EUR')).toBe('+0.042');
});

test('with more decimals where it would look as it was frozen, and never as nothing', () => {
  const frozen = cell('0.600', '600000.00');
  expect(shown(cell('600,100.00 EUR', '600100.00'), 'm EUR', frozen)).toBe('0.6001');
  expect(shown(cell('0.600', '600012.34'), 'm EUR', frozen)).toBe('0.60001');
  expect(shown(cell('600 k EUR', '600000.00'), 'm EUR', frozen)).toBe('0.600');
  expect(shown(cell('+35.7 k EUR', '35742.10'), 'm EUR', cell('+0.036', '35800.00'))).toBe('+0.0357');
  expect(shown(cell('+12 EUR', '12.00'), 'm EUR')).toBe('<+0.001');
  expect(shown(cell('−12 EUR', '-12.00'), 'm EUR')).toBe('>−0.001');
  expect(shown(cell('<+0.001 k EUR', '0.50'), 'm EUR')).toBe('<+0.001');
});

test('it keeps its own scale where the header’s is none of its unit', () => {
  expect(shown(cell('600 k EUR', '600000.00'), 'm USD')).toBe('600 k EUR');
  expect(shown(cell('600 k EUR', '600000.00'), null)).toBe('600 k EUR');
  expect(shown(cell('71.0 %', '0.71', 'share'), 'm EUR')).toBe('71.0 %');
  expect(shown(cell('–', null), 'm EUR')).toBe('–');
  // As the document prints it under the header: not printed again.
  expect(shown(cell('0.600', '600000.00'), 'm EUR')).toBe('0.600');
});
