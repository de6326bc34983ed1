import { toGeometry } from '../../../contract/decimal.js';
import type { ReviewCell } from '../../../contract/review.js';
import {
  COLOUR,
  element,
  LINE,
  rule,
  rounded,
  scenarioMark,
  text,
  triangle,
  type Box,
  type Place,
  type Scenario,
} from './svg.js';
import { widthOf } from '../../../contract/text-size.js';

/** What all drawings share: their size, their key, the amounts of cells. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** One kind of drawing, ready to be drawn. */
export interface Layout {
  /** The least room in which no label touches another, for a drawing that is so wide. */
  needs(width: number): Size;
  /** @returns elements of SVG */
  draw(size: Size): string[];
}

const STEP = 1.05;
const SMALLEST = 24;

/** The room itself, or one of the same shape that is as large as the layout needs: it is then shown smaller, and nothing lies over anything else. */
export function roomFor({ needs }: Layout, { width, height }: Size): Size {
  let factor = 1;
  for (; factor < SMALLEST; factor *= STEP) {
    const least = needs(width * factor);
    if (least.width <= width * factor && least.height <= height * factor) break;
  }
  return { width: width * factor, height: height * factor };
}

/** For the length of a mark; null is a gap. */
export const amountOf = ({ value }: Pick<ReviewCell, 'value'>): number | null => {
  const amount = value === null ? NaN : toGeometry(value);
  return Number.isFinite(amount) ? amount : null;
};

/** As the document prints it; where it prints nothing, there is nothing to show. */
export const printedCell = ({ text: printed }: ReviewCell): string => (printed.trim() === '' ? '–' : printed);

export type KeyMark = Scenario | 'favourable' | 'unfavourable' | 'short' | 'mean' | 'limits' | 'target' | Signal;
export type Signal = 'better' | 'worse' | 'changed';
export interface KeyItem {
  readonly mark: KeyMark | null;
  readonly text: string;
}

const ROW = 20;
const MARK = 18;
const AFTER_MARK = 6;
const BETWEEN = 18;

function keyMark(mark: KeyMark, { x, y }: Place): string {
  const box: Box = { x, y: y - 4.5, width: MARK, height: 9 };
  const ends = [
    { x, y },
    { x: x + MARK, y },
  ] as const;
  switch (mark) {
    case 'favourable':
      return element('rect', { ...box, fill: COLOUR.good });
    case 'unfavourable':
      return element('rect', { ...box, fill: COLOUR.bad });
    case 'short':
      return element('rect', { ...box, fill: COLOUR.bad }) + triangle({ x: x + MARK + 8, y }, false, COLOUR.bad);
    case 'mean':
      return rule(...ends, { stroke: COLOUR.common });
    case 'limits':
      return rule(...ends, { stroke: COLOUR.common, 'stroke-dasharray': '4 3' });
    case 'target':
      return targetMark({ x: x + MARK / 2, y });
    case 'better':
    case 'worse':
    case 'changed':
      return signalMark({ x: x + MARK / 2, y }, mark, true);
    default:
      return element('g', { 'data-key': mark }, scenarioMark(mark, box));
  }
}

/** Hollow, as all that is planned. */
export const targetMark = ({ x, y }: Place): string =>
  element('rect', { x: x - 3.5, y: y - 3.5, width: 7, height: 7, fill: COLOUR.card, stroke: COLOUR.ac });

/** What has really changed: a triangle to its side for better or worse, a diamond where neither side is better. */
export const signalMark = (place: Place, signal: Signal, isHigh: boolean): string =>
  signal === 'changed'
    ? element('path', { d: diamond(place), fill: COLOUR.ac })
    : triangle(place, isHigh, signal === 'better' ? COLOUR.improve : COLOUR.concern, 6);

const diamond = ({ x, y }: Place): string => `M${rounded(x)} ${rounded(y - 6)}l6 6-6 6-6-6Z`;

const wideOf = ({ mark, text: words }: KeyItem): number =>
  (mark === null ? 0 : MARK + AFTER_MARK + (mark === 'short' ? 10 : 0)) + widthOf(words);

/** How the marks are to be read and in which unit, in rows from the top left. */
export function keyOf(items: readonly KeyItem[], width: number): { height: number; marks: string[] } {
  let [x, row] = [0, 0];
  const marks = items.map((item) => {
    if (x > 0 && x + wideOf(item) > width) [x, row] = [0, row + 1];
    const [y, start] = [row * ROW + LINE / 2, x];
    x += wideOf(item) + BETWEEN;
    const words = start + wideOf(item) - widthOf(item.text);
    return (
      (item.mark === null ? '' : keyMark(item.mark, { x: start, y })) +
      text([item.text], { x: words, y }, { fill: COLOUR.ink2 })
    );
  });
  return { height: items.length === 0 ? 0 : (row + 1) * ROW + 2, marks };
}
