import { describe, expect, it } from '@jest/globals';
import { guarded, unguarded } from './formula-guard.js';

describe('formula-like text in CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\0=1', '＝1', '＋1', '－1', '＠x', "'=1", "''@x"])(
    '%j gets an apostrophe, and comes back as it was',
    (text) => {
      expect(guarded(text)).toBe(`'${text}`);
      expect(unguarded(guarded(text))).toBe(text);
    },
  );

  it.each(['', 'plain', "'quoted'", "don't", '1-1', ' =1', "'"])('%j stays as it is both ways', (text) => {
    expect(guarded(text)).toBe(text);
    expect(unguarded(text)).toBe(text);
  });
});
