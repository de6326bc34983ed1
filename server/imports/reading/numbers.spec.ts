import { describe, expect, it } from '@jest/globals';
import { canonical, decideStyles, readings, StyleEvidence } from './numbers.js';

function evidenceOf(...texts: string[]): StyleEvidence {
  const evidence = new StyleEvidence();
  for (const text of texts) evidence.add(text);
  return evidence;
}

describe('what a number cell can mean', () => {
  it.each([
    ['1234', '1234', '1234'],
    ['-7', '-7', '-7'],
    ['+007', '7', '7'],
    ['1234.5', '1234.5', null],
    ['1,234.50', '1234.5', null],
    ['1.234,50', null, '1234.5'],
    ['1234,5', null, '1234.5'],
    ['1 234,50', null, '1234.5'],
    ['1\u00a0234,50', null, '1234.5'],
    ['1\u202f234\u202f567,5', null, '1234567.5'],
    ['1 234.50', '1234.5', null],
    ['1 234', '1234', '1234'],
    ['1.234', '1.234', '1234'],
    ['1,234', '1234', '1.234'],
    ['-1.234', '-1.234', '-1234'],
    ['0.125', '0.125', null],
    ['0,125', null, '0.125'],
    ['1.234.567', null, '1234567'],
    ['1,234,567', '1234567', null],
    ['1234.567', '1234.567', null],
    ['.5', '0.5', null],
    [',5', null, '0.5'],
    ['\u22125', '-5', '-5'],
    ['1.2345', '1.2345', null],
  ])('%j is %j with a decimal point and %j with a decimal comma', (text, dot, comma) => {
    expect(readings(text)).toEqual({ dot, comma });
  });

  it.each([
    '',
    '-',
    '.',
    '1.',
    '1,23,456',
    '12,34.5',
    '1.234.56',
    '1 23',
    '1  234',
    '1e5',
    '0x10',
    'NaN',
    '1.2.3',
    '--1',
    '1,234 567',
    "1'234",
    '٣',
    '1'.repeat(61),
  ])('%j is no number', (text) => {
    expect(readings(text)).toEqual({ dot: null, comma: null });
  });

  it.each([
    ['-0', '0'],
    ['-0.00', '0'],
    ['000', '0'],
    ['0010.0100', '10.01'],
    ['1.50', '1.5'],
    ['-.5', '-0.5'],
  ])('the plain form of %j is %j', (text, plain) => {
    expect(canonical(text)).toBe(plain);
  });
});

describe('the decimal style of a file', () => {
  it('is shown by a cell that can be read in one way only', () => {
    expect(evidenceOf('100', '1.234', '2.50').style()).toBe('dot');
    expect(evidenceOf('100', '1.234', '2,50').style()).toBe('comma');
    expect(evidenceOf('12,5%').style()).toBe('comma');
  });

  it('is not shown by whole numbers, ambiguous cells, or cells that are no numbers', () => {
    expect(evidenceOf('100', '1.234', '1,234', 'n/a', 'Exempt, see 4.3.', '1 234').style()).toBeNull();
  });

  it('is that of more cells where a file shows both, which is refused', () => {
    expect(evidenceOf('1.5', '2,50').style()).toBe('mixed');
    expect(evidenceOf('1.5', '2,50', '1.234', '3.5').style()).toBe('mostly_dot');
    expect(evidenceOf('1.5', '2,50', '1,234', '3,5').style()).toBe('mostly_comma');
  });

  it('follows the other files of the upload where the file shows nothing and they agree', () => {
    const styles = decideStyles(
      new Map([
        ['a', evidenceOf('1.234')],
        ['b', evidenceOf('1,5')],
        ['c', evidenceOf()],
      ]),
    );
    expect(Object.fromEntries(styles)).toEqual({ a: 'comma', b: 'comma', c: 'comma' });
  });

  it('is undecided where the file shows nothing and the others disagree, or one of them shows both', () => {
    const disagree = decideStyles(
      new Map([
        ['a', evidenceOf('1.234')],
        ['b', evidenceOf('1,5')],
        ['c', evidenceOf('1.5')],
      ]),
    );
    expect(Object.fromEntries(disagree)).toEqual({ a: 'undecided', b: 'comma', c: 'dot' });
    const mixed = decideStyles(
      new Map([
        ['a', evidenceOf('1.234')],
        ['b', evidenceOf('1,5', '1.5')],
        ['c', evidenceOf('1.5')],
      ]),
    );
    expect(mixed.get('a')).toBe('undecided');
  });
});
