import { expect, test } from '@jest/globals';
import { compare } from './deviations.js';
import { impactOf } from './traced-figures.js';

test('less cost and more value are favourable; nothing and the unknown are neutral', () => {
  const rise = { n: 5n, d: 2n };
  const fall = { n: -5n, d: 2n };
  expect([impactOf(rise, 1n), impactOf(fall, 1n)]).toEqual(['favourable', 'unfavourable']);
  expect([impactOf(rise, -1n), impactOf(fall, -1n)]).toEqual(['unfavourable', 'favourable']);
  expect([impactOf({ n: 0n, d: 3n }, -1n), impactOf(null, 1n)]).toEqual(['neutral', 'neutral']);
});

test('fractions are ordered as numbers, whatever their denominators', () => {
  const values = [
    { n: 1n, d: 3n },
    { n: -1n, d: 1000n },
    { n: 33n, d: 100n },
    { n: -7n, d: 2n },
  ];
  expect(values.sort(compare).map(({ n, d }) => `${n}/${d}`)).toEqual(['-7/2', '-1/1000', '33/100', '1/3']);
  expect(compare({ n: 1n, d: 2n }, { n: 2n, d: 4n })).toBe(0);
});
