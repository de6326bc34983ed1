import { describe, expect, test } from '@jest/globals';
import { JsonBytes, jsonBytes } from './json-bytes.js';

const amount = (units: number, decimals: number): string =>
  JSON.parse(new JsonBytes().amount(units, decimals).done().toString()) as string;

describe('JSON in bytes', () => {
  test.each([
    [0, 2, '0.00'],
    [5, 2, '0.05'],
    [-5, 2, '-0.05'],
    [123456, 2, '1234.56'],
    [-4_398_046_511_103, 2, '-43980465111.03'],
    [2_147_483_648, 2, '21474836.48'],
    [999, 0, '999'],
    [10, 3, '0.010'],
    [100_000, 4, '10.0000'],
  ])('writes %s units with %s places as %s', (units, decimals, text) => {
    expect(amount(units, decimals)).toBe(text);
  });

  test('grows, and keeps what was written, with any letters', () => {
    const name = 'Größe – 価値 "quoted"';
    const out = new JsonBytes().ascii('[');
    for (let index = 0; index < 40_000; index += 1)
      out
        .raw(jsonBytes(name))
        .ascii(',')
        .number(1 / 3)
        .ascii(',');
    const found = JSON.parse(out.ascii('true]').done().toString('utf8')) as unknown[];
    expect(found).toHaveLength(80_001);
    expect([found[0], found[1], found[79_998], found.at(-1)]).toEqual([name, 1 / 3, name, true]);
  });
});
