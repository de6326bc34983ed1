import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { ReviewDrawing } from '../../../contract/review.js';
import {
  cell,
  column,
  coverage,
  nodesOf,
  outside,
  overlapping,
  profile,
  ranking,
  SIZE,
  textsOf,
  xmr,
} from '../../../../tests/support/drawings.js';
import { heightFor, svgOf } from './drawing.js';
import { COLOUR } from './svg.js';
import { inPieces, wrapped } from '../../../contract/text-size.js';

const NAME = 'Consolidation of the regional customer master data platforms and their interfaces';
const many = Array.from({ length: 24 }, (_, at) => ({ label: `${NAME} ${at}`, at, amount: String((at % 7) - 3) }));
const crowded: ReviewDrawing[] = [
  profile(
    many.map(({ at, amount }) =>
      column(`2026 Q${at}`, at < 12 ? 'AC' : 'FC', `${amount}.25`, '12345.6', 'unfavourable'),
    ),
  ),
  ranking(
    many.map(({ label, amount }) => ({
      label,
      value: cell(`${amount},000.0`, amount, 'favourable'),
      share: cell('−112.4 %', '-1.124'),
      note: 'below plan · re-planned in May · Olivia Marsh',
    })),
  ),
  coverage(many.map(({ label, amount }) => ({ label, value: cell(amount), lost: cell('▲ 12.3 no capability', '3') }))),
  xmr(
    many.map(({ at, amount }) => ({ label: `2026 Q${at}`, value: cell(`${amount}.123`), isSignal: at % 3 === 0 })),
    { limits: { centre: cell('0.0'), lower: cell('-0.1'), upper: cell('0.1') }, target: cell('0.05') },
  ),
];

describe('any drawing', () => {
  test.each(crowded.map((drawing) => [drawing.kind, drawing] as const))(
    '%s: with 24 marks and long names no label touches another or leaves the picture',
    (_, drawing) => {
      for (const size of [SIZE, { width: 1180, height: 420 }, { width: 320, height: 200 }]) {
        const svg = svgOf(drawing, size);
        expect(overlapping(svg)).toEqual([]);
        expect(outside(svg)).toEqual([]);
      }
    },
  );

  test('in its own height all texts have their full size', () => {
    for (const drawing of crowded.slice(1)) {
      const size = { width: 980, height: heightFor(drawing, 980) };
      expect(nodesOf(svgOf(drawing, size))[0]!.of['viewBox']).toBe(`0 0 980.00 ${size.height}.00`);
    }
  });

  test('what is not there is said, and nothing is ever no number', () => {
    const nothing = cell('–', null);
    const single: ReviewDrawing[] = [
      profile([{ label: 'A', scenario: 'AC', value: nothing, planned: nothing, variance: nothing }]),
      ranking([{ label: 'A', value: nothing, share: nothing, note: '' }]),
      coverage([{ label: 'A', value: nothing, lost: nothing }]),
      xmr([{ label: 'A', value: nothing, isSignal: false }]),
      xmr([{ label: 'A', value: cell('5'), isSignal: true }]),
      ...[profile([]), ranking([]), coverage([]), xmr([])],
    ];
    for (const drawing of [...crowded, ...single])
      for (const size of [SIZE, { width: 10, height: 10 }])
        expect(svgOf(drawing, size)).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(textsOf(svgOf(ranking([]), SIZE))).toEqual(['Nothing is recorded that could be drawn.']);
    expect(textsOf(svgOf(single[3]!, SIZE))).toContain('–');
  });

  test('any text is a text, never markup', () => {
    const odd = 'a<b & "c" \u0000\ud800 😀';
    const svg = svgOf(
      { ...ranking([{ label: odd, value: cell('1'), share: cell('2'), note: '' }]), message: odd },
      SIZE,
    );
    expect(nodesOf(svg)[0]!.of['aria-label']).toBe('a<b & "c" \ufffd\ufffd 😀');
    expect(textsOf(svg)).toContain('a<b & "c" \ufffd\ufffd 😀');
  });

  test('the same drawing is the same text', () => {
    for (const drawing of crowded) expect(svgOf(structuredClone(drawing), SIZE)).toBe(svgOf(drawing, SIZE));
  });

  test('colours are the light ones of the screens', () => {
    const tokens = readFileSync('client/app/tokens.css', 'utf8');
    for (const [name, colour] of Object.entries(COLOUR))
      expect(tokens).toContain(`--${name === 'ink2' ? 'ink-2' : name}: light-dark(${colour},`);
  });
});

test('a text in pieces is the text, and no piece has more lines than were asked for', () => {
  const texts = [
    '',
    'one',
    `${NAME} `.repeat(20),
    'W'.repeat(500),
    'a\nb\n\nc\n'.repeat(15),
    `${'x'.repeat(90)}\n${NAME}`,
  ];
  for (const text of texts) {
    const pieces = inPieces(text, 200, 4);
    expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    for (const piece of pieces)
      expect(piece.split('\n').flatMap((line) => wrapped(line, 200).lines).length).toBeLessThanOrEqual(4);
  }
  expect(inPieces('one two', 200, 4)).toEqual(['one two']);
});
