import type { ReviewDrawing } from '../../../contract/review.js';
import { FONT_SIZE } from '../../../contract/text-size.js';
import { coverageLayout } from './coverage.js';
import { roomFor, type Layout, type Size } from './layout.js';
import { profileLayout } from './profile.js';
import { rankingLayout } from './ranking.js';
import { COLOUR, element, FONTS, LINE, text } from './svg.js';
import { xmrLayout } from './xmr.js';

/** Drawings of a review as pictures: for papers and slides, made without a browser, the same for the same drawing. */

const EMPTY = 'Nothing is recorded that could be drawn.';

const isEmpty = (drawing: ReviewDrawing): boolean => {
  switch (drawing.kind) {
    case 'profile':
      return drawing.columns.length === 0;
    case 'xmr':
      return drawing.points.length === 0;
    default:
      return drawing.bars.length === 0;
  }
};

function layoutOf(drawing: ReviewDrawing): Layout {
  if (isEmpty(drawing))
    return {
      needs: (width) => ({ width, height: LINE }),
      draw: () => [text([EMPTY], { x: 0, y: LINE / 2 }, { fill: COLOUR.ink2 })],
    };
  switch (drawing.kind) {
    case 'profile':
      return profileLayout(drawing);
    case 'ranking':
      return rankingLayout(drawing);
    case 'coverage':
      return coverageLayout(drawing);
    case 'xmr':
      return xmrLayout(drawing);
  }
}

/** The height in pixels from which a drawing that is so wide is shown with all its texts at 12 px. */
export const heightFor = (drawing: ReviewDrawing, width: number): number =>
  Math.ceil(layoutOf(drawing).needs(width).height);

/**
 * A drawing as a document of SVG. Marks are as long as `cell.value` says, labels are `cell.text`; message and subject stand beside it, as text.
 *
 * @param size pixels; where the labels need more room than that, all of it is drawn smaller
 */
export function svgOf(drawing: ReviewDrawing, size: Size): string {
  const layout = layoutOf(drawing);
  const room = roomFor(layout, size);
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: size.width,
      height: size.height,
      viewBox: `0 0 ${room.width.toFixed(2)} ${room.height.toFixed(2)}`,
      role: 'img',
      'aria-label': drawing.message,
      'font-family': FONTS,
      'font-size': FONT_SIZE,
    },
    ...layout.draw(room),
  );
}
