import { describe, expect, test } from '@jest/globals';
import { parseTsv, writeTsv } from './tsv';

describe('What a spreadsheet puts on the clipboard is read as it was cut', () => {
  test.each([
    ['CRLF', 'a\tb\r\nc\td\r\n'],
    ['LF', 'a\tb\nc\td\n'],
    ['CR', 'a\tb\rc\td\r'],
    ['no line break at the end', 'a\tb\nc\td'],
  ])('rows end with %s', (_, text) => {
    expect(parseTsv(text)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('an empty row in the middle is a row, and only the last line break is none', () => {
    expect(parseTsv('a\n\nb\n\n')).toEqual([['a'], [''], ['b'], ['']]);
  });

  test('a quoted cell holds tabs, line breaks and quotes', () => {
    expect(parseTsv('"1\t2\r\n3"\t"say ""x"""\n4')).toEqual([['1\t2\r\n3', 'say "x"'], ['4']]);
  });

  test('a quote that does not close, or closes too early, is a sign', () => {
    expect(parseTsv('"5\t6')).toEqual([['"5', '6']]);
    expect(parseTsv('"5" inch\t6')).toEqual([['"5" inch', '6']]);
  });

  test('empty cells stay: at the start, between, at the end of a row and of the text', () => {
    expect(parseTsv('\ta\t\tb\t\n\t')).toEqual([
      ['', 'a', '', 'b', ''],
      ['', ''],
    ]);
    expect(parseTsv('')).toEqual([]);
  });

  test('what is written is read back', () => {
    const rows = [
      ['1,5', 'a\tb', 'say "x"'],
      ['', 'two\nlines', ''],
    ];
    expect(parseTsv(writeTsv(rows))).toEqual(rows);
  });
});
