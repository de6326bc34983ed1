import { decimalsOf } from '../../contract/format.js';
import { CONTENT, BESIDE, GUTTER } from '../../contract/paper-sheet.js';
import type { ReviewDrawing, ReviewTable } from '../../contract/review.js';
import { heightFor, svgOf } from '../../core/review/drawings/drawing.js';

/** Pictures and numbers on paper, the same for the two ways to a PDF. */

const LEAST_HEIGHT = 300;
const MOST_HEIGHT = 470;
/** A drawing with a page's width to itself need not fill it. */
const ALONE = 760;

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Of a picture: with sentences at its left, by itself, or with another. */
export type PicturePlace = 'beside' | 'alone' | 'pair';

export const pictureOf = (drawing: ReviewDrawing, place: PicturePlace): Picture => {
  const width = Math.floor({ beside: CONTENT - BESIDE - GUTTER, alone: ALONE, pair: (CONTENT - GUTTER) / 2 }[place]);
  const height = Math.min(Math.max(heightFor(drawing, width), LEAST_HEIGHT), MOST_HEIGHT);
  return { svg: svgOf(drawing, { width, height }), width, height };
};

/** A table of so many rows stays on one page. */
export const SHORT = 12;

/** Advance of a digit and of a point in Roboto, of the font size. */
const [DIGIT, POINT] = [0.562, 0.264];

/** By what each number of a column stands away from the right edge for all to stand on their points, in parts of the font size; else 0. */
export const decimalShifts = ({ columns, rows }: ReviewTable, column: number): number[] => {
  const { kind, unit } = columns[column]!;
  const cells = rows.map((row) => row[column]!);
  if (kind !== 'number' || unit === null) return cells.map(() => 0);
  const decimals = cells.map(({ text, value }) => (value === null ? 0 : decimalsOf(text, 'en')));
  const most = Math.max(0, ...decimals);
  return decimals.map((own, at) =>
    cells[at]!.value === null ? 0 : (most - own) * DIGIT + (own === 0 && most > 0 ? POINT : 0),
  );
};
