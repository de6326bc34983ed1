import { describe, expect, test } from '@jest/globals';
import { isSingleKey, keyOf, KeySequence } from './shortcuts';

const press = (key: string, ...held: string[]) => ({
  key,
  ctrlKey: held.includes('Control') || held.includes('AltGraph'),
  metaKey: held.includes('Meta'),
  shiftKey: held.includes('Shift'),
  altKey: held.includes('Alt') || held.includes('AltGraph'),
  getModifierState: (name: string) => held.includes(name),
});

describe('A press', () => {
  test.each([
    ['e', [], 'e'],
    ['?', ['Shift'], '?'],
    ['K', ['Control'], 'Mod+k'],
    ['k', ['Meta'], 'Mod+k'],
    // `[` as Windows reports it on a German keyboard.
    ['[', ['AltGraph'], '['],
    ['e', ['Alt'], null],
    ['Escape', ['Control'], 'Escape'],
    [' ', [], ' '],
    [' ', ['Shift'], 'Shift+ '],
  ])('of %s with %j is %j', (key, held, expected) => {
    expect(keyOf(press(key, ...held))).toBe(expected);
  });

  test('is a single key without a modifier only', () => {
    expect(['e', '[', '?', 'g o'].map(isSingleKey)).toEqual([true, true, true, true]);
    expect(['Mod+k', 'Escape', 'ArrowLeft', ' ', 'Enter'].map(isSingleKey)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('A sequence', () => {
  const start = () => new KeySequence((key) => key === 'g');

  test('is complete with the second key', () => {
    const keys = start();
    expect([keys.press('g', 0), keys.press('o', 1500), keys.press('o', 1600)]).toEqual([null, 'g o', 'o']);
  });

  test('is forgotten after 1.5 s, and by a reset', () => {
    const keys = start();
    keys.press('g', 0);
    expect(keys.press('o', 1501)).toBe('o');
    keys.press('g', 2000);
    keys.reset();
    expect(keys.press('o', 2001)).toBe('o');
  });
});
