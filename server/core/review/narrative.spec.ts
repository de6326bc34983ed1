import { describe, expect, test } from '@jest/globals';
import { chipsOf, partsOf, printed, uncitedOf } from './narrative.js';

describe('The text of a review', () => {
  test('is words and chips in their order', () => {
    expect(partsOf('Realised [[realised?span=to_date]] of [[planned]], [not] [[]].')).toEqual([
      { text: 'Realised ' },
      { chip: 'realised?span=to_date' },
      { text: ' of ' },
      { chip: 'planned' },
      { text: ', [not] [[]].' },
    ]);
    expect(partsOf('')).toEqual([]);
    expect(chipsOf('[[a]] and [[b]] and [[a]]')).toEqual(['a', 'b']);
  });

  test('is printed with the texts of its figures', () => {
    const figures = { 'realised?span=to_date': { text: '$1 m & more' }, planned: { text: '15.1 m EUR' } };
    expect(printed('[[realised?span=to_date]] of [[planned]]; [[planned]]', figures)).toBe(
      '$1 m & more of 15.1 m EUR; 15.1 m EUR',
    );
    expect(printed('[[gone]], [[constructor]], [[]] and [x]', figures)).toBe('[[gone]], [[constructor]], [[]] and [x]');
  });

  test.each([
    ['12.4 m EUR', ['12.4']],
    ['18 % below plan, 1 234,5 in all', ['18 %', '1', '234,5']],
    ['1’234.50 or 1\u202f234', ['1’234.50', '1\u202f234']],
    ['−3.5 and -2', ['−3.5', '-2']],
    ['in 2026 we spent 2', ['2026', '2']],
    ['[[realised]] of 15', ['15']],
  ])('“%s” has numbers that nobody cited', (text, numbers) => {
    const found = uncitedOf(text);
    expect(found.map((each) => each.text)).toEqual(numbers);
    for (const each of found) expect(text.slice(each.at, each.at + each.text.length)).toBe(each.text);
  });

  test.each([
    'Two initiatives ended.',
    'In 2026 Q3, as in 2026-Q2 and Q1, and by 30 Sep 2026 or 2026-09-30 or September 2026',
    'BEN-014, EX-DEC-44, INI_7, SVC.2 and H1',
    'Only [[metric.flow.wip?period=2026-Q3]] and [[node.realised?ref=BEN-1]]',
  ])('“%s” has none: quarters, days, months and codes name, and measure nothing', (text) => {
    expect(uncitedOf(text)).toEqual([]);
  });
});
