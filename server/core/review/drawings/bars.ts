import { domainOf, type Domain } from '../../../contract/chart-geometry.js';
import { LINE, text, COLOUR } from './svg.js';
import { widthOf, wrapped, type Wrapped } from '../../../contract/text-size.js';

/** Horizontal bars, one a row: what rankings and steps of coverage share. */

export const BETWEEN = 10;
/** Of a row of one line. */
const ROW = 22;
const ROW_MOST = 44;
const BAR = 18;
const NAME_LINES = 5;
const NAME_SHARE = 0.34;
export const LEAST_BARS = 120;

/** What is not zero is seen. */
const LEAST_BAR = 1;

/** How wide a column of texts is: as they are, or at most a share of the drawing. */
export const columnOf = (texts: readonly string[], width: number, share: number): number =>
  Math.min(Math.ceil(Math.max(0, ...texts.map(widthOf))), Math.floor(width * share));

export interface Rows {
  readonly nameWidth: number;
  readonly names: readonly Wrapped[];
  /** All rows together, each as high as its lines need. */
  readonly height: number;
  /** Middle of each row, from the top of the rows, where they have so much height. */
  middles(height: number): number[];
  barHeight(height: number): number;
}

/** Rows with a name, each of which may take so many more lines of other columns. */
export function rowsOf(names: readonly string[], width: number, others: readonly (readonly Wrapped[])[] = []): Rows {
  const nameWidth = columnOf(names, width, NAME_SHARE);
  const wrappedNames = names.map((name) => wrapped(name, nameWidth, NAME_LINES));
  const heights = wrappedNames.map((name, at) => {
    const lines = Math.max(name.lines.length, ...others.map((column) => column[at]!.lines.length));
    return Math.max(ROW, lines * LINE + 6);
  });
  const least = heights.reduce((sum, height) => sum + height, 0);
  const airOf = (height: number): number =>
    Math.max(0, Math.min((height - least) / names.length, ROW_MOST - Math.min(...heights)));
  return {
    nameWidth,
    names: wrappedNames,
    height: least,
    middles(height) {
      const air = airOf(height);
      let top = 0;
      return heights.map((own) => {
        top += own + air;
        return top - (own + air) / 2;
      });
    },
    barHeight: (height) => Math.min(BAR, Math.min(...heights) - 8 + airOf(height) / 2),
  };
}

/** A text of several lines with its middle at `y`. */
export const cellText = (
  { lines, title }: Wrapped,
  x: number,
  y: number,
  look: { anchor?: 'start' | 'end'; fill?: string } = {},
): string =>
  text(
    lines,
    { x, y: y - ((lines.length - 1) * LINE) / 2 },
    { fill: COLOUR.ink, ...look, ...(title === undefined ? {} : { title }) },
  );

export interface BarScale {
  readonly pixelsPerUnit: number;
  /** Pixels from the left of the drawing. */
  readonly zero: number;
  at(amount: number): number;
  /** Left edge and width between two amounts. */
  span(from: number, to: number): { x: number; width: number };
}

/** From zero to both sides, between two places of the drawing. */
export function barScale(amounts: readonly (number | null)[], left: number, right: number): BarScale {
  const domain: Domain = domainOf(amounts.map((amount) => (amount === null ? null : String(amount))));
  const pixelsPerUnit = (right - left) / (domain.max - domain.min);
  const at = (amount: number) => left + (amount - domain.min) * pixelsPerUnit;
  return {
    pixelsPerUnit,
    zero: at(0),
    at,
    span(from, to) {
      const [start, end] = [at(Math.min(from, to)), at(Math.max(from, to))];
      const width = from === to ? 0 : Math.max(LEAST_BAR, end - start);
      return { x: to < from ? end - width : start, width };
    },
  };
}
