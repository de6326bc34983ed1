import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS } from './limits.js';
import { escaped, SharedStrings, unescaped } from './shared-strings.js';

describe('the shared texts of a workbook', () => {
  it('come back by number, short and long, in whatever order they were added', () => {
    const texts = Array.from({ length: 20_000 }, (_, index) =>
      index % 7 < 3 ? `Zoë €${index}`.repeat(200) : index % 7 === 6 ? '' : `😀 ${index}`,
    );
    const strings = new SharedStrings('w.xlsx', DEFAULT_LIMITS);
    for (const text of texts) strings.add(text);
    expect(texts.every((text, index) => strings.at(index) === text)).toBe(true);
  });

  it('come back where thousands of long ones stand before the first short one', () => {
    const strings = new SharedStrings('w.xlsx', DEFAULT_LIMITS);
    for (let index = 0; index < 5_000; index += 1) strings.add('x'.repeat(2_000));
    strings.add('short');
    expect(strings.at(5_000)).toBe('short');
  });

  it.each([-1, 1, 0.5, NaN])('have nothing at %d', (index) => {
    const strings = new SharedStrings('w.xlsx', DEFAULT_LIMITS);
    strings.add('only');
    expect(strings.at(index)).toBeUndefined();
  });

  it('are refused beyond their number and beyond their bytes', () => {
    const few = new SharedStrings('w.xlsx', { ...DEFAULT_LIMITS, sharedStrings: 2 });
    few.add('a');
    few.add('b');
    expect(() => few.add('c')).toThrow('too many different texts');
    const small = new SharedStrings('w.xlsx', { ...DEFAULT_LIMITS, sharedStringBytes: 3 });
    expect(() => small.add('€€')).toThrow('too many different texts');
  });

  it('have their escaped characters back', () => {
    expect(unescaped('a_x000D__x000A_b_x005F_x000D_ _xyz_')).toBe('a\r\nb_x000D_ _xyz_');
  });

  it.each([
    'plain _xyz_',
    '_x000D_',
    '__x000d__x0041_',
    '_x005F_x0041_',
    '\u007f\ufffd\ufdd0\u{1ffff}\u{10fffe}x',
    'a\u0085b 😀',
  ])('are escaped so that they come back: %j', (text) => {
    expect(unescaped(escaped(text))).toBe(text);
    expect(escaped(text)).not.toMatch(/[\u007f\ufffd\ufdd0]|\p{Noncharacter_Code_Point}/u);
  });
});
