import { describe, expect, it } from '@jest/globals';
import { commonStart, initialsOf, shortName } from './names';

describe('names for one line', () => {
  const names = [
    'Monetised benefits of Met Office Supercomputing 2020+ Programme',
    'Monetised benefits of NZHF',
    'Monetised benefits of Green Homes Grant: Local Authority Delivery (LAD)',
  ];

  it('leave out the words with which all begin', () => {
    const start = commonStart(names);
    expect(start).toBe('Monetised benefits of');
    expect(names.map((name) => shortName(name, start, 24))).toEqual(['Met Office', 'NZHF', 'Green Homes Grant: Local']);
  });

  it('keep all words where they differ, and never end in a word that waits for the next', () => {
    expect(commonStart(['Faster claims', 'Faster renewals', 'Less rework'])).toBe('');
    expect(commonStart(['Cost of a', 'Cost of b'])).toBe('');
    expect(commonStart(['One and the same', 'One and the same', 'One and the same'])).toBe('One and the');
    expect(shortName('Lower cost of running the data centre', '', 13)).toBe('Lower cost');
    expect(shortName('Fewer calls (all regions of the enterprise)', '', 20)).toBe('Fewer calls');
  });

  it('make initials of names and of addresses', () => {
    expect(['Ada Meyer', 'ada.van-der.meyer@example.org', 'finance', ''].map(initialsOf)).toEqual([
      'AM',
      'AM',
      'F',
      '?',
    ]);
  });
});
