import { expect, test } from '@jest/globals';
import { todayCell } from './restated-cells.js';

const textOf = (
  value: string | null,
  isOther: boolean,
  unit = 'EUR',
  frozen = { value: '37912345.00', text: '37.9 m EUR' },
) => todayCell(value, frozen, { unit, figure: 'spend', isSigned: false, isOther }).text.replaceAll('\u00a0', ' ');

test('A figure that is another today never looks as it was frozen', () => {
  expect(textOf('38100000.00', true)).toBe('38.1 m EUR');
  expect(textOf('37916345.00', true)).toBe('37,916,345.00 EUR');
  expect(textOf('37912345.00', false)).toBe('37.9 m EUR');
  expect(textOf('0.71204', true, 'share', { value: '0.71201', text: '71.2 %' })).toBe('71.204 %');
  expect(textOf(null, true)).toBe('–');
});
