import { describe, expect, it } from '@jest/globals';
import {
  CLEAR,
  parseCode,
  parseCodes,
  parseEmail,
  parseQualifiedCode,
  parseYesNo,
  textParser,
  wordListParser,
  wordParser,
  type CellParser,
} from './cells.js';
import type { Cell } from './table.js';

const context = { decimal: 'dot', timeZone: 'UTC' } as const;
const number = (value: number, digits = 0): Cell => ({ kind: 'number', value, percent: false, digits });
const date: Cell = { kind: 'date', date: '2026-07-01', time: '00:00:00.000' };

function read(parser: CellParser<unknown>, cell: Cell): unknown {
  const parsed = parser(cell, context);
  return parsed.problem ? parsed.problem.code : parsed.value;
}

describe('every column', () => {
  const parsers: [string, CellParser<unknown>][] = [
    ['code', parseCode],
    ['text', textParser()],
    ['yes/no', parseYesNo],
    ['word', wordParser(['run'])],
    ['codes', parseCodes],
    ['email', parseEmail],
  ];
  it.each(parsers)('of %s reads empty as blank and (clear) as an order to empty', (_, parser) => {
    expect(read(parser, '')).toBeNull();
    expect(read(parser, ' \t\u00a0\u202f')).toBeNull();
    expect(read(parser, ' (Clear) ')).toBe(CLEAR);
  });

  it.each(parsers)('of %s refuses an error cell and a formula without a stored value', (_, parser) => {
    expect(read(parser, { kind: 'error', text: '#REF!' })).toBe('formula.error');
    expect(read(parser, { kind: 'no_value' })).toBe('formula.no_value');
  });
});

describe('a code', () => {
  it('is trimmed, no-break spaces too, and keeps its leading zeros', () => {
    expect(read(parseCode, '\u00a0 007-A\t')).toBe('007-A');
  });

  it('has at most 64 characters, counted as people count them', () => {
    expect(read(parseCode, 'x'.repeat(64))).toBe('x'.repeat(64));
    expect(read(parseCode, '😀'.repeat(64))).toBe('😀'.repeat(64));
    expect(read(parseCode, 'x'.repeat(65))).toBe('code.length');
  });

  it('has no colon, no control character and no invisible character', () => {
    expect(read(parseCode, 'A:1')).toBe('code.colon');
    for (const char of ['\n', '\t', '\0', '\u0085', '\u200b', '\ufeff'])
      expect(read(parseCode, `A${char}1`)).toBe('code.characters');
  });

  it('is the same however its accents are composed', () => {
    expect(read(parseCode, 'e\u0301')).toBe('\u00e9');
  });

  it.each(['1.11E+09', '1,11E+09', '1E+15', '5e-07'])('%s was turned into a number by a spreadsheet', (text) => {
    expect(read(parseCode, text)).toBe('code.scientific');
  });

  it.each(['E10', '1E5', 'A1.11E+09', '1.11E+09-X'])('%s is an ordinary code', (text) => {
    expect(read(parseCode, text)).toBe(text);
  });

  it('may be a whole number in a sheet, with the zeros that its format shows', () => {
    expect(read(parseCode, number(4711))).toBe('4711');
    expect(read(parseCode, number(42, 5))).toBe('00042');
    expect(read(parseCode, number(999_999_999_999_999))).toBe('999999999999999');
  });

  it('is lost where a sheet holds a fraction, a huge number, a date or yes/no instead', () => {
    expect(read(parseCode, number(1.1))).toBe('code.format');
    expect(read(parseCode, number(1e15))).toBe('code.scientific');
    expect(read(parseCode, date)).toBe('code.format');
    expect(read(parseCode, { kind: 'boolean', value: true })).toBe('code.format');
  });
});

describe('codes', () => {
  it('stand between semicolons; blanks and repetitions drop out', () => {
    expect(read(parseCodes, 'A; B ;;A; 007')).toEqual(['A', 'B', '007']);
    expect(read(parseCodes, 'Ab; B ;aB;b')).toEqual(['Ab', 'B']);
    expect(read(parseCodes, number(7))).toEqual(['7']);
    expect(read(parseCodes, 'A; B:1')).toBe('code.colon');
  });

  it('that hold a semicolon or start with a double quote stand between double quotes', () => {
    expect(read(parseCodes, '"A;1"; B ;"C""2;";"D"')).toEqual(['A;1', 'B', 'C"2;', 'D']);
    expect(read(parseCodes, '"""x"""; 5" nail;";"')).toEqual(['"x"', '5" nail', ';']);
    expect(read(parseCodes, '"";"  ";A')).toEqual(['A']);
    for (const wrong of ['"A;1', 'A;  "B" C', '"A""', 'A;"', ' "']) expect(read(parseCodes, wrong)).toBe('list.quote');
  });

  it('in a cell of a hostile file cost no more than its length', () => {
    const took = (length: number): number => {
      const started = performance.now();
      expect(read(parseCodes, `A;${' '.repeat(length)}"B`)).toBe('list.quote');
      expect(read(parseCodes, `"${'""'.repeat(length / 2)}x`)).toBe('list.quote');
      expect(read(parseCodes, ';'.repeat(length))).toEqual([]);
      return performance.now() - started;
    };
    const short = Math.max(...[1, 2, 3].map(() => took(20_000)));
    // A hundred times the length: a hundred times the time, where the square would be ten thousand times.
    expect(took(2_000_000) / short).toBeLessThan(1_000);
  });

  it('of a link may name their type', () => {
    expect(read(parseQualifiedCode, 'O-1')).toEqual({ type: null, code: 'O-1' });
    expect(read(parseQualifiedCode, 'Outcome: O-1')).toEqual({ type: 'Outcome', code: 'O-1' });
    expect(read(parseQualifiedCode, number(12))).toEqual({ type: null, code: '12' });
    expect(read(parseQualifiedCode, ':O-1')).toBe('code.format');
    expect(read(parseQualifiedCode, 'Outcome:')).toBe('code.format');
    expect(read(parseQualifiedCode, 'a:b:c')).toBe('code.colon');
  });
});

describe('text', () => {
  it('is trimmed, composed, and has its line breaks as \\n', () => {
    expect(read(textParser(), '  one\r\ntwo\rthree e\u0301 ')).toBe('one\ntwo\nthree \u00e9');
  });

  it('is refused where it is too long or cannot be stored', () => {
    expect(read(textParser(3), '😀😀😀')).toBe('😀😀😀');
    expect(read(textParser(3), 'abcd')).toBe('text.length');
    expect(read(textParser(), `a\0b`)).toBe('text.characters');
    expect(read(textParser(), 'a\ud800b')).toBe('text.characters');
  });

  it('takes numbers, dates and yes/no of a sheet as they are seen', () => {
    expect(read(textParser(), number(0.1 + 0.2))).toBe('0.3');
    expect(read(textParser(), date)).toBe('2026-07-01');
    expect(read(textParser(), { kind: 'boolean', value: false })).toBe('FALSE');
    expect(read(textParser(), { kind: 'number', value: 0.25, percent: true, digits: 0 })).toBe('25%');
  });
});

describe('an e-mail address', () => {
  it('is stored in lower case', () => {
    expect(read(parseEmail, ' Ada@Example.ORG ')).toBe('ada@example.org');
  });

  it.each([
    'ada',
    'ada@example',
    'Ada <ada@example.org>',
    'a@b.org; c@d.org',
    'ada@@example.org',
    'ada@example..org',
    'a b@example.org',
  ])('%j is none', (text) => {
    expect(read(parseEmail, text)).toBe('email.format');
  });
});

describe('words', () => {
  const parse = wordParser(['non_cashable', 'cashable']);
  it.each(['non_cashable', 'Non-Cashable', 'NON CASHABLE', 'non \u00a0cashable'])('%j is non_cashable', (text) => {
    expect(read(parse, text)).toBe('non_cashable');
  });

  it('that are not known are refused with the list of those that are', () => {
    expect(parse('noncash', context).problem).toEqual({
      code: 'word.unknown',
      message: '"noncash" is none of: non_cashable, cashable.',
    });
  });

  it('may stand in a list', () => {
    const kinds = wordListParser(['priority', 'funding']);
    expect(read(kinds, 'Funding; priority;')).toEqual(['funding', 'priority']);
    expect(read(kinds, 'funding, priority')).toBe('word.unknown');
  });
});

describe('yes/no', () => {
  it.each(['yes', 'Y', 'TRUE', '1'])('%s is yes', (text) => expect(read(parseYesNo, text)).toBe(true));
  it.each(['no', 'N', 'False', '0'])('%s is no', (text) => expect(read(parseYesNo, text)).toBe(false));
  it('may be the cell of a sheet', () => {
    expect(read(parseYesNo, { kind: 'boolean', value: true })).toBe(true);
    expect(read(parseYesNo, number(0))).toBe(false);
    expect(read(parseYesNo, number(2))).toBe('yes_no.format');
  });
  it('is nothing else', () => expect(read(parseYesNo, 'ja')).toBe('yes_no.format'));
});
