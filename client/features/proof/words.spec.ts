import { describe, expect, test } from '@jest/globals';
import { isOver, monthsWord, nextCode, sizeWord } from './words';

describe('Words of proof', () => {
  test('months name their year once where it is one', () => {
    expect(monthsWord('2026-01', '2026-01')).toBe('Jan 2026');
    expect(monthsWord('2026-01', '2026-03')).toBe('Jan to Mar 2026');
    expect(monthsWord('2025-11', '2026-01')).toBe('Nov 2025 to Jan 2026');
  });

  test('sizes are short', () => {
    expect(sizeWord(812)).toBe('812 bytes');
    expect(sizeWord(12 * 1024 + 10)).toBe('12 kB');
    expect(sizeWord(3.4 * 1024 * 1024 + 100)).toBe('3.4 MB');
    expect(sizeWord(10 * 1024 * 1024)).toBe('10.0 MB');
  });

  test('a day is over on the next', () => {
    expect(isOver('2026-11-20', '2026-11-21')).toBe(true);
    expect(isOver('2026-11-21', '2026-11-21')).toBe(false);
    expect(isOver(null, '2026-11-21')).toBe(false);
  });

  test('codes are counted on, past what others have taken', () => {
    expect(nextCode('BEN-1', 'A', [])).toBe('BEN-1-A1');
    expect(nextCode('BEN-1', 'A', ['BEN-1-A1', 'ben-1-a7', 'BEN-1-Ax', 'EX-ACT-09'])).toBe('BEN-1-A8');
    expect(nextCode('BEN-1', 'A', ['BEN-1-A1'], 2)).toBe('BEN-1-A4');
    expect(nextCode('B'.repeat(64), 'A', [])).toHaveLength(53);
  });
});
