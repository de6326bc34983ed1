import { describe, expect, test } from '@jest/globals';
import { hundredths, leftOverOf, leftOverSentence, percentText } from './left-over';

const sentence = (shares: (string | null)[]) =>
  leftOverSentence(leftOverOf(shares), 'unallocated', (text) => text).replaceAll('\u00a0', ' ');

describe('What shares leave over', () => {
  test('percentages are read to the hundredth and printed without needless zeros', () => {
    expect(['25', '25.5', '25.50', '0.01', '100'].map(hundredths)).toEqual([2500, 2550, 2550, 1, 10000]);
    expect(['25.555', 'x', '', '-1', '1,5'].map(hundredths)).toEqual([null, null, null, null, null]);
    expect([2500, 2550, 833, 1, 10000, 0].map(percentText)).toEqual(['25', '25.5', '8.33', '0.01', '100', '0']);
  });

  test('blank links share equally what the stated ones leave; a third is a third, and says that it is rounded', () => {
    expect(leftOverOf(['75', null, null, null])).toEqual({
      links: 4,
      stated: 7500,
      statedLinks: 1,
      blankLinks: 3,
      left: 2500,
      over: 0,
      each: 833,
      isRounded: true,
    });
    expect(sentence(['75', null, null, null])).toBe(
      '75 % stated over 1 link. 3 blank links share the remaining 25 %: 8.33 % each, rounded (assumed).',
    );
    expect(sentence([null, null, null])).toBe(
      'No share is stated. 3 blank links share the remaining 100 %: 33.33 % each, rounded (assumed).',
    );
    expect(sentence([null, null])).toBe(
      'No share is stated. 2 blank links share the remaining 100 %: 50 % each (assumed).',
    );
  });

  test('a sixth is rounded half up, not cut off', () => {
    expect(leftOverOf([null, null, null, null, null, null]).each).toBe(1667);
  });

  test('0.1 and 0.2 add up to 0.3', () => {
    expect(leftOverOf(['0.1', '0.2', '99.7'])).toMatchObject({ stated: 10000, left: 0, over: 0 });
  });

  test('without blank links the rest is left over', () => {
    expect(sentence(['60', '20.5'])).toBe('80.5 % stated over 2 links. 19.5 % is left over: unallocated.');
    expect(sentence(['60', '40'])).toBe('100 % stated over 2 links. Nothing is left over.');
    expect(sentence(['60', null])).toBe('60 % stated over 1 link. 1 blank link takes the remaining 40 % (assumed).');
    expect(sentence(['100', null])).toBe('100 % stated over 1 link. Nothing is left for the blank link.');
    expect(sentence([])).toBe('No link: all of it is unallocated.');
  });

  test('more than the whole says by how much', () => {
    expect(leftOverOf(['60', '50.01', null])).toMatchObject({ over: 1001, left: 0, each: 0 });
    expect(sentence(['60', '50.01'])).toContain('110.01 % stated over 2 links. That is 10.01 % too much');
  });
});
