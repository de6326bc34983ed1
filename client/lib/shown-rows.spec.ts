import { describe, expect, it } from '@jest/globals';
import { shownOf, stepOf } from './shown-rows';

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

describe('one more step of rows that come page by page', () => {
  it.each([
    ['shows more, which reads it', 50, 50, true, false, { rows: 50, next: 'show' }],
    ['shows what is read already', 100, 50, false, false, { rows: 50, next: 'show' }],
    ['reads the page that could not be read', 50, 100, true, true, { rows: 50, next: 'read' }],
    ['reads on where the address can say no more', 5000, 5000, true, false, { rows: 5000, next: 'read' }],
    ['reads on beyond it, and all that is read is shown', 5050, 5000, true, false, { rows: 5050, next: 'read' }],
    ['is none where all is shown', 50, 50, false, false, { rows: 50, next: null }],
    ['is none beyond what the address can say, at the end', 5020, 5000, false, false, { rows: 5020, next: null }],
  ] as const)('%s', (_, read, shown, isMoreThere, hasFailed, step) =>
    expect(stepOf(read, shown, isMoreThere, hasFailed)).toEqual(step),
  );
});
