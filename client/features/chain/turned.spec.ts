import { describe, expect, test } from '@jest/globals';
import { readTurned, shortKey, withTurned } from './turned.js';

describe('Rows that stand otherwise than at first', () => {
  test('are named by codes, whatever signs those hold', () => {
    expect(shortKey('investment:EX-INV-01/initiative:EX-INI-03')).toBe('EX-INV-01.EX-INI-03');
    expect(shortKey('investment:V/1 a_b.c/initiative:-X')).toBe('V%2F1%20a%5fb%2ec.-X');
    expect(shortKey('gap:benefit')).toBe('*gap%3Abenefit');
    expect(shortKey('loose/outcome:O-1')).toBe('*loose.O-1');
  });

  test('come and go one by one', () => {
    const opened = withTurned(undefined, 'investment:A/initiative:B', true);
    const both = withTurned(opened, 'investment:C', false);
    expect(both).toBe('A.B_-C');
    expect([...readTurned(both)]).toEqual([
      ['A.B', true],
      ['C', false],
    ]);
    expect(withTurned(both, 'investment:A/initiative:B', undefined)).toBe('-C');
    expect(withTurned('-C', 'investment:C', undefined)).toBeUndefined();
  });
});
