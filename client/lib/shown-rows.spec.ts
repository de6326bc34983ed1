import { describe, expect, it } from '@jest/globals';
import { shownOf } from './shown-rows';

describe('rows to show', () => {
  it.each([
    [undefined, 50],
    ['', 50],
    ['zzz', 50],
    ['-5', 50],
    ['1', 50],
    ['50', 50],
    ['100', 100],
    ['120', 150],
    ['99999', 5000],
    ['1e3', 50],
  ])('%p: %i', (text, shown) => expect(shownOf(text, 50)).toBe(shown));
});
