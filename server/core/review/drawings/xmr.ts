import { rangeOf, spread, trendPlaces } from '../../../contract/chart-geometry.js';
import type { ReviewDrawing } from '../../../contract/review.js';
import {
  amountOf,
  keyOf,
  printedCell,
  signalMark,
  targetMark,
  type KeyItem,
  type Layout,
  type Signal,
} from './layout.js';
import { COLOUR, element, LINE, rounded, rule, text, type Place } from './svg.js';
import { FONT_SIZE, widest, widthOf } from '../../../contract/text-size.js';

type Xmr = Extract<ReviewDrawing, { kind: 'xmr' }>;

const PAD = 12;
/** Between a point and its label. */
const OFF = 14;
const LEAST_LINE = 110;
const BESIDE = 10;
const APART = 8;

/** Values over time with their mean and limits; what has really changed has a mark of its own. */
export function xmrLayout({ points, limits, target, unit }: Xmr): Layout {
  const values = points.map(({ value }) => amountOf(value));
  const lines = limits && {
    centre: amountOf(limits.centre),
    lower: amountOf(limits.lower),
    upper: amountOf(limits.upper),
  };
  const known = lines && lines.centre !== null && lines.lower !== null && lines.upper !== null;
  const drawn = known ? (lines as { centre: number; lower: number; upper: number }) : null;
  const aim = target && amountOf(target);
  const range = rangeOf(values, drawn, [aim]);
  const last = values.findLastIndex((value) => value !== null);
  const isBroken = range.min > 0 || range.max < 0;
  const key = keyItems(points, { hasLimits: drawn !== null, hasTarget: aim !== null, isBroken, unit });

  const beside = [
    ...(last < 0 ? [] : [{ amount: values[last]!, words: `latest ${printedCell(points[last]!.value)}` }]),
    ...(drawn && limits
      ? [
          { amount: drawn.upper, words: `upper ${printedCell(limits.upper)}` },
          { amount: drawn.centre, words: `mean ${printedCell(limits.centre)}` },
          { amount: drawn.lower, words: `lower ${printedCell(limits.lower)}` },
        ]
      : []),
    ...(aim === null || target === null ? [] : [{ amount: aim, words: `target ${printedCell(target)}` }]),
  ];
  const gutter = widest(beside.map(({ words }) => words)) + BESIDE;
  const named = points.map(({ value }) => printedCell(value));

  return {
    needs: (width) => ({
      width: gutter + widest(points.map(({ label }) => label)) + 8 * Math.max(20, points.length),
      height: keyOf(key, width).height + LEAST_LINE + 2 * LINE,
    }),
    draw({ width, height }) {
      const top = keyOf(key, width);
      const first = points[0]?.label ?? '';
      const left = widthOf(first) / 2;
      const [plot, tall] = [width - gutter - left, height - top.height - LINE - 6];
      const { points: places } = trendPlaces(values, drawn, { width: plot, height: tall, pad: PAD }, range);
      const step = points.length > 1 ? (plot - 2 * PAD) / (points.length - 1) : plot;
      const x = (at: number) => left + PAD + (points.length > 1 ? at * step : 0);
      const y = (amount: number) =>
        top.height + PAD + ((range.max - amount) / (range.max - range.min)) * (tall - 2 * PAD);
      const seen = places.map((place, at) => (place === null ? null : { x: x(at), y: y(values[at]!) }));
      const edge = width - gutter;
      const across = (amount: number, look: Record<string, string>) =>
        rule({ x: left, y: y(amount) }, { x: edge, y: y(amount) }, { stroke: COLOUR.common, ...look });
      const labelled = labelledPoints(points, values, last, step, widest(named) + APART);
      const every = Math.max(1, Math.ceil((widest(points.map(({ label }) => label)) + APART) / step));
      return [
        ...top.marks,
        ...(drawn
          ? [
              across(drawn.upper, { 'stroke-dasharray': '4 3', 'data-limit': 'upper' }),
              across(drawn.centre, { 'data-limit': 'centre' }),
              across(drawn.lower, { 'stroke-dasharray': '4 3', 'data-limit': 'lower' }),
            ]
          : []),
        element('path', { d: lineOf(seen), fill: 'none', stroke: COLOUR.ac, 'stroke-width': 2, 'data-line': '' }),
        ...labelled.map((at) => pointLabel(named[at]!, seen[at]!, isAbove(seen, at))),
        ...seen.map((place, at) =>
          place === null
            ? text([named[at]!], { x: x(at), y: top.height + tall - 3 }, { anchor: 'middle', fill: COLOUR.ink2 })
            : pointMark(place, points[at]!, drawn === null || values[at]! >= drawn.centre),
        ),
        ...(aim === null ? [] : [targetMark({ x: edge, y: y(aim) })]),
        ...points.flatMap(({ label }, at) =>
          (points.length - 1 - at) % every === 0
            ? [text([label], { x: x(at), y: height - LINE / 2 }, { anchor: 'middle', fill: COLOUR.ink2 })]
            : [],
        ),
        ...spread(
          beside.map(({ amount, words }) => ({ at: y(amount), words })),
          LINE,
          top.height + tall,
        ).map(({ at, words }) => text([words], { x: edge + BESIDE, y: at }, { fill: COLOUR.ink2 })),
      ];
    },
  };
}

/** Runs of points without a gap. */
const lineOf = (places: readonly (Place | null)[]): string =>
  places
    .map((place, at) =>
      place === null ? '' : `${at > 0 && places[at - 1] ? 'L' : 'M'}${rounded(place.x)} ${rounded(place.y)}`,
    )
    .join('');

/** All points but the latest, which is named at the right; where labels would touch, the signals, and of those the later ones. */
function labelledPoints(
  points: Xmr['points'],
  values: readonly (number | null)[],
  last: number,
  step: number,
  least: number,
): number[] {
  const all = points.flatMap((_, at) => (values[at] === null || at === last ? [] : [at]));
  if (step >= least) return all;
  return all
    .filter((at) => points[at]!.isSignal)
    .reduceRight<number[]>(
      (kept, at) => (kept.every((other) => (other - at) * step >= least) ? [at, ...kept] : kept),
      [],
    );
}

/** On the side of the point on which its line does not leave. */
const isAbove = (places: readonly (Place | null)[], at: number): boolean => {
  const own = places[at]!;
  const near = [places[at - 1], places[at + 1]].filter((place) => place !== null && place !== undefined);
  return near.length === 0 || near.reduce((sum, { y }) => sum + y, 0) / near.length >= own.y;
};

/** On a ground of its own: lines may run behind it. */
function pointLabel(words: string, { x, y }: Place, above: boolean): string {
  const middle = y + (above ? -OFF : OFF);
  const width = widthOf(words) + 2;
  const ground = { x: x - width / 2, y: middle - FONT_SIZE / 2, width, height: FONT_SIZE };
  return (
    element('rect', { ...ground, fill: COLOUR.card, 'fill-opacity': 0.85 }) +
    text([words], { x, y: middle }, { anchor: 'middle' })
  );
}

const signalOf = ({ isSignal, value: { impact } }: Xmr['points'][number]): Signal | null =>
  !isSignal ? null : impact === 'favourable' ? 'better' : impact === 'unfavourable' ? 'worse' : 'changed';

/** A dot, or the mark of its signal. */
function pointMark(place: Place, point: Xmr['points'][number], isHigh: boolean): string {
  const signal = signalOf(point);
  return signal === null
    ? element('circle', { cx: place.x, cy: place.y, r: 3, fill: COLOUR.ac })
    : element('g', { 'data-signal': signal }, signalMark(place, signal, isHigh));
}

const SIGNALS: Readonly<Record<Signal, string>> = {
  better: 'signal: better',
  worse: 'signal: worse',
  changed: 'signal: changed',
};

interface Known {
  hasLimits: boolean;
  hasTarget: boolean;
  isBroken: boolean;
  unit: string;
}

function keyItems(points: Xmr['points'], { hasLimits, hasTarget, isBroken, unit }: Known): KeyItem[] {
  return [
    { mark: null, text: unit },
    ...(hasLimits
      ? [
          { mark: 'mean' as const, text: 'mean' },
          { mark: 'limits' as const, text: 'limits' },
        ]
      : [{ mark: null, text: 'too few points for limits' }]),
    ...(hasTarget ? [{ mark: 'target' as const, text: 'target' }] : []),
    ...(['better', 'worse', 'changed'] as const)
      .filter((signal) => points.some((point) => signalOf(point) === signal))
      .map((signal) => ({ mark: signal, text: SIGNALS[signal] })),
    ...(isBroken ? [{ mark: null, text: 'the axis does not begin at 0' }] : []),
  ];
}
