import { describe, expect, test } from '@jest/globals';
import type { Impact } from '../../../contract/overview.js';
import {
  cell,
  column,
  coverage,
  marks,
  nodesOf,
  places,
  profile,
  ranking,
  SIZE,
  textsOf,
  times,
  xmr,
} from '../../../../tests/support/drawings.js';
import { svgOf } from './drawing.js';
import { COLOUR } from './svg.js';

/** Marks of a scenario, without those of the key. */
const barsOf = (svg: string, scenario: string) =>
  marks(svg, 'data-scenario').filter(
    ({ of, inside }) => of['data-scenario'] === scenario && !inside.includes('data-key'),
  );

const QUARTERS = [
  column('2026 Q2', 'AC', '4', '5', 'unfavourable'),
  column('2026 Q3', 'AC', '6', '5', 'favourable'),
  column('2026 Q4', 'FC', '-2', '4', 'unfavourable'),
  column('2027 Q1', 'FC', null, '4', 'neutral'),
];

describe('profile', () => {
  const svg = svgOf(profile(QUARTERS), SIZE);

  test('all columns start at zero, and one unit is equally long in both tiers', () => {
    const [first, second] = places(barsOf(svg, 'AC'), 'height', 'y');
    const [plan] = places(barsOf(svg, 'PL'), 'height', 'y');
    const unit = first![0]! / 4;
    expect(second![0]! / 6).toBeCloseTo(unit, 1);
    expect(plan![0]! / 5).toBeCloseTo(unit, 1);
    const bottoms = [first!, second!, plan!].map(([height, y]) => (height! + y!).toFixed(1));
    expect(new Set(bottoms).size).toBe(1);
    expect(places(marks(svg, 'data-variance'), 'height').map(([height]) => height! / unit)).toEqual([
      expect.closeTo(1, 1),
      expect.closeTo(1, 1),
      expect.closeTo(6, 1),
    ]);
  });

  test('only what is expected is hatched, only what is planned is hollow, and what is not known is a gap', () => {
    expect(
      marks(svg, 'data-scenario')
        .map(({ of }) => of['data-scenario'])
        .sort(),
    ).toEqual(
      // Those of the key among them.
      ['AC', 'AC', 'AC', 'FC', 'FC', 'PL', 'PL', 'PL', 'PL', 'PL'],
    );
    expect(marks(svg, 'data-hatch').map(({ inside }) => inside.includes('data-scenario'))).toEqual([true, true]);
    const hollow = nodesOf(svg).filter(({ name, of }) => name === 'rect' && of['fill'] === COLOUR.card);
    expect(
      hollow.filter(({ of, inside }) => of['data-scenario'] !== 'PL' && !inside.includes('data-scenario')),
    ).toEqual([]);
    expect(times(svg, '–')).toBe(2);
    expect(times(svg, '0')).toBe(0);
  });

  test('each label stands once, as it is printed', () => {
    for (const text of ['4', '6', '-2', 'Δ-1', 'Δ1', 'Δ-6', 'm EUR', 'AC realised', 'FC forecast', 'PL plan'])
      expect([text, times(svg, text)]).toEqual([text, 1]);
    for (const { label } of QUARTERS) expect([label, times(svg, label)]).toEqual([label, 1]);
  });

  test('what is provisional has its letter and its key, and nothing else has', () => {
    const drawn = svgOf(
      profile(QUARTERS.map((each, at) => (at === 1 ? { ...each, isProvisional: true } : each))),
      SIZE,
    );
    for (const text of ['4', '6 p', 'p provisional: only some of the benefits planned are measured'])
      expect([text, times(drawn, text)]).toEqual([text, 1]);
    expect(textsOf(svg).filter((text) => / p$|provisional/.test(text))).toEqual([]);
  });

  test('what lies below zero hangs', () => {
    const columns = [column('A', 'AC', '-3', '-1', 'unfavourable'), column('B', 'AC', '3', '1', 'favourable')];
    const [below, above] = places(
      marks(svgOf(profile(columns), SIZE), 'data-scenario').filter(
        ({ of, inside }) => of['data-scenario'] === 'AC' && !inside.includes('data-key'),
      ),
      'y',
      'height',
    );
    expect(below![0]).toBeCloseTo(above![0]! + above![1]!, 1);
    expect(below![1]).toBeCloseTo(above![1]!, 1);
  });
});

describe('ranking', () => {
  const bar = (label: string, value: string | null, note = 'below plan') => ({
    label,
    value: cell(value ?? 'x', value, value?.startsWith('-') ? 'unfavourable' : 'favourable'),
    share: cell(`${value} %`),
    note,
  });
  const svg = svgOf(ranking([bar('Delta', '1'), bar('Alpha', '-4'), bar('Gamma', null), bar('Beta', '2')]), SIZE);

  test('bars stand in the order of the document and start at one zero line; what is not known has no bar', () => {
    const [delta, alpha, beta, ...more] = places(marks(svg, 'data-variance'), 'x', 'width', 'y');
    expect(more).toEqual([]);
    const [unit, zero] = [beta![1]! / 2, beta![0]!];
    expect(alpha![1]! / 4).toBeCloseTo(unit, 1);
    expect(delta![1]!).toBeCloseTo(unit, 1);
    expect(alpha![0]! + alpha![1]!).toBeCloseTo(zero, 1);
    expect([delta![2]! < alpha![2]!, alpha![2]! < beta![2]!]).toEqual([true, true]);
    expect(textsOf(svg).filter((text) => /^(Alpha|Beta|Gamma|Delta)$/.test(text))).toEqual([
      'Delta',
      'Alpha',
      'Gamma',
      'Beta',
    ]);
    expect(times(svg, 'x')).toBe(1);
  });

  test('the colour says what it means for the business, and every note is there', () => {
    expect(marks(svg, 'data-variance').map(({ of }) => of['fill'])).toEqual([COLOUR.good, COLOUR.bad, COLOUR.good]);
    expect(times(svg, 'below plan')).toBe(4);
  });

  test('a name too long for five lines is cut, with all of it in a title', () => {
    const long = 'A programme of many words '.repeat(20).trim();
    const titled = nodesOf(svgOf(ranking([bar(long, '1'), bar('Short', '2')]), SIZE)).filter(
      ({ name }) => name === 'title',
    );
    expect(titled.map(({ text }) => text)).toEqual([long]);
  });
});

describe('coverage', () => {
  const svg = svgOf(
    coverage([
      { label: 'Investment', value: cell('38.0', '38000000'), lost: null },
      { label: 'Initiative', value: cell('37.6', '37600000'), lost: cell('0.4', '400000') },
      { label: 'Capability', value: cell('0', '0'), lost: cell('0', '0') },
      { label: 'Benefit', value: cell('–', null), lost: null },
    ]),
    SIZE,
  );

  test('what falls short is drawn on from the end of the bar, on one scale, with a triangle and its words', () => {
    const [first, second, nothing] = places(
      marks(svg, 'data-scenario').filter(({ inside }) => !inside.includes('data-key')),
      'x',
      'width',
    );
    const [gap, ...more] = places(marks(svg, 'data-gap'), 'x', 'width');
    expect(more).toEqual([]);
    expect(gap![0]).toBeCloseTo(second![0]! + second![1]!, 1);
    expect(gap![0]! + gap![1]!).toBeCloseTo(first![0]! + first![1]!, 1);
    expect(gap![1]! / first![1]!).toBeCloseTo(0.4 / 38, 3);
    expect(nothing![1]).toBe(0);
    expect(times(svg, '−0.4 no initiative')).toBe(1);
    expect(times(svg, 'what goes no further')).toBe(1);
    // ▼, in the key and at the bar: the tip of each stands lower than its side.
    const triangles = nodesOf(svg).filter(({ name, of }) => name === 'path' && of['fill'] === COLOUR.bad);
    expect(triangles.map(({ of }) => /^M[\d.]+ [\d.]+l4 (-?\d+)h-8Z$/.exec(of['d']!)?.[1])).toEqual(['-8', '-8']);
  });

  test('each amount stands once', () => {
    for (const text of ['38.0', '37.6', 'Investment', 'Benefit', '–'])
      expect([text, times(svg, text)]).toEqual([text, 1]);
  });
});

describe('xmr', () => {
  const point = (label: string, value: string | null, isSignal = false, impact: Impact | null = null) => ({
    label,
    value: cell(value ?? 'z', value, impact),
    isSignal,
  });
  const points = [
    point('2026 Q1', '10'),
    point('2026 Q2', null),
    point('2026 Q3', '12'),
    point('2026 Q4', '18', true, 'favourable'),
    point('2027 Q1', '11'),
  ];
  const limits = { centre: cell('12.0', '12'), lower: cell('8.0', '8'), upper: cell('16.0', '16') };
  const svg = svgOf(xmr(points, { limits, target: cell('14.0', '14') }), SIZE);

  test('points, limits and mean lie on one scale, and a gap breaks the line', () => {
    const y = Object.fromEntries(marks(svg, 'data-limit').map(({ of }) => [of['data-limit'], Number(of['y1'])]));
    const dots = places(
      nodesOf(svg).filter(({ name }) => name === 'circle'),
      'cx',
      'cy',
    );
    const unit = (y['lower']! - y['upper']!) / 8;
    expect(y['centre']).toBeCloseTo(y['lower']! - 4 * unit, 1);
    expect(dots.map(([, cy]) => (y['lower']! - cy!) / unit + 8)).toEqual([
      expect.closeTo(10, 1),
      expect.closeTo(12, 1),
      expect.closeTo(11, 1),
    ]);
    expect(marks(svg, 'data-line')[0]!.of['d']!.match(/[ML]/g)).toEqual(['M', 'M', 'L', 'L']);
  });

  test('only signals have a mark of their own; what is not known stands as its letter', () => {
    expect(marks(svg, 'data-signal').map(({ of }) => of['data-signal'])).toEqual(['better']);
    expect(times(svg, 'z')).toBe(1);
  });

  test('labels stand once, and an axis that does not begin at 0 says so', () => {
    for (const text of [
      'latest 11',
      'upper 16.0',
      'mean 12.0',
      'lower 8.0',
      'target 14.0',
      '18',
      'the axis does not begin at 0',
    ])
      expect([text, times(svg, text)]).toEqual([text, 1]);
    const fromZero = svgOf(xmr([point('2026 Q1', '0'), point('2026 Q2', '3')]), SIZE);
    expect(times(fromZero, 'the axis does not begin at 0')).toBe(0);
    expect(times(fromZero, 'too few points for limits')).toBe(1);
  });
});
