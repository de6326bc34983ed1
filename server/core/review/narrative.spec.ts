import { describe, expect, test } from '@jest/globals';
import { chipsOf, confirmedIn, movedNumbers, openNumbersOf, partsOf, printed, uncitedOf } from './narrative.js';

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
    ['EUR12m, USD500 and 12m of €5k', ['EUR12m', 'USD500', '12m', '€5k']],
    ['eur12.5m, EUR-500, $1,200, CHF1’000k', ['eur12.5m', 'EUR-500', '$1,200', 'CHF1’000k']],
    ['saved500, Fr.500 and best-10', ['500', '500', '-10']],
    ['Q3 5000 people, May 5000 and 1234-56', ['5000', '5000', '1234', '-56']],
    ['45 May, ½ and ٣', ['45', '½', '٣']],
    ['12 m in 12 months', ['12', '12']],
  ])('“%s” has numbers that nobody cited', (text, numbers) => {
    const found = uncitedOf(text);
    expect(found.map((each) => each.text)).toEqual(numbers);
    for (const each of found) expect(text.slice(each.at, each.at + each.text.length)).toBe(each.text);
  });

  test.each([
    'Two initiatives ended.',
    'In 2026 Q3, as in 2026-Q2 and Q1, and by 30 Sep 2026 or 2026-09-30 or September 2026',
    'BEN-014, EX-DEC-44, INI_7, SVC.2, H1, FY26, B2B and ISO27001',
    'EURO-1 and EURO1 are codes, 9 May and 31 Dec 1999 days',
    'Only [[metric.flow.wip?period=2026-Q3]] and [[node.realised?ref=BEN-1]]',
  ])('“%s” has none: quarters, days, months and codes name, and measure nothing', (text) => {
    expect(uncitedOf(text)).toEqual([]);
  });

  test('a number is confirmed in its place: the same one elsewhere in the text is open', () => {
    const text = 'We closed 12 sites of 12.';
    const first = [{ at: 10, text: '12' }];
    expect(openNumbersOf(text, first)).toEqual([{ at: 22, text: '12' }]);
    expect(confirmedIn(text, [...first, { at: 3, text: '12' }, { at: 22, text: '1' }])).toEqual(first);
  });

  test.each([
    ['In all we closed 12 sites of 12.', [{ at: 17, text: '12' }]],
    ['We closed 12 of 12.', [{ at: 10, text: '12' }]],
    ['We closed 125 sites of 12.', []],
    ['We closed 3 sites of 12.', []],
    ['We closed 12 sites of 12. And 12 more.', [{ at: 10, text: '12' }]],
  ])('an edit to “%s” moves what is confirmed, or opens it again', (after, confirmed) => {
    expect(movedNumbers('We closed 12 sites of 12.', after, [{ at: 10, text: '12' }])).toEqual(confirmed);
  });
});
