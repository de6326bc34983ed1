import { expect, test } from '@jest/globals';
import { differenceCell, todayCell } from './restated-cells.js';

const textOf = (
  value: string | null,
  unit = 'EUR',
  frozen = { value: '37912345.00', text: '37.9 m EUR' },
  isSigned = false,
) => todayCell(value, frozen, { unit, figure: 'spend', isSigned }).text;

test('A figure that is another today never looks as it was frozen, at the scale of what was', () => {
  expect(textOf('38100000.00')).toBe('38.1 m EUR');
  expect(textOf('37916345.00')).toBe('37.92 m EUR');
  expect(textOf('37912345.01')).toBe('37.91234501 m EUR');
  expect(textOf('37912345.00')).toBe('37.9 m EUR');
  expect(textOf('0.71204', 'share', { value: '0.71201', text: '71.2 %' })).toBe('71.204 %');
  expect(textOf('0.31204', 'net_share', { value: '0.31201', text: '31.2' })).toBe('31.204');
  expect(textOf('3.2041', 'days', { value: '3.2012', text: '3.20 days' })).toBe('3.204 days');
  expect(textOf('-2740100.00', 'EUR', { value: '-2740900.00', text: '−2.74 m EUR' }, true)).toBe('−2.740 m EUR');
  expect(textOf('35742.00', 'EUR', { value: '35720.00', text: '+35.7 k EUR' }, true)).toBe('+35.74 k EUR');
  expect(textOf(null)).toBe('–');
});

test('A difference that its scale rounds to nothing is told in one way, whatever its unit', () => {
  const text = (difference: string, unit: string, value: string) => differenceCell(difference, { value, unit }).text;
  expect(text('12.00', 'EUR', '37912345.00')).toBe('<+0.001 m EUR');
  expect(text('-12.00', 'EUR', '37912345.00')).toBe('>−0.001 m EUR');
  expect(text('0.0001', 'share', '0.5')).toBe('<+0.1 pp');
  expect(text('-0.0001', 'days', '3')).toBe('>−0.001 days');
  expect(text('0.0001', 'days', '3')).toBe('<+0.001 days');
});
