import { describe, expect, test } from '@jest/globals';
import { changeWords, dueMessage, pasteWords, placeOf, shownValue, typedValue } from './words';

const counts = { due: 14, overdue: 3, earlier: 0, earliest: null, lockedMonths: 2, nextDueOn: '2027-01-15' };
const message = (given: Partial<typeof counts> & { nextDueOn?: string | null } = {}) =>
  dueMessage({ today: '2027-01-03', counts: { ...counts, ...given } as typeof counts });

describe('The sentences of the entry grid', () => {
  test('what is due', () => {
    expect(message()).toBe('14 values due by 15 Jan; 3 overdue. 2 periods are locked.');
    expect(message({ due: 1, overdue: 0, lockedMonths: 1 })).toBe('1 value due by 15 Jan. 1 period is locked.');
    expect(message({ due: 3, nextDueOn: null as never, lockedMonths: 0 })).toBe('3 values are overdue.');
    expect(message({ due: 0, overdue: 0, lockedMonths: 0 })).toBe('No value is due in these months.');
    expect(dueMessage({ today: '2026-12-31', counts })).toContain('15 Jan 2027');
  });

  test('what is changed', () => {
    const total = { field: 'realised', currency: 'EUR', amount: '120000' } as const;
    expect(changeWords(12, 4, [total], 1, 2)).toBe('12 changes in 4 rows · total +120 k EUR · 1 problem · 2 warnings');
    expect(changeWords(1, 1, [], 0, 0)).toBe('1 change in 1 row');
    expect(changeWords(2, 2, [total, { ...total, field: 'planned', amount: '-5' }], 0, 0)).toBe(
      '2 changes in 2 rows · total AC +120 k EUR · total PL −5.00 EUR',
    );
  });

  test('what a paste did', () => {
    expect(pasteWords(12, 1, 4, 0)).toBe('12 cells pasted, 1 problem, 4 did not fit');
    expect(pasteWords(1, 0, 0, 2)).toBe('1 cell pasted, 2 skipped');
  });

  test('where a cell is', () => {
    expect(placeOf({ benefit: 'BEN-014', month: '2026-08' }, 7)).toBe('Row 7 (BEN-014), Aug 2026');
    expect(placeOf({ benefit: 'BEN-014', month: '2026-08' }, undefined)).toBe('BEN-014, Aug 2026');
  });

  test('values keep every digit, at the scale of their row', () => {
    expect(shownValue('1234567.8900', 0, 'en')).toBe('1,234,567.89');
    expect(shownValue('1234.5', 0, 'de')).toBe('1.234,5');
    expect(shownValue('-120000', 3, 'en')).toBe('−120');
    expect(typedValue('1234567.50', 3, ',')).toBe('1234,5675');
  });
});
