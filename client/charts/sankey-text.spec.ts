import { describe, expect, test } from '@jest/globals';
import { wrapped } from './sankey-text.js';

const TEN = (text: string) => text.length * 10;

describe('A name in the drawing', () => {
  test.each([
    ['one line where it fits', 'Claims handling', 150, ['Claims handling']],
    ['two where it does not', 'Customer onboarding', 120, ['Customer', 'onboarding']],
    ['broken after a hyphen too', 'Customer self-service', 140, ['Customer self-', 'service']],
    ['all of it, to the last word', 'Fewer manual claims by hand', 140, ['Fewer manual', 'claims by hand']],
    ['odd spaces left out', '  Policy   data ', 150, ['Policy   data']],
  ])('%s', (_, name, room, lines) => {
    expect(wrapped(name, room, 2, TEN)).toEqual(lines);
  });

  test('is shortened at a word on its last line, never with dots', () => {
    expect(wrapped('Renewal of the data centre in the north of the country', 120, 2, TEN)).toEqual([
      'Renewal of',
      'the data',
    ]);
  });

  test('keeps the beginning of a word that is wider than a line', () => {
    expect(wrapped('Datenverarbeitungsanlage Nord', 100, 2, TEN)).toEqual(['Datenvera.', 'Nord']);
  });

  test.each([8, 40, 77, 160])('is never wider than its room of %d, nor on more lines than it may have', (room) => {
    const name = 'Move the policy-administration workloads to a/b hosting';
    const lines = wrapped(name, Math.max(room, 20), 3, TEN);
    expect(lines.length).toBeLessThanOrEqual(3);
    for (const line of lines) expect(TEN(line)).toBeLessThanOrEqual(Math.max(room, 20));
  });
});
